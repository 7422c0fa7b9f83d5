"""The words people answer with, as data: which phrase stands for which term, in every language an office uses.

A *term* is a language-neutral word such as ``DONE``, ``NOTYET`` or ``EXTEND``; the grammar of answers
(``domain.reading.reply_*``) speaks terms only. docs/replies.md lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.reading.fold import syllable

#: Words without marks → the next word → …; under ``END`` the phrases that end here, as (keys, term).
Trie = Mapping[str, Any]
END = ""

_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'(?:t|s|m|re|ve|ll|d)\b)?|[^\w\s]")


def pieces(text: str) -> tuple[str, ...]:
    """The words and signs of a phrase of the lexicon, in lower case."""
    return tuple(_PIECE.findall(text.lower()))


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """One language's words, ready for look-up. Equal only to itself, so that it can be a cheap cache key.

    ``choices`` says what a word without marks is when several marked words look like it; "" is no term.
    ``vocabulary`` weighs how much a word without marks speaks for this language.
    """

    code: str
    trie: Trie
    choices: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    loose_numbers: Mapping[str, int]
    vocabulary: Mapping[str, float]
    common: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every language's words. Frozen, safe to share, made once by ``locales.lexicons.load_all``."""

    tongues: tuple[Tongue, ...] = field(default=())

    @classmethod
    def of(cls, sources: Sequence[Mapping[str, Any]]) -> Lexicon:
        """Compile the tables of the languages, the office's own first. ValueError names a bad entry."""
        return cls(tuple(_tongue(source) for source in sources))


def _tongue(source: Mapping[str, Any]) -> Tongue:
    code = str(source["language"])
    terms: dict[tuple[str, ...], str] = {}
    trie: dict[str, Any] = {}
    for term, phrases in source["terms"].items():
        for phrase in phrases:
            parts = [syllable(piece) for piece in pieces(phrase)]
            keys = tuple(key for key, _ in parts)
            if not keys or terms.setdefault(keys, term) != term:
                raise ValueError(f"{code}: {phrase!r} is both {terms.get(keys)} and {term}")
            _plant(trie, keys, [bare for _, bare in parts], term)
    common = [syllable(piece) for word in source.get("common", ()) for piece in pieces(word)]
    numbers = [(syllable(word), value) for word, value in source.get("numbers", {}).items()]
    short = {s: tuple(full.split()) for full, typed in source.get("short", {}).items() for s in typed}
    return Tongue(
        code=code,
        trie=trie,
        choices={syllable(word)[1]: term for word, term in source.get("without_marks", {}).items()},
        short=short,
        numbers={key: value for (key, _), value in numbers},
        loose_numbers=_loose(numbers),
        vocabulary=_vocabulary(
            [source["terms"].values(), [source.get("common", ())], [source.get("numbers", ()), short]]
        ),
        common=frozenset(form for pair in common for form in pair),
        words=frozenset(key for keys in terms for key in keys) | {form for pair in common for form in pair},
    )


def _plant(trie: dict[str, Any], keys: tuple[str, ...], bare: Iterable[str], term: str) -> None:
    node = trie
    for word in bare:
        node = node.setdefault(word, {})
    node.setdefault(END, []).append((keys, term))


def _loose(numbers: Iterable[tuple[tuple[str, str], int]]) -> dict[str, int]:
    """Of two number words alike without marks the scale wins: "muoi" is mươi (and mười where nothing precedes)."""
    loose: dict[str, int] = {}
    for (_, bare), value in numbers:
        loose[bare] = min(value, loose.get(bare, value))
    return loose


def _vocabulary(tables: Iterable[Iterable[Iterable[str]]]) -> dict[str, float]:
    """A word that only looks like one of ours without its marks counts a little less."""
    weights: dict[str, float] = {}
    for table in tables:
        for phrases in table:
            for phrase in phrases:
                for key, bare in (syllable(piece) for piece in pieces(phrase)):
                    weights[bare] = max(weights.get(bare, 0.0), 1.0 if key == bare else 0.9)
    return weights
