"""Working days and office hours of the province.

Public holidays: Labour Code 2019, article 112; the Government also swaps days, sometimes announced a week
before. So a calendar is built from data with a source for each day (``domain.calendars``), a proposal for
years not yet announced, and the office's own table, which overrides both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.errors import BadInput
from domain.phrases import Phrase, say

ONE_DAY = timedelta(days=1)
HORIZON = 800  # days looked through at most; no run of days off is longer


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is off, or worked although it is a weekend day, and where that is written."""

    reason: str
    source: str


OfficeHours = tuple[tuple[time, time], ...]


def parse_office_hours(text: str) -> OfficeHours:
    """Read ``07:30-11:30,13:30-17:00``; raises BadInput with what is expected."""
    spans: list[tuple[time, time]] = []
    try:
        for part in text.split(","):
            begin, end = (time.fromisoformat(x.strip()) for x in part.split("-"))
            spans.append((begin, end))
    except ValueError:
        spans = []
    if not spans or any(b >= e for b, e in spans) or any(a[1] > b[0] for a, b in zip(spans, spans[1:])):
        raise BadInput(say("Office hours are written as 07:30-11:30,13:30-17:00; {text} is not.", text=text))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked, and when in them unasked messages may go out.

    ``zone`` is the province's; every instant given and returned is aware. ``confirmed_years`` are those whose
    holidays have been announced; dates in other years may still move (see :meth:`is_provisional`).
    """

    zone: tzinfo
    days_off: Mapping[date, DayReason]
    days_worked: Mapping[date, DayReason]
    office_hours: OfficeHours
    confirmed_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether the office works on the day: a swapped Saturday yes, a holiday no."""
        if day in self.days_worked:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def add(self, day: date, n: int) -> date:
        """The n-th working day after the day (before it, when n is negative); the day itself for 0."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def last_workday_on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def first_workday_on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next working day."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def count(self, after: date, until: date) -> int:
        """Working days in (after, until]; negative when ``until`` comes first."""
        if until < after:
            return -self.count(until, after)
        if (until - after).days > HORIZON:  # far away: whole years at the usual 250 days are near enough
            far = after + timedelta(days=HORIZON)
            return self.count(after, far) + (until - far).days * 5 // 7
        return sum(self.is_workday(after + timedelta(days=i)) for i in range(1, (until - after).days + 1))

    def act_by(self, due_on: date, strict: bool) -> date:
        """The last working day on which the work is still in time."""
        return self.last_workday_on_or_before(due_on - ONE_DAY if strict else due_on)

    def overdue_from(self, due_on: date, strict: bool) -> date:
        """The first day on which it is late: the due day itself when strict, else the day after."""
        return due_on if strict else due_on + ONE_DAY

    def local_date(self, instant: datetime) -> date:
        """The province's day at an instant."""
        return instant.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """The instant of a local time, in UTC."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def is_office_time(self, instant: datetime) -> bool:
        """Whether unasked messages may go out at the instant."""
        local = instant.astimezone(self.zone)
        clock = local.time()
        return self.is_workday(local.date()) and any(b <= clock < e for b, e in self.office_hours)

    def next_office_moment(self, instant: datetime) -> datetime:
        """The first allowed moment at or after the instant, in UTC."""
        if self.is_office_time(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(self.zone)
        day = local.date()
        if self.is_workday(day):
            for begin, _end in self.office_hours:
                if local.time() < begin:
                    return self.at(day, begin)
        return self.at(self.first_workday_on_or_after(day + ONE_DAY), self.office_hours[0][0])

    def is_provisional(self, year: int) -> bool:
        """Whether the year's holidays are a proposal only."""
        return year not in self.confirmed_years

    def why_off(self, day: date) -> DayReason | None:
        """Why a day that could be worked is off; None for working days and plain weekends."""
        return None if self.is_workday(day) else self.days_off.get(day)


def why_this_date(due_on: date, strict: bool, calendar: WorkCalendar) -> Phrase:
    """One sentence on how the last working day in time comes from the words of the plan."""
    act_by = calendar.act_by(due_on, strict)
    off = calendar.why_off(due_on)
    if not strict and act_by == due_on:
        return say("{due:full} is a working day, so it is the last day in time.", due=due_on)
    if strict and calendar.is_workday(due_on):
        return say("'before {due:day}' does not count that day, so the last working day is {act_by:full}.", due=due_on, act_by=act_by)  # fmt: skip
    if strict and off is None:
        return say("{due} is a {due:weekday} and 'before' does not count that day, so the last working day is {act_by:full}.", due=due_on, act_by=act_by)  # fmt: skip
    if strict:
        return say("{due} is a day off ({reason}) and 'before' does not count that day, so the last working day is {act_by:full}.", due=due_on, act_by=act_by, reason=off.reason if off else "")  # fmt: skip
    if off is None:
        return say("{due} is a {due:weekday}, so the last working day in time is {act_by:full}.", due=due_on, act_by=act_by)  # fmt: skip
    return say("{due} is a day off ({reason}), so the last working day in time is {act_by:full}.", due=due_on, act_by=act_by, reason=off.reason)  # fmt: skip
