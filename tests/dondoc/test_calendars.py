"""The calendar in force: proposal, announcements, the office's own table."""

from __future__ import annotations

from datetime import date

from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage.stores.office import OfficeDay


def test_the_office_has_the_last_word() -> None:
    day = date(2026, 11, 24)
    assert work_calendar(Settings()).is_workday(day)
    own = OfficeDay(day, False, "Nghỉ lễ", "01/TB-UBND")
    changed = work_calendar(Settings(), [own])
    assert not changed.is_workday(day)
    reason = changed.why_off(day)
    assert reason is not None and reason.source == "01/TB-UBND"


def test_a_year_nobody_announced_is_a_proposal() -> None:
    calendar = work_calendar(Settings())
    assert calendar.is_provisional(2027)
    assert not calendar.is_workday(date(2027, 2, 8))
