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

_GAP = "\\s\x00\u200b\ufffe\uffff"
_WORD = re.compile(f"[^{_GAP}]+")
_LINE = re.compile(f"[^{_GAP}]+(?: [^{_GAP}]+)*")
_SHORT = 24  # letters; a longer run may be several words
_LONG = re.compile(f"[^{_GAP}]{{{_SHORT + 1},}}")
_TAIL = re.compile(f"[^{_GAP}]+$")
_MARK = re.compile(r"[^\W\d_]\d{1,3}\W*$")
_DIGIT_BEHIND = re.compile(r"\d(?<=[^\W\d_]\d)")
_six = struct.Struct("6f").unpack

Piece = tuple[int, int, bytes]  # [first, last) of the page's letters, and the matrix they were drawn by


def read_words(textpage: pdfium.PdfTextPage, view: View, most: int, tables: Sequence[Lattice]) -> list[Word]:
    """The words of a page in the file's order, at most ``most`` characters of them."""
    count = min(textpage.count_chars(), most)
    return _Reading(pdf_calls.address(textpage.raw), _letters(textpage, count), view, tables).words()


def _letters(textpage: pdfium.PdfTextPage, count: int) -> str:
    """The page's text, one letter for each of pdfium's; it puts spaces where there are gaps."""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass").rstrip("\0")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _odd(letters: str) -> list[int]:
    """Where words begin that must be looked at letter by letter: digits behind letters may be a raised mark, very
    long runs may be several words."""
    found = {match.start() for match in _LONG.finditer(letters)}
    for digit in _DIGIT_BEHIND.finditer(letters):
        before = _TAIL.search(letters, max(0, digit.start() - _SHORT), digit.start())
        word = _WORD.match(letters, before.start(), digit.start() + _SHORT) if before else None
        if word and len(word[0]) <= _SHORT and _MARK.search(word[0]):
            found.add(word.start())
    return sorted(found)


