"""A bot's monthly quota: what is used, where the month will end, and what may still go out. Pure.

The free plan of Zalo's Bot Platform has 3 000 messages a month (its landing page); whether what comes in counts
as well is not said, so a tenth is kept back for answers and what is urgent.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from enum import StrEnum

from domain.messages import Priority
from domain.phrases import Phrase, say
from domain.workdays import WorkCalendar

RESERVE = 0.1
WARN_AT = 0.8
#: one refusal may be a mistake
BELIEVED = 2
#: a month's pace is judged from at least so many working days, so that one busy first morning is no forecast
_SLOWEST = 3


class Stage(StrEnum):
    """Free; tight: the month will not last, or four fifths are used; saving: only the reserve is left."""

    FREE = "free"
    TIGHT = "tight"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Quota:
    """``used`` of ``most`` messages up to the local day ``on``, of its month."""

    most: int
    used: int
    on: date
    refusals: int = 0  # in a row: the messenger says that nothing is left
    #: by which the pace is judged; without one, from Monday to Friday
    days: WorkCalendar = field(default=WorkCalendar(UTC), compare=False, repr=False)

    @property
    def forecast(self) -> int:
        """How many the month will take at the pace of its working days so far: Tết is no pace, and has none."""
        first = self.on.replace(day=1)
        last = self.on.replace(day=calendar.monthrange(self.on.year, self.on.month)[1])
        gone = self.days.count(first - timedelta(days=1), self.on)
        left = self.days.count(self.on, last)
        return round(self.used + self.used / max(gone, _SLOWEST) * left)

    @property
    def room(self) -> int:
        """How many messages that can wait may still go out this month: the reserve is not for them."""
        kept = round(self.most * RESERVE)
        return 0 if self.stage is Stage.SAVING else max(0, self.most - kept - self.used)

    @property
    def said(self) -> Phrase:
        """Its figures in words."""
        return say(
            "messages this month: {used} of {most}, {forecast} foreseen",
            used=self.used,
            most=self.most,
            forecast=self.forecast,
        )

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.refusals >= BELIEVED or self.most - self.used <= self.most * RESERVE:
            return Stage.SAVING
        tight = self.used >= self.most * WARN_AT or self.forecast > self.most
        return Stage.TIGHT if tight else Stage.FREE

    @property
    def least(self) -> Priority:
        """The least urgent that still goes out by this bot."""
        return Priority.URGENT if self.stage is Stage.SAVING else max(Priority)

    @property
    def elsewhere(self) -> Priority | None:
        """This and what is less urgent goes by the other channels of who has one; None: everything stays."""
        return {Stage.FREE: None, Stage.TIGHT: Priority.DIGEST, Stage.SAVING: Priority.REMINDER}[self.stage]


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_of(day: date) -> str:
    """How a month is named in the record: 2026-01."""
    return f"{day:%Y-%m}"
