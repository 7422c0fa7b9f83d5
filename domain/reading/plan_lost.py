"""A heading that has lost one of its cells: rows between their marks are one cell longer than it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.documents import Cell
from domain.reading.grid import flat
from domain.reading.plan_columns import Column, fit

#: as many rows of one length must there be, and such a share of all
_FEWEST, _SHARE = 4, 0.4
_MAY_BE = (Column.NUMBER, Column.TITLE, Column.LEAD, Column.COORDINATE, Column.TIME, Column.PRODUCT)


def with_lost(columns: tuple[Column, ...], chunks: Sequence[Cell]) -> tuple[Column, ...]:
    """The columns with the one that the heading lacks, where nearly all rows are one cell longer; else as they are."""
    rows = _runs(chunks)
    longer = [row for row in rows if len(row) == len(columns) + 1]
    whole = sum(len(row) == len(columns) for row in rows)
    if len(longer) < max(_FEWEST, whole + 1, _SHARE * sum(len(row) > 2 for row in rows)):
        return columns
    ways = [
        (*columns[:place], lost, *columns[place:])
        for place in range(len(columns) + 1)
        for lost in (*(c for c in _MAY_BE if c not in columns), Column.NOTE)
    ]
    return max(ways, key=lambda way: sum(fit(text, c) for row in longer for text, c in zip(row, way)))


def _runs(chunks: Sequence[Cell]) -> list[list[str]]:
    """The cells between empty ones."""
    rows: list[list[str]] = [[]]
    for chunk in chunks:
        if chunk.paragraphs:
            rows[-1].append(flat(chunk))
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def with_helpers(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns, a nameless one that is full of agencies taken for that of who helps, if there is none."""
    if Column.COORDINATE in columns or Column.MONITOR in columns or Column.LEAD not in columns:
        return columns
    filled: Counter[int] = Counter()
    named: Counter[int] = Counter()
    for row in rows:
        for place, text in enumerate(row[: len(columns)]):
            if text and columns[place] is Column.NOTE:
                filled[place] += 1
                named[place] += fit(text, Column.COORDINATE) > 0
    for place, count in filled.items():
        if count >= _FEWEST and named[place] >= 0.85 * count:
            return (*columns[:place], Column.COORDINATE, *columns[place + 1 :])
    return columns
