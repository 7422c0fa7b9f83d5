"""A message as a line of terms: words are looked up in the lexicon, numbers said in words become digits.

The line is what the grammar of answers reads (``reply_numbers``, ``dates``, ``reply_clauses``): ``DONE`` for
"xong", ``60`` for "sáu mươi", ``em`` for a word that says nothing, ``~vàng`` for one nobody knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from domain.lexicon import Lexicon, Phrases, Tongue
from domain.reading.fold import syllable

_TOKEN = re.compile(
    r"(?P<url>https?://\S{1,500}|\S{1,80}@\S{1,80}\.\w{2,10})"
    r"|(?P<code>\b\d{1,6}(?:/\d{4})?/(?!\d)[^\W\d_]{2,20}\d{0,2}(?:[-/][^\W_]{1,20}){0,5}\b"
    r"|\b(?:\d\.\d{5,7}|\d{3}\.\d{2}|[A-Za-z]\d{2})(?:\.[A-Za-z0-9]{1,6}){1,6}(?:-\d{1,8}){0,3}\b)"
    r"|(?P<phone>(?<![\d.,/])(?:\+?84|0)(?:[ .]?\d){8,10}(?![\d/]))"
    r"|(?P<num>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’](?:t|s|m|re|ve|ll|d)\b)?)"
    r"|(?P<sign>[^\w\s]|\n)",
)
_KEPT = frozenset(",;.!?:/-+()#%&=\n–—…")
_DASH = {"–": "-", "—": "-", "…": "..."}
_LONG_RUN = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
#: What a letter glued to a number means: 3h, 30p, 60k, 3tr.
_GLUED = {
    "h": "HOURU", "g": "HOURU", "p": "MINUTEU", "ph": "MINUTEU", "k": "MONEYU", "tr": "MONEYU", "đ": "MONEYU",
}  # fmt: skip
#: What a letter glued before a number means: t6 is Friday, q3 the third quarter.
_PREFIX = {"t": "WDAY", "q": "QUARTERU"}
#: Spelt as it sounds: "fải" for phải, "dzậy" for vậy.
_SOUNDS = (("f", "ph"), ("dz", "v"), ("z", "v"))
_READY = {"code": "DOCNO", "phone": "PHONENO"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
#: Below this share of marked words a message counts as typed without marks.
_MARKED_SHARE = 0.34
_CHUNK_ENDS = frozenset(",;.!?\n")
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
_DOUBTFUL_BARE = frozenset({"sau", "tu", "nham", "linh", "le", "nhat"})


class Token(NamedTuple):
    """A word as typed: its key and bare form (see ``fold.syllable``), its place, what it is."""

    key: str
    bare: str
    start: int
    end: int
    kind: str  # word, num, sign, or a ready term


class Item(NamedTuple):
    """A term of the line with the place in the message it came from, and a value where it has one."""

    term: str
    start: int
    end: int
    value: Any = None


def readable(text: str) -> str:
    """The message as it is read: composed, styled letters made plain, invisible signs gone; lines kept."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cf", "Cc", "Mn", "Sk"))
    return unicodedata.normalize("NFC", text)


