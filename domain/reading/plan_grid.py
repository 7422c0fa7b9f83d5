"""Tables of any source → rows of one cell a column, with section rows told apart.

A gridded table (Word, HTML, a spreadsheet) has its spans and only needs its heading. A cut one (plain text)
has lost empty cells and spans: which column each cell belongs to is found by what the cells say, as the best
of all ways to lay the run of cells into rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.documents import Cell, Origin, Paragraph, Row, Table
from domain.reading.plan_columns import GAP, Column, fit, heading, looks_like_agency, looks_like_number, looks_like_time

_SECTION = re.compile(r"^(?:[IVXLC]{1,6}|\d{1,2}|[A-Z])\s*[.)/]\s*\S")


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
            pieces.extend(_from_cut(piece))
    return pieces


# --- heading


def heading_columns(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns of a heading row; None when the row is none. At least a title and a lead or time."""
    columns = [heading(cell) for cell in cells]
    named = [c for c in columns if c]
    if len(cells) < 3 or len(named) < max(3, len(cells) - 1) and len(named) < 4:
        return None
    if Column.TITLE not in named or not {Column.LEAD, Column.TIME, Column.COORDINATE} & set(named):
        return None
    seen: list[Column] = []
    for column in columns:
        seen.append(column if column and column not in seen else Column.NOTE)
    return tuple(seen)


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
        texts = [_flat(cell) for cell, _ in line]
        if found := heading_columns(_unspanned(line)):
            columns = _spread(line, found)
            continue
        if columns is None or not any(texts) or _is_column_numbers(texts):
            continue
        rows.append(_gridded_row(line, columns))
    return Grid(columns, tuple(rows)) if columns else None


def _unspanned(line: Sequence[tuple[Cell, bool]]) -> list[str]:
    cells: list[Cell] = []
    for cell, _ in line:
        if not cells or cells[-1] is not cell:
            cells.append(cell)
    return [_flat(cell) for cell in cells]


def _spread(line: Sequence[tuple[Cell, bool]], found: tuple[Column, ...]) -> tuple[Column, ...]:
    spread: list[Column] = []
    index, last = -1, None
    for cell, _ in line:
        if cell is not last:
            index, last = index + 1, cell
        spread.append(found[index])
    return tuple(spread)


def _is_column_numbers(texts: Sequence[str]) -> bool:
    """The row "1 | 2 | 3 | 4" under a heading."""
    numbers = [t.strip("() ") for t in texts]
    return len(numbers) > 2 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _gridded_row(line: Sequence[tuple[Cell, bool]], columns: tuple[Column, ...]) -> GridRow:
    distinct = _unspanned(line)
    origin = line[0][0].origin if line else Origin()
    filled = [t for t in distinct if t]
    if len(filled) == 1 and not any(spanned for cell, spanned in line if _flat(cell)):
        if len(distinct) == 1 or len(line) < len(columns) or _SECTION.match(filled[0]) or len(filled[0]) < 150:
            return GridRow({}, section=filled[0], origin=origin)
    if len(filled) == 2 and looks_like_number(filled[0]) and not looks_like_agency(filled[1]):
        taken = {c for (cell, _), c in zip(line, columns) if _flat(cell)}
        if taken <= {Column.NUMBER, Column.TITLE} or len(distinct) == 2:
            return GridRow({}, section=f"{filled[0].rstrip('.')}. {filled[1]}", origin=origin)
    cells: dict[Column, str] = {}
    parts: dict[Column, tuple[str, ...]] = {}
    inherited: list[Column] = []
    for (cell, spanned), column in zip(line, columns):
        if column not in cells or not cells[column]:
            cells[column] = _flat(cell)
            parts[column] = cell.paragraphs
            if spanned:
                inherited.append(column)
    return GridRow(cells, origin=origin, inherited=tuple(inherited), paragraphs=parts)


# --- cut text


def _from_cut(table: Table) -> Iterator[Piece]:
    chunks = [row.cells[0] for row in table.rows]
    position = 0
    while position < len(chunks):
        found = _find_heading(chunks, position)
        if found is None:
            yield from _prose(chunks[position:])
            return
        start, columns = found
        yield from _prose(chunks[position:start])
        yield from (Paragraph(p) for p in chunks[start].paragraphs[:-1])
        end = _table_end(chunks, start + len(columns), columns)
        yield Grid(columns, tuple(_cut_rows(chunks[start + len(columns) : end], columns)))
        position = end


def _prose(chunks: Sequence[Cell]) -> Iterator[Paragraph]:
    for chunk in chunks:
        for text in chunk.paragraphs:
            yield Paragraph(text, chunk.origin)


