"""Tables whose times are columns: under "Quý I | Quý II | Quý III | Quý IV" a cross says when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.documents import Cell
from domain.reading.fold import plain
from domain.reading.tables.grid import flat
from domain.reading.tables.plan_pages import Line

_PERIOD = re.compile(
    r"^(?:qu[iy] (?:[iv]{1,3}|[1-4])|thang \d{1,2}|t\d{1,2}|tuan \d|nam 20\d\d)(?: ?/ ?20\d\d| nam 20\d\d)?$"
)
_SHORT = re.compile(r"^[Tt](?=\d)(\d{1,2})\b")
_CROSS = re.compile(r"^[xX✓✔√●•+*v]{1,2}$")
_FEWEST = 2
#: what the heading over such columns is read as
TIME = "Thời gian thực hiện"


def periods_of(texts: Sequence[str]) -> dict[int, str]:
    """The columns of a heading row that are periods, by place; none where there are not at least two."""
    found = {
        place: _SHORT.sub(r"Tháng \1", text)
        for place, text in enumerate(texts)
        if _PERIOD.match(plain(text).strip(" .:"))
    }
    return found if len(found) >= _FEWEST else {}


def as_times(texts: Sequence[str], periods: Mapping[int, str]) -> list[str]:
    """A heading row with its periods named as columns of time."""
    return [TIME if place in periods else text for place, text in enumerate(texts)]


def is_crossed(line: Line) -> bool:
    """Whether a row has a cross."""
    return any(len(text := flat(cell)) < 3 and _CROSS.match(text) for cell, _ in line)


def crossed(line: Line, periods: Mapping[int, str]) -> Line:
    """A row with the periods that are crossed instead of the crosses; a row without crosses as it is."""
    marked = [periods[place] for place in periods if place < len(line) and _CROSS.match(flat(line[place][0]))]
    if not marked:
        return line
    said = Cell((", ".join(marked),))
    return [
        (replace(said, origin=cell.origin) if place in periods else cell, spanned)
        for place, (cell, spanned) in enumerate(line)
    ]
