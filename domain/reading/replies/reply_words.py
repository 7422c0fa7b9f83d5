"""A message as a line of terms: words are looked up in the lexicon, numbers said in words become digits.

The line is what the grammar of answers reads (``reply_numbers``, ``reply_days``, ``reply_clauses``): ``DONE``
for "xong", ``60`` for "sáu mươi", ``em`` for a word that says nothing, ``~vàng`` for one nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.lexicon import END, Lexicon, Tongue
from domain.reading.replies.reply_tokens import ROMAN, Chunk, Token, read_chunks

_KEPT = frozenset(",;.!?:/-+()#%&=\n–—…")
_DASH = {"–": "-", "—": "-", "…": "..."}
#: Missing these would turn a message round, so one word without its mark is enough anywhere.
_ALWAYS_LOOSE = frozenset({"NOT", "NOTYET", "ALMOST"})
_COUNTABLE = frozenset(
    [
        "MORE",
        "PERCENT",
        "DAYU",
        "DAYSPAN",
        "WORKDAYU",
        "WEEKU",
        "MONTHU",
        "QUARTERU",
        "YEARU",
        "HOURU",
        "HOURSPAN",
        "MINUTEU",
        "UNITNAME",
        "WORK",
        "OUTOF",
        "PARTS",
        "TASK",
        "MONEYU",
        "OTHERU",
    ]
)
_BEFORE_NUMBER = frozenset({"TASK", "MUNG", "WDAY", "MONTHU", "OUTOF", "PARTS"})
#: Number words that without their marks are more often something else ("sau" is after, "tu" from).
_DOUBTFUL_BARE = frozenset({"sau", "tu", "nham", "linh", "le", "nhat"})
_LONGEST_NUMBER = 6


class Item(NamedTuple):
    """A term of the line with the place in the message it came from, and a value where it has one."""

    term: str
    start: int
    end: int
    value: Any = None


def read_words(text: str, lexicon: Lexicon) -> list[Item]:
    """The message as terms. ``text`` is ``reply_tokens.readable``."""
    items: list[Item] = []
    for chunk in read_chunks(text, lexicon):
        position = 0
        while position < len(chunk.tokens):
            used, item = _next(chunk, position, items)
            if item is not None:
                items.append(item)
            position += used
    return items


def _next(chunk: Chunk, position: int, before: list[Item]) -> tuple[int, Item | None]:
    """How many tokens the next item takes, and the item; None where they say nothing at all."""
    tokens, token = chunk.tokens, chunk.tokens[position]
    if token.kind == "word" and _value(chunk, token) is not None:
        guess = _guessed_tens(chunk, position)
        if guess:
            return 3, Item(f"{guess - 10} - {guess}", token.start, tokens[position + 2].end)
        used, value = _number(chunk, position)
        if used > 1 or (used and _counts(chunk, position, before)):
            return used, Item(str(value), token.start, tokens[position + used - 1].end)
    elif token.kind not in ("word", "sign"):
        return 1, Item(token.key if token.kind == "num" else token.kind, token.start, token.end, token.key)
    used, term = _phrase(chunk, position)
    if used:
        return used, Item(term, token.start, tokens[position + used - 1].end) if term else None
    if token.kind == "word":
        return 1, Item(_plain_word(token, chunk.tongues), token.start, token.end)
    kept = Item(_DASH.get(token.key, token.key), token.start, token.end) if token.key in _KEPT else None
    return 1, kept


def _plain_word(token: Token, tongues: tuple[Tongue, ...]) -> str:
    if token.bare in ROMAN and token.key not in tongues[0].common:  # "I" is somebody in English
        return ROMAN[token.bare]
    known = any(token.key in tongue.common for tongue in tongues)
    return token.bare if known else "~" + token.bare


def _phrase(chunk: Chunk, position: int) -> tuple[int, str]:
    """The longest phrase that starts here, as (tokens used, term); a word left without a term uses none."""
    token = chunk.tokens[position]
    for tongue in chunk.tongues:
        best, term = _longest(chunk, position, tongue)
        if best <= 1 and chunk.loose and token.unmarked and token.bare in tongue.choices:
            chosen = tongue.choices[token.bare]
            return (1, chosen) if chosen else (0, "")
        if best:
            return best, term
        if token.key in tongue.common:
            break
    return 0, ""


def _longest(chunk: Chunk, position: int, tongue: Tongue) -> tuple[int, str]:
    node: Mapping[str, Any] | None = tongue.trie
    tokens, best, term = chunk.tokens, 0, ""
    for index in range(position, len(tokens)):
        node = node.get(tokens[index].bare) if node is not None else None
        if node is None:
            break
        ends = node.get(END)
        if ends:
            found = _fitting(ends, tokens[position : index + 1], chunk.loose, tongue.words)
            if found:
                best, term = index + 1 - position, found
    return best, term


def _fitting(
    ends: list[tuple[tuple[str, ...], str]], tokens: list[Token], loose: bool, words: frozenset[str]
) -> str:
    """The phrase typed as it is written, else one the words typed without marks may stand for."""
    typed = tuple([token.key for token in tokens])
    for keys, term in ends:
        if keys == typed:
            return term
    for keys, term in ends:
        if len(keys) == 1:
            if tokens[0].unmarked and (loose or term in _ALWAYS_LOOSE):
                return term
        elif all(
            token.key == key or (token.unmarked and (loose or token.bare not in words))
            for token, key in zip(tokens, keys)
        ):
            return term
    return ""


def _number(chunk: Chunk, position: int) -> tuple[int, int]:
    """A number said in words, as (tokens used, value): "tám mươi lăm", "bảy"; "5 chục" is read elsewhere."""
    total, used = 0, 0
    for token in chunk.tokens[position : position + _LONGEST_NUMBER]:
        value = _value(chunk, token)
        if value == -10 and not used and token.unmarked:
            value = 10  # "muoi" is mười before, mươi after another number
        if value is None or (value < 0 and not used):
            break
        if value < 0:
            total = total * -value if total < -value else total
        elif not used:
            total = value
        elif total % 10 == 0 and total >= 10 and value < 10:
            total += value
        else:
            break
        used += 1
    return used, total


def _guessed_tens(chunk: Chunk, position: int) -> int:
    """The upper of two neighbouring tens: "sáu bảy chục" is 60 to 70; 0 where nothing of the kind is said."""
    values = [_value(chunk, token) for token in chunk.tokens[position : position + 3]]
    low, high, scale = (values + [None] * 3)[:3]
    return high * 10 if low and high and scale == -10 and 0 < low == high - 1 < 9 else 0


def _value(chunk: Chunk, token: Token) -> int | None:
    value = chunk.tongues[0].numbers.get(token.key)
    if value is None and chunk.loose and token.unmarked:
        return chunk.tongues[0].loose_numbers.get(token.bare)
    return value


def _counts(chunk: Chunk, position: int, before: list[Item]) -> bool:
    """Whether one word such as "ba" or "năm" is a number here: something is counted, or it names a task."""
    word = chunk.tokens[position]
    last = before[-1].term if before else ""
    if word.unmarked and chunk.loose and word.bare in _DOUBTFUL_BARE:
        return last == "PARTS" or _term_at(chunk, position + 1) in ("PERCENT", "PARTS")
    used, _ = _phrase(chunk, position)
    if used > 1:
        return False
    return last in _BEFORE_NUMBER or _term_at(chunk, position + 1) in _COUNTABLE


def _term_at(chunk: Chunk, position: int) -> str:
    if position >= len(chunk.tokens):
        return ""
    token = chunk.tokens[position]
    return _phrase(chunk, position)[1] if token.kind in ("word", "sign") else token.kind
