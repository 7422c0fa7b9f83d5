"""Counting as the law counts: resolved is early, on time and late; open is within time and overdue.

What ended without a result (sent back, withdrawn, cancelled) is neither; it stands apart, so that what came in and
what went out add up. Nothing received and nothing carried over is "not arisen", which has no rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from domain.dossiers.dossier import Dossier, Outcome
from domain.dossiers.months import end_of, last_day
from domain.phrases import Phrase, say

#: the plan's target for each agency and month, per cent
TARGET = 95.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of dossiers. ``stopped`` are those of ``within`` whose clock stands."""

    carried: int = 0
    received: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    ended: int = 0
    within: int = 0
    overdue: int = 0
    stopped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def resolved(self) -> int:
        """With a result."""
        return self.early + self.on_time + self.late

    @property
    def in_time(self) -> int:
        """Resolved early or on time."""
        return self.early + self.on_time

    @property
    def open(self) -> int:
        """Still owed at the end."""
        return self.within + self.overdue

    @property
    def has_arisen(self) -> bool:
        """Whether there was anything to do at all ("phát sinh")."""
        return self.carried + self.received > 0

    @property
    def rate(self) -> float | None:
        """Per cent of the resolved that were in time, overdue open ones apart; None where nothing was resolved."""
        return 100 * self.in_time / self.resolved if self.resolved else None

    @property
    def has_late(self) -> bool:
        """Whether it belongs on the month's list: something resolved late, or open and overdue."""
        return self.late + self.overdue > 0

    def meets(self, target: float = TARGET) -> bool | None:
        """Whether the target is met, in whole numbers so that 19 of 20 is 95 %; None without a rate."""
        return self.in_time * 100 >= target * self.resolved if self.resolved else None


def tally(dossiers: Iterable[Dossier], month: int, as_of: date) -> Tally:
    """The month of these dossiers, at its last day or at ``as_of`` while it runs."""
    end, total = end_of(month, as_of), Tally()
    for dossier in dossiers:
        total += _one(dossier, month, end)
    return total


def _one(dossier: Dossier, month: int, end: date) -> Tally:
    received = dossier.received_month
    if received is None or received > month or dossier.closed_month < month:
        return Tally()
    came = {"carried": 1} if received < month else {"received": 1}
    if dossier.closed_month == month:
        return Tally(**came, **{dossier.outcome.value: 1})
    is_late = dossier.late_from is not None and dossier.late_from <= end
    standing = {"overdue": 1} if is_late else {"within": 1}
    stopped = {"stopped": 1} if dossier.outcome is Outcome.STOPPED and not is_late else {}
    return Tally(**came, **standing, **stopped)


@dataclass(frozen=True, slots=True)
class Stated:
    """Figures as a source publishes them; None where it does not give one. ``where`` is whose they are."""

    where: str
    carried: int | None = None
    received: int | None = None
    total: int | None = None
    resolved: int | None = None
    early: int | None = None
    on_time: int | None = None
    late: int | None = None
    open: int | None = None
    within: int | None = None
    overdue: int | None = None
    rate: float | None = None  # per cent


_SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("total", ("carried", "received")),
    ("total", ("resolved", "open")),
    ("resolved", ("early", "on_time", "late")),
    ("open", ("within", "overdue")),
)
WORDS: Mapping[str, Phrase] = {
    "carried": say("carried over"),
    "received": say("received"),
    "total": say("total"),
    "resolved": say("resolved"),
    "early": say("early"),
    "on_time": say("on time"),
    "late": say("late"),
    "open": say("still open"),
    "within": say("open within time"),
    "overdue": say("open and overdue"),
    "ended": say("sent back, withdrawn or cancelled"),
}


def faults(stated: Stated) -> tuple[Phrase, ...]:
    """Each sum in a source's figures that is not one. They are shown, never repaired."""
    found = []
    for whole, parts in _SUMS:
        given = getattr(stated, whole)
        values = [getattr(stated, part) for part in parts]
        if given is None or None in values or sum(values) == given:
            continue
        names = tuple(WORDS[part] for part in parts)
        found.append(
            say(
                "{where}: {parts} make {sum}, the source says {whole} {given}.",
                where=stated.where,
                parts=names,
                sum=sum(values),
                whole=WORDS[whole],
                given=given,
            )
        )
    if (wrong := _wrong_rate(stated)) is not None:
        found.append(wrong)
    return tuple(found)


def _wrong_rate(stated: Stated) -> Phrase | None:
    if stated.rate is None or stated.late is None or not stated.resolved:
        return None
    rate = 100 * (stated.resolved - stated.late) / stated.resolved
    if abs(rate - stated.rate) < 0.06:  # published with one decimal, rounded or cut
        return None
    return say(
        "{where}: {late} late of {resolved} is a rate of {rate} %, the source says {given} %.",
        where=stated.where,
        late=stated.late,
        resolved=stated.resolved,
        rate=round(rate, 1),
        given=stated.rate,
    )


def differences(stated: Stated, counted: Tally) -> tuple[Phrase, ...]:
    """Where a source's figures are not what its dossiers count to."""
    found = []
    for name in ("carried", "received", "resolved", "early", "on_time", "late", "open", "within", "overdue"):
        given, have = getattr(stated, name), getattr(counted, name)
        if given is not None and given != have:
            found.append(
                say(
                    "{where}: {what} is {given} in the source and {counted} by its dossiers.",
                    where=stated.where,
                    what=WORDS[name],
                    given=given,
                    counted=have,
                )
            )
    return tuple(found)


def month_is_over(month: int, as_of: date) -> bool:
    """Whether nothing can close in the month any more."""
    return as_of > last_day(month)
