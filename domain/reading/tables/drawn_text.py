"""Tables that a text draws with spaces, semicolons or rules of dashes, as texts cut by ``|`` have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.reading.tables.grid import SECTION, heading_columns
from domain.reading.tables.plan_columns import Column, heading, looks_like_number

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
    found: list[str] = []
    index = 0
    while index < len(lines):
        rows, end = _table(lines, index)
        if sum(len(row) == len(rows[0]) for row in rows) > _FEWEST_ROWS:
            found += map(_piped, rows)
            index = end
        else:
            found.append(lines[index])
            index += 1
    return found


def _table(lines: Sequence[str], begin: int) -> tuple[list[Row], int]:
    """The rows of the table that a line heads, and where they end; none where it heads none."""
    line = lines[begin].strip()
    if len(names := _GAP.split(line)) >= _FEWEST_CELLS and heading_columns(names):
        return _spaced(lines, begin)
    if line.count(";") >= _FEWEST_CELLS - 1 and heading_columns([c.strip() for c in line.split(";")]):
        return _listed(lines, begin)
    return [], begin


def _piped(row: Sequence[str]) -> str:
    return " | ".join(row) + " |"


def _add(rows: list[Row], cells: Row, *, anew: bool) -> None:
    """One more row, or the next line of the last one."""
    if anew or not rows or len(rows[-1]) != len(cells):
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
    whole, end = 1, begin + 1  # what follows the last row of cells is no part of the table
    numbered = heading(names[0]) is Column.NUMBER
    for index in range(begin + 1, len(lines)):
        line = lines[index].rstrip()
        if not line.strip() or set(line) <= set("-=_ "):
            continue
        cells = _below(line, starts)
        alone = numbered and cells and not any(cells[1:]) and not looks_like_number(cells[0])
        if cells and not alone:
            nearly_all = sum(map(bool, cells)) * 2 > len(cells)
            _add(rows, cells, anew=bool(cells[0]) and (numbered or nearly_all))
            whole, end = len(rows), index + 1
        elif SECTION.match(line.strip()):
            rows.append([line.strip()])
        else:
            break
    return rows[:whole], end


def _below(line: str, starts: Sequence[int]) -> Row | None:
    """The cells of a line that keeps to the columns; None for one that runs over them."""
    parts = _GAP.split(line.strip())
    if len(parts) == len(starts):
        return parts
    if any(line[at - 1 : at].strip() for at in starts[1:]):
        return None
    ends = [*starts[1:], len(line)]
    return [line[a:b].strip() for a, b in zip(starts, ends, strict=True)]
