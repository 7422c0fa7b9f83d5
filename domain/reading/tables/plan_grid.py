"""Tables of any source → rows of one cell a column, with section rows told apart.

A gridded table (Word, HTML, a spreadsheet) has its spans and only needs its heading. A cut one (plain text)
has lost empty cells and spans: which column each cell belongs to is found by what the cells say, as the best
of all ways to lay the run of cells into rows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.documents import Cell, Origin, Paragraph, Row, Table
from domain.reading.tables.grid import (
    Grid,
    GridRow,
    flat,
    heading_columns,
    heads_before,
    is_column_numbers,
)
from domain.reading.tables.plan_columns import (
    Column,
    heading,
    looks_like_agency,
    looks_like_number,
    looks_like_time,
)
from domain.reading.tables.plan_cut import from_cut
from domain.reading.tables.plan_headings import loosely_named, named_columns
from domain.reading.tables.plan_lost import with_nameless, with_words
from domain.reading.tables.plan_pages import OPEN_END, Line, continues, joined, page_of
from domain.reading.tables.plan_periods import as_times, crossed, is_crossed, periods_of
from domain.reading.tables.plan_sections import grid_section, unspanned
from domain.reading.tables.plan_shapes import usual_shape, with_heading
from domain.reading.tables.plan_turned import turned

Piece = Paragraph | Grid | Table
_MAX_WIDTH = 200
_WORDY = (Column.TITLE, Column.LEAD, Column.COORDINATE, Column.MONITOR, Column.TIME, Column.PRODUCT)


def lay_out(body: Sequence[Paragraph | Table]) -> list[Piece]:
    """Replace every table that has a heading of tasks by its grid; cut text that is no table becomes prose."""
    pieces: list[Piece] = []
    columns: tuple[Column, ...] | None = None
    for piece in body:
        if isinstance(piece, Paragraph):
            pieces.append(piece)
        elif piece.gridded:
            grids = _of_any_shape(piece, columns)
            columns = next((g.columns for g in reversed(grids) if isinstance(g, Grid)), columns)
            pieces += grids or [piece]
        else:
            pieces.extend(from_cut(piece))
    return pieces if any(isinstance(piece, Grid) for piece in pieces) else _uncut(pieces)


def _of_any_shape(table: Table, before: tuple[Column, ...] | None) -> list[Paragraph | Grid]:
    """The grids of a table, in whatever shape it stands."""
    if found := _from_gridded(usual_shape(table), before):
        return found
    other = turned(table) or with_heading(table)
    return _from_gridded(other, None) if other else []


def _uncut(pieces: list[Piece]) -> list[Piece]:
    """Some pages lose even the cutting: each cell is a paragraph, and only the heading tells a table."""
    found: list[Piece] = []
    for is_text, run in itertools.groupby(pieces, key=lambda piece: isinstance(piece, Paragraph)):
        group = list(run)
        if is_text and len(group) > 8:
            rows = (Row((Cell((p.text,), origin=p.origin),)) for p in group if isinstance(p, Paragraph))
            again = list(from_cut(Table(tuple(rows), gridded=False)))
            if any(isinstance(g, Grid) and len(g.columns) > 3 for g in again):
                found += again
                continue
        found += group
    return found


def _expand(table: Table) -> list[Line]:
    """Every grid place's cell, and whether it is there by a row span from above."""
    grid: list[Line] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in table.rows:
        line: Line = []
        cells = iter(row.cells)
        while len(line) < _MAX_WIDTH:
            column = len(line)
            if column in pending:
                line.append((_taken(pending, column), True))
                continue
            new = next(cells, None)
            if new is None:
                break
            for _ in range(max(1, min(new.colspan, 50))):
                if new.rowspan > 1:
                    pending[len(line)] = (new.rowspan - 1, new)
                line.append((new, False))
        for column in sorted(c for c in pending if c >= len(line)):
            line.append((_taken(pending, column), True))
        grid.append(line)
    return grid


def _taken(pending: dict[int, tuple[int, Cell]], column: int) -> Cell:
    left, cell = pending.pop(column)
    if left > 1:
        pending[column] = (left - 1, cell)
    return cell


def _from_gridded(table: Table, before: tuple[Column, ...] | None) -> list[Paragraph | Grid]:
    """The grids of a table, none when it has no heading of tasks.

    ``before``: the columns of the last table; one without a heading but of the same shape goes on with it. A
    sheet may hold several tables one under another: lines above a new heading are its captions.
    """
    found: list[Paragraph | Grid] = []
    nameless: tuple[int, ...] = ()
    kept: list[Line] = []
    periods: dict[int, str] = {}
    before_day = False
    lines = _expand(table)
    columns = before if before and _goes_on(lines, before) else None
    has_crosses = any(map(is_crossed, lines))
    for line in lines:
        texts = [flat(cell) for cell, _ in line]
        line = crossed(line, periods)
        first = columns is None and not found
        headed = _headed(line, texts if has_crosses else [])
        loosely = loosely_named(texts) if first and headed is None else None
        if headed := headed or loosely:
            captions = _captions(kept, line) if columns else []
            if columns and captions:
                found.append(_grid(columns, nameless, kept[: -len(captions)], before_day))
                found += captions
                kept = []
            columns, periods, before_day = headed, periods_of(texts), heads_before(texts)
            names = () if loosely else named_columns(texts)
            nameless = tuple(place for place, named in enumerate(names) if named is None)
            continue
        if columns is None or not any(texts) or is_column_numbers([t for t in texts if t]):
            continue
        if not kept and (not texts[0] or line[0][1]) and (named := periods_of(texts)):
            periods = named  # "Quý I | Quý II" under "Thời gian"
            continue
        if not kept and (parted := _second_row(line, columns)):
            columns = parted
        elif kept and (continues(kept[-1], line, columns) or _only_text(kept[-1], line, columns)):
            kept[-1] = joined(kept[-1], line)
        else:
            kept.append(line)
    return [*found, _grid(columns, nameless, kept, before_day)] if columns else []


