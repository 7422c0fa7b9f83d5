"""Tables that a text draws with spaces, semicolons or rules of dashes, as texts cut by ``|`` have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading.tables.grid import SECTION, heading_columns
from domain.reading.tables.plan_columns import Column, heading

#: "+----+------+", "|----|------|"
_RULE = re.compile(r"\s*[+|](?:[-=]{2,}[+|])+\s*")
_GAP = re.compile(r" {2,}")
_FEWEST_RULES, _FEWEST_ROWS, _FEWEST_CELLS = 2, 2, 3

Row = list[str]


def with_pipes(lines: list[str]) -> list[str]:
    """The lines, each row of such a table on a line of its own with pipes between its cells; others as they are."""
    if sum(map(bool, map(_RULE.fullmatch, lines))) >= _FEWEST_RULES:
        return _ruled(lines)
    if any("|" in line for line in lines):
        return lines
    for index, line in enumerate(lines):
        if len(_GAP.split(line.strip())) >= _FEWEST_CELLS and heading_columns(_GAP.split(line.strip())):
            rows, end = _spaced(lines, index)
        elif line.count(";") >= _FEWEST_CELLS - 1 and heading_columns([c.strip() for c in line.split(";")]):
            rows, end = _listed(lines, index)
        else:
            continue
        if len(rows) > _FEWEST_ROWS:
            return [*lines[:index], *map(_piped, rows), *with_pipes(lines[end:])]
    return lines


def _piped(row: Sequence[str]) -> str:
    return " | ".join(row) + " |"


def _add(rows: list[Row], cells: Row, *, anew: bool) -> None:
    """One more row, or the next line of the last one."""
    if anew or not rows:
        rows.append(cells)
    else:
        rows[-1] = [f"{above} {more}".strip() for above, more in zip(rows[-1], cells, strict=True)]


def _ruled(lines: Sequence[str]) -> list[str]:
    """Between two rules a line whose first cell is empty goes on with the row above it."""
    found: list[str] = []
    rows: list[Row] = []
    begun = False
    for line in [*lines, ""]:
        bare = line.strip()
        if _RULE.fullmatch(line):
            begun = False
        elif bare.startswith("|") and bare.endswith("|"):
            cells = [cell.strip() for cell in bare.strip("|").split("|")]
            like = begun and bool(rows) and len(rows[-1]) == len(cells)
            _add(rows, cells, anew=not like or bool(cells[0]))
            begun = True
        else:
            found += [*map(_piped, rows), line]
            rows, begun = [], False
    return found[:-1] if found and not found[-1] else found


def _listed(lines: Sequence[str], begin: int) -> tuple[list[Row], int]:
    """Rows of as many cells as the heading has, between semicolons; and where they end."""
    rows: list[Row] = []
    for index in range(begin, len(lines)):
        if lines[index].count(";") != lines[begin].count(";"):
            return rows, index
        rows.append([cell.strip() for cell in lines[index].split(";")])
    return rows, len(lines)


def _spaced(lines: Sequence[str], begin: int) -> tuple[list[Row], int]:
    """Rows whose cells stand below those of the heading; and where they end."""
    names = _GAP.split(lines[begin].strip())
    starts, at = [], 0
    for name in names:
        at = lines[begin].index(name, at)
        starts.append(at)
        at += len(name)
    rows: list[Row] = [names]
    numbered = heading(names[0]) is Column.NUMBER
    for index in range(begin + 1, len(lines)):
        line = lines[index].rstrip()
        if not line.strip() or set(line) <= set("-=_ "):
            continue
        if (cells := _below(line, starts)) is not None:
            nearly_all = sum(map(bool, cells)) * 2 > len(cells)
            _add(rows, cells, anew=bool(cells[0]) and (numbered or nearly_all))
        elif SECTION.match(line.strip()) and index + 1 < len(lines):
            rows.append([line.strip()])
        else:
            return rows, index
    return rows, len(lines)


def _below(line: str, starts: Sequence[int]) -> Row | None:
    """The cells of a line that keeps to the columns; None for one that runs over them."""
    parts = _GAP.split(line.strip())
    if len(parts) == len(starts):
        return parts
    if any(line[at - 1 : at].strip() for at in starts[1:]):
        return None
    ends = [*starts[1:], len(line)]
    return [line[a:b].strip() for a, b in zip(starts, ends, strict=True)]
