"""A month's quota: the pace is seen, and what is left is kept for what cannot wait."""

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Priority
from domain.quotas import Quota, Stage
from domain.workdays import DayReason, WorkCalendar


@pytest.mark.parametrize(
    ("used", "on", "forecast", "stage"),
    [
        (0, date(2026, 1, 5), 0, Stage.FREE),
        (1200, date(2026, 1, 15), 2400, Stage.FREE),  # 11 of 22 weekdays
        (1600, date(2026, 1, 15), 3200, Stage.TIGHT),
        (2400, date(2026, 1, 30), 2400, Stage.TIGHT),  # four fifths are used
        (2700, date(2026, 1, 20), 4243, Stage.SAVING),
        (3100, date(2026, 1, 31), 3100, Stage.SAVING),
        (150, date(2026, 1, 1), 1200, Stage.FREE),  # a first day is no pace: judged as of three
    ],
)
def test_a_month(used: int, on: date, forecast: int, stage: Stage) -> None:
    quota = Quota(3000, used, on)
    assert quota.forecast == forecast
    assert quota.stage is stage


def test_a_holiday_is_no_pace_and_has_none() -> None:
    off = {date(2026, 2, day): DayReason("Tết Nguyên đán", "Điều 112") for day in range(16, 21)}
    saturday = {date(2026, 2, 28): DayReason("Làm bù", "thông báo")}
    tet = WorkCalendar(UTC, off, saturday)
    before, after = date(2026, 2, 13), date(2026, 2, 24)  # 10 and 12 of 16 working days
    assert Quota(3000, 1200, before, days=tet).forecast == 1200 + 120 * 6
    assert Quota(3000, 1200, before).forecast == 1200 + 120 * 10
    assert Quota(3000, 1200, after, days=tet).forecast == 1200 + 100 * 4
    # a month of which Tết takes half: its first days alone foresaw that it would not last
    assert Quota(1950, 1200, before).stage is Stage.TIGHT
    assert Quota(1950, 1200, before, days=tet).stage is Stage.FREE


@given(st.integers(1, 10_000), st.integers(0, 12_000), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_answers_and_the_urgent_always_go(most: int, used: int, on: date) -> None:
    quota = Quota(most, used, on)
    assert quota.least >= Priority.URGENT
    assert quota.forecast >= used
    assert quota.elsewhere is None or quota.elsewhere > Priority.URGENT
    if used >= most:
        assert quota.stage is Stage.SAVING
