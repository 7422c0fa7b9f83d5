"""An agency as a spreadsheet names it: by code, by any spelling, by level; asked about, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from domain.agencies import Agency, Kind, Level, Register
from domain.phrases import Phrase, say, verbatim
from domain.reading.agencies import find_agency
from domain.reading.fold import fold

_SUGGESTED = 200  # unknown names for which near ones are looked up; past that it only costs time


@dataclass(frozen=True, slots=True)
class Found:
    """The one agency, or why there is none and what to do."""

    agency: Agency | None = None
    says: Phrase = say("The cell is empty.")
    todo: Phrase = say("Please write the code or the name of the agency.")


class AgencyNames:
    """Finds agencies of one register as of one day. Answers are kept: files name the same ones over and over."""

    def __init__(self, register: Register, today: date) -> None:
        self._all, self._valid = register, register.as_of(today)
        self._met: dict[tuple[str, Level | None], Found] = {}
        self._asked = 0
        tails = [a.name for a in register.agencies if a.kind is Kind.PROVINCE_COMMITTEE]
        self._tails = {fold(name).removeprefix("ubnd ") for name in tails}

    def find(self, name: str, level: Level | None = None) -> Found:
        """The agency of this code or name; ``level`` decides between homonyms."""
        key = (name, level)
        if key not in self._met:
            self._met[key] = self._find(name, level)
        return self._met[key]

    def _find(self, name: str, level: Level | None) -> Found:
        if not name:
            return Found()
        found = self._named(name, level, self._valid)
        if len(found) == 1:
            return Found(found[0])
        shown = verbatim(name[:80])
        if found:
            candidates = ", ".join(f"{a.name} ({a.code})" for a in found[:6])
            says = say("“{name}” may mean several agencies: {candidates}.", name=shown, candidates=verbatim(candidates))  # fmt: skip
            return Found(None, says, say("Please write the code, or the level in a column of its own."))
        ended = self._named(name, level, self._all)
        if len(ended) == 1 and ended[0].valid_to:
            return Found(None, *self._ended(ended[0], ended[0].valid_to))
        says = say("No agency is known as “{name}”.", name=shown)
        if near := self._near(name):
            return Found(None, says, say("Please write the code. Near ones: {candidates}.", candidates=verbatim(near)))  # fmt: skip
        return Found(None, says, say("Please correct the name, or import the agency first."))

    def _named(self, name: str, level: Level | None, register: Register) -> tuple[Agency, ...]:
        if by_code := register.by_code.get(name.lower()):
            return (by_code,)
        found = find_agency(name, register, level).agencies
        if found:
            return found
        key = fold(name)  # "Sở Nội vụ tỉnh Kon Tum"
        short = next((key.removesuffix(f" {tail}") for tail in self._tails if key.endswith(f" {tail}")), "")
        return find_agency(short, register, level).agencies if short else ()

    def _ended(self, agency: Agency, last: date) -> tuple[Phrase, Phrase]:
        says = say("{name} ended on {day}.", name=verbatim(agency.name), day=last)
        heirs = ", ".join(f"{self._all.name(code)} ({code})" for code in agency.successors)
        if heirs:
            return says, say("Please write the agency that took over: {heirs}.", heirs=verbatim(heirs))
        return says, say("Please write the agency that took over.")

    def _near(self, name: str) -> str:
        self._asked += 1
        if self._asked > _SUGGESTED:
            return ""
        names = {fold(a.name): a for a in self._valid.agencies}
        close = get_close_matches(fold(name), names, n=3, cutoff=0.75)
        return ", ".join(f"{names[key].name} ({names[key].code})" for key in close)
