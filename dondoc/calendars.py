"""Builds the working calendar: the library proposes, the announced table decides, the office overrides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import holidays

from dondoc.settings import Settings
from domain.calendars import ANNOUNCED_YEARS, announced_off, announced_worked
from domain.workdays import DayReason, WorkCalendar, parse_office_hours
from storage.stores.office import OfficeDay

YEARS = range(2023, 2036)


@lru_cache
def _proposed() -> dict[date, DayReason]:
    """What the ``holidays`` package expects for years that have not been announced."""
    days: dict[date, DayReason] = {}
    for year in YEARS:
        if year not in ANNOUNCED_YEARS:
            for day, name in holidays.country_holidays("VN", years=year, language="vi").items():
                days[day] = DayReason(str(name), f"holidays {holidays.__version__}")
    return days


def work_calendar(settings: Settings, overrides: Sequence[OfficeDay] = ()) -> WorkCalendar:
    """The calendar of an office. Years only proposed are provisional."""
    off: dict[date, DayReason] = _proposed() | dict(announced_off())
    worked = announced_worked()
    for day in overrides:
        off.pop(day.day, None)
        worked.pop(day.day, None)
        (worked if day.works else off)[day.day] = DayReason(day.reason, day.source)
    return WorkCalendar(
        zone=settings.zone,
        days_off=off,
        days_worked=worked,
        office_hours=parse_office_hours(settings.office_hours),
        confirmed_years=ANNOUNCED_YEARS,
    )
