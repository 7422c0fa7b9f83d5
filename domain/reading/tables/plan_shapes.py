"""Tables in shapes of their own put into the usual one, a row for each task and a heading over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.documents import Cell, Row, Table
from domain.reading.fold import plain
from domain.reading.tables.grid import flat, heading_columns
from domain.reading.tables.plan_columns import (
    Column,
    looks_like_agency,
    looks_like_number,
    looks_like_time,
)
from domain.reading.verbs import begins_with_verb

Lines = Sequence[Sequence[Cell]]

#: what stands in the column of an agency that leads or helps
_LEADS = frozenset(("ct", "c", "chu tri", "chinh", "cq", "●", "x", "✓", "đm", "dm", "th"))
_HELPS = frozenset(("ph", "p", "phoi hop", "○", "pt", "o", "ht", "ho tro"))
_NAMES = {
    Column.NUMBER: "STT",
    Column.TITLE: "Nhiệm vụ",
    Column.LEAD: "Cơ quan chủ trì",
    Column.COORDINATE: "Cơ quan phối hợp",
    Column.TIME: "Thời gian",
    Column.NOTE: "Ghi chú",
}
_FEWEST_ROWS, _NEARLY_ALL, _LEAST_TITLE, _WIDEST, _LONGEST_MARK = 3, 0.8, 12, 8, 9


def usual_shape(table: Table) -> Table:
    """A table of two halves side by side, or with a column for each agency, as one of one row a task; another as it is."""
    lines = [row.cells for row in table.rows]
    if len(lines) < 2 or any(cell.colspan > 1 or cell.rowspan > 1 for line in lines for cell in line):
        return table
    return _halves(table, lines) or _by_agency(table, lines) or table


def with_heading(table: Table) -> Table | None:
    """A table without a heading with one, by what its columns hold: somebody, some time, what is to be done; else None."""
    widths = Counter(len(row.cells) for row in table.rows)
    width = max(widths, key=lambda w: widths[w], default=0)
    rows = [[flat(cell) for cell in row.cells] for row in table.rows if len(row.cells) == width]
    if len(rows) < _FEWEST_ROWS or not 3 <= width <= _WIDEST or widths[width] < _NEARLY_ALL * len(table.rows):
        return None
    columns = [_held([row[place] for row in rows]) for place in range(width)]
    titles = [place for place, column in enumerate(columns) if column is Column.TITLE]
    if not titles or not {Column.LEAD, Column.TIME} <= set(columns):
        return None
    longest = max(titles, key=lambda place: sum(len(row[place]) for row in rows))
    when, who = (rows[0][columns.index(column)] for column in (Column.TIME, Column.LEAD))
    headed = not (looks_like_time(when) and looks_like_agency(who))
    if headed or 2 * sum(begins_with_verb(row[longest]) for row in rows) < len(rows):
        return None  # names of people, of documents, of places, with a day beside them
    for place, column in enumerate(columns):
        if column is Column.LEAD and Column.LEAD in columns[:place]:
            columns[place] = Column.COORDINATE
        elif column in columns[:place] or (column is Column.TITLE and place != longest):
            columns[place] = Column.NOTE
    heading = Row(tuple(Cell((_NAMES[column],)) for column in columns))
    return replace(table, rows=(heading, *table.rows))


def _held(texts: Sequence[str]) -> Column:
    """What nearly all cells of a column are."""
    filled = [text for text in texts if text]

    def nearly(is_one: Callable[[str], bool]) -> bool:
        return bool(filled) and sum(map(is_one, filled)) >= _NEARLY_ALL * len(filled)

    if nearly(looks_like_number):
        return Column.NUMBER
    if nearly(looks_like_time):
        return Column.TIME
    if nearly(looks_like_agency):
        return Column.LEAD
    whole = len(filled) == len(texts) and sum(map(len, filled)) >= _LEAST_TITLE * len(filled)
    return Column.TITLE if whole else Column.NOTE


def _halves(table: Table, lines: Lines) -> Table | None:
    """ "TT | Việc | Đơn vị | TT | Việc | Đơn vị": the right half goes on below the left."""
    names = [plain(flat(cell)) for cell in lines[0]]
    middle = len(names) // 2
    if len(names) % 2 or middle < 3 or names[:middle] != names[middle:]:
        return None
    body = [(*line, *[Cell(())] * (len(names) - len(line))) for line in lines[1:]]
    right = [line[middle:] for line in body if any(cell.paragraphs for cell in line[middle:])]
    rows = [lines[0][:middle], *(line[:middle] for line in body), *right]
    return replace(table, rows=tuple(Row(tuple(cells)) for cells in rows))


def _is_mark(text: str) -> bool:
    return len(text) <= _LONGEST_MARK and plain(text) in _LEADS | _HELPS


def _by_agency(table: Table, lines: Lines) -> Table | None:
    """A column for each agency, and in it whether it leads ("CT") or helps ("PH")."""
    names = [flat(cell) for cell in lines[0]]
    places = [place for place, name in enumerate(names) if looks_like_agency(name)]
    if len(places) < 2:
        return None
    cells = [line[p] for line in lines[1:] for p in places if p < len(line) and line[p].paragraphs]
    if len(cells) < len(lines) - 1 or not all(_is_mark(flat(cell)) for cell in cells):
        return None
    rest = [place for place in range(len(names)) if place not in places]
    heading = [*(names[place] for place in rest), _NAMES[Column.LEAD], _NAMES[Column.COORDINATE]]
    if heading_columns(heading) is None:
        return None
    rows = [Row(tuple(Cell((name,)) for name in heading))]
    for line in lines[1:]:
        said = {place: plain(flat(line[place])) for place in places if place < len(line)}
        who = ["; ".join(names[p] for p, mark in said.items() if mark in marks) for marks in (_LEADS, _HELPS)]
        kept = [line[place] if place < len(line) else Cell(()) for place in rest]
        rows.append(Row((*kept, *(Cell((text,) if text else ()) for text in who))))
    return replace(table, rows=tuple(rows))
