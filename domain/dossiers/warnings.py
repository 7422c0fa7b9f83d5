"""Who is warned of which dossiers on a morning: two working days before the day, one before, and once it is late.

One list for a person and a morning, the worst first. What was said of a dossier is not said again: only the next
rung, or a day that was moved, is news. A letter of apology must go out before the promised day and only once
(common practice, not confirmed in a source), so those that are late without one stand first. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from domain.dossiers.dossier import Dossier
from domain.dossiers.forecast import Forecast
from domain.workdays import WorkCalendar

#: working days before its last day in time from which a dossier is warned of
AHEAD = 2
#: the chance of ending a month under the target from which the agency's head is told
AT_RISK = 0.5


class Rung(StrEnum):
    """How near the day is."""

    TWO = "two"  # two working days left
    ONE = "one"  # one, or today is the last
    LATE = "late"


#: by code: the rung somebody was told of last, and the last day in time it was told for
Told: TypeAlias = Mapping[str, tuple[Rung, date]]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An agency whose month may end under the target."""

    agency: str
    month: int
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class Morning:
    """What one person is told on a morning, each list the worst first. ``known`` are overdue ones told of before."""

    lacking: tuple[Dossier, ...] = ()  # overdue, no letter of apology known
    late: tuple[Dossier, ...] = ()  # overdue, with one
    soon: tuple[Dossier, ...] = ()
    known: int = 0
    at_risk: tuple[AtRisk, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is any news."""
        return bool(self.lacking or self.late or self.soon or self.at_risk)

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """All that are news."""
        return (*self.lacking, *self.late, *self.soon)


def rungs(today: date, calendar: WorkCalendar) -> Callable[[Dossier], Rung | None]:
    """Tells the rung of an open dossier on a working day; None while there is time, or the clock stands."""
    one, two = calendar.add(today, 1), calendar.add(today, AHEAD)

    def rung(dossier: Dossier) -> Rung | None:
        due = dossier.due_on
        if due is None or dossier.late_from is None or not dossier.outcome.is_open:
            return None
        if dossier.late_from <= today:
            return Rung.LATE
        if due <= one:
            return Rung.ONE
        return Rung.TWO if due <= two else None

    return rung


def morning(dossiers: Iterable[Dossier], rung: Callable[[Dossier], Rung | None], told: Told) -> Morning:
    """The news of these dossiers for somebody who was told so much."""
    lacking, late, soon, known = [], [], [], 0
    for dossier in sorted(dossiers, key=lambda d: (d.due_on or date.max, d.code)):
        reached = rung(dossier)
        if reached is None:
            continue
        if told.get(dossier.code) == (reached, dossier.due_on):
            known += reached is Rung.LATE
        elif reached is not Rung.LATE:
            soon.append(dossier)
        elif dossier.apology_on is None:
            lacking.append(dossier)
        else:
            late.append(dossier)
    return Morning(tuple(lacking), tuple(late), tuple(soon), known)


def is_at_risk(forecast: Forecast | None) -> bool:
    """Whether a head is to be told: more likely than not the month ends under the target, and something has arisen."""
    if forecast is None or not (forecast.running.resolved or forecast.running.open):
        return False
    return forecast.may_still < 0 or forecast.risk >= AT_RISK
