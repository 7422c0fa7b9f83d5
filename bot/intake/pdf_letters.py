"""The words of a PDF page with their places, asked of pdfium letter by letter as little as may be.

What was drawn as one piece and lies within one column of a ruled table stays one :class:`Word`, spaces and all;
elsewhere the gaps between words say where columns are, and every word is one by itself.
"""

from __future__ import annotations

import bisect
import ctypes
import math
import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.intake import pdf_calls
from bot.intake.pdf_rules import Lattice
from bot.intake.pdf_words import View, Word

_WORD = re.compile("[^\\s\x00\u200b\ufffe\uffff]+")
_MARK = re.compile(r"[^\W\d_]\d{1,3}\W*$")
_DIGIT_BEHIND = re.compile(r"[^\W\d_]\d")
_LONG = 24  # letters; a longer run may be several words

Span = tuple[int, int]  # [first, last) of the page's letters


def read_words(textpage: pdfium.PdfTextPage, view: View, most: int, tables: Sequence[Lattice]) -> list[Word]:
    """The words of a page in the file's order, at most ``most`` characters of them."""
    count = min(textpage.count_chars(), most)
    return list(_Reading(textpage, _letters(textpage, count), view, tables).words())


def _letters(textpage: pdfium.PdfTextPage, count: int) -> str:
    """The page's text, one letter for each of pdfium's; it puts spaces where there are gaps."""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass").rstrip("\0")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


class _Reading:
    """One page on its way to words. Height is taken from the size of the font and place from the baseline, for
    boxes differ with the letter in some fonts."""

    def __init__(
        self, textpage: pdfium.PdfTextPage, letters: str, view: View, tables: Sequence[Lattice]
    ) -> None:
        self._page = pdf_calls.address(textpage.raw)
        self._letters = letters
        self._view = view
        self._tables = tables

    def words(self) -> Iterator[Word]:
        """Every word, or the run of words it belongs to."""
        spans = [match.span() for match in _WORD.finditer(self._letters)]
        matrices = pdf_calls.matrices(self._page, [start for start, _ in spans])
        odd = self._odd(spans)
        for first, last in self._pieces(spans, matrices, odd):
            start = spans[first][0]
            base, em = self._baseline(start), self._size(start, matrices[first])
            top, bottom = base - 0.9 * em, base + 0.25 * em
            if start in odd:
                yield from self._by_letter(*spans[first])
            elif last - first > 1 and (whole := self._whole(start, spans[last - 1][1], top, bottom)):
                yield whole
            else:
                for a, b in spans[first:last]:
                    if place := self._ends(a, b):
                        yield Word(self._letters[a:b], *place, top, bottom)

    def _odd(self, spans: list[Span]) -> set[int]:
        """The beginnings of words to be looked at letter by letter: digits behind letters may be a raised mark,
        very long runs may be several words."""
        found = {start for start, end in spans if end - start > _LONG}
        starts = [start for start, _ in spans]
        for match in _DIGIT_BEHIND.finditer(self._letters):
            start, end = spans[bisect.bisect(starts, match.start()) - 1]
            if _MARK.search(self._letters, start, end):
                found.add(start)
        return found

    def _pieces(self, spans: list[Span], matrices: list[bytes], odd: set[int]) -> Iterator[Span]:
        """[first, last) of the words that were drawn as one piece, upright and with one space between them."""
        if not spans:
            return
        letters, upright = self._letters, self._view.rotation == 0
        begin, (before, end), above = 0, spans[0], matrices[0]
        level = upright and _is_level(above)
        for index in range(1, len(spans)):
            start, until = spans[index]
            matrix = matrices[index]
            joined = (
                matrix == above
                and level
                and start == end + 1
                and letters[end] == " "
                and letters[end - 1] != "]"  # what stands behind a note's mark may belong to it
                and start not in odd
                and before not in odd
            )
            if not joined:
                yield begin, index
                begin = index
                if matrix != above:
                    above, level = matrix, upright and _is_level(matrix)
            before, end = start, until
        yield begin, len(spans)

    def _whole(self, start: int, end: int, top: float, bottom: float) -> Word | None:
        """The run as one word, if it lies within one column of a table and is not numbers only."""
        middle = (top + bottom) / 2
        table = next((t for t in self._tables if t.ys[0] < middle < t.ys[-1]), None)
        place = self._ends(start, end) if table else None
        if table is None or place is None:
            return None
        column = bisect.bisect(table.xs, place[0])
        inside = 0 < column < len(table.xs) and place[1] < table.xs[column]
        text = self._letters[start:end]
        return Word(text, *place, top, bottom) if inside and not _is_numbers(text) else None

    def _by_letter(self, start: int, end: int) -> Iterator[Word]:
        """Letter by letter: those that stand close on one baseline are a word."""
        word, left, right, base, em = "", 0.0, 0.0, 0.0, 0.0
        for index in range(start, end):
            box = self._box(index)
            if box is None:
                continue
            line = self._baseline(index)
            joined = abs(line - base) < 0.15 * em and -0.6 * em < box[0] - right < 0.18 * em
            if word and not (joined or unicodedata.combining(self._letters[index])):
                yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)
                word = ""
            if not word:
                left, right, base = box[0], box[2], line
                em = self._size(index, pdf_calls.matrices(self._page, [index])[0])
            word, right = word + self._letters[index], max(right, box[2])
        if word:
            yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)

    def _ends(self, start: int, end: int) -> tuple[float, float] | None:
        """Where a run of letters begins and ends across the page as it is shown."""
        first, last = self._box(start), self._box(end - 1)
        return (first[0], max(first[2], last[2])) if first and last else None

    def _box(self, index: int) -> tuple[float, float, float, float] | None:
        box = pdf_calls.loose_box(self._page, index)
        return self._view.box(*box) if box else None

    def _baseline(self, index: int) -> float:
        x, y = pdf_calls.origin(self._page, index)
        return self._view.box(x, y, x, y)[1]

    def _size(self, index: int, matrix: bytes) -> float:
        """The height of the font as it is shown, in points."""
        size = pdf_calls.font_size(self._page, index)
        if matrix:
            _, _, c, d, _, _ = _SIX(matrix)
            size *= math.hypot(c, d)
        return size if 1 < size < 500 else 11.0


_SIX = struct.Struct("6f").unpack


def _is_level(matrix: bytes) -> bool:
    """Whether text of the matrix runs from left to right."""
    return bool(matrix) and _SIX(matrix)[1] == 0.0 < _SIX(matrix)[0]


def _is_numbers(text: str) -> bool:
    return text[0].isdecimal() and text.replace(" ", "").isdecimal()
