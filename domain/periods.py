"""Quarters, as the rungs on which work without a date is asked about."""

from __future__ import annotations

from datetime import date

from domain.ladders import Rung
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

_MONTHS = 3


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // _MONTHS + 1


def quarter(today: date, calendar: WorkCalendar) -> Rung:
    """The quarter a working day lies in ("2026Q1"), and its first working day."""
    first = date(today.year, (quarter_of(today) - 1) * _MONTHS + 1, 1)
    return f"{today.year}Q{quarter_of(today)}", calendar.first_workday_on_or_after(first)


def closing(frame: TimeFrame, today: date) -> tuple[str, date | None]:
    """The end at which work without a due day is asked about once more, with the rung's name.

    Work "and the following years" has one at the end of every year, other work at the end of its period.
    """
    if frame.kind is TimeFrameKind.OPEN_ENDED:
        return f"{today.year}Y", date(today.year, 12, 31)
    return "end", frame.period_end
