"""Tables of any source → rows of one cell a column, with section rows told apart.

A gridded table (Word, HTML, a spreadsheet) has its spans and only needs its heading. A cut one (plain text)
has lost empty cells and spans: which column each cell belongs to is found by what the cells say, as the best
of all ways to lay the run of cells into rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.documents import Cell, Origin, Paragraph, Table
from domain.reading.grid import SECTION, Grid, GridRow, flat, heading_columns, is_column_numbers
from domain.reading.plan_columns import Column, looks_like_agency, looks_like_number
from domain.reading.plan_cut import from_cut

Piece = Paragraph | Grid | Table


def lay_out(body: Sequence[Paragraph | Table]) -> list[Piece]:
    """Replace every table that has a heading of tasks by its grid; cut text that is no table becomes prose."""
    pieces: list[Piece] = []
    for piece in body:
        if isinstance(piece, Paragraph):
            pieces.append(piece)
        elif piece.gridded:
            pieces.append(_from_gridded(piece) or piece)
        else:
            pieces.extend(from_cut(piece))
    return pieces


# --- gridded tables


def _expand(table: Table) -> list[list[tuple[Cell, bool]]]:
    """Every grid place's cell, and whether it is there by a row span from above."""
    grid: list[list[tuple[Cell, bool]]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in table.rows:
        line: list[tuple[Cell, bool]] = []
        cells = iter(row.cells)
        column = 0
        while True:
            if column in pending:
                left, cell = pending.pop(column)
                line.append((cell, True))
                if left > 1:
                    pending[column] = (left - 1, cell)
                column += 1
                continue
            new = next(cells, None)
            if new is None:
                break
            for _ in range(max(1, min(new.colspan, 50))):
                line.append((new, False))
                if new.rowspan > 1:
                    pending[column] = (new.rowspan - 1, new)
                column += 1
        for column in sorted(c for c in pending if c >= len(line)):
            left, cell = pending.pop(column)
            line.append((cell, True))
            if left > 1:
                pending[column] = (left - 1, cell)
        grid.append(line)
    return grid


def _from_gridded(table: Table) -> Grid | None:
    lines = _expand(table)
    columns: tuple[Column, ...] | None = None
    rows: list[GridRow] = []
    for line in lines:
        texts = [flat(cell) for cell, _ in line]
        if found := heading_columns(_unspanned(line)):
            columns = _spread(line, found)
            continue
        if columns is None or not any(texts) or is_column_numbers(texts):
            continue
        rows.append(_gridded_row(line, columns))
    return Grid(columns, tuple(rows)) if columns else None


def _unspanned(line: Sequence[tuple[Cell, bool]]) -> list[str]:
    cells: list[Cell] = []
    for cell, _ in line:
        if not cells or cells[-1] is not cell:
            cells.append(cell)
    return [flat(cell) for cell in cells]


def _spread(line: Sequence[tuple[Cell, bool]], found: tuple[Column, ...]) -> tuple[Column, ...]:
    spread: list[Column] = []
    index, last = -1, None
    for cell, _ in line:
        if cell is not last:
            index, last = index + 1, cell
        spread.append(found[index])
    return tuple(spread)


def _gridded_row(line: Sequence[tuple[Cell, bool]], columns: tuple[Column, ...]) -> GridRow:
    distinct = _unspanned(line)
    origin = line[0][0].origin if line else Origin()
    filled = [t for t in distinct if t]
    if (
        len(filled) == 1
        and not any(spanned for cell, spanned in line if flat(cell))
        and (
            len(distinct) == 1 or len(line) < len(columns) or SECTION.match(filled[0]) or len(filled[0]) < 150
        )
    ):
        return GridRow({}, section=filled[0], origin=origin)
    if len(filled) == 2 and looks_like_number(filled[0]) and not looks_like_agency(filled[1]):
        taken = {c for (cell, _), c in zip(line, columns) if flat(cell)}
        if taken <= {Column.NUMBER, Column.TITLE} or len(distinct) == 2:
            return GridRow({}, section=f"{filled[0].rstrip('.')}. {filled[1]}", origin=origin)
    cells: dict[Column, str] = {}
    parts: dict[Column, tuple[str, ...]] = {}
    inherited: list[Column] = []
    for (cell, spanned), column in zip(line, columns):
        if column not in cells or not cells[column]:
            cells[column] = flat(cell)
            parts[column] = cell.paragraphs
            if spanned:
                inherited.append(column)
    return GridRow(cells, origin=origin, inherited=tuple(inherited), paragraphs=parts)