class _Reading:
    """One page on its way to words. Height is taken from the size of the font and place from the baseline, for
    boxes differ with the letter in some fonts."""

    def __init__(self, page: int, letters: str, view: View, tables: Sequence[Lattice]) -> None:
        self._page = page
        self._letters = letters
        self._view = view
        self._tables = tables
        self._odd = _odd(letters)
        self._odd_ones = frozenset(self._odd)

    def words(self) -> list[Word]:
        """Every word, or the run of words it belongs to."""
        found: list[Word] = []
        for line in _LINE.finditer(self._letters):
            before = len(found)
            for start, end, matrix in self._pieces(*line.span()):
                if start in self._odd_ones:
                    found += self._by_letter(start, end)
                else:
                    self._take(found, start, end, matrix)
            if 0 < before < len(found) and _is_torn(found[before - 1], found[before]):
                rest = found.pop(before)
                found[before - 1].text += rest.text
                found[before - 1].right = rest.right
        return found

    def _pieces(self, start: int, end: int) -> list[Piece]:
        """The pieces in a line of words with one space between them. Most are a line by themselves: where the
        last word has the matrix of the first, so have those between."""
        letters, page = self._letters, self._page
        first = pdf_calls.matrix(page, start)
        last = letters.rfind(" ", start, end) + 1
        if not last:
            return [(start, end, first)]
        at = bisect.bisect_left(self._odd, start)
        odd = self._odd_ones if at < len(self._odd) and self._odd[at] < end else ()
        noted = letters.find("] ", start, end) >= 0  # what stands behind a note's mark may belong to it
        if first and not odd and not noted and first == pdf_calls.matrix(page, last):
            return [(start, end, first)]
        found: list[Piece] = []
        begin, until, above, a = start, start, b"", start
        for word in letters[start:end].split(" "):
            matrix = pdf_calls.matrix(page, a)
            joined = above and matrix == above and not (a in odd or begin in odd)
            if not joined or (noted and letters[until - 1] == "]"):
                if until > begin:
                    found.append((begin, until, above))
                begin, above = a, matrix
            until = a + len(word)
            a = until + 1
        return [*found, (begin, until, above)]

    def _take(self, found: list[Word], start: int, end: int, matrix: bytes) -> None:
        """The piece as one word within a column, or its words."""
        letters = self._letters
        base, em, is_level = self._line(start, matrix)
        top, bottom = base - 0.9 * em, base + 0.25 * em
        text = letters[start:end]
        is_one, may_be_one = " " not in text, is_level and self._tables and not _is_numbers(text)
        ends = self._ends(start, end) if is_one or may_be_one else None
        if ends and (is_one or _is_inside(self._tables, *ends, base)):
            found.append(Word(text, *ends, top, bottom))
            return
        for word in _WORD.finditer(letters, start, end):
            a, b = word.span()
            if not is_level:
                base, em, _ = self._line(a, matrix)
                top, bottom = base - 0.9 * em, base + 0.25 * em
            if ends := self._ends(a, b):
                found.append(Word(letters[a:b], *ends, top, bottom))

    def _by_letter(self, start: int, end: int) -> Iterator[Word]:
        """Letter by letter: those that stand close on one baseline are a word."""
        word, left, right, base, em = "", 0.0, 0.0, 0.0, 0.0
        for index in range(start, end):
            ends = self._ends(index, index + 1)
            if ends is None:
                continue
            line, size, _ = self._line(index, pdf_calls.matrix(self._page, index))
            joined = abs(line - base) < 0.15 * em and -0.6 * em < ends[0] - right < 0.18 * em
            if word and not (joined or unicodedata.combining(self._letters[index])):
                yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)
                word = ""
            if not word:
                left, right, base, em = *ends, line, size
            word, right = word + self._letters[index], max(right, ends[1])
        if word:
            yield Word(word, left, right, base - 0.9 * em, base + 0.25 * em)

    def _ends(self, start: int, end: int) -> tuple[float, float] | None:
        """Where a run of letters begins and ends across the page as it is shown."""
        first, last = pdf_calls.loose_box(self._page, start), pdf_calls.loose_box(self._page, end - 1)
        if not (first and last):
            return None
        view = self._view
        if not view.rotation:
            return first[0] - view.left, max(first[2], last[2]) - view.left
        (x0, y1, x1, y0), (x2, y3, x3, y2) = first, last
        left, _, right, _ = view.box(x0, y0, x1, y1)
        return left, max(right, view.box(x2, y2, x3, y3)[2])

    def _line(self, index: int, matrix: bytes) -> tuple[float, float, bool]:
        """(baseline, height of the font, whether the text runs level from left to right) as shown, in points."""
        size, view = pdf_calls.font_size(self._page, index), self._view
        if matrix:
            a, b, c, d, _, y = _six(matrix)
            size *= math.hypot(c, d)
            if b == 0.0 < a and not view.rotation:  # along level text the baseline is where the piece begins
                return view.height + view.bottom - y, size if 1 < size < 500 else 11.0, True
        x, y = pdf_calls.origin(self._page, index)
        return view.box(x, y, x, y)[1], size if 1 < size < 500 else 11.0, False


def _is_torn(word: Word, rest: Word) -> bool:
    """Whether what stands on a line of its own goes on right where the word before ends: a page of few letters that
    are drawn one by one is taken by pdfium for one that is written downwards."""
    gap = rest.left - word.right
    return abs(rest.bottom - word.bottom) < 0.5 and abs(gap) < 0.1 * (rest.bottom - rest.top)


def _is_inside(tables: Sequence[Lattice], left: float, right: float, base: float) -> bool:
    """Whether words lie within one column of a table."""
    for table in tables:
        if table.ys[0] < base < table.ys[-1]:
            column = bisect.bisect(table.xs, left)
            return 0 < column < len(table.xs) and right < table.xs[column]
    return False


def _is_numbers(text: str) -> bool:
    return text[0].isdecimal() and text.replace(" ", "").isdecimal()
