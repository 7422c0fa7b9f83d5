"""The words of a PDF page with their places, asked of pdfium letter by letter as little as may be.

What was drawn as one piece and lies within one column of a ruled table stays one :class:`Word`, spaces and all;
elsewhere the gaps between words say where columns are, and every word is one by itself.
"""

from __future__ import annotations

import bisect
import ctypes
import math
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.intake import pdf_calls
from bot.intake.pdf_legible import unknown_letters
from bot.intake.pdf_rules import Lattice
from bot.intake.pdf_turn import level
from bot.intake.pdf_words import View, Word
from domain.reading.fold import by_table

_GAP = "\\s\x00\u200b\ufffe\uffff"
_WORD = re.compile(f"[^{_GAP}]+")
_LINE = re.compile(f"[^{_GAP}]+(?: [^{_GAP}]+)*")
_SHORT = 24  # letters; a longer run may be several words
_LONG = re.compile(f"[^{_GAP}]{{{_SHORT + 1},}}")
_TAIL = re.compile(f"[^{_GAP}]+$")
_MARK = re.compile(r"[^\W\d_]\d{1,3}\W*$")
_kinds = by_table(lambda char: "1" if char.isdecimal() else "a" if char.isalnum() else " ")

Piece = tuple[int, int]  # [first, last) of the page's letters


def read_words(
    textpage: pdfium.PdfTextPage, view: View, most: int, tables: Sequence[Lattice]
) -> tuple[list[Word], tuple[int, int]]:
    """(the words of a page in the file's order, at most ``most`` characters of them; how many letters have no meaning,
    of how many)."""
    handle, letters = pdf_calls.handle(textpage.raw), _letters(textpage, min(textpage.count_chars(), most))
    return _Reading(handle, letters, view, tables).words(), unknown_letters(handle, letters)


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
    found: set[int] = set()
    if max(map(len, letters.split()), default=0) > _SHORT:
        found.update(match.start() for match in _LONG.finditer(letters))
    kinds = _kinds(letters)
    digit = kinds.find("a1") + 1
    while digit:
        before = _TAIL.search(letters, max(0, digit - _SHORT), digit)
        word = _WORD.match(letters, before.start(), digit + _SHORT) if before else None
        if word and len(word[0]) <= _SHORT and _MARK.search(word[0]):
            found.add(word.start())
        digit = kinds.find("a1", digit) + 1
    return sorted(found)


