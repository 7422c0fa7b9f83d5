"""Tables that stand on their side: headings in the first column and a task in each other one, or cards of one task each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.documents import Cell, Row, Table
from domain.reading.tables.grid import flat, heading_columns

#: "Nhiệm vụ 3" heads a card as "Nhiệm vụ" does
_COUNTED = re.compile(r"\s+(?:số\s+)?\d{1,2}\W*$")
_MOST = 12

Card = list[tuple[Cell, ...]]


def turned(table: Table) -> Table | None:
    """The table put upright, a row for each task; None where its first column names no columns."""
    cards = _cards([row.cells for row in table.rows if len(row.cells) > 1])
    names = list(dict.fromkeys(_name(line) for card in cards for line in card))
    if len(names) > _MOST or heading_columns(names) is None:
        return None
    rows = [Row(tuple(Cell((name,)) for name in names))]
    for card in cards:
        for place in range(1, max(map(len, card))):
            said = {_name(line): line[place] for line in card if place < len(line)}
            rows.append(Row(tuple(said.get(name, Cell(())) for name in names)))
    return Table(tuple(rows), origin=table.origin)


def _cards(lines: Sequence[tuple[Cell, ...]]) -> list[Card]:
    """Runs of lines in which no name stands twice."""
    found: list[Card] = []
    seen: set[str] = set()
    for line in lines:
        if not found or _name(line) in seen:
            found.append([])
            seen = set()
        seen.add(_name(line))
        found[-1].append(line)
    return found


def _name(line: tuple[Cell, ...]) -> str:
    return _COUNTED.sub("", flat(line[0]).strip(" .:"))
