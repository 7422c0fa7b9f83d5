"""A row that goes on over the end of a page: its second half stands there as a row of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.documents import Cell
from domain.reading.tables.grid import flat
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_number, looks_like_time

#: the cells of a row, each with whether it is there by a span from above
Line = list[tuple[Cell, bool]]

_ITEM = re.compile(r"^(?:[-–+•]|[a-zđ]\s*[.)]|\d{1,2}(?:\.\d+)*\s*[.)]|[IVX]{1,4}\s*[.)])\s+\S")
#: a cell that ends so goes on below
OPEN_END = re.compile(
    r"(?:\b(?:và|của|các|theo|được|cho|với|để|về|nhằm|số|thuộc)|(?<!hằng )(?<!hàng )\b(?:năm|tháng|ngày)|[,(&-])$"
)
_SENTENCE_END = re.compile(r"[.;:!?…]\s*$")


def continues(above: Line, line: Line, columns: Sequence[Column]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    It has no number, and its words go on in the middle of a sentence or name neither who nor when. Where rows
    are numbered, the rest of a time ("trước ngày 09 tháng 3 | năm 2025") beside words without a capital is a rest.
    """
    if not 0 < page_of(above) < page_of(line) or len(above) != len(line):
        return False
    cells = {column: flat(cell) for (cell, _), column in zip(line, columns)}
    before = {column: flat(cell) for (cell, _), column in zip(above, columns)}
    if looks_like_number(cells.get(Column.NUMBER, "")) or _is_one(line):
        return _goes_on(flat(above[0][0]), flat(line[0][0])) if _is_one(line) and _is_one(above) else False
    title = cells.get(Column.TITLE, "")
    if not title or _goes_on(before.get(Column.TITLE, ""), title):
        return True
    if _ITEM.match(title) and Column.NUMBER not in columns:
        return False
    who, when = cells.get(Column.LEAD, ""), cells.get(Column.TIME, "")
    named = looks_like_agency(who) or not before.get(Column.LEAD)
    timed = looks_like_time(when) or not before.get(Column.TIME)
    is_open = bool(before.get(Column.NUMBER)) and not _SENTENCE_END.search(before.get(Column.TITLE, ""))
    is_rest = is_open and not title[:1].isupper() and not _ITEM.match(title)
    return not named and (not timed or is_rest)


def joined(above: Line, below: Line) -> Line:
    """Both halves as one row."""
    return [
        (
            cell if cell is more else replace(cell, paragraphs=_glued(cell.paragraphs, more.paragraphs)),
            spanned,
        )
        for (cell, spanned), (more, _) in zip(above, below)
    ]


def _glued(first: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    if not first or not rest:
        return first or rest
    return (*first[:-1], f"{first[-1]} {rest[0]}", *rest[1:])


def _is_one(line: Line) -> bool:
    """A row of one cell: a section."""
    return len({id(cell) for cell, _ in line}) == 1


def _goes_on(before: str, after: str) -> bool:
    return (
        bool(before) and after[:1].islower() and not _ITEM.match(after) and not _SENTENCE_END.search(before)
    )


def page_of(line: Line) -> int:
    """The page a row begins on; 0 where the format has none."""
    return max((cell.origin.page for cell, spanned in line if not spanned), default=0)
