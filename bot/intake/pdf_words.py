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

_WORD = re.compile("[^\\s\x00\u200b\ufffe\uffff]+")
_MARK = re.compile(r"[^\W\d_]\d{1,3}\W*$")

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
        letters = _letters(textpage.raw, min(textpage.count_chars(), most))
        return [
            w
            for m in _WORD.finditer(letters)
            for w in _words(textpage.raw, letters, m.start(), m.end(), view)
        ]
    finally:
        textpage.close()


def _letters(textpage: object, count: int) -> str:
    """The page's text, one letter for each of pdfium's; it puts spaces where there are gaps."""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass").rstrip("\0")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _words(textpage: object, letters: str, start: int, end: int, view: View) -> Iterator[Word]:
    """The words of a run without spaces: mostly one. Height is taken from the size of the font and place from
    the baseline, for boxes differ with the letter in some fonts."""
    first, last = _box(textpage, start, view), _box(textpage, end - 1, view)
    base = _baseline(textpage, start, view)
    if end - start > 1 and _is_mixed(letters[start:end]):
        yield from _by_letter(textpage, letters, start, end, view)
    elif first and last:
        em = _size(textpage, start)
        yield Word(letters[start:end], first[0], max(first[2], last[2]), base - 0.9 * em, base + 0.25 * em)


def _is_mixed(text: str) -> bool:
    """Digits behind letters may be a raised mark, very long runs may be several words."""
    return len(text) > 24 or bool(_MARK.search(text))


def _by_letter(textpage: object, letters: str, start: int, end: int, view: View) -> Iterator[Word]:
    """Letter by letter: those that stand close on one baseline are a word."""
    word, left, right, base, em = "", 0.0, 0.0, 0.0, 0.0
    for index in range(start, end):
        box = _box(textpage, index, view)
        if box is None:
            continue
        line = _baseline(textpage, index, view)
        joined = abs(line - base) < 0.15 * em and -0.6 * em < box[0] - right < 0.18 * em
        if word and not (joined or unicodedata.combining(letters[index])):
            yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)
            word = ""
        if not word:
            left, right, base, em = box[0], box[2], line, _size(textpage, index)
        word, right = word + letters[index], max(right, box[2])
    if word:
        yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)


def _box(textpage: object, index: int, view: View) -> tuple[float, float, float, float] | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
        return None
    return view.box(rect.left, rect.bottom, rect.right, rect.top)


def _baseline(textpage: object, index: int, view: View) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
    return view.box(x.value, y.value, x.value, y.value)[1]


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
