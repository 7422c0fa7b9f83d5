"""A message cut into tokens: short forms written out, each run of words with the language it is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from domain.lexicon import Lexicon, Tongue
from domain.reading.fold import syllable

_PLAIN = r"(?P<word>[^\W\d_]+(?:['’](?:t|s|m|re|ve|ll|d)\b)?)|(?P<num>\d+(?:[.,]\d+)*)|(?P<sign>[^\w\s]|\n)"
_PLAIN_TOKEN = re.compile(_PLAIN)
#: Only a text with one of these can hold an address, a document number or a telephone number.
_MAY_HOLD_CODE = re.compile(r"[@/]|\d\.\d|\d(?:[ .]?\d){7}")
_TOKEN = re.compile(
    r"(?P<url>https?://\S{1,500}|\S{1,80}@\S{1,80}\.\w{2,10})"
    r"|(?P<code>\b\d{1,6}(?:/\d{4})?/(?!\d)[^\W\d_]{2,20}\d{0,2}(?:[-/][^\W_]{1,20}){0,5}\b"
    r"|\b(?:\d\.\d{5,7}|\d{3}\.\d{2}|[A-Za-z]\d{2})(?:\.[A-Za-z0-9]{1,6}){1,6}(?:-\d{1,8}){0,3}\b)"
    r"|(?P<phone>(?<![\d.,/])(?:\+?84|0)(?:[ .]?\d){8,10}(?![\d/]))"
    r"|" + _PLAIN
)
_READY = {"code": "DOCNO", "phone": "PHONENO", "url": "URL"}
_CHUNK_ENDS = frozenset(",;.!?\n")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
#: What a letter glued to a number means: 3h, 30p, 60k, 3tr; t6 is Friday, q3 the third quarter.
_GLUED = {
    "h": "HOURU", "g": "HOURU", "p": "MINUTEU", "ph": "MINUTEU", "k": "MONEYU", "tr": "MONEYU", "đ": "MONEYU",
}  # fmt: skip
_PREFIX = {"t": "WDAY", "q": "QUARTERU"}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_LAUGHTER = re.compile(r"k{3,}|(?:a?h+[aeiou]+){2,}h*|lo+l+")
#: Spelt as it sounds: "fải" for phải, "dzậy" for vậy.
_SOUNDS = (("f", "ph"), ("dz", "v"), ("z", "v"))
#: Below this share of marked words a message counts as typed without marks.
_MARKED_SHARE = 0.34
#: Left over after composing: lone marks, joiners, controls, skin tones.
_STRAY = re.compile(r"[\u0000-\u0009\u000b-\u001f\u007f-\u00a8\u00ad\u00af\u00b4\u00b8\u0300-\u036f\u061c\u200b-\u200f"
                    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ff]")  # fmt: skip


class Token(NamedTuple):
    """A word as typed: its key and bare form (see ``fold.syllable``), its place, what it is."""

    key: str
    bare: str
    start: int
    end: int
    kind: str  # word, num, sign, or a ready term

    @property
    def unmarked(self) -> bool:
        """Typed without marks, so it may stand for a marked word."""
        return self.key == self.bare


class Chunk(NamedTuple):
    """The tokens between two commas; ``loose``: words without marks may stand for marked ones."""

    tokens: list[Token]
    tongues: tuple[Tongue, ...]
    loose: bool


def readable(text: str) -> str:
    """The message as it is read: composed, styled letters made plain, invisible signs gone; lines kept."""
    if text.isascii():
        return _STRAY.sub(" ", text)
    return _STRAY.sub(lambda match: " " if match[0] < "\u0020" else "", unicodedata.normalize("NFKC", text))


def read_chunks(text: str, lexicon: Lexicon) -> Iterator[Chunk]:
    """The tokens of a :func:`readable` text.

    Language, and whether marks were typed, are decided between two commas: people greet in one and go on in
    the other.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered; their places would be lost
        lower = "".join(c.lower()[0] for c in text)
    pattern = _TOKEN if _MAY_HOLD_CODE.search(lower) else _PLAIN_TOKEN
    raw = [(m.lastgroup or "", m[0], m.start(), m.end()) for m in pattern.finditer(lower)]
    all_bare = lower.isascii() or _is_bare([piece for kind, piece, _, _ in raw if kind == "word"])
    start = 0
    for index, (_, piece, _, _) in enumerate(raw, 1):
        if piece in _CHUNK_ENDS or index == len(raw):
            yield _chunk(raw[start:index], all_bare, lexicon)
            start = index


#: What the expression found: kind, the piece in lower case, start and end.
_Raw = tuple[str, str, int, int]


def _chunk(raw: list[_Raw], all_bare: bool, lexicon: Lexicon) -> Chunk:
    typed = [piece for kind, piece, _, _ in raw if kind == "word"]
    tongues = _order(typed, lexicon)
    return Chunk(_tokens(raw, tongues), tongues, (all_bare or len(typed) > 2) and _is_bare(typed))


def _is_bare(typed: list[str]) -> bool:
    return len([word for word in typed if not word.isascii()]) < len(typed) * _MARKED_SHARE


def _order(typed: list[str], lexicon: Lexicon) -> tuple[Tongue, ...]:
    """The language most words are known in first; words with marks are in the first one of the lexicon."""
    tongues = lexicon.tongues
    if len(tongues) < 2 or not "".join(typed).isascii():
        return tongues
    return tuple(sorted(tongues, key=lambda t: -sum([t.vocabulary.get(word, 0.0) for word in typed])))


def _tokens(raw: list[_Raw], tongues: tuple[Tongue, ...]) -> list[Token]:
    out: list[Token] = []
    for kind, piece, start, end in raw:
        if kind == "word":
            if out and out[-1].kind == "num" and out[-1].end == start and _unit(piece, start, end, out):
                continue
            for key, bare in _forms(piece, tongues):
                out.append(Token(key, bare, start, end, "word"))
            continue
        if kind == "num" and out and out[-1].key in _PREFIX and out[-1].end == start and len(piece) == 1:
            out[-1] = out[-1]._replace(kind=_PREFIX[out[-1].key])
        out.append(Token(piece, piece, start, end, _READY.get(kind, kind)))
    return out


def _unit(piece: str, start: int, end: int, out: list[Token]) -> bool:
    """A letter glued to a number: a unit ("3h") or the code of a task ("2b")."""
    last = out[-1]
    if piece in _GLUED:
        out.append(Token(piece, piece, start, end, _GLUED[piece]))
    elif len(piece) == 1 and piece in "abcdei" and last.key.isdigit():
        out[-1] = Token(last.key + piece, last.key + piece, last.start, end, "REF")
    else:
        return False
    return True


@lru_cache(maxsize=1 << 14)
def _forms(piece: str, tongues: tuple[Tongue, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(syllable(word) for word in _meant(piece.replace("’", "'"), tongues))


def _meant(piece: str, tongues: tuple[Tongue, ...]) -> tuple[str, ...]:
    """Short forms written out, letters held down let go: "xonggg" is "xong", "ko" is "không"."""
    if piece in ROMAN:
        return (piece,)
    if _LAUGHTER.fullmatch(piece):
        return ("haha",)
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
