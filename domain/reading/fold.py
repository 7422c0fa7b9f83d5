"""Folding: the same words written differently become the same string, for matching only."""

from __future__ import annotations

import re
import unicodedata
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
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def tidy(text: str) -> str:
    """For showing: composed characters, no invisible ones, every run of white space one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def plain(text: str) -> str:
    """For matching phrases: lower case, no diacritics, đ as d, full-width digits as digits."""
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).lower()
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")
    return _SPACES.sub(" ", text).strip()


def fold(name: str) -> str:
    """For matching names: :func:`plain`, then c/k, i/y, punctuation and spaces no longer differ.

    Măng Bút/Măng Buk stay different (t and k): that is an alias, no rule (docs: glossary, agencies).
    """
    text = plain(name).replace("&", " va ")
    text = _NOT_WORD.sub(" ", text).strip()
    return text.replace("k", "c").replace("y", "i")


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
