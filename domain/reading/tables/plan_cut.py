"""Cut text → grids and prose: where a table begins and ends, and which column each cell belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from domain.documents import Cell, Paragraph, Table
from domain.reading.tables.grid import (
    Grid,
    GridRow,
    flat,
    heading_columns,
    heads_before,
    is_column_numbers,
    refined,
)
from domain.reading.tables.plan_columns import Column, heading, looks_like_time
from domain.reading.tables.plan_headings import is_body, named_columns
from domain.reading.tables.plan_lost import with_lost, with_nameless, with_title
from domain.reading.tables.plan_rows import CutRow, cut_rows
from domain.reading.tables.plan_sections import section_of

_END = re.compile(r"(?:PHỤ LỤC|CỘNG H[ÒO][ÀA]? XÃ HỘI|Nơi nhận|TM\. |KT\. |BIỂU|Phụ lục (?:số )?\w{1,4}$)")
_MAX_HEADING, _LONGEST_HEADING, _SHORTEST, _SHORT = 12, 70, 3, 40
_LATER = {Column.TIME, Column.PRODUCT, Column.NOTE, Column.SOURCE}
_ROLES = {Column.LEAD, Column.COORDINATE, Column.MONITOR, Column.TIME, Column.PRODUCT}
#: where hardly a row lacks a cell, one that does has lost it; else cells span from above
_SELDOM = 0.15


_Heading = tuple[int, int, tuple[Column, ...], tuple[int, ...]]


def from_cut(table: Table) -> Iterator[Paragraph | Grid]:
    """The prose and the tables of a cut text, in order."""
    chunks = [row.cells[0] for row in table.rows]
    position = 0
    while position < len(chunks):
        found = _find_heading(chunks, position)
        if found is None:
            yield from _prose(chunks[position:])
            return
        start, body, columns, nameless = found
        yield from _prose(chunks[position:start])
        yield from (Paragraph(p) for p in chunks[start].paragraphs[:-1])
        end = _table_end(chunks, body)
        whole = with_lost(with_title(columns), chunks[body:end])
        if nameless and whole == columns:
            whole = columns = _with_nameless(columns, nameless, chunks[body:end])
        rows = _rows(chunks[body:end], whole, short=whole != columns)
        yield Grid(whole, tuple(rows), heads_before(map(flat, chunks[start:body])))
        position = end


def _prose(chunks: Sequence[Cell]) -> Iterator[Paragraph]:
    for chunk in chunks:
        for text in chunk.paragraphs:
            yield Paragraph(text, chunk.origin)


def _find_heading(chunks: Sequence[Cell], begin: int) -> _Heading | None:
    """(first cell, first cell after, columns, places without a name) of the next heading; its first cell may end a piece of prose."""
    for start in range(begin, len(chunks)):
        first = _last_words(chunks[start])
        if not first or len(first) > _LONGEST_HEADING:
            continue
        known = heading(first) is not None
        if not (found := _heading_at(chunks, start, first, known)):
            continue
        if not _follows(chunks, start) or (known and not _is_caption(first, found[2])):
            return found
    return None


def _follows(chunks: Sequence[Cell], start: int) -> bool:
    """Whether the heading begins with the next cell, so that this one, which says nothing known, stands above it."""
    following = _last_words(chunks[start + 1]) if start + 1 < len(chunks) else ""
    found = _heading_at(chunks, start + 1, following, known=True) if following else None
    return found is not None and Column.TITLE in found[2]


def _is_caption(first: str, columns: Sequence[Column]) -> bool:
    """Whether words above a heading that is whole without them only read like one: "PHỤ LỤC 2. PHÂN CÔNG"."""
    return columns[0] is not Column.NUMBER and (first.isupper() or bool(_END.match(first)))


def _last_words(chunk: Cell) -> str:
    """The last paragraph of a cell, without the caption in capitals that a short heading below it was joined with."""
    last = chunk.paragraphs[-1] if chunk.paragraphs else ""
    words = last.split(" ")
    behind = next((i for i, word in enumerate(words) if word != word.upper()), 0)
    tail = " ".join(words[behind:])
    return tail if behind > 1 and len(tail) < _SHORT and heading(tail) else last


def _heading_at(chunks: Sequence[Cell], start: int, first: str, known: bool) -> _Heading | None:
    """The longest heading that begins at a cell. Where its first name is not ``known``, the next two must be."""
    row = [first, *_until_empty(chunks, start + 1)]
    row += _behind_empty(chunks, start + len(row), row)
    single = all(len(c.paragraphs) == 1 for c in chunks[start + 1 : start + 3])
    if not known and not (len(row) > 2 and single and all(map(heading, row[1:3]))):
        return None
    if any(heading(c) is Column.NUMBER for c in row[1:_SHORTEST]):
        return None  # the ordinals come first: this cell is a caption above the table
    fitting = [
        cells for size in range(len(row), _SHORTEST - 1, -1) if _may_end(chunks, start, cells := row[:size])
    ]
    longest: _Heading | None = _only_roles(start, fitting)
    for cells in fitting:
        if not _is_once(named_columns(cells)) or not (columns := heading_columns(cells)):
            continue
        body, parted = _second_row(chunks, start + len(cells), columns, cells)
        nameless = tuple(i for i, c in enumerate(named_columns(cells)) if c is None)
        found = start, body, parted, nameless if len(parted) == len(cells) else ()
        longest = longest or found
        if parted is not columns or _is_once([heading(c) for c in cells]):
            return found if parted is not columns else longest
    return longest


def _until_empty(chunks: Sequence[Cell], start: int) -> list[str]:
    return [flat(c) for c in takewhile(lambda c: c.paragraphs, chunks[start : start + _MAX_HEADING - 1])]


def _behind_empty(chunks: Sequence[Cell], start: int, row: Sequence[str]) -> list[str]:
    """The rest of a heading that has no time yet, behind a cell that has lost its words; [] where no heading follows."""
    columns = named_columns(row)
    if len(row) < _SHORTEST or Column.TIME in columns or Column.TITLE not in columns:
        return []
    rest = list(takewhile(lambda text: heading(text) in _LATER, _until_empty(chunks, start + 1)))
    return ["", *rest] if rest else []


def _only_roles(start: int, fitting: Sequence[list[str]]) -> _Heading | None:
    """A heading whose first cell is lost: who leads, who helps and when, and nothing else."""
    for cells in fitting:
        columns = [c for c in map(heading, cells) if c]
        if (
            len(columns) == len(cells)
            and _is_once(columns)
            and {Column.LEAD, Column.TIME} < set(columns) <= _ROLES
        ):
            return start, start + len(cells), tuple(columns), ()
    return None


def _may_end(chunks: Sequence[Cell], start: int, cells: Sequence[str]) -> bool:
    """Whether a heading row may be these cells and no more: it ends with a heading and has no cell of the body."""
    end = start + len(cells)
    closed = end < len(chunks) and not chunks[end].paragraphs
    columns = named_columns(cells)
    if columns[-1] is None and not (closed and len(cells[-1]) < _SHORT):
        return False
    if any(heading(c) is Column.NUMBER for c in cells[1:]):
        return False
    return not any(
        len(c) > _LONGEST_HEADING or (not named and _is_body(c, named)) for c, named in zip(cells, columns)
    )


def _is_once(columns: Sequence[Column | None]) -> bool:
    """Whether no column is named twice, as cells of the body do that read like headings."""
    named = [c for c in columns if c and c is not Column.NOTE]
    return len(set(named)) == len(named)


def _with_nameless(
    columns: tuple[Column, ...], nameless: tuple[int, ...], chunks: Sequence[Cell]
) -> tuple[Column, ...]:
    """The columns, those without a known heading told by what their cells say."""
    rows = []
    for row in cut_rows(chunks, columns)[0]:
        cells = dict(zip(row.places, row.texts))
        rows.append([cells.get(place, "") for place in range(len(columns))])
    return with_nameless(columns, nameless, rows)


def _is_body(text: str, named: Column | None) -> bool:
    return is_body(text, named) or (heading(text) is None and looks_like_time(text))


def _second_row(
    chunks: Sequence[Cell], body: int, columns: tuple[Column, ...], cells: Sequence[str]
) -> tuple[int, tuple[Column, ...]]:
    """A heading of two rows ("Cơ quan thực hiện" over "Chủ trì | Phối hợp"): the second names the columns."""
    start = body + 1 if body < len(chunks) and not chunks[body].paragraphs else body
    below = [
        flat(c) for c in takewhile(lambda c: c.paragraphs and heading(flat(c)), chunks[start : start + 6])
    ]
    parted = refined(columns, cells, below)
    return (start + len(below), parted) if parted else (body, columns)


def _table_end(chunks: Sequence[Cell], start: int) -> int:
    """A new appendix, letterhead or heading in a later cell ends the table."""
    for index in range(start, len(chunks)):
        texts = chunks[index].paragraphs
        if any(_END.match(p) for p in texts):
            return index
        if (
            len(texts) > 1
            and heading(texts[-1])
            and (again := _find_heading(chunks, index))
            and again[0] == index
        ):
            return index
    return len(chunks)


def _rows(chunks: Sequence[Cell], columns: tuple[Column, ...], *, short: bool) -> Iterator[GridRow]:
    """The rows. ``short``: the heading has lost a column, so every row should be looked at."""
    rows, marked = cut_rows(chunks, columns)
    whole = sum(len(row.cells) == len(columns) for row in rows)
    tasks = sum(len(row.cells) > 2 for row in rows)
    seldom = marked and tasks - whole <= _SELDOM * tasks
    for row in rows:
        texts = row.texts
        filled = [t for t in texts if t]
        if heading_columns(filled) or is_column_numbers(filled):
            continue
        if section := section_of(texts, row.places, columns):
            yield GridRow({}, section=section, origin=row.cells[0].origin)
        else:
            lacks = seldom and len(row.cells) < len(columns)
            yield replace(_row(row, columns, marked), short=short or lacks)


def _row(row: CutRow, columns: tuple[Column, ...], marked: bool) -> GridRow:
    cells: dict[Column, str] = {}
    parts: dict[Column, tuple[str, ...]] = {}
    for cell, place in zip(row.cells, row.places):
        column = columns[place]
        if not cells.get(column):
            cells[column], parts[column] = flat(cell), cell.paragraphs
    return GridRow(
        cells,
        origin=row.cells[0].origin,
        ragged=len(row.cells) != len(columns),
        lacking=any(c in columns and c not in cells for c in (Column.TITLE, Column.LEAD, Column.TIME)),
        spanning=marked and not row.exact,
        paragraphs=parts,
    )
