"""A lattice and the words in it → a table with spans."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.intake.pdf_rules import Lattice, Rule
from bot.intake.pdf_words import Word, line_text, lines, running_text
from domain.documents import Cell, Origin, Row, Table
from domain.reading.cut_text import paragraphs

_OPEN = 8.0  # points a column's rule runs on beyond the last rule across
_NEAR = 3.0  # points between two places that are the same parting
Place = tuple[int, int]  # row, column


def read_lattice(lattice: Lattice, words: list[Word], page: int, number: int) -> tuple[Table, list[Word]]:
    """(the table, the words that are not in it). Words beside an open edge make a column there."""
    lattice = _closed(lattice, words)
    owners = _owners(lattice)
    inside: defaultdict[Place, list[Word]] = defaultdict(list)
    outside: list[Word] = []
    xs, ys, height, width = lattice.xs, lattice.ys, len(lattice.ys) - 1, len(lattice.xs) - 1
    for word in words:
        row = bisect.bisect(ys, (word.top + word.bottom) / 2)
        column = bisect.bisect(xs, (word.left + word.right) / 2)
        if 0 < row <= height and 0 < column <= width:
            inside[owners[row - 1, column - 1]].append(word)
        else:
            outside.append(word)
    last: dict[Place, Place] = {}  # of each cell, whose first place comes before its others
    for place, owner in owners.items():
        if place == owner:
            last[place] = place
        else:
            row, column = last[owner]
            last[owner] = max(row, place[0]), max(column, place[1])
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for (r, c), (below, right) in last.items():
        cell = cell_paragraphs(inside[r, c]) if (r, c) in inside else ()
        rows[r].append(Cell(cell, right - c + 1, below - r + 1, Origin(page, number, r + 1, c + 1)))
    return Table(tuple(Row(tuple(cells)) for cells in rows), origin=Origin(page, number)), outside


def widened(table: Table, narrow: Sequence[float], wide: Sequence[float]) -> Table:
    """The table with its cells as wide as they are over other partings, if these have all of its own; else as it is."""
    at = [next((n for n, x in enumerate(wide) if abs(x - edge) <= _NEAR), -1) for edge in narrow]
    if len(at) >= len(wide) or -1 in at:
        return table
    rows = []
    for row in table.rows:
        cells, left = [], 0
        for cell in row.cells:
            right = left + cell.colspan
            if right >= len(at):
                return table
            cells.append(replace(cell, colspan=at[right] - at[left]))
            left = right
        rows.append(Row(tuple(cells)))
    return replace(table, rows=tuple(rows))


def cell_paragraphs(words: list[Word]) -> tuple[str, ...]:
    """The text of a cell."""
    if len(words) == 1:
        return _paragraphs(line_text(words))
    return lines_paragraphs(lines(words))


def lines_paragraphs(found: Iterable[list[Word]]) -> tuple[str, ...]:
    """The text of a cell whose lines are known."""
    return _paragraphs(running_text(line_text(line) for line in found))


@lru_cache(maxsize=2048)
def _paragraphs(text: str) -> tuple[str, ...]:
    """Of the text of a cell; half of the cells of a plan say what another says, in the same lines."""
    return tuple(paragraphs(text))


def _closed(lattice: Lattice, words: list[Word]) -> Lattice:
    """Tables are drawn without their outer edges, too: text beside the first or last rule has a column."""
    top, bottom = lattice.ys[0], lattice.ys[-1]
    level = [w for w in words if top < w.middle < bottom]
    ends = [r.start for r in lattice.across], [r.end for r in lattice.across]
    left, right = min(ends[0]), max(ends[1])
    xs, down = list(lattice.xs), list(lattice.down)
    if left < xs[0] - 8 and any(left <= w.center < xs[0] for w in level):
        xs.insert(0, left)
        down.append(Rule(left, top, bottom))
    if right > xs[-1] + 8 and any(xs[-1] < w.center <= right for w in level):
        xs.append(right)
        down.append(Rule(right, top, bottom))
    ys = [min(r.start for r in lattice.down), *lattice.ys, max(r.end for r in lattice.down)]
    ys = ys if ys[1] - ys[0] > _OPEN else ys[1:]  # a row that goes on over the page may have no rule there
    ys = ys if ys[-1] - ys[-2] > _OPEN else ys[:-1]
    return replace(lattice, xs=tuple(xs), ys=tuple(ys), down=tuple(down))


def _owners(lattice: Lattice) -> dict[Place, Place]:
    """Each place's cell, named by its first place: places without a rule between them are one cell."""
    height, width = len(lattice.ys) - 1, len(lattice.xs) - 1
    right, below = lattice.partings()
    owner = {(r, c): (r, c) for r in range(height) for c in range(width)}
    open_right = [(r, c) for r, c in owner if c + 1 < width and (r, c) not in right]
    open_below = [(r, c) for r, c in owner if r + 1 < height and (r, c) not in below]
    for r, c in open_right:
        _join(owner, (r, c), (r, c + 1))
    for r, c in open_below:
        _join(owner, (r, c), (r + 1, c))
    return {place: _root(owner, place) for place in owner} if open_right or open_below else owner


def _root(owner: dict[Place, Place], place: Place) -> Place:
    while owner[place] != place:
        place = owner[place]
    return place


def _join(owner: dict[Place, Place], a: Place, b: Place) -> None:
    first, second = sorted((_root(owner, a), _root(owner, b)))
    owner[second] = first
