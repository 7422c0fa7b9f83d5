"""Whether the letters of a PDF mean what they look like. A font need not say which letters its shapes are, and fonts of
before Unicode say others: copied text is then nothing but signs, and no word of it may be read as a plan's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from bot.intake import pdf_calls
from domain.reading.fold import is_usual
from domain.reading.syllables import is_syllable

_SAMPLE = 40  # letters of a page
_UNKNOWN = 0.08  # of them; bullets and signs of formulas are unknown in many a good file
_STRANGE, _WORDS = 0.05, 0.6
_ENOUGH = 200  # letters; less tells nothing
_LOOKED_AT = 6_000
_RUN = re.compile(r"[^\W\d_]+")


def unknown_letters(textpage: pdf_calls.Handle, letters: str) -> tuple[int, int]:
    """(how many letters of a page the file gives no meaning, of how many that were looked at)."""
    places = range(0, len(letters), max(1, len(letters) // _SAMPLE))
    looked_at = [place for place in places if not letters[place].isspace()]
    return sum(pdf_calls.unmapped(textpage, place) == 1 for place in looked_at), len(looked_at)


def are_unknown(pages: Iterable[tuple[int, int]]) -> bool:
    """Whether too many letters of a file are without meaning."""
    counts = list(pages)
    return sum(n for n, _ in counts) > max(2, _UNKNOWN * sum(n for _, n in counts))


def is_strange(texts: Iterable[str]) -> bool:
    """Whether a text has letters that no Vietnamese text has, and few Vietnamese words."""
    text = unicodedata.normalize("NFC", " ".join(texts)[:_LOOKED_AT])
    if len(text) < _ENOUGH or is_usual(text):
        return False
    strange = sum(n for letter, n in Counter(text).items() if not (is_usual(letter) or letter.isspace()))
    if strange <= _STRANGE * len(text):
        return False
    words = _RUN.findall(text)
    return sum(is_syllable(word.lower()) for word in words) < _WORDS * len(words)
