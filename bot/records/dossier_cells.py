"""What the cells of an export say, each spelling read once: days, states, procedures, terms.

A million rows hold a few thousand days and a few hundred words, so everything here is a dict that fills itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from bot.records import dossier_columns as c
from bot.records.sheets import Cell
from bot.records.table import cell_text
from domain.dossiers.dossier import Channel, Deadlines, Procedure, State
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.fold import fold

FIRST_YEAR, LAST_YEAR = 2000, 2099
_MOST_KEPT = 60_000
_MOST_PROCEDURES = 50_000
_CLOCK = r"\d{1,2}(?::|h|g)\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[AaPp][Mm]|Z)?"
_LOCAL = re.compile(rf"(?:{_CLOCK}[\s,]+)?(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}})(?:[\s,T-]+{_CLOCK})?")
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:[\sT]+{_CLOCK}(?:[+-]\d{{2}}:?\d{{2}})?)?")
_NOTHING = {"", "-", "–", "—", "null", "NULL", "None"}
_IN_PARENTHESES = re.compile(r"\([^)]*\)")
#: nine digits and more, or an address: a phone, an identity number, an e-mail
_PRIVATE = re.compile(r"(?:\+?\d[\s.-]?){9,}|[\w.]+@[\w-]+\.\w")
_PROCEDURE_CODE = re.compile(r"[\w./-]{0,60}")


class Unreadable(KeyError):
    """A cell that cannot be read; which, the slow way finds out."""


class Days(dict[Cell, str | None]):
    """A cell → its day as ISO text, None for an empty one. Raises Unreadable."""

    def __missing__(self, cell: Cell) -> str | None:
        day = _day(cell)
        if len(self) > _MOST_KEPT:
            self.clear()
        self[cell] = day
        return day


def _day(cell: Cell) -> str | None:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        day = cell
    else:
        text = cell.strip() if isinstance(cell, str) else cell_text(cell)
        if text in _NOTHING:
            return None
        try:
            if found := _LOCAL.fullmatch(text):
                day = date(int(found[3]), int(found[2]), int(found[1]))
            elif found := _ISO.fullmatch(text):
                day = date(int(found[1]), int(found[2]), int(found[3]))
            else:
                raise Unreadable
        except ValueError:
            raise Unreadable from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable
    return day.isoformat()


class States(dict[Cell, State | None]):
    """A cell → the state, None for an empty one. Raises Unreadable."""

    def __missing__(self, cell: Cell) -> State | None:
        text = cell_text(cell)
        state = None
        if text not in _NOTHING:
            state = c.STATES.get(fold(text)) or c.STATES.get(fold(_IN_PARENTHESES.sub(" ", text)))
            if state is None:
                raise Unreadable
        if len(self) < _MOST_KEPT:
            self[cell] = state
        return state


class Channels(dict[Cell, str]):
    """A cell → how it was handed in, "" for what is not understood."""

    def __missing__(self, cell: Cell) -> str:
        channel = c.CHANNELS.get(fold(cell_text(cell)), Channel.UNKNOWN).value
        if len(self) < _MOST_KEPT:
            self[cell] = channel
        return channel


class Procedures(dict[tuple[Cell, Cell, Cell], int]):
    """(code, name, field) → the procedure's number, which ``keep`` gives. Raises Unreadable for what is none.

    A code with blanks, or anything with a phone number in it, is a row whose cells have slipped.
    """

    def __init__(self, keep: Callable[[Procedure], int]) -> None:
        self._keep = keep
        self._fields: dict[str, str] = {}

    def __missing__(self, cells: tuple[Cell, Cell, Cell]) -> int:
        code, name, field = (cell_text(cell) for cell in cells)
        if not _PROCEDURE_CODE.fullmatch(code) or any(map(_PRIVATE.search, (name, field))):
            raise Unreadable
        if len(self) >= _MOST_PROCEDURES:
            raise BadInput(
                say(
                    "The file names more than {number} procedures; that is no export of dossiers.",
                    number=_MOST_PROCEDURES,
                ),
                code="too_many_procedures",
            )
        field = self._fields.setdefault(fold(field), field[:120])
        number = self[cells] = self._keep(Procedure(code, name[:500], field))
        return number


class Terms(dict[tuple[str, str | None, str | None], tuple[str, str, str]]):
    """(promised, stopped, resumed) → (promised day with stops, last day in time, first day late), all ISO."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    def __missing__(self, key: tuple[str, str | None, str | None]) -> tuple[str, str, str]:
        promised, stopped, resumed = (date.fromisoformat(day) if day else None for day in key)
        assert promised is not None
        term = self._deadlines.term(promised, stopped, resumed)
        found = (term.promised.isoformat(), term.due.isoformat(), term.late_from.isoformat())
        if len(self) > _MOST_KEPT:
            self.clear()
        self[key] = found
        return found


class Months(dict[str, int]):
    """An ISO day → its month as a number."""

    def __missing__(self, day: str) -> int:
        month = self[day] = int(day[:4]) * 100 + int(day[5:7])
        return month
