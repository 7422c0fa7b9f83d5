"""Cut text → grids and prose: where a table begins and ends, and which column each cell belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.documents import Cell, Paragraph, Table
from domain.reading.grid import SECTION, Grid, GridRow, flat, heading_columns, is_column_numbers
from domain.reading.plan_columns import (
    GAP,
    Column,
    fit,
    heading,
    looks_like_agency,
    looks_like_number,
    looks_like_time,
)


def from_cut(table: Table) -> Iterator[Paragraph | Grid]:
    """The prose and the tables of a cut text, in order."""
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
        while start + len(cells) < len(chunks) and heading(flat(chunks[start + len(cells)])):
            cells.append(flat(chunks[start + len(cells)]))
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
        texts = [flat(cell) for cell in group]
        if heading_columns(texts) or is_column_numbers(texts):
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
        for i in range(min(j, k) + 1):
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
    texts = [flat(c) for c in chunks]
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
    return 2.0 if SECTION.match(text) else -1.0
