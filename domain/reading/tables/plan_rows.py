"""Cells cut one after another → rows, so that everything fits best.

Two ways of cutting are met. *Marked*: an empty cell stands between two rows, and a cell that is empty is there
too; a row that is short has a cell spanning from above. *Unmarked*: rows follow each other without a sign, and
empty cells may be left out. Both are solved as one shortest path over where rows begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Cell
from domain.reading.tables.grid import SECTION, flat
from domain.reading.tables.plan_columns import (
    GAP,
    Column,
    fit,
    looks_like_agency,
    looks_like_number,
    looks_like_time,
)
from domain.reading.tables.plan_sections import heads

_FULL, _NO_MARK, _STRAY = 2.5, -5.0, -1.0
_NEVER = -1e9
#: "Giai đoạn 2: Thu thập, xử lý minh chứng"
_PHASE = re.compile(r"(?:Giai đoạn|Bước|Chặng)\s+(?:\d{1,2}|[IVX]{1,4})\s*[.:]\s+\S")


@dataclass(frozen=True, slots=True)
class CutRow:
    """Cells of one row and the column of each; ``exact`` when there is a cell, if empty, for every column."""

    cells: tuple[Cell, ...]
    places: tuple[int, ...]
    exact: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts on one line each."""
        return tuple(flat(cell) for cell in self.cells)


def cut_rows(chunks: Sequence[Cell], columns: tuple[Column, ...]) -> tuple[list[CutRow], bool]:
    """(rows, whether they were marked). Cells that are all empty are no row."""
    blanks = sum(1 for c in chunks if not c.paragraphs)
    filled = len(chunks) - blanks
    ways: list[bool] = []
    if blanks > filled / (2 * len(columns) + 2):
        ways.append(True)
    if not ways or blanks < 0.8 * filled / len(columns):
        ways.append(False)
    solved = [(*_Solver(chunks, columns, marked).solve(), marked) for marked in ways]
    _, rows, marked = max(solved, key=lambda s: s[0])
    return [row for row in rows if any(row.texts)], marked


class _Solver:
    """The best path through the cells for one way of cutting."""

    def __init__(self, chunks: Sequence[Cell], columns: tuple[Column, ...], marked: bool) -> None:
        self._chunks, self._columns, self._marked = chunks, columns, marked
        self._texts = [flat(c) for c in chunks]
        self._fits = [[fit(text, column) for column in columns] for text in self._texts]
        self._gaps = [GAP[c] for c in columns]

    def solve(self) -> tuple[float, list[CutRow]]:
        """(score, rows)."""
        count, most = len(self._texts), len(self._columns)
        best = [0.0] + [_NEVER] * count
        steps: list[tuple[int, int]] = [(0, 0)] * (count + 1)  # (where the row began, its cells; 0: none)
        for begin in range(count):
            if best[begin] == _NEVER:
                continue
            if not self._texts[begin] and best[begin] + _STRAY > best[begin + 1]:
                best[begin + 1], steps[begin + 1] = best[begin] + _STRAY, (begin, 0)
            for size in range(1, min(most, count - begin) + 1):
                score = best[begin] + self._score(begin, size)
                end = begin + size
                if self._marked and end < count:
                    end, score = (end + 1, score) if not self._texts[end] else (end, score + _NO_MARK)
                if score > best[end]:
                    best[end], steps[end] = score, (begin, size)
        rows: list[CutRow] = []
        end = count
        while end:
            begin, size = steps[end]
            if size:
                places = self._align(begin, size)[1]
                cells = tuple(self._chunks[begin : begin + size])
                rows.append(CutRow(cells, tuple(places), self._marked and size == most))
            end = begin
        return best[count], rows[::-1]

    def _score(self, begin: int, size: int) -> float:
        filled = [t for t in self._texts[begin : begin + size] if t]
        if not filled:
            return _NEVER / 2
        most = len(self._columns)
        score = self._align(begin, size)[0] + (_FULL if size == most else 0.0)
        if size == 1:
            score = _section_score(filled[0])
        elif size == 2 and len(filled) == 2 and heads(filled[0], filled[1]):
            score = max(score, 3.0)
        elif not self._marked and size < min(3, most):
            return _NEVER / 2
        return score

    def _align(self, begin: int, size: int) -> tuple[float, list[int]]:
        """The best places, in order, of cells among the columns: (score, column of each cell)."""
        slack = len(self._columns) - size
        if slack == 0:
            return sum(self._fits[begin + i][i] for i in range(size)), list(range(size))
        best = [0.0]
        for column in range(slack):  # leaving out the first columns
            best.append(best[-1] - self._gaps[column])
        back: list[list[int]] = []
        for i in range(size):
            fits = self._fits[begin + i]
            taken = [best[d] + fits[i + d] for d in range(slack + 1)]
            choice = [0] * (slack + 1)
            best = [taken[0]] + [0.0] * slack
            for d in range(1, slack + 1):
                skipped = best[d - 1] - self._gaps[i + d]
                best[d], choice[d] = (taken[d], d) if taken[d] >= skipped else (skipped, choice[d - 1])
            back.append(choice)
        d = slack
        places = []
        for i in range(size - 1, -1, -1):
            d = back[i][d]
            places.append(i + d)
        return best[slack], places[::-1]


def _section_score(text: str) -> float:
    if looks_like_time(text) or looks_like_agency(text) or looks_like_number(text) or len(text) > 400:
        return -6.0
    return 2.0 if SECTION.match(text) or _PHASE.match(text) else -1.0
