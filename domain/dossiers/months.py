"""Months as numbers that read and sort well: June 2024 is 202406."""

from __future__ import annotations

from datetime import date, timedelta

#: the month in which nothing closes: what is still open stands there
NEVER = 999_999


def month_of(day: date) -> int:
    """The month a day lies in."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    """The month's first day."""
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    """The month's last day."""
    return first_day(shift(month, 1)) - timedelta(days=1)


def shift(month: int, by: int) -> int:
    """The month so many months later (earlier when negative)."""
    years, index = divmod(month // 100 * 12 + month % 100 - 1 + by, 12)
    return years * 100 + index + 1


def months(first: int, last: int) -> list[int]:
    """Every month from the first to the last."""
    found = []
    while first <= last:
        found.append(first)
        first = shift(first, 1)
    return found


def end_of(month: int, as_of: date) -> date:
    """The day up to which a month is counted: its last, or ``as_of`` while it runs."""
    return min(last_day(month), as_of)
