"""Calendar arithmetic: round trips, the swapped Saturdays, office moments across a holiday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import ANNOUNCED, CONFIRMED_YEARS
from domain.workdays import WorkCalendar, parse_office_hours, why_this_date

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar(
    ZONE,
    {e.day: e.reason for e in ANNOUNCED if not e.worked},
    {e.day: e.reason for e in ANNOUNCED if e.worked},
    confirmed_years=CONFIRMED_YEARS,
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_swapped_saturdays_are_worked(day: date) -> None:
    assert day.weekday() == 5
    assert CALENDAR.is_workday(day)


@pytest.mark.parametrize("day", [date(2024, 4, 29), date(2025, 5, 2), date(2026, 1, 2), date(2026, 8, 31)])
def test_days_off(day: date) -> None:
    assert not CALENDAR.is_workday(day)
    reason = CALENDAR.why_off(day)
    assert reason is not None and reason.source


def test_a_doubtful_day_stays_a_working_day() -> None:
    assert CALENDAR.is_workday(date(2026, 11, 24))
    assert CALENDAR.is_provisional(2027) and not CALENDAR.is_provisional(2026)


@given(DAYS, st.integers(-60, 60))
def test_add_and_count_agree(day: date, n: int) -> None:
    start = CALENDAR.first_workday_on_or_after(day)
    there = CALENDAR.add(start, n)
    assert CALENDAR.add(there, -n) == start
    assert CALENDAR.count(start, there) == n


@given(DAYS, st.booleans())
def test_act_by_is_in_time(due: date, strict: bool) -> None:
    act_by = CALENDAR.act_by(due, strict)
    assert CALENDAR.is_workday(act_by)
    assert act_by < CALENDAR.overdue_from(due, strict)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_next_office_moment_is_allowed(instant: datetime) -> None:
    moment = CALENDAR.next_office_moment(instant)
    assert moment >= instant
    assert CALENDAR.is_office_time(moment)


def test_office_moment_after_national_day() -> None:
    friday_evening = CALENDAR.at(date(2024, 8, 30), time(18, 0))
    assert CALENDAR.next_office_moment(friday_evening) == datetime(2024, 9, 4, 0, 30, tzinfo=UTC)


def test_why_names_the_friday() -> None:
    assert why_this_date(date(2024, 6, 30), True, CALENDAR).args["act_by"] == date(2024, 6, 28)


@pytest.mark.parametrize("text", ["", "8-17", "17:00-07:30", "07:30-11:30,11:00-12:00", "25:00-26:00"])
def test_bad_hours(text: str) -> None:
    with pytest.raises(ValueError):
        parse_office_hours(text)
