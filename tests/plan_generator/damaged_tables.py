"""Plans in tables as bad copies leave them: rows shifted, split, merged or lost, cells emptied or swapped, letters misread.

Each damage is one place of the document's largest table; ``CELLS`` has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from domain.documents import Cell, Document, Row, Table
from tests.plan_generator.damaged_letters import digits_as_letters, misread, torn

Rows = list[list[Cell]]


def _row(rows: Rows, random: Random, least: int = 3) -> int:
    """A row of the table's body with at least so many filled cells."""
    found = [i for i, row in enumerate(rows) if i > 0 and sum(bool(c.paragraphs) for c in row) >= least]
    return random.choice(found) if found else 0


def row_shifted(rows: Rows, random: Random) -> None:
    """A row's cells stand one column too far to the left, the last place empty."""
    at = _row(rows, random)
    begin = random.randrange(len(rows[at]) - 1)
    rows[at] = [*rows[at][:begin], *rows[at][begin + 1 :], Cell(())]


def row_pushed(rows: Rows, random: Random) -> None:
    """A row's cells stand one column too far to the right, the last one lost."""
    at = _row(rows, random)
    begin = random.randrange(len(rows[at]) - 1)
    rows[at] = [*rows[at][:begin], Cell(()), *rows[at][begin:-1]]


def row_short(rows: Rows, random: Random) -> None:
    """A cell of a row is not there at all."""
    at = _row(rows, random)
    del rows[at][random.randrange(len(rows[at]))]


def cell_emptied(rows: Rows, random: Random) -> None:
    """A cell's words are gone."""
    at = _row(rows, random)
    filled = [i for i, c in enumerate(rows[at]) if c.paragraphs]
    rows[at][random.choice(filled)] = Cell(())


def cells_merged(rows: Rows, random: Random) -> None:
    """A cell's words stand in its neighbour, behind the neighbour's own."""
    at = _row(rows, random)
    place = random.randrange(1, len(rows[at]))
    one, other = rows[at][place - 1], rows[at][place]
    rows[at][place - 1] = replace(one, paragraphs=(" ".join((*one.paragraphs, *other.paragraphs)),))
    rows[at][place] = Cell(())


def cells_swapped(rows: Rows, random: Random) -> None:
    """Two neighbours have changed places."""
    at = _row(rows, random)
    place = random.randrange(1, len(rows[at]))
    rows[at][place - 1 : place + 1] = rows[at][place - 1 : place + 1][::-1]


def row_split(rows: Rows, random: Random) -> None:
    """The end of a cell stands in a row of its own."""
    at = _row(rows, random)
    long = [i for i, c in enumerate(rows[at]) if len(c.text.split()) > 3]
    if not long:
        return
    place = random.choice(long)
    words = rows[at][place].text.split()
    middle = random.randrange(1, len(words))
    below = [
        Cell((" ".join(words[middle:]),)) if i == place else Cell((), colspan=c.colspan)
        for i, c in enumerate(rows[at])
    ]
    rows[at][place] = replace(rows[at][place], paragraphs=(" ".join(words[:middle]),))
    rows.insert(at + 1, below)


def rows_merged(rows: Rows, random: Random) -> None:
    """Two rows have become one, cell by cell."""
    at = _row(rows[:-1], random)
    if len(rows[at]) != len(rows[at + 1]) or at == 0:
        return
    rows[at] = [replace(a, paragraphs=(*a.paragraphs, *b.paragraphs)) for a, b in zip(rows[at], rows[at + 1])]
    del rows[at + 1]


def rows_lost(rows: Rows, random: Random) -> None:
    """One to three rows are missing."""
    at = _row(rows, random)
    if at:
        del rows[at : at + random.choice((1, 1, 2, 3))]


def row_doubled(rows: Rows, random: Random) -> None:
    """A row stands there twice."""
    at = _row(rows, random)
    rows.insert(at, list(rows[at]))


def _letters(rows: Rows, random: Random, worse: Callable[[str], str], long: int) -> None:
    at = _row(rows, random)
    fitting = [i for i, c in enumerate(rows[at]) if len(c.text) > long]
    if fitting:
        place = random.choice(fitting)
        cell = rows[at][place]
        rows[at][place] = replace(cell, paragraphs=tuple(worse(p) for p in cell.paragraphs))


def letters_misread(rows: Rows, random: Random) -> None:
    """Letters of one cell are taken for others."""
    _letters(rows, random, lambda text: misread(text, random), 8)


def digits_misread(rows: Rows, random: Random) -> None:
    """Digits in a cell are read as letters."""
    _letters(rows, random, digits_as_letters, 3)


def words_torn(rows: Rows, random: Random) -> None:
    """The words of a cell are cut in the middle by blanks."""
    _letters(rows, random, lambda text: torn(text, random), 3)


CELLS: tuple[Callable[[Rows, Random], None], ...] = (
    row_shifted,
    row_pushed,
    row_short,
    cell_emptied,
    cells_merged,
    cells_swapped,
    row_split,
    rows_merged,
    rows_lost,
    row_doubled,
    letters_misread,
    digits_misread,
    words_torn,
)


def damage_cells(document: Document, change: Callable[[Rows, Random], None], random: Random) -> Document:
    """The document with one place of its largest table damaged."""
    tables = [p for p in document.body if isinstance(p, Table) and p.gridded]
    if not tables:
        return document
    largest = max(tables, key=lambda t: len(t.rows))
    rows = [list(row.cells) for row in largest.rows]
    if _row(rows, random) == 0:
        return document
    change(rows, random)
    body: Sequence[object] = document.body
    worse = replace(largest, rows=tuple(Row(tuple(row)) for row in rows))
    return replace(document, body=tuple(worse if p is largest else p for p in body))  # type: ignore[arg-type]
