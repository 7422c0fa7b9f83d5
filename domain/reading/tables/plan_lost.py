"""A heading that has lost one of its cells: rows between their marks are one cell longer than it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from domain.documents import Cell
from domain.reading.tables.grid import flat
from domain.reading.tables.plan_columns import Column, fit
from domain.reading.tables.plan_pages import Line

#: as many rows of one length must there be, and such a share of all
_AT_LEAST = 2
_FEWEST, _SHARE, _NEARLY_ALL = 4, 0.4, 0.85
_WORDS = re.compile(r"[^\W\d_]{2}")
_MAY_BE = (Column.NUMBER, Column.TITLE, Column.LEAD, Column.COORDINATE, Column.TIME, Column.PRODUCT)


def with_title(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with the one for what is to be done in front, where the heading has lost it; else as they are."""
    return columns if Column.TITLE in columns else (Column.TITLE, *columns)


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


def with_nameless(
    columns: tuple[Column, ...], nameless: Collection[int], rows: Sequence[Sequence[str]]
) -> tuple[Column, ...]:
    """The columns, those whose headings say nothing (by place) told by what their cells say: times, or agencies."""
    for wanted in (Column.TIME, Column.LEAD, Column.COORDINATE):
        if wanted in columns or (wanted is Column.COORDINATE and Column.MONITOR in columns):
            continue
        place = _full_of(wanted, nameless, rows)
        if place is not None:
            columns = (*columns[:place], wanted, *columns[place + 1 :])
    return columns


def with_words(columns: tuple[Column, ...], lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns, what comes of a task as its title where what is called so has only numbers: "Nhiệm vụ: 14, 26"."""
    if Column.TITLE not in columns or Column.PRODUCT not in columns or len(lines) < _AT_LEAST:
        return columns
    title, product = columns.index(Column.TITLE), columns.index(Column.PRODUCT)
    if _worded(title, lines) > len(lines) // 4 or _worded(product, lines) < _NEARLY_ALL * len(lines):
        return columns
    other = {title: Column.NOTE, product: Column.TITLE}
    return tuple(other.get(place, column) for place, column in enumerate(columns))


def _worded(place: int, lines: Sequence[Line]) -> int:
    return sum(place < len(line) and bool(_WORDS.search(flat(line[place][0]))) for line in lines)


def _full_of(wanted: Column, nameless: Collection[int], rows: Sequence[Sequence[str]]) -> int | None:
    """The first of these columns nearly all of whose cells suit another one."""
    filled: Counter[int] = Counter()
    fitting: Counter[int] = Counter()
    for row in rows:
        for place in nameless:
            if place < len(row) and row[place]:
                filled[place] += 1
                fitting[place] += fit(row[place], wanted) > 0
    enough = min(_FEWEST, max(_AT_LEAST, len(rows)))
    full = (p for p in sorted(filled) if filled[p] >= enough and fitting[p] >= _NEARLY_ALL * filled[p])
    return next(full, None)
