"""Folding: the same words written differently become the same string, for matching only."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# soft hyphen, zero-width characters, BOM: left behind by word processors and web pages
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
#: letters with marks → the letter, so that most texts need no second pass; what is not here is decomposed
_LETTERS = (
    _INVISIBLE
    | {
        code: base[0]
        for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
        if (base := unicodedata.normalize("NFD", chr(code)))[0].isascii()
    }
    | {ord("đ"): "d", ord("Đ"): "D"}
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


_MARKS = "–—“”‘’•"  # of typesetting; they stay what they are


def _usual() -> str:
    """The 256 characters that nearly all texts here are made of, each at the place of its byte: ASCII at its own,
    Vietnamese letters in the upper half and, as that is too small, where control characters would be.

    None of them changes under NFC or NFKC, and no two of them combine.
    """
    made = (
        unicodedata.normalize("NFC", letter + tone)
        for letter in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
        for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    )
    letters = iter(dict.fromkeys(char for char in made if len(char) == 1 and not char.isascii()))
    lower = (next(letters) if 0 < code < 9 or 13 < code < 28 else chr(code) for code in range(128))
    return ("".join(lower) + _MARKS + "".join(letters)).ljust(256, "\ufffe")


_USUAL = _usual()
_BYTES = codecs.charmap_build(_USUAL)


def _mapped(to: Callable[[str], str]) -> bytes:
    """A table for ``bytes.translate``: what each usual character becomes; marks keep their bytes."""
    return bytes(ord(new) if (new := to(char)).isascii() else place for place, char in enumerate(_USUAL))


def _bytes(text: str) -> bytes | None:
    """A byte for each character of a text of usual ones (ten times as fast to work on); None for others."""
    try:
        return codecs.charmap_encode(text, "strict", _BYTES)[0]
    except UnicodeEncodeError:
        return None


def _text(usual: bytes) -> str:
    """What :func:`_mapped` made of a text's bytes."""
    return usual.decode("ascii") if usual.isascii() else codecs.charmap_decode(usual, "strict", _USUAL)[0]


def by_table(to: Callable[[str], str]) -> Callable[[str], str]:
    """A function that changes a text letter by letter, as ``to`` changes one letter into one; usual ones at once."""
    table = _mapped(to)

    def changed(text: str) -> str:
        usual = _bytes(text)
        return "".join(map(to, text)) if usual is None else _text(usual.translate(table))

    return changed


def is_usual(text: str) -> bool:
    """Whether a text has only usual characters: composed, none of them invisible, no space but ASCII's."""
    return _bytes(text) is not None


def capital_letters() -> str:
    """Every capital letter of Vietnamese and of ASCII, for a class of a pattern: "Ủy ban", "Ông", too, begin with one."""
    return "".join(char for char in _USUAL if char.isupper())


def capitals(text: str) -> tuple[int, int]:
    """How many letters a text has, and how many of them are capitals."""
    if (usual := _bytes(text)) is not None:
        cases = usual.translate(_CASES)
        large = cases.count(b"A")
        return large + cases.count(b"a"), large
    return sum(map(str.isalpha, text)), sum(char.isalpha() and char.isupper() for char in text)


def tidy(text: str) -> str:
    """For showing: composed characters, no invisible ones, every run of white space one space."""
    if _bytes(text) is None:
        text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(text.split())


def plain(text: str) -> str:
    """For matching phrases: lower case, no diacritics, đ as d, full-width digits as digits."""
    if (usual := _bytes(text)) is not None:
        return " ".join(_text(usual.translate(_PLAIN)).split())
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
        text = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(text.split())


def fold(name: str) -> str:
    """For matching names: :func:`plain`, then c/k, i/y, punctuation and spaces no longer differ.

    Măng Bút/Măng Buk stay different (t and k): that is an alias, no rule (docs: glossary, agencies).
    """
    if "&" not in name and (usual := _bytes(name)) is not None:
        return " ".join(usual.translate(_FOLDED).decode("ascii").split())
    return " ".join(_sounding(_NOT_WORD.sub(" ", plain(name).replace("&", " va "))).split())


fold_again = lru_cache(maxsize=4096)(fold)
"""The same, remembered: for what a plan says over and over, as names and sections."""


def _sounding(text: str) -> str:
    return text.replace("k", "c").replace("y", "i")


def _base(char: str) -> str:
    return char.translate(_LETTERS).lower()


_CASES = _mapped(lambda char: ("A" if char.isupper() else "a") if char.isalpha() else " ")
_PLAIN = _mapped(_base)
_FOLDED = _mapped(
    lambda char: _sounding(_base(char)) if _base(char).isascii() and _base(char).isalnum() else " "
)


# Huyền, sắc, nặng; hỏi and ngã are one, since half the country writes either ("củng", "đả").
_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "3", "\u0323": "5"}
_SHAPES = "\u0302\u0306\u031b"  # â, ă, ơ
#: ý/í, kỳ/kì, lý/lí, quý/quí: a final y after consonants only sounds like i.
_FINAL_Y = re.compile(r"^(qu|[bcdđghklmnpqrstvx]*)y(?=\d?$)")


@lru_cache(maxsize=1 << 15)
def syllable(word: str) -> tuple[str, str]:
    """A lower-case NFC word as (key, bare): the tone as a digit at the end, and the word without marks.

    ``hoà`` and ``hòa`` are both ("hoa2", "hoa"); ``được`` is ("đươc5", "duoc"). A word typed without marks
    has key == bare.
    """
    if word.isascii():
        key = _FINAL_Y.sub(r"\1i", word)
        return key, key
    tone, letters, bare = "", [], []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES or not unicodedata.combining(char):
            letters.append(char)
            if char not in _SHAPES:
                bare.append("d" if char == "đ" else char)
    key = _FINAL_Y.sub(r"\1i", unicodedata.normalize("NFC", "".join(letters)) + tone)
    return key, _FINAL_Y.sub(r"\1i", "".join(bare))
