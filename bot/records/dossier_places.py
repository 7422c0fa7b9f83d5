"""Agencies as an export names them, on the days a dossier was theirs; asked about, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.records.agency_columns import LEVELS
from bot.records.sheets import Cell
from bot.records.table import cell_text, folded
from domain.agencies import Agency, Kind, Level, Register
from domain.phrases import Phrase, say, verbatim
from domain.reading.agencies import find_agency
from domain.reading.fold import fold

_MOST = 20_000  # names kept
#: a cell that starts so names an agency and may be repeated; any other might be an applicant's. Marks count: Xa,
#: Quan and Phương are people's names
_SHOWABLE = re.compile(
    r"(?:sở|ubnd|ủy ban|uỷ ban|ban (?:quản lý|dân tộc|tôn giáo)|chi cục|cục|văn phòng|vp|phòng|thanh tra|trung tâm"
    r"|ttpvhcc|xã|phường|thị trấn|thị xã|huyện|thành phố|tp\.?|quận|đặc khu|bộ phận|công an|bhxh|bảo hiểm xã hội|kho bạc)\s"
)
_TODAY = say("Please correct the name, or import the agency first.")


@dataclass(frozen=True, slots=True)
class Place:
    """One agency and the days it exists on, as ISO text."""

    code: str
    first: str
    last: str


class Places:
    """Finds agencies; a dossier is its agency's where the two exist at the same time."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._met: dict[tuple[Cell, Cell], tuple[Place, ...]] = {}
        tails = [a.name for a in register.agencies if a.kind is Kind.PROVINCE_COMMITTEE]
        self._tails = tuple(fold(name).removeprefix("ubnd ") for name in tails)

    def named(self, name: Cell, level: Cell = "") -> tuple[Place, ...]:
        """Every agency there ever was of this code or name; ``level`` decides between homonyms."""
        key = (name, level)
        found = self._met.get(key)
        if found is None:
            if len(self._met) >= _MOST:
                self._met.clear()
            found = self._met[key] = tuple(_place(a) for a in self._find(cell_text(name), _level(level)))
        return found

    def code(self, name: Cell, level: Cell, first: str, last: str) -> str:
        """The one of this name that existed between two days (ISO); "" for none and for several."""
        found = self._met.get((name, level)) or self.named(name, level)
        if len(found) == 1:
            place = found[0]
            return place.code if place.first <= last and first <= place.last else ""
        found = tuple(p for p in found if p.first <= last and first <= p.last)
        if len(found) > 1:  # an agency and its successor: the one that is there at the end
            found = tuple(p for p in found if p.first <= last <= p.last)
        return found[0].code if len(found) == 1 else ""

    def is_showable(self, name: Cell) -> bool:
        """Whether the cell surely names an agency, known or not."""
        return bool(_SHOWABLE.match(f"{cell_text(name).lower()} "))

    def why_not(self, name: Cell, level: Cell, last: str) -> tuple[Phrase, Phrase]:
        """Why :meth:`code` found none, and what to do. A cell that may be an applicant's name is not repeated."""
        if not cell_text(name):
            return say("The cell is empty."), say("Please write the code or the name of the agency.")
        found = self.named(name, level)
        if not found:
            if self.is_showable(name):
                return say("No agency is known as “{name}”.", name=verbatim(cell_text(name)[:80])), _TODAY
            return say("This cell names no agency that is known."), _TODAY
        names = [f"{self._register.name(p.code)} ({p.code})" for p in found[:6]]
        candidates = verbatim(", ".join(names))
        if all(p.last < last for p in found):
            return say("{name} had ended by then.", name=candidates), say(
                "Please write the agency that took over."
            )
        return (
            say("This cell may mean several agencies: {candidates}.", candidates=candidates),
            say("Please write the code, or the level in a column of its own."),
        )

    def _find(self, name: str, level: Level | None) -> tuple[Agency, ...]:
        if not name or len(name) > 300:
            return ()
        if by_code := self._register.by_code.get(name.lower()):
            return (by_code,)
        official = [a for a in self._register.agencies if a.official_code and a.official_code == name.upper()]
        if official:
            return tuple(official)
        found = find_agency(name, self._register, level).agencies
        if found:
            return found
        key = fold(name)  # "Sở Nội vụ tỉnh Kon Tum"
        short = next((key.removesuffix(f" {tail}") for tail in self._tails if key.endswith(f" {tail}")), "")
        return find_agency(short, self._register, level).agencies if short else ()


def _level(cell: Cell) -> Level | None:
    return LEVELS.get(folded(cell_text(cell))) if cell != "" else None


def _place(agency: Agency) -> Place:
    return Place(
        agency.code,
        (agency.valid_from or date.min).isoformat(),
        (agency.valid_to or date.max).isoformat(),
    )