def _find_heading(chunks: Sequence[Cell], begin: int) -> tuple[int, tuple[Column, ...]] | None:
    """Where the longest run of heading cells begins; the first may have prose in front of it."""
    for start in range(begin, len(chunks)):
        first = chunks[start].paragraphs[-1] if chunks[start].paragraphs else ""
        if heading(first) is None:
            continue
        cells = [first]
        while start + len(cells) < len(chunks) and heading(_flat(chunks[start + len(cells)])):
            cells.append(_flat(chunks[start + len(cells)]))
        if columns := heading_columns(cells):
            return start, columns
    return None


def _table_end(chunks: Sequence[Cell], start: int, columns: tuple[Column, ...]) -> int:
    """A new appendix, letterhead or heading in a later cell ends the table."""
    for index in range(start, len(chunks)):
        text = chunks[index].paragraphs
        if any(re.match(r"(?:PHỤ LỤC|CỘNG HÒA XÃ HỘI|Nơi nhận)", p) for p in text):
            return index
    return len(chunks)


def _cut_rows(chunks: Sequence[Cell], columns: tuple[Column, ...]) -> Iterator[GridRow]:
    """Rows of a cut table: by its row marks (empty cells) where it has them, else by what fits best."""
    marked = sum(1 for c in chunks if not c.paragraphs) > len(chunks) // (2 * len(columns) + 2)
    groups = _marked_groups(chunks) if marked else _best_groups(list(chunks), columns)
    for group in groups:
        texts = [_flat(cell) for cell in group]
        if heading_columns(texts) or _is_column_numbers(texts):
            continue
        if section := _section_of(texts, columns):
            yield GridRow({}, section=section, origin=group[0].origin)
            continue
        places = align(texts, columns)[1]
        yield GridRow(
            {columns[p]: texts[i] for i, p in enumerate(places)},
            origin=group[0].origin,
            ragged=len(texts) != len(columns),
            paragraphs={columns[p]: group[i].paragraphs for i, p in enumerate(places)},
        )


def _marked_groups(chunks: Sequence[Cell]) -> Iterator[list[Cell]]:
    group: list[Cell] = []
    for chunk in chunks:
        if chunk.paragraphs:
            group.append(chunk)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _section_of(texts: Sequence[str], columns: tuple[Column, ...]) -> str:
    """The section a row names, or "". One cell, or a number and a title with nothing assigned."""
    if len(texts) == 1:
        return texts[0]
    if len(texts) == 2 and looks_like_number(texts[0]) and not looks_like_agency(texts[1]):
        return f"{texts[0].rstrip('.')}. {texts[1]}"
    return ""


def align(texts: Sequence[str], columns: Sequence[Column]) -> tuple[float, list[int]]:
    """The best places, in order, of the cells among the columns: (score, column index of each cell)."""
    k, n = len(texts), len(columns)
    if k > n:
        return -100.0, list(range(n)) + [n - 1] * (k - n)
    worst = -1e9
    best = [[worst] * (n + 1) for _ in range(k + 1)]
    best[0][0] = 0.0
    took: dict[tuple[int, int], bool] = {}
    for j in range(1, n + 1):
        for i in range(0, min(j, k) + 1):
            skip = best[i][j - 1] - GAP[columns[j - 1]]
            take = best[i - 1][j - 1] + fit(texts[i - 1], columns[j - 1]) if i else worst
            best[i][j] = max(skip, take)
            took[i, j] = take >= skip
    places: list[int] = []
    i, j = k, n
    while i:
        if took[i, j]:
            places.append(j - 1)
            i -= 1
        j -= 1
    return best[k][n], places[::-1]


def _best_groups(chunks: list[Cell], columns: tuple[Column, ...]) -> list[list[Cell]]:
    """Cells without row marks, cut into rows and section rows so that everything fits best."""
    chunks = [c for c in chunks if c.paragraphs]
    texts = [_flat(c) for c in chunks]
    n = len(columns)
    best: list[float] = [0.0] + [-1e9] * len(texts)
    back: list[int] = [0] * (len(texts) + 1)
    for end in range(1, len(texts) + 1):
        for size in range(1, min(n, end) + 1):
            if size == 1:
                score = _section_score(texts[end - 1])
            elif size < min(3, n):
                continue
            else:
                score = align(texts[end - size : end], columns)[0]
            if best[end - size] + score > best[end]:
                best[end], back[end] = best[end - size] + score, size
    groups: list[list[Cell]] = []
    end = len(texts)
    while end:
        groups.append(chunks[end - back[end] : end])
        end -= back[end]
    return groups[::-1]


def _section_score(text: str) -> float:
    if looks_like_time(text) or looks_like_agency(text) or len(text) > 250:
        return -6.0
    return 2.0 if _SECTION.match(text) else -1.0


def _flat(cell: Cell) -> str:
    return " ".join(cell.paragraphs)
