"""Where the columns of an export are: headings by any name, a title above, headings in two rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.records import dossier_columns as c
from bot.records.sheets import Cell
from bot.records.table import cell_text
from domain.reading.fold import fold

SEARCHED = 60  # rows looked at for the headings
_IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_SERIAL = {"stt", "tt", "so thu tu", "so tt", "no", "ghi chu", "note", "notes"}
_LONGEST, _MOST = 60, 40
#: folded heading → column and how good a name it is (0 the best)
_KNOWN: dict[str, tuple[str, int]] = {}
for _column in c.COLUMNS:
    for _rank, _heading in enumerate(_column.folded()):
        _KNOWN.setdefault(_heading, (_column.name, _rank))

RawRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Column → index, and its heading as the file words it. ``row`` is the last row of the headings, ``width`` how many
    columns they span.

    ``personal`` are headings of columns about people, ``ignored`` those of all others that are not read.
    """

    row: int
    width: int
    at: Mapping[str, int]
    headings: Mapping[str, str]
    personal: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.at


def find_layout(rows: Sequence[RawRow]) -> tuple[Layout | None, frozenset[str]]:
    """The headings among a sheet's first rows, and the needed columns that are missing from the nearest."""
    best: dict[int, tuple[str, int]] = {}
    chosen: tuple[int, ...] = ()
    for i, (_, cells) in enumerate(rows):
        upper = _named(cells)
        for last, found in ((i, upper), (i + 1, _with_lower(upper, rows, i + 1))):
            if len({name for name, _ in found.values()}) > len({name for name, _ in best.values()}):
                best, chosen = found, tuple(range(i, last + 1))
    at = _once(best)
    missing = frozenset(column.name for column in c.COLUMNS if column.needed and column.name not in at)
    if missing or not chosen:
        return None, missing
    return _layout(rows, chosen, at), missing


def _named(cells: Sequence[Cell]) -> dict[int, tuple[str, int]]:
    """Index → (column, rank) of every cell that is a heading."""
    found = {}
    for i, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell or len(cell) > 200:
            continue
        name = _KNOWN.get(fold(cell)) or _KNOWN.get(fold(_IN_PARENTHESES.sub(" ", cell)))
        if name:
            found[i] = name
    return found


def _with_lower(
    upper: dict[int, tuple[str, int]], rows: Sequence[RawRow], i: int
) -> dict[int, tuple[str, int]]:
    """Headings in two rows: what the lower one says of a column holds."""
    if not upper or i >= len(rows):
        return {}
    lower = _named(rows[i][1])
    return upper | lower if lower else {}


def _once(found: dict[int, tuple[str, int]]) -> dict[str, int]:
    """Column → index; of two columns that mean the same, the one with the better name."""
    at: dict[str, int] = {}
    for i, (name, rank) in found.items():
        if name not in at or rank < found[at[name]][1]:
            at[name] = i
    return at


def _layout(rows: Sequence[RawRow], chosen: Sequence[int], at: Mapping[str, int]) -> Layout:
    heads: dict[int, str] = {}
    for i in chosen:
        heads |= {n: text for n, cell in enumerate(rows[i][1]) if (text := cell_text(cell)[:_LONGEST])}
    used = set(at.values())
    others = [text for n, text in heads.items() if n not in used and fold(text) not in _SERIAL]
    personal = [text for text in others if c.PERSONAL.search(fold(text))]
    return Layout(
        rows[chosen[-1]][0],
        max(len(rows[i][1]) for i in chosen),
        at,
        {name: heads.get(i, name) for name, i in at.items()},
        tuple(personal[:_MOST]),
        tuple(text for text in others if text not in personal)[:_MOST],
    )
