"""Words of a PDF page with their places. Points, the origin at the top left, y growing downwards."""

from __future__ import annotations

import ctypes
import math
import re
import statistics
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_SPACES = frozenset(" \t\r\n\x00\xa0\u2002\u2003\u2009\u200b\ufffe\uffff")

_RAISED = 0.8  # numbers smaller than this, of the usual height, are marks of footnotes


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; ``top`` and ``bottom`` are those of the font, so they agree along a line."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of the font's line."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The middle of the height."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """The middle of the width."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class View:
    """How a page is turned for reading: its size as shown, and its rotation in degrees."""

    width: float
    height: float
    rotation: int = 0
    left: float = 0.0
    bottom: float = 0.0

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> View:
        """The view of a page as a reader shows it."""
        left, bottom, right, top = page.get_bbox()
        return cls(right - left, top - bottom, page.get_rotation(), left, bottom)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) as shown, of the lower left and upper right in the page's own coordinates."""
        if not self.rotation:
            return (
                x0 - self.left,
                self.height + self.bottom - y1,
                x1 - self.left,
                self.height + self.bottom - y0,
            )
        ax, ay = self._point(x0 - self.left, y0 - self.bottom)
        bx, by = self._point(x1 - self.left, y1 - self.bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.height - y, self.width - x
        return x, self.height - y


def read_words(page: pdfium.PdfPage, view: View, most: int) -> list[Word]:
    """The words of a page in the file's order, at most ``most`` characters of them."""
    textpage = page.get_textpage()
    try:
        return list(_words(textpage.raw, min(textpage.count_chars(), most), view))
    finally:
        textpage.close()


def _words(textpage: object, count: int, view: View) -> Iterator[Word]:
    """Letters that stand close on one baseline are a word. Boxes of letters differ with the letter in some
    fonts, so height is taken from the size of the font and place from the baseline; a digit behind a letter
    may be a raised mark, so there the baseline is looked at again."""
    rect = raw.FS_RECTF()
    pointer, char_at, box_of = ctypes.byref(rect), raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    letters: list[str] = []
    left = right = base = em = 0.0
    for index in range(count):
        code = char_at(textpage, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char in _SPACES or not box_of(textpage, index, pointer):
            if letters:
                yield _word(letters, left, right, base, em)
                letters = []
            continue
        start, top, end, bottom = view.box(rect.left, rect.bottom, rect.right, rect.top)
        joined = (
            letters
            and -0.6 * em < start - right < 0.18 * em
            and top < base + 0.1 * em
            and bottom > base - 0.5 * em
        )
        if joined and char.isdecimal() and not letters[-1].isdecimal():
            joined = abs(_baseline(textpage, index, view) - base) < 0.15 * em
        if letters and not (joined or unicodedata.combining(char)):
            yield _word(letters, left, right, base, em)
            letters = []
        if letters:
            right = max(right, end)
        else:
            left, right, base, em = start, end, _baseline(textpage, index, view), _size(textpage, index)
        letters.append(char)
    if letters:
        yield _word(letters, left, right, base, em)


def _baseline(textpage: object, index: int, view: View) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
    return view.box(x.value, y.value, x.value, y.value)[1]


def _word(letters: list[str], left: float, right: float, base: float, em: float) -> Word:
    return Word("".join(letters), left, right, base - 0.9 * em, base + 0.25 * em)


def _size(textpage: object, index: int) -> float:
    """The height of the font as it is shown, in points."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(textpage, index))
    if raw.FPDFText_GetMatrix(textpage, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size if 1 < size < 500 else 11.0


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words on one line together, from the top; along a line from the left.

    A small raised number is a footnote's mark and belongs to the line it is raised from.
    """
    every = sorted(words, key=lambda w: (w.bottom, w.left))
    usual = statistics.median(w.height for w in every) if every else 0.0
    raised = [w for w in every if w.text.isdecimal() and w.height < _RAISED * usual]
    found: list[list[Word]] = []
    for word in (w for w in every if w not in raised):
        for line in reversed(found[-3:]):
            if abs(line[0].bottom - word.bottom) < 0.35 * max(word.height, line[0].height):
                line.append(word)
                break
        else:
            found.append([word])
    for mark in raised:
        below = (line for line in found if -1 < line[0].bottom - mark.bottom < 0.75 * line[0].height)
        nearest = min(below, key=lambda line: line[0].bottom, default=None)
        if nearest is None:
            found.append([mark])
        else:
            nearest.append(mark)
    ordered = sorted(found, key=lambda line: line[0].bottom)
    return [sorted(line, key=lambda w: w.left) for line in ordered]


def line_text(line: list[Word]) -> str:
    """The words of a line; raised small numbers as ``[n]``."""
    usual = max((w.height for w in line), default=0.0)
    text = ""
    for word in line:
        if word.text.isdecimal() and len(word.text) < 4 and word.height < _RAISED * usual:
            text += f"[{word.text}]"
        elif text.endswith("]") and word.text[0] in ".,;:)":
            text += word.text
        else:
            text += f" {word.text}"
    return unicodedata.normalize("NFC", text.strip())


def running_text(found: Iterable[str]) -> str:
    """Lines one under another; a word broken at its own hyphen ("23-NQ/TW") is whole again."""
    return re.sub(r"(?<=\w)-\n(?=\w)", "-", "\n".join(found))


def segments(line: list[Word], gap: float) -> list[list[Word]]:
    """A line cut where the space between two words is wider than ``gap`` times the height of the text."""
    parts: list[list[Word]] = []
    for word in line:
        if parts and word.left - parts[-1][-1].right <= gap * word.height:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts
