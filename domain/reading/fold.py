"""Folding: the same words written differently become the same string, for matching only."""

from __future__ import annotations

import re
import unicodedata

# soft hyphen, zero-width characters, BOM: left behind by word processors and web pages
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def tidy(text: str) -> str:
    """For showing: composed characters, no invisible ones, every run of white space one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def plain(text: str) -> str:
    """For matching phrases: lower case, no diacritics, đ as d, full-width digits as digits."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_INVISIBLE).lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")
    return _SPACES.sub(" ", text).strip()


def fold(name: str) -> str:
    """For matching names: :func:`plain`, then c/k, i/y, punctuation and spaces no longer differ.

    Măng Bút/Măng Buk stay different (t and k): that is an alias, no rule (docs: glossary, agencies).
    """
    text = plain(name).replace("&", " va ")
    text = _NOT_WORD.sub(" ", text).strip()
    return text.replace("k", "c").replace("y", "i")
