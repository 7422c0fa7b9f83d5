"""The words people answer with, as data: which phrase stands for which term, in every language an office uses.

A *term* is a language-neutral word such as ``DONE``, ``NOTYET`` or ``EXTEND``; the grammar of answers
(``domain.reading.reply_*``) speaks terms only. docs/replies.md lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.reading.fold import syllable

#: key of a first word → its phrases, longest first: (keys, bare words, term)
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]]

_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'(?:t|s|m|re|ve|ll|d)\b)?|[^\w\s]")


def pieces(text: str) -> tuple[str, ...]:
    """The words and signs of a phrase of the lexicon, in lower case."""
    return tuple(_PIECE.findall(text.lower()))


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """One language's words, ready for look-up.

    ``exact`` is entered with the key of a word (marks kept), ``loose`` with the word typed without marks.
    ``choices`` says what a word without marks is when several marked words look like it; "" is no term.
    """

    code: str
    exact: Phrases
    loose: Phrases
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
    exact: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
    loose: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
    vocabulary: dict[str, float] = {}
    choices = {syllable(word)[1]: term for word, term in source.get("without_marks", {}).items()}
    seen: dict[tuple[str, ...], str] = {}
    for term, phrases in source["terms"].items():
        for phrase in phrases:
            parts = [syllable(piece) for piece in pieces(phrase)]
            keys, bare = tuple(k for k, _ in parts), tuple(b for _, b in parts)
            if not keys or seen.setdefault(keys, term) != term:
                raise ValueError(f"{code}: {phrase!r} is both {seen.get(keys)} and {term}")
            exact.setdefault(keys[0], []).append((keys, bare, term))
            loose.setdefault(bare[0], []).append((keys, bare, term))
            _learn(vocabulary, parts)
    common = {syllable(piece)[0] for word in source.get("common", ()) for piece in pieces(word)}
    common |= {syllable(piece)[1] for word in source.get("common", ()) for piece in pieces(word)}
    short = {s: tuple(full.split()) for full, typed in source.get("short", {}).items() for s in typed}
    numbers = {syllable(word)[0]: value for word, value in source.get("numbers", {}).items()}
    loose_numbers: dict[str, int] = {}
    for word, value in source.get("numbers", {}).items():  # of two alike the scale wins: muoi is mươi
        bare_word = syllable(word)[1]
        loose_numbers[bare_word] = min(value, loose_numbers.get(bare_word, value))
    for word in (*source.get("common", ()), *source.get("numbers", {}), *short):
        _learn(vocabulary, [syllable(piece) for piece in pieces(word)])
    return Tongue(
        code, _longest_first(exact), _longest_first(loose), choices, short, numbers, loose_numbers,
        vocabulary, frozenset(common), frozenset(key for keys in seen for key in keys) | frozenset(common),
    )  # fmt: skip


def _longest_first(table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]]) -> Phrases:
    return {key: tuple(sorted(rows, key=lambda row: -len(row[0]))) for key, rows in table.items()}


def _learn(vocabulary: dict[str, float], parts: Sequence[tuple[str, str]]) -> None:
    """Which language a message is in is decided by known words; one that only looks alike counts a little less."""
    for key, bare in parts:
        vocabulary[bare] = max(vocabulary.get(bare, 0), 1.0 if key == bare else 0.9)
