"""Which steps of a plan's ladder have been reached, looked up once for each distinct deadline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from domain.plans import Ladder
from domain.workdays import WorkCalendar

#: a step's name in keys, and the working day it is reached on
Rung: TypeAlias = tuple[str, date]
_WEEK = 7


class Rungs:
    """The ladders as they stand on ``today``, a working day.

    A hundred thousand assignments share a few hundred deadlines, so every answer is kept.
    """

    def __init__(self, calendar: WorkCalendar, today: date) -> None:
        self.calendar, self.today = calendar, today
        self._before: dict[tuple[date, tuple[int, ...]], tuple[Rung, ...]] = {}
        self._overdue: dict[tuple[date, Ladder], tuple[Rung, ...]] = {}
        self._add: dict[tuple[date, int], date] = {}
        self._count: dict[date, int] = {}

    def before(self, act_by: date, steps: tuple[int, ...]) -> tuple[Rung, ...]:
        """Steps "n working days before ``act_by``" reached by today, the earliest first."""
        key = (act_by, steps)
        if key not in self._before:
            days = ((n, self.add(act_by, -n)) for n in sorted(set(steps), reverse=True))
            self._before[key] = tuple((str(n), day) for n, day in days if day <= self.today)
        return self._before[key]

    def overdue(self, act_by: date, ladder: Ladder) -> tuple[Rung, ...]:
        """Steps after ``act_by`` reached by today, the earliest first: days late, then weeks ("w1" …)."""
        key = (act_by, ladder)
        if key not in self._overdue:
            self._overdue[key] = tuple(self._after(act_by, ladder))
        return self._overdue[key]

    def _after(self, act_by: date, ladder: Ladder) -> list[Rung]:
        times = range(ladder.overdue_times + 1)
        counts = [ladder.overdue_first + ladder.overdue_every * n for n in times]
        steps = [(str(n), self.add(act_by, n)) for n in counts]
        week = timedelta(days=_WEEK * max(1, ladder.overdue_then_weeks))
        last, n = steps[-1][1] + week, 1
        while last <= self.today:
            steps.append((f"w{n}", self.calendar.first_workday_on_or_after(last)))
            last, n = last + week, n + 1
        return [step for step in steps if step[1] <= self.today]

    def add(self, day: date, n: int) -> date:
        """The n-th working day after (before) a day."""
        key = (day, n)
        if key not in self._add:
            self._add[key] = self.calendar.add(day, n)
        return self._add[key]

    def since(self, day: date) -> int:
        """Working days from a day (not counted) to today; negative for a day to come."""
        if day not in self._count:
            self._count[day] = self.calendar.count(day, self.today)
        return self._count[day]
