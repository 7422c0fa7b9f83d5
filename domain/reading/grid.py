"""A table of tasks as rows of one cell a column; what a heading row looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.documents import Cell, Origin
from domain.reading.plan_columns import Column, heading

#: "1. Công tác …", "II. …": how a section row begins
SECTION = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}|[A-Z])\s*[.)/]\s*\S")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: the text under each column (absent: the source has no such cell there).

    ``inherited`` names the columns taken from the row above through a span. ``ragged``: the cells did not
    fill the columns, so their places were worked out and should be looked at.
    """

    cells: dict[Column, str]
    section: str = ""
    origin: Origin = Origin()
    ragged: bool = False
    inherited: tuple[Column, ...] = ()
    paragraphs: dict[Column, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of tasks: its columns and rows, and the prose that stood before its heading in a cut text."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]


def heading_columns(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns of a heading row; None when the row is none. At least a title and a lead or time."""
    columns = [heading(cell) for cell in cells]
    named = [c for c in columns if c]
    if len(cells) < 3 or (len(named) < max(3, len(cells) - 1) and len(named) < 4):
        return None
    if Column.TITLE not in named or not {Column.LEAD, Column.TIME, Column.COORDINATE} & set(named):
        return None
    seen: list[Column] = []
    for column in columns:
        seen.append(column if column and column not in seen else Column.NOTE)
    return tuple(seen)


def is_column_numbers(texts: Sequence[str]) -> bool:
    """The row "1 | 2 | 3 | 4" under a heading."""
    numbers = [t.strip("() ") for t in texts]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def flat(cell: Cell) -> str:
    """A cell's text on one line."""
    return " ".join(cell.paragraphs)
