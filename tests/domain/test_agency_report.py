"""The agency's report: how a deadline is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.agencies import Agency, Kind, Level, Register
from domain.assignments import Assignment, State
from domain.plans import Plan, Task
from domain.reading.timeframes import read_timeframe
from domain.reports.agency import agency_report
from locales.speech import speech_for
from tests.plan_generator.test_measured import CALENDAR

HOME = Agency("snv", "Sở Nội vụ", Level.PROVINCE, Kind.DEPARTMENT)
PLAN = Plan(1, "1/KH-UBND", "Kế hoạch", "UBND tỉnh", date(2025, 1, 6))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Năm 2025", "Năm 2025 (đến 31/12/2025)"),
        ("Quý II - Quý III", "Quý II - Quý III (đến 30/9/2025)"),
        ("từ ngày 10/9 đến ngày 05/10", "từ ngày 10/9 đến ngày 05/10"),
        ("trước ngày 30/6", "trước ngày 30/6"),
    ],
)
def test_the_last_day_is_said_where_the_plan_does_not_name_it(words: str, written: str) -> None:
    frame = read_timeframe(words, issued_on=PLAN.issued_on, calendar=CALENDAR)
    task = Task(1, PLAN.id, "1", "", "Rà soát quy chế", frame, leads=("snv",))
    since = datetime(2025, 1, 6, 2, tzinfo=UTC)
    own = Assignment(1, task.id, "snv", State.NOT_STARTED, since, frame.due_on, frame.strict, frame.act_by)
    report = agency_report(
        PLAN, HOME, Register((HOME,)), [task], [own], [], today=date(2025, 2, 3), calendar=CALENDAR
    )
    assert speech_for("vi", CALENDAR.zone).text(report.rows[0].deadline) == written
