"""The due days of a recurring time frame."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from domain.timeframes import TimeFrame

_FRIDAY = 5  # Monday is 1
_MONTHS = {
    "monthly": tuple(range(1, 13)),
    "quarterly": (3, 6, 9, 12),
    "half_yearly": (6, 12),
    "yearly": (12,),
}


def occurrences(frame: TimeFrame, start: date, end: date) -> list[date]:
    """Due days in [start, end]; without a day named the last of the month, quarter, half or year, or Friday.

    A day a month does not have (31, 29/2) falls on the last day of that month.
    """
    if frame.recurs is None or end < start:
        return []
    if frame.recurs == "weekly":
        named = {int(on) for on in frame.recurs_on} or {_FRIDAY}
        every = ((start + timedelta(days=i)) for i in range((end - start).days + 1))
        return [day for day in every if day.isoweekday() in named]
    found = {day for year in range(start.year, end.year + 1) for day in _in_year(frame, frame.recurs, year)}
    return sorted(day for day in found if start <= day <= end)


def _in_year(frame: TimeFrame, recurs: str, year: int) -> list[date]:
    whole = [tuple(map(int, on.split("-"))) for on in frame.recurs_on if "-" in on]
    if whole:
        return [_clamped(year, month, day) for month, day in whole]
    days = [int(on) for on in frame.recurs_on] or [31]
    return [_clamped(year, month, day) for month in _MONTHS[recurs] for day in days]


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))
