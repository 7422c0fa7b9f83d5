"""The province's working days and office hours: the one place that knows its time zone.

Labour Code 2019, article 112, gives the days off; the Government swaps days by separate notices. Which days
those are is data (``domain.calendars``), so the arithmetic here never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from domain.phrases import Phrase, say

OfficeHours = tuple[tuple[time, time], ...]

_DAY = timedelta(days=1)
_SATURDAY = 5
#: Nothing is looked for further away than this: a calendar without a working day is a mistake in the data.
_HORIZON = 400
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is off, or worked, and the document or proposal that says so."""

    name: str
    source: str
    confirmed: bool = True


def parse_office_hours(text: str) -> OfficeHours:
    """``07:30-11:30,13:30-17:00`` as local times; ValueError when a span is malformed, empty or overlaps."""
    spans: list[tuple[time, time]] = []
    for part in text.split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"office hours are HH:MM-HH:MM, comma separated; got {part.strip()!r}")
        h1, m1, h2, m2 = map(int, match.groups())
        spans.append((time(h1, m1), time(h2, m2)))
    spans.sort()
    for opens, closes in spans:
        if opens >= closes:
            raise ValueError(f"office hours end before they begin: {opens:%H:%M}-{closes:%H:%M}")
    for (_, closes), (opens, _) in pairwise(spans):
        if opens < closes:
            raise ValueError(f"office hours overlap at {opens:%H:%M}")
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days of a province; pure and unchanging, a changed table makes a new one.

    Dates are local dates; instants are aware and returned in UTC. ``days_worked`` wins over ``days_off``.
    """

    zone: tzinfo
    days_off: Mapping[date, DayReason] = field(default_factory=dict)
    days_worked: Mapping[date, DayReason] = field(default_factory=dict)
    office_hours: OfficeHours = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
    confirmed_years: frozenset[int] = frozenset()

    @property
    def in_force(self) -> WorkCalendar:
        """Itself: what needs a calendar may be given this one, or one that is replaced while it is used."""
        return self

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.days_worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def why_off(self, day: date) -> DayReason | None:
        """The reason for a day off; None for a working day and for an ordinary weekend."""
        return None if day in self.days_worked else self.days_off.get(day)

    def is_provisional(self, year: int) -> bool:
        """Whether nobody has confirmed this year's days off yet."""
        return year not in self.confirmed_years

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it when n < 0); ``day`` itself when n is 0."""
        step = 1 if n > 0 else -1
        for _ in range(abs(n)):
            day = self._seek(day + step * _DAY, step)
        return day

    def last_workday_on_or_before(self, day: date) -> date:
        """``day`` when it is worked, else the last working day before it."""
        return self._seek(day, -1)

    def first_workday_on_or_after(self, day: date) -> date:
        """``day`` when it is worked, else the first working day after it."""
        return self._seek(day, 1)

    def count(self, a: date, b: date) -> int:
        """Working days in (a, b]; negative when b comes before a."""
        if b < a:
            return -self.count(b, a)
        return sum(self.is_workday(a + i * _DAY) for i in range(1, (b - a).days + 1))

    def act_by(self, due_on: date, strict: bool) -> date:
        """The last working day on which the work is still in time."""
        if strict and due_on > date.min:
            due_on -= _DAY
        return self.last_workday_on_or_before(due_on)

    def overdue_from(self, due_on: date, strict: bool) -> date:
        """The first day on which the work is late: ``due_on`` itself when strict, else the day after."""
        return due_on if strict or due_on == date.max else due_on + _DAY

    def local_date(self, instant: datetime) -> date:
        """The province's date at an aware instant."""
        return self._local(instant).date()

    def at(self, day: date, clock: time) -> datetime:
        """The UTC instant at which the province's clocks show ``clock`` on ``day``."""
        return datetime.combine(day, clock.replace(tzinfo=None), self.zone).astimezone(UTC)

    def is_office_time(self, instant: datetime) -> bool:
        """Whether an unasked message may go out at this aware instant (the closing minute is outside)."""
        local = self._local(instant)
        clock = local.time()
        return self.is_workday(local.date()) and any(a <= clock < b for a, b in self.office_hours)

    def next_office_moment(self, instant: datetime) -> datetime:
        """The first allowed moment at or after an aware instant, in UTC."""
        if self.is_office_time(instant):
            return instant.astimezone(UTC)
        local = self._local(instant)
        if self.is_workday(local.date()):
            for opens, _ in self.office_hours:
                if local.time() < opens:
                    return self.at(local.date(), opens)
        return self.at(self.add(local.date(), 1), self.office_hours[0][0])

    def office_time_between(self, a: datetime, b: datetime) -> timedelta:
        """How much office time lies between two aware instants; at most two months are looked at."""
        start, end = self._local(a), min(self._local(b), self._local(a) + timedelta(days=62))
        total, day = timedelta(0), start.date()
        while day <= end.date():
            if self.is_workday(day):
                for opens, closes in self.office_hours:
                    first = max(start, datetime.combine(day, opens, self.zone))
                    last = min(end, datetime.combine(day, closes, self.zone))
                    total += max(timedelta(0), last - first)
            day += _DAY
        return total

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return instant.astimezone(self.zone)

    def _seek(self, day: date, step: int) -> date:
        for _ in range(_HORIZON):
            if self.is_workday(day):
                return day
            if day in (date.min, date.max):
                return day
            day += step * _DAY
        raise ValueError(f"no working day within {_HORIZON} days of {day}")


def why_this_date(due_on: date, strict: bool, calendar: WorkCalendar) -> Phrase:
    """One sentence that explains how ``act_by`` follows from the day the plan names."""
    act_by = calendar.act_by(due_on, strict)
    if act_by == due_on:
        return say("{due:full} is a working day, and work handed in on it is in time", due=due_on)
    if not strict:
        return say(
            "{due:full} is not a working day ({reason}), so the last working day is {act_by:full}",
            due=due_on,
            reason=_reason(due_on, calendar),
            act_by=act_by,
        )
    if calendar.is_workday(due_on):
        return say(
            "“before” does not count {due:full} itself, so the last working day is {act_by:full}",
            due=due_on,
            act_by=act_by,
        )
    return say(
        "{due:full} is not a working day ({reason}) and “before” does not count it, "
        "so the last working day is {act_by:full}",
        due=due_on,
        reason=_reason(due_on, calendar),
        act_by=act_by,
    )


def _reason(day: date, calendar: WorkCalendar) -> Phrase:
    why = calendar.why_off(day)
    if why is None:
        return say("weekend")
    return say("public holiday")
