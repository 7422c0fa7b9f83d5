"""Everything that is wrong with a row that could not be taken, in words that repeat nobody's personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.records import dossier_columns as c
from bot.records.dossier_cells import Unreadable
from bot.records.dossier_layout import Layout
from bot.records.dossier_problems import WRONG, shown
from bot.records.sheets import Cell
from bot.records.table import cell_text
from domain.dossiers.checks import wrong, wrong_stops
from domain.dossiers.codes import is_dossier_code, is_procedure_code, tidy_code
from domain.dossiers.dossier import State
from domain.phrases import Phrase, say

if TYPE_CHECKING:
    from bot.records.dossier_reader import DossierReader

_DAYS = (c.RECEIVED, c.PROMISED, c.PUT_OFF, c.RESULT, c.RETURNED, c.STOPPED, c.RESUMED, c.APOLOGY)
_EXPORT_AGAIN = say("Please export the file again.")
_WRITE_CODE = say("Please write the dossier's own code, as 000.00.16.H34-240620-0001.")
_NO_CODE, _NO_DOSSIER = say("There is no dossier code."), say("The cell is no dossier code.")
_OF_PROCEDURE = say("This is the code of a procedure, not of a dossier.")
_NO_DAY, _WRITE_DAY = (
    say("The cell is not a day that can be read."),
    say("Please write the day as 24/6/2024."),
)
ByDays = Callable[[str | None, str | None], State | None]


class Explainer:
    """Looks at every cell of a row once more and says what is wrong, each reason a problem of its own."""

    def __init__(self, reader: DossierReader, layout: Layout, place: int) -> None:
        self._r, self._layout, self._place = reader, layout, place

    def slipped(self, number: int) -> None:
        """A row with more cells than headings: nothing in it can be trusted to be what its column says."""
        self._bad(
            number, "slipped", "", say("The row has more cells than there are headings."), _EXPORT_AGAIN
        )

    def row(self, number: int, cells: Mapping[str, Cell], by_days: ByDays) -> None:
        """Say all of it."""
        before = self._r.findings.by_code.total()
        self._code(number, cells[c.CODE])
        days, are_days = self._days(number, cells)
        state, is_state = self._state(number, cells[c.STATE])
        self._procedure(number, cells)
        if are_days and is_state:
            state = state or by_days(days[c.RESULT], days[c.RETURNED])
            if state is None:
                words = say("The cell is empty."), say("Please give the state of the dossier.")
                self._bad(number, "no_state", c.STATE, *words)
            else:
                self._order(number, state, days)
        last = days.get(c.RESULT) or days.get(c.RETURNED) or self._r.today
        first = days.get(c.RECEIVED) or self._r.today
        if not self._r.places.code(cells[c.AGENCY], cells[c.LEVEL], first, last):
            words = self._r.places.why_not(cells[c.AGENCY], cells[c.LEVEL], first)
            self._bad(number, "agency", c.AGENCY, *words)
        if self._r.findings.by_code.total() == before:  # never left out in silence
            self._bad(number, "other", "", say("The row could not be read."), _EXPORT_AGAIN)

    def _code(self, number: int, cell: Cell) -> None:
        code = tidy_code(cell_text(cell))
        if is_dossier_code(code):
            return
        if not code:
            self._bad(number, "no_code", c.CODE, _NO_CODE, _WRITE_CODE)
        elif is_procedure_code(code):
            self._bad(number, "procedure_code", c.CODE, _OF_PROCEDURE, _WRITE_CODE)
        else:
            what = shown(code)
            says = say("{text} is no dossier code.", text=what) if what else _NO_DOSSIER
            self._bad(number, "bad_code", c.CODE, says, _WRITE_CODE)

    def _days(self, number: int, cells: Mapping[str, Cell]) -> tuple[dict[str, str | None], bool]:
        days: dict[str, str | None] = {}
        for column in _DAYS:
            try:
                days[column] = self._r.days[cells[column]]
            except Unreadable:
                what = shown(cell_text(cells[column]))
                says = say("{text} is not a day that can be read.", text=what) if what else _NO_DAY  # fmt: skip
                self._bad(number, "bad_day", column, says, _WRITE_DAY)
        return days, len(days) == len(_DAYS)

    def _state(self, number: int, cell: Cell) -> tuple[State | None, bool]:
        try:
            return self._r.states[cell], True
        except Unreadable:
            says = say("This state of a dossier is not known.")
            todo = say("Please write one of: {allowed}.", allowed=c.STATE_WORDS)
            self._bad(number, "bad_state", c.STATE, says, todo)
            return None, False

    def _procedure(self, number: int, cells: Mapping[str, Cell]) -> None:
        try:
            self._r.procedures[cells[c.PROCEDURE_CODE], cells[c.PROCEDURE], cells[c.FIELD]]
        except Unreadable:
            says = say("The cells of the procedure hold something else; nothing of them was stored.")
            self._bad(number, "bad_procedure", c.PROCEDURE_CODE, says, _EXPORT_AGAIN)

    def _order(self, number: int, state: State, days: Mapping[str, str | None]) -> None:
        found = wrong(
            state, days[c.RECEIVED], days[c.PROMISED], days[c.PUT_OFF], days[c.RESULT], days[c.RETURNED], self._r.today
        ) or wrong_stops(days[c.RECEIVED], days[c.STOPPED], days[c.RESUMED], days[c.APOLOGY], self._r.today)  # fmt: skip
        if found:
            column, says, todo = WRONG[found]
            self._bad(number, found.value, column, says, todo)

    def _bad(self, number: int, code: str, column: str, says: Phrase, todo: Phrase) -> None:
        self._r.findings.bad(self._place + number, code, self._layout.headings.get(column, ""), says, todo)
