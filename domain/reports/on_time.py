"""The on-time report: every agency's month, by field and level, with what is still to be expected of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.agencies import Agency, Kind, Level, Register
from domain.dossiers.counting import TARGET, Tally
from domain.dossiers.forecast import Forecast

#: fewer resolved than this are too few to be called good or bad
FEW = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One agency's month. ``forecast`` is None once the month is over, and where nothing has ever arisen."""

    agency: Agency
    tally: Tally
    forecast: Forecast | None = None

    @property
    def is_few(self) -> bool:
        """Whether it resolved too few to be ranked against others."""
        return self.tally.resolved < FEW


@dataclass(frozen=True, slots=True)
class Group:
    """A field's or a level's month, over all agencies."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class OnTime:
    """The report. ``as_of`` is the day it is counted at; ``figures_of`` the day the dossiers were last read, None
    for never. Agencies stand in the register's order; those in which nothing has arisen are named apart."""

    month: int
    as_of: date
    figures_of: date | None
    lines: tuple[Line, ...]
    fields: tuple[Group, ...]
    levels: tuple[Group, ...]
    not_arisen: tuple[Agency, ...]
    target: float = TARGET

    @property
    def total(self) -> Tally:
        """All agencies together."""
        return sum((line.tally for line in self.lines), Tally())

    @property
    def below(self) -> tuple[Line, ...]:
        """Agencies under the target, the worst first; those with too few resolved last."""
        found = [line for line in self.lines if line.tally.meets(self.target) is False]
        return tuple(sorted(found, key=lambda line: (line.is_few, line.tally.rate or 0.0)))


def on_time(
    month: int,
    as_of: date,
    figures_of: date | None,
    counted: Iterable[tuple[str, str, Tally]],
    register: Register,
    known: Iterable[str],
    forecasts: Mapping[str, Forecast],
) -> OnTime:
    """Put counts of (agency, field) together. ``known`` are agencies that ever had a dossier."""
    agencies: dict[str, Tally] = {}
    fields: dict[str, Tally] = {}
    levels: dict[Level, Tally] = {}
    for code, field, tally in counted:
        agency = _agency(register, code)
        agencies[code] = agencies.get(code, Tally()) + tally
        fields[field] = fields.get(field, Tally()) + tally
        levels[agency.level] = levels.get(agency.level, Tally()) + tally
    order = {agency.code: n for n, agency in enumerate(register.agencies)}
    codes = sorted(agencies, key=lambda code: (order.get(code, len(order)), code))
    silent = [code for code in known if code not in agencies]
    return OnTime(
        month,
        as_of,
        figures_of,
        tuple(Line(_agency(register, code), agencies[code], forecasts.get(code)) for code in codes),
        _groups(fields),
        tuple(Group(level.value, levels[level]) for level in Level if level in levels),
        tuple(_agency(register, c) for c in sorted(silent, key=lambda c: (order.get(c, len(order)), c))),
    )


def _groups(tallies: Mapping[str, Tally]) -> tuple[Group, ...]:
    return tuple(Group(name, tallies[name]) for name in sorted(tallies, key=lambda n: (not n, n)))


def _agency(register: Register, code: str) -> Agency:
    """The agency; one that is no longer in the register stands under its code."""
    return register.by_code.get(code) or Agency(code, code, Level.PROVINCE, Kind.OTHER)


def figures(tally: Tally) -> Sequence[int]:
    """The numbers in the order of the report's columns."""
    t = tally
    return (
        t.carried,
        t.received,
        t.resolved,
        t.early,
        t.on_time,
        t.late,
        t.ended,
        t.open,
        t.within,
        t.overdue,
    )
