"""Rows that are no tasks but head those below: one text, a number and a text, a cell over all columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.documents import Cell
from domain.reading.tables.grid import SECTION, SECTION_MARK, flat
from domain.reading.tables.plan_columns import (
    Column,
    looks_like_agency,
    looks_like_number,
    looks_like_time,
    ordinal,
)
from domain.reading.tables.plan_pages import Line

_ROMAN = re.compile(r"^[IVX]{1,5}\.?$")
#: the columns that give a task to somebody, or a time to it
ASSIGNED = (Column.LEAD, Column.COORDINATE, Column.MONITOR, Column.TIME)


def section_of(texts: Sequence[str], places: Sequence[int], columns: Sequence[Column]) -> str:
    """The section a row of a cut text names, or "". One text, or a number and a title with nothing assigned."""
    filled = [(text, columns[place]) for text, place in zip(texts, places) if text]
    if len(filled) == 1:
        return filled[0][0]
    if everywhere := _everywhere(filled):
        return everywhere
    if len(filled) == 2 and heads(filled[0][0], filled[1][0]):
        return f"{ordinal(filled[0][0]).rstrip('.)/')}. {filled[1][0]}"
    return ""


def grid_section(line: Line, columns: tuple[Column, ...]) -> str:
    """The section a row of a gridded table names, or ""."""
    texts = [flat(cell) for cell, _ in line]
    if everywhere := _everywhere([*zip(texts, columns)]):
        return everywhere
    if _is_over_columns(line, columns):
        return " ".join(dict.fromkeys(filter(None, unspanned(line))))
    if len({*texts} - {""}) > 2:
        return ""
    distinct = unspanned(line)
    filled = [t for t in distinct if t]
    own = [flat(cell) for cell, spanned in line if not spanned and flat(cell)]
    if len(own) < len([1 for cell, _ in line if flat(cell)]):
        return ""  # something spans into it from above: a part of a task
    places = [c for (cell, _), c in zip(line, columns) if flat(cell)]
    if len(places) == 1 and places[0] in ASSIGNED and line[0][0].colspan == 1 and not _is_numbered(line):
        return ""  # one more lead of the task above, or the rest of its words
    if len(set(filled)) == 1:  # some converters write a spanning cell into every place
        alone = len(distinct) == 1 or len(filled) > 1 or len(line) < len(columns)
        return filled[0] if alone or SECTION.match(filled[0]) or len(filled[0]) < 250 else ""
    texts = list(dict.fromkeys(filled))
    wide = len(texts) == 2 and line[-1][0].colspan >= max(3, len(columns) - 2)
    if len(texts) == 2 and looks_like_number(texts[0]) and (wide or not _assigns(texts[1])):
        taken = {c for (cell, _), c in zip(line, columns) if flat(cell)}
        if taken <= {Column.NUMBER, Column.TITLE} or len(distinct) == 2 or len(filled) > 2:
            return f"{ordinal(texts[0]).rstrip('.)/')}. {texts[1]}"
    return ""


def _everywhere(cells: Sequence[tuple[str, Column]]) -> str:
    """The section of a row whose one text stands under what is to be done and again under all that says who and when,
    as copies of a cell over all columns do: "II | Chính quyền số | Chính quyền số | Chính quyền số"; "" for another row."""
    title = next((text for text, column in cells if column is Column.TITLE), "")
    assigned = {text for text, column in cells if column in ASSIGNED and text}
    if not title or assigned != {title}:
        return ""
    number = next((text for text, column in cells if column is Column.NUMBER), "")
    return f"{ordinal(number).rstrip('.)/')}. {title}" if number and number != title else title


def _is_over_columns(line: Line, columns: tuple[Column, ...]) -> bool:
    """Whether one cell lies over number, title and lead, beside others: who signs below a table."""
    if all(cell.colspan == 1 for cell, _ in line):
        return False
    over = {id(cell) for (cell, _), column in zip(line, columns) if column is Column.TITLE and flat(cell)}
    under = {column for (cell, _), column in zip(line, columns) if id(cell) in over}
    return {Column.NUMBER, Column.TITLE} < under and not under.isdisjoint(ASSIGNED)


def _is_numbered(line: Line) -> bool:
    """Whether the first cell of a line is numbered words that assign nothing: a section, whatever column it stands in."""
    text = flat(line[0][0])
    return bool(SECTION.match(text)) and not _assigns(text) and not _assigns(SECTION_MARK.sub("", text))


def heads(number: str, title: str) -> bool:
    """Whether a number and a text are the heading of a section, which may be headed by an agency: "II | Sở Nội vụ"."""
    if not looks_like_number(number) or looks_like_time(title):
        return False
    return bool(_ROMAN.match(number)) or not looks_like_agency(title)


def _assigns(text: str) -> bool:
    return looks_like_agency(text) or looks_like_time(text)


def unspanned(line: Line) -> list[str]:
    """The text of each cell of a line once, however many columns it spans."""
    cells: list[Cell] = []
    for cell, _ in line:
        if not cells or cells[-1] is not cell:
            cells.append(cell)
    return [flat(cell) for cell in cells]