def _headed(line: Line, texts: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns a heading row names, one for each place; None for another row."""
    found = heading_columns(unspanned(line))
    periods = periods_of(texts)
    timed = heading_columns(as_times(texts, periods)) if periods else None
    if timed and (found is None or Column.TIME not in found):
        return timed
    return _spread(line, found) if found else None


def _grid(columns: tuple[Column, ...], nameless: Sequence[int], lines: Sequence[Line], before: bool) -> Grid:
    if nameless:
        columns = with_nameless(columns, nameless, [[flat(cell) for cell, _ in line] for line in lines])
    columns = with_words(columns, lines)
    return Grid(columns, tuple(_gridded_row(line, columns) for line in lines), before)


def _captions(kept: Sequence[Line], heading: Line) -> list[Paragraph]:
    """Lines of one text right above a new heading on the same page; over a page end they are sections."""
    if kept and page_of(heading) > page_of(kept[-1]):
        return []
    found: list[Paragraph] = []
    for line in reversed(kept):
        filled = [cell for cell in dict.fromkeys(cell for cell, _ in line) if cell.paragraphs]
        if len(filled) != 1:
            break
        found.append(Paragraph(flat(filled[0]), filled[0].origin))
    return found[::-1]


def _second_row(line: Line, columns: tuple[Column, ...]) -> tuple[Column, ...] | None:
    """Columns named by the second row of a heading, where spans are lost: "Chủ trì | Phối hợp" and nothing else."""
    named = {place: heading(flat(cell)) for place, (cell, _) in enumerate(line) if flat(cell)}
    if (
        len(named) < 2
        or not all(named.values())
        or len(line) != len(columns)
        or Column.TITLE in named.values()
    ):
        return None
    return tuple(named.get(place) or column for place, column in enumerate(columns))


def _goes_on(lines: Sequence[Line], before: tuple[Column, ...]) -> bool:
    """Whether a row above any heading of its own is a task under the columns of the table before."""
    above = itertools.takewhile(lambda line: not heading_columns(unspanned(line)), lines)
    return any(_is_task(line, before) for line in above)


def _is_task(line: Line, columns: tuple[Column, ...]) -> bool:
    if len(line) != len(columns):
        return False
    cells = {column: flat(cell) for (cell, _), column in zip(line, columns)}
    number, lead, when = (cells.get(c, "") for c in (Column.NUMBER, Column.LEAD, Column.TIME))
    assigned = looks_like_agency(lead) or (bool(lead) and looks_like_time(when))
    return (not number or looks_like_number(number)) and assigned and bool(cells.get(Column.TITLE))


def _spread(line: Line, found: tuple[Column, ...]) -> tuple[Column, ...]:
    spread: list[Column] = []
    index, last = -1, None
    for cell, _ in line:
        if cell is not last:
            index, last = index + 1, cell
        spread.append(found[index])
    return tuple(spread)


def _only_text(above: Line, line: Line, columns: tuple[Column, ...]) -> bool:
    """A row with nothing but more words under one of the row above, in the middle of a sentence or as a list."""
    filled: list[tuple[str, Column]] = []
    for (cell, _), column in zip(line, columns):
        if text := flat(cell):
            if filled:
                return False
            filled.append((text, column))
    if not filled or filled[0][1] not in _WORDY or line[0][0].colspan > 1:
        return False
    text = filled[0][0]
    if filled[0][1] is not Column.TITLE and (looks_like_agency(text) or looks_like_time(text)):
        return False
    before = next(flat(cell) for (cell, _), column in zip(above, columns) if column is filled[0][1])
    return (
        text[:1] in "-–+•"
        or bool(OPEN_END.search(before))
        or (text[:1].islower() and not re.match(r"[a-zđ]\s*[.)]", text))
    )


def _gridded_row(line: Line, columns: tuple[Column, ...]) -> GridRow:
    origin = next((cell.origin for cell, spanned in line if not spanned), Origin())
    if section := grid_section(line, columns):
        return GridRow({}, section=section, origin=origin)
    cells: dict[Column, str] = {}
    parts: dict[Column, tuple[str, ...]] = {}
    inherited: list[Column] = []
    for (cell, spanned), column in zip(line, columns):
        if column not in cells or not cells[column]:
            cells[column] = flat(cell)
            parts[column] = cell.paragraphs
            if spanned:
                inherited.append(column)
    row = GridRow(cells, origin=origin, inherited=tuple(inherited), paragraphs=parts)
    return row if len(line) == len(columns) else replace(row, ragged=True, short=True)