class _Reading:
    """One page on its way to words. Height is taken from the size of the font and place from the baseline, for
    boxes differ with the letter in some fonts."""

    def __init__(self, page: pdf_calls.Handle, letters: str, view: View, tables: Sequence[Lattice]) -> None:
        self._page = page
        self._letters = letters
        self._view = view
        self._tables = tables
        self._odd = _odd(letters)
        self._odd_ones = frozenset(self._odd)
        self._is_noted = "] " in letters
        self._is_upright, self._left, self._top = not view.rotation, view.left, view.height + view.bottom

    def words(self) -> list[Word]:
        """Every word, or the run of words it belongs to."""
        found: list[Word] = []
        lines: list[tuple[int, int]] = []
        odd, take = self._odd_ones, self._take
        for line in _LINE.finditer(self._letters):
            before = len(found)
            for start, end in self._pieces(*line.span()):
                if start in odd:
                    found += self._by_letter(start, end)
                else:
                    take(found, start, end)
            if 0 < before < len(found) and abs(found[before].bottom - found[before - 1].bottom) < 0.5:
                _mend(found, before)
            lines.append((before, len(found)))
        if not self._tables:
            level(found, lines, self._view)
        return found

    def _pieces(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces in a line of words with one space between them. Most are a line by themselves: where the
        last word was drawn with the first, so were those between."""
        letters, page, piece = self._letters, self._page, pdf_calls.piece
        last = letters.rfind(" ", start, end) + 1
        if not last:
            return ((start, end),)
        odd: Container[int] = ()
        if self._odd:
            at = bisect.bisect_left(self._odd, start)
            odd = self._odd_ones if at < len(self._odd) and self._odd[at] < end else ()
        # what stands behind a note's mark may belong to it
        noted = self._is_noted and letters.find("] ", start, end) >= 0
        above = piece(page, start)
        if above and not odd and not noted and above == piece(page, last):
            return ((start, end),)
        found: list[Piece] = []
        begin, a = start, letters.find(" ", start, end) + 1
        while a:
            now = piece(page, a)
            is_parted = (odd and (a in odd or begin in odd)) or (noted and letters[a - 2] == "]")
            if is_parted or now != above or not now:
                found.append((begin, a - 1))
                begin, above = a, now
            a = letters.find(" ", a, end) + 1
        found.append((begin, end))
        return found

    def _take(self, found: list[Word], start: int, end: int) -> None:
        """The piece as one word within a column, or its words."""
        text = self._letters[start:end]
        is_one = " " not in text
        may_be_one = self._is_upright and (is_one or (self._tables and not _is_numbers(text)))
        if may_be_one and (drawn := pdf_calls.drawn(self._page, start, end - 1)):
            left, right, size, a, b, c, d, y = drawn
            is_level = b == 0.0 < a
            if is_level or is_one:  # as in _line and _ends
                em = size * (math.hypot(c, d) if c else abs(d))
                em = em if 1 < em < 500 else 11.0
                base = self._top - (y if is_level else pdf_calls.origin(self._page, start)[1])
                left, right = left - self._left, right - self._left
                if is_one or _is_inside(self._tables, left, right, base):
                    found.append(Word(text, left, right, base - 0.9 * em, base + 0.25 * em))
                    return
        base, em, is_level = self._line(start)
        top, bottom = base - 0.9 * em, base + 0.25 * em  # shared by all words of a line
        for word in _WORD.finditer(self._letters, start, end):
            first, last = word.span()
            if not is_level and first > start:
                base, em, _ = self._line(first)
                top, bottom = base - 0.9 * em, base + 0.25 * em
            if ends := self._ends(first, last):
                found.append(Word(self._letters[first:last], *ends, top, bottom))

    def _by_letter(self, start: int, end: int) -> Iterator[Word]:
        """Letter by letter: those that stand close on one baseline are a word."""
        word, left, right, base, em = "", 0.0, 0.0, 0.0, 0.0
        for index in range(start, end):
            ends = self._ends(index, index + 1)
            if ends is None:
                continue
            line, size, _ = self._line(index)
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
        if self._is_upright:
            ends = pdf_calls.ends(self._page, start, end - 1)
            return (ends[0] - self._left, ends[1] - self._left) if self._left and ends else ends
        view = self._view
        first, last = pdf_calls.loose_box(self._page, start), pdf_calls.loose_box(self._page, end - 1)
        if not (first and last):
            return None
        (x0, y1, x1, y0), (x2, y3, x3, y2) = first, last
        left, _, right, _ = view.box(x0, y0, x1, y1)
        return left, max(right, view.box(x2, y2, x3, y3)[2])

    def _line(self, index: int) -> tuple[float, float, bool]:
        """(baseline, height of the font, whether the text runs level from left to right) as shown, in points."""
        size = pdf_calls.font_size(self._page, index)
        if matrix := pdf_calls.matrix(self._page, index):
            a, b, c, d, _, y = matrix
            size *= math.hypot(c, d) if c else abs(d)
            if b == 0.0 < a and self._is_upright:  # along level text the baseline is where the piece begins
                return self._top - y, size if 1 < size < 500 else 11.0, True
        x, y = pdf_calls.origin(self._page, index)
        return self._view.box(x, y, x, y)[1], size if 1 < size < 500 else 11.0, False


def _mend(found: list[Word], at: int) -> None:
    """What stands on a line of its own and goes on right where the word before ends is the rest of that: a page of
    few letters that are drawn one by one is taken by pdfium for one that is written downwards."""
    rest, word = found[at], found[at - 1]
    if abs(rest.left - word.right) < 0.1 * (rest.bottom - rest.top):
        word.text += found.pop(at).text
        word.right = rest.right


def _is_inside(tables: Sequence[Lattice], left: float, right: float, base: float) -> bool:
    """Whether words lie within one column of a table."""
    for table in tables:
        ys = table.ys
        if ys[0] < base < ys[-1]:
            xs = table.xs
            column = bisect.bisect(xs, left)
            return 0 < column < len(xs) and right < xs[column]
    return False


def _is_numbers(text: str) -> bool:
    return text[0].isdecimal() and text.replace(" ", "").isdecimal()