def read_words(text: str, lexicon: Lexicon) -> list[Item]:
    """The message as terms. ``text`` is :func:`readable`.

    Language, and whether marks were typed, are decided between two commas: people greet in one and go on in
    the other.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered; their places would be lost
        lower = "".join(c.lower()[0] for c in text)
    matches = list(_TOKEN.finditer(lower))
    bare = _is_bare(matches)
    items: list[Item] = []
    for chunk in _chunks(matches):
        typed = [m[0] for m in chunk if m.lastgroup == "word"]
        tongues = _order(typed, lexicon)
        loose = _is_bare(chunk) and (bare or len(typed) > 2)
        _spot(_tokens(chunk, tongues), tongues, loose, items)
    return items


def _chunks(matches: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    start = 0
    for index, match in enumerate(matches):
        if match[0] in _CHUNK_ENDS:
            yield matches[start : index + 1]
            start = index + 1
    if start < len(matches):
        yield matches[start:]


def _is_bare(matches: list[re.Match[str]]) -> bool:
    typed = [m[0] for m in matches if m.lastgroup == "word"]
    return sum(not word.isascii() for word in typed) < len(typed) * _MARKED_SHARE


def _order(typed: list[str], lexicon: Lexicon) -> tuple[Tongue, ...]:
    """The language most words are known in first; words with marks are in the first one of the lexicon."""
    tongues = lexicon.tongues
    if len(tongues) < 2 or not all(word.isascii() for word in typed):
        return tongues
    return tuple(sorted(tongues, key=lambda t: -sum([t.vocabulary.get(word, 0.0) for word in typed])))


def _tokens(matches: list[re.Match[str]], tongues: tuple[Tongue, ...]) -> list[Token]:
    out: list[Token] = []
    for match in matches:
        kind, (start, end), piece = match.lastgroup or "", match.span(), match[0]
        glued = out and out[-1].end == start
        if kind == "word":
            out.extend(_word(piece, start, end, out, tongues))
        elif kind in ("num", "sign"):
            if kind == "num" and glued and out[-1].key in _PREFIX and len(piece) == 1:
                out[-1] = out[-1]._replace(kind=_PREFIX[out[-1].key])
            out.append(Token(piece, piece, start, end, kind))
        else:
            out.append(Token(piece, piece, start, end, _READY.get(kind, "URL")))
    return out


def _word(piece: str, start: int, end: int, before: list[Token], tongues: tuple[Tongue, ...]) -> list[Token]:
    last = before[-1] if before else None
    if last is not None and last.kind == "num" and last.end == start:
        if piece in _GLUED:
            return [Token(piece, piece, start, end, _GLUED[piece])]
        if len(piece) == 1 and piece in "abcdei" and last.key.isdigit():
            before.pop()
            return [Token(last.key + piece, last.key + piece, last.start, end, "REF")]
    piece = piece.replace("’", "'")
    return [Token(*syllable(part), start, end, "word") for part in _meant(piece, tongues)]


@lru_cache(maxsize=1 << 14)
def _meant(piece: str, tongues: tuple[Tongue, ...]) -> tuple[str, ...]:
    """Short forms written out, letters held down let go: "xonggg" is "xong", "ko" is "không"."""
    if piece in _ROMAN:
        return (piece,)
    for form in (piece, _LONG_RUN.sub(r"\1", piece), _DOUBLE.sub(r"\1", piece)):
        bare = syllable(form)[1]
        for tongue in tongues:
            if form in tongue.short:
                return tongue.short[form]
            if bare in tongue.vocabulary:
                return (form,)
    for typed, meant in _SOUNDS:
        if piece.startswith(typed):
            return _meant(meant + piece[len(typed) :], tongues)
    return (_LONG_RUN.sub(r"\1", piece),)


def _spot(tokens: list[Token], tongues: tuple[Tongue, ...], loose: bool, items: list[Item]) -> None:
    position, count = 0, len(tokens)
    first = tongues[0] if tongues else None
    while position < count:
        token = tokens[position]
        if token.kind == "word" and first is not None:
            used, value = _number(tokens, position, first, loose)
            if used > 1 or (used and _counts(tokens, position, tongues, loose, items)):
                items.append(Item(str(value), token.start, tokens[position + used - 1].end))
                position += used
                continue
        used, term = _phrase(tokens, position, tongues, loose) if token.kind in ("word", "sign") else (0, "")
        if used:
            if term:
                items.append(Item(term, token.start, tokens[position + used - 1].end))
            position += used
            continue
        position += 1
        if token.kind == "word":
            items.append(Item(_plain_word(token, tongues), token.start, token.end))
        elif token.kind != "sign":
            items.append(
                Item(token.key if token.kind == "num" else token.kind, token.start, token.end, token.key)
            )
        elif token.key in _KEPT:
            items.append(Item(_DASH.get(token.key, token.key), token.start, token.end))


def _plain_word(token: Token, tongues: tuple[Tongue, ...]) -> str:
    if token.bare in _ROMAN:
        return _ROMAN[token.bare]
    known = any(token.key in tongue.common for tongue in tongues)
    return token.bare if known else "~" + token.bare


def _phrase(tokens: list[Token], position: int, tongues: tuple[Tongue, ...], loose: bool) -> tuple[int, str]:
    """The longest phrase that starts here, as (tokens used, term)."""
    token = tokens[position]
    for tongue in tongues:
        best, term = _longest(tongue.exact, token.key, tokens, position, loose, tongue.words)
        if token.key == token.bare:
            more, other = _longest(tongue.loose, token.bare, tokens, position, loose, tongue.words)
            if more > best:
                best, term = more, other
            if best <= 1 and loose and token.bare in tongue.choices:
                return 1, tongue.choices[token.bare]
        if best:
            return best, term
        if token.key in tongue.common:
            return 0, ""
    return 0, ""


def _longest(
    table: Phrases, entry: str, tokens: list[Token], position: int, loose: bool, words: frozenset[str]
) -> tuple[int, str]:
    for keys, bare, term in table.get(entry, ()):
        size = len(keys)
        if position + size > len(tokens):
            continue
        if size == 1:
            if keys[0] == tokens[position].key or loose or term in _ALWAYS_LOOSE:
                return 1, term
            continue
        for offset in range(size):
            token = tokens[position + offset]
            if token.key != keys[offset] and not (
                token.key == token.bare == bare[offset] and (loose or token.bare not in words)
            ):
                break
        else:
            return size, term
    return 0, ""


def _number(tokens: list[Token], position: int, tongue: Tongue, loose: bool) -> tuple[int, int]:
    """A number said in words, as (tokens used, value): "tám mươi lăm", "bảy", "5 chục"."""
    total, used = 0, 0
    for token in tokens[position : position + 6]:
        value = tongue.numbers.get(token.key)
        if value is None and loose and token.key == token.bare:
            value = tongue.loose_numbers.get(token.bare)
        if value == -10 and not used and token.key == token.bare:
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


def _counts(
    tokens: list[Token], position: int, tongues: tuple[Tongue, ...], loose: bool, before: list[Item]
) -> bool:
    """Whether one word such as "ba" or "năm" is a number here: something is counted, or it names a task."""
    word = tokens[position]
    if word.key == word.bare and loose and word.bare in _DOUBTFUL_BARE:
        follows = _term_at(tokens, position + 1, tongues, loose)
        return follows in ("PERCENT", "PARTS") or (bool(before) and before[-1].term == "PARTS")
    used, _ = _phrase(tokens, position, tongues, loose)
    if used > 1:
        return False
    if before and before[-1].term in _BEFORE_NUMBER:
        return True
    return _term_at(tokens, position + 1, tongues, loose) in _COUNTABLE


def _term_at(tokens: list[Token], position: int, tongues: tuple[Tongue, ...], loose: bool) -> str:
    if position >= len(tokens):
        return ""
    token = tokens[position]
    return _phrase(tokens, position, tongues, loose)[1] if token.kind in ("word", "sign") else token.kind
