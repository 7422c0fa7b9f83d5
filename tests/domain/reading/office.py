"""How an office's wording is tried: no register, the working days we ship, a letter of 20 January 2025."""

from __future__ import annotations

from datetime import date

from domain.reading.tables.plan_table import Reader
from dondoc.calendars import work_calendar
from dondoc.settings import Settings

ISSUED = date(2025, 1, 20)
CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
READER = Reader(None, CALENDAR, ISSUED, {})
