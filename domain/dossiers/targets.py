"""Plans aim at dossiers: which task's target they measure, and whose condition they decide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.dossiers.counting import Tally
from domain.phrases import Phrase, say, verbatim
from domain.plans import Target, Task
from domain.reading.fold import plain

_DOSSIERS = re.compile(r"\bho so\b")
_IN_TIME = re.compile(r"\b(?:(?:dung|truoc)|khong (?:bi )?(?:tre|qua|cham)) (?:han|hen)\b")
_LATE = re.compile(r"\b(?:tre|qua|cham) (?:han|hen)\b")
_SHOWN = 5


def rate_target(task: Task) -> Target | None:
    """The task's target of an on-time rate, at least so many per cent; None where it has none."""
    for target in task.targets:
        words = plain(target.metric)
        if target.op == ">=" and target.unit == "%" and _DOSSIERS.search(words) and _IN_TIME.search(words):
            return target
    return None


def is_for_the_late(task: Task) -> bool:
    """Whether the task's condition takes in agencies that have late dossiers."""
    words = plain(task.condition)
    return bool(_DOSSIERS.search(words) and _LATE.search(words))


@dataclass(frozen=True, slots=True)
class Measured:
    """A target held against a month's dossiers. ``rates`` are the agencies that resolved anything."""

    month: int
    target: Target
    rates: Mapping[str, Tally]

    def meets(self, agency: str) -> bool | None:
        """Whether one agency meets it; None where it resolved nothing."""
        tally = self.rates.get(agency)
        return tally.meets(self.target.value) if tally else None

    @property
    def below(self) -> tuple[str, ...]:
        """Agencies that do not, the worst first."""
        found = [code for code in self.rates if self.meets(code) is False]
        return tuple(sorted(found, key=lambda code: (self.rates[code].rate or 0.0, code)))


def measured(
    task: Task, month: int, tallies: Mapping[str, Tally], agencies: frozenset[str]
) -> Measured | None:
    """The month of the agencies that have a share in the task; None where it has no such target."""
    target = rate_target(task)
    if target is None:
        return None
    rates = {code: tally for code, tally in tallies.items() if code in agencies and tally.resolved}
    return Measured(month, target, rates)


def measured_words(found: Measured, names: Mapping[str, str]) -> Phrase:
    """How many agencies met it, and which did not. ``names`` are agencies' by code."""
    month = f"{found.month % 100}/{found.month // 100}"
    if not found.rates:
        return say("By the dossiers of {month}: not arisen.", month=month)
    below = found.below
    if not below:
        return say(
            "By the dossiers of {month}: all {number} agencies meet it.", month=month, number=len(found.rates)
        )
    listed = tuple(
        say(
            "{agency} {rate} %",
            agency=verbatim(names.get(code, code)),
            rate=_cut(found.rates[code].rate or 0.0),
        )
        for code in below[:_SHOWN]
    )
    more = (verbatim("…"),) if len(below) > _SHOWN else ()
    return say(
        "By the dossiers of {month}: {met} of {number} agencies meet it; below: {below}.",
        month=month,
        met=len(found.rates) - len(below),
        number=len(found.rates),
        below=(*listed, *more),
    )


def own_words(found: Measured, agency: str) -> Phrase:
    """The same to one agency."""
    month = f"{found.month % 100}/{found.month // 100}"
    tally = found.rates.get(agency)
    if tally is None or tally.rate is None:
        return say("By the dossiers of {month}: not arisen.", month=month)
    return (
        say("By the dossiers of {month}: {rate} %, which meets it.", month=month, rate=_cut(tally.rate))
        if found.meets(agency)
        else say(
            "By the dossiers of {month}: {rate} %, which is below it ({late} late of {resolved}).",
            month=month,
            rate=_cut(tally.rate),
            late=tally.late,
            resolved=tally.resolved,
        )
    )


def _cut(rate: float) -> float | int:
    """One decimal, never rounded up to a target."""
    cut = int(rate * 10 + 1e-9) / 10
    return int(cut) if cut == int(cut) else cut
