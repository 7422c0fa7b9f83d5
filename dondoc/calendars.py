"""The calendar in force: what the library proposes, what was announced, what an admin entered.

Later layers win. A year nobody announced comes from the ``holidays`` package and stays provisional until an
admin confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

import holidays

from domain.calendars import ANNOUNCED, CONFIRMED_YEARS, DOUBTFUL, DayEntry
from domain.workdays import DayReason, WorkCalendar, parse_office_hours
from dondoc.settings import Settings
from storage.stores.office import OfficeDay

#: Years for which a proposal is made; outside them only weekends are known.
FIRST_YEAR, LAST_YEAR = 2015, 2040


def work_calendar(
    settings: Settings, overrides: Iterable[OfficeDay] = (), confirmed_years: Iterable[int] = ()
) -> WorkCalendar:
    """The calendar of these settings' zone and hours.

    ``overrides`` are the office's own dated entries; ``confirmed_years`` those an admin has approved.
    """
    off: dict[date, DayReason] = {}
    worked: dict[date, DayReason] = {}
    own = [DayEntry(o.day, o.works, o.reason, o.source) for o in overrides]
    for entry in (*_proposal(), *ANNOUNCED, *own):
        keep, drop = (worked, off) if entry.worked else (off, worked)
        keep[entry.day] = entry.reason
        drop.pop(entry.day, None)
    hours = parse_office_hours(settings.office_hours)
    return WorkCalendar(settings.zone, off, worked, hours, CONFIRMED_YEARS | frozenset(confirmed_years))


def _proposal() -> list[DayEntry]:
    years = [y for y in range(FIRST_YEAR, LAST_YEAR + 1) if y not in CONFIRMED_YEARS]
    doubtful = {(entry.day.month, entry.day.day) for entry in DOUBTFUL}
    source = f"holidays {version('holidays')}"
    proposed = holidays.country_holidays("VN", years=years, language="vi")
    entries = [
        DayEntry(day, False, name, source, confirmed=False)
        for day, name in proposed.items()
        if day.year in years and (day.month, day.day) not in doubtful
    ]
    swapped = [d for d in proposed.weekend_workdays if d.year in years]
    return entries + [DayEntry(day, True, "Làm bù", source, confirmed=False) for day in swapped]
