"""Words of a PDF page with their places. Points, the origin at the top left, y growing downwards."""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import pypdfium2 as pdfium

_DIGIT = re.compile(r"\d")
_RAISED = 0.8  # numbers smaller than this, of the usual height, are marks of footnotes


@dataclass(slots=True, eq=False)  # a plan has thousands, and frozen ones take twice as long to make
class Word:
    """A word and its box; ``top`` and ``bottom`` are those of the font, so they agree along a line.

    Within a column of a table, words that were drawn together are one.
    """

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


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words on one line together, from the top; along a line from the left.

    A small raised number is a footnote's mark and belongs to the line it is raised from.
    """
    every = sorted(words, key=_BOTTOM)
    if len(every) < 2:
        return [every] if every else []
    sizes = heights(every)
    least, most = min(sizes), max(sizes)
    raised = _raised(every, sizes) if least < _RAISED * most else []
    found, last = list[list[Word]](), -math.inf
    for word, height in zip(every, sizes, strict=True):
        if raised and word in raised:
            continue
        step = word.bottom - last  # no line's first word stands lower than that of the last
        if step < 0.35 * height:
            found[-1].append(word)
        elif step < 0.35 * most and (line := _line_beside(found[:-4:-1], word)):
            line.append(word)
        else:
            found.append([word])
            last = word.bottom
    for mark in raised:
        below = (line for line in found if -1 < line[0].bottom - mark.bottom < 0.75 * line[0].height)
        nearest = min(below, key=lambda line: line[0].bottom, default=None)
        if nearest is None:
            found.append([mark])
        else:
            nearest.append(mark)
    if raised:
        found.sort(key=lambda line: line[0].bottom)
    for line in found:
        if len(line) > 1:
            line.sort(key=_LEFT)
    return found


def _line_beside(found: Iterable[list[Word]], word: Word) -> list[Word] | None:
    """The first of some lines that is so tall that a word belongs to it."""
    return next((line for line in found if word.bottom - line[0].bottom < 0.35 * line[0].height), None)


_BOTTOM, _LEFT = attrgetter("bottom"), attrgetter("left")


def heights(words: Iterable[Word]) -> list[float]:
    """The height of each word."""
    return [word.bottom - word.top for word in words]


def any_smaller(words: Sequence[Word]) -> bool:
    """Whether some words are as much smaller than others as marks of footnotes are."""
    sizes = heights(words)
    return bool(sizes) and min(sizes) < _RAISED * max(sizes)


def _raised(every: list[Word], sizes: list[float]) -> list[Word]:
    """Numbers much smaller than the words around them."""
    usual = statistics.median(h for h, w in zip(sizes, every, strict=True) for _ in w.text.split())
    return [w for h, w in zip(sizes, every, strict=True) if h < _RAISED * usual and w.text.isdecimal()]


def line_text(line: list[Word]) -> str:
    """The words of a line; raised small numbers as ``[n]``."""
    if len(line) == 1:
        return unicodedata.normalize("NFC", line[0].text)
    text = " ".join([word.text for word in line])
    if "]" not in text and (not _DIGIT.search(text) or not any_smaller(line)):
        return unicodedata.normalize("NFC", text)
    text, usual = "", max(heights(line))
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
    text = "\n".join(found)
    return re.sub(r"(?<=\w)-\n(?=\w)", "-", text) if "-\n" in text else text


def segments(line: list[Word], gap: float) -> list[list[Word]]:
    """A line cut where the space between two words is wider than ``gap`` times the height of the text."""
    parts: list[list[Word]] = []
    for word in line:
        if parts and word.left - parts[-1][-1].right <= gap * word.height:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts
