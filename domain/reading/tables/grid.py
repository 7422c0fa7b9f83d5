"""A table of tasks as rows of one cell a column; what a heading row looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.documents import Cell, Origin
from domain.reading.fold import plain
from domain.reading.tables.plan_columns import Column, heading, looks_like_number
from domain.reading.tables.plan_headings import named_columns

#: "1. Công tác …", "II. …": how a section row begins
SECTION = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Z])\s*[.)/]\s*\S")
SECTION_MARK = re.compile(r"^\s*(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Z])\s*[.)/]\s*")
_BROAD = re.compile(r"(?:lĩnh vực|nhóm|danh mục|tiêu chí|mục tiêu)\b", re.IGNORECASE)
_WHO = {Column.LEAD, Column.COORDINATE, Column.MONITOR}
_ASSIGNING = {Column.LEAD, Column.TIME, Column.COORDINATE}


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: the text under each column (absent: the source has no such cell there).

    ``inherited`` names the columns taken from the row above through a span. ``ragged``: the cells did not
    fill the columns, so their places were worked out and should be looked at. ``short``: so it is in a source
    that has all its cells, which is a fault of the source. ``lacking``: what is to be done, who does it or when is
    among what is absent, though the table has it. ``spanning``: what is absent
    spans from above, because the source keeps its empty cells.
    """

    cells: dict[Column, str]
    section: str = ""
    origin: Origin = Origin()
    ragged: bool = False
    short: bool = False
    lacking: bool = False
    spanning: bool = False
    inherited: tuple[Column, ...] = ()
    paragraphs: dict[Column, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of tasks: its columns and rows. ``before``: the heading of the times is "Hoàn thành trước"."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    before: bool = False


_BEFORE = re.compile(r"\btruoc(?: ngay)?$")


def says_before(name: str) -> bool:
    """Whether the name of a time says that the day it names is no longer in time: "Hoàn thành trước"."""
    return bool(_BEFORE.search(plain(name).strip(" .:()")))


def heads_before(headings: Iterable[str]) -> bool:
    """Whether so does the heading of the times in a row of headings."""
    return any(heading(text) is Column.TIME and says_before(text) for text in headings)


_LONG = 70  # letters; what is longer is no heading
#: what money is spent on is listed elsewhere as a task, or is none
_MONEY = re.compile(r"^(?:(?:noi dung|khoan|hang muc|muc) chi\b|don gia\b|thanh tien\b|so tien\b)")


def _may_head(cells: Sequence[str]) -> bool:
    """False where so many cells say nothing that the row is no heading; most rows show it in their first cells."""
    if len(cells) < 3 or looks_like_number(cells[0]):
        return False
    left = len(cells) - 2
    return all(
        heading(cell) is not None or (left := left - (1 if len(cell) < _LONG else 2)) >= 0 for cell in cells
    )


def heading_columns(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns of a heading row; None when the row is none. At least a title and a lead or time."""
    if not _may_head(cells):
        return None
    columns = named_columns(cells)
    if any(_MONEY.match(plain(cell)) for cell in cells):
        return None
    if (
        Column.TITLE not in columns and Column.PRODUCT in columns
    ):  # a table of aims: "Chỉ tiêu | Đơn vị chủ trì"
        columns[columns.index(Column.PRODUCT)] = Column.TITLE
    if columns.count(Column.TITLE) > 1:  # "Lĩnh vực | Nội dung": the broader one only groups
        broad = [bool(_BROAD.match(cell.strip())) for cell in cells]
        columns = [
            Column.NOTE if c is Column.TITLE and b and not all(broad) else c for c, b in zip(columns, broad)
        ]
    named = [c for c in columns if c]
    if len(named) < max(3, len(cells) - 1) and len(named) < 4:
        return None
    if Column.TITLE not in named or not _ASSIGNING & set(named):
        return None
    if Column.LEAD not in named and Column.MONITOR in named and Column.COORDINATE in named:
        columns[columns.index(Column.MONITOR)] = Column.LEAD
    seen: list[Column] = []
    for column in columns:
        seen.append(column if column and column not in seen else Column.NOTE)
    return tuple(seen)


def refined(
    columns: Sequence[Column], cells: Sequence[str], below: Sequence[str]
) -> tuple[Column, ...] | None:
    """Columns of a heading of two rows: ``below`` parts one broad column; None when it does not."""
    parts = [heading(text) for text in below]
    named = [p for p in parts if p]
    if len(below) < 2 or len(named) < len(below) or len(set(named)) < len(named):
        return None
    broad = next((i for i, c in enumerate(columns) if c in named), None)
    if broad is None or (len(below) > 2 and set(named) == set(columns)):
        return None
    if columns[broad] in _WHO and not set(named) <= _WHO:
        return None
    rest = [Column.NOTE if c in named else c for c in columns]
    return (*rest[:broad], *named, *rest[broad + 1 :])


def is_column_numbers(texts: Sequence[str]) -> bool:
    """The row "1 | 2 | 3 | 4" under a heading, also "(1) | (2)" and "A | B | 1 | 2"."""
    if len(texts) < 3 or not texts[-1].strip("()[] ").isdecimal():
        return False
    numbers = [t.strip("()[] ") for t in texts]
    first = next((i for i, n in enumerate(numbers) if n.isdecimal()), len(numbers))
    counted = numbers[first:] == [str(n) for n in range(1, len(numbers) - first + 1)]
    lettered = numbers[:first] == [chr(ord("A") + i) for i in range(first)]
    return first < 3 and counted and lettered


def flat(cell: Cell) -> str:
    """A cell's text on one line."""
    texts = cell.paragraphs
    return texts[0] if len(texts) == 1 else " ".join(texts)
