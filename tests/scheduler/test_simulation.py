"""What would be said, without saying it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.plans import Task
from domain.timeframes import TimeFrame, TimeFrameKind
from scheduler.simulation import Told, simulate
from storage.unit_of_work import Database
from tests.scheduler.province import Province, fixed

START, END = date(2026, 1, 5), date(2026, 2, 28)
MONTHLY = TimeFrame("Hằng tháng", TimeFrameKind.RECURRING, recurs="monthly")


@pytest.fixture
def town(database: Database) -> Province:
    return Province.found(database, joined=("an", "head", "office", "admin"))


def settle(town: Province) -> None:
    tasks = [
        Task(
            0, 0, "1", "I", "Báo cáo", fixed(date(2026, 1, 20)), leads=("snv", "stc"), coordinators=("mttq",)
        ),
        Task(0, 0, "2", "I", "Công khai", MONTHLY, leads=("snv",)),
        Task(
            0, 0, "3", "I", "Rà soát", TimeFrame("Khi có hướng dẫn", TimeFrameKind.ON_EVENT), leads=("snv",)
        ),
    ]
    town.add_plan(tasks, town.at(START, 7, 30))


def told(town: Province, first: date = START, last: date = END) -> list[Told]:
    return list(simulate(town.db, town.service, first, last))


def test_it_says_what_the_planner_would_say_when_nobody_answers(town: Province) -> None:
    settle(town)
    foreseen = [(t.day, t.official, town.service.speech("en").text(t.phrase)) for t in told(town) if t.joined]
    really = town.days(START, END)
    assert len(foreseen) > 40
    for day, name, line in foreseen:
        assert line in really[day][name.lower()], (day, name)
    lines = sum(
        text.count("\n- ") + text.count("\n1. ") for texts in really.values() for text in texts.values()
    )
    assert {(day, name.lower()) for day, name, _ in foreseen} == {
        (d, who) for d, texts in really.items() for who in texts
    }
    assert lines <= len(foreseen)


def test_nothing_is_written(town: Province) -> None:
    settle(town)
    with town.db.begin() as uow:
        before = (uow.assignments.all(), uow.outbox.count_by_state(), uow.outbox.said(), uow.heartbeats.all())
    assert told(town)
    with town.db.begin() as uow:
        after = (uow.assignments.all(), uow.outbox.count_by_state(), uow.outbox.said(), uow.heartbeats.all())
    assert after == before


def test_who_has_not_joined_is_shown_with_a_mark_and_once(town: Province) -> None:
    settle(town)
    absent = [t for t in told(town) if t.official == "Binh"]
    assert absent and not any(t.joined or t.channel for t in absent)
    assert len({(t.kind, town.service.speech("en").text(t.phrase)) for t in absent}) == len(absent)
    first = absent[0].as_json(town.service.speech("vi"))
    assert first == {
        "day": "2026-01-05",
        "official": "Binh",
        "channel": "",
        "joined": False,
        "kind": "received",
        "text": "Nhiệm vụ mới: 1 Báo cáo — hạn thứ Ba 20/1/2026, còn 12 ngày làm việc.",
        "why": "đầu mối của Sở Tài chính",
    }


def test_only_working_days_and_only_what_was_not_said_before(town: Province) -> None:
    settle(town)
    everything = told(town)
    assert all(town.service.calendar.is_workday(t.day) for t in everything)
    town.days(START, date(2026, 1, 15))
    rest = told(town, date(2026, 1, 16))
    assert "received" not in {t.kind for t in rest if t.joined}
    assert next(t.day for t in rest if t.kind == "due_soon" and t.official == "An") == date(2026, 1, 19)


def test_a_plan_can_be_tried_out_on_days_gone_by(town: Province) -> None:
    """Confirmed in June, looked at as from January: it counts from its own date."""
    settle(town)
    with town.db.begin() as uow:
        june = town.at(date(2026, 6, 1), 8)
        for a in uow.assignments.all():
            uow.assignments.save(replace(a, assigned_at=june))
    earlier = told(town, START - timedelta(days=30), END)
    assert min(t.day for t in earlier) == START
    assert {t.kind for t in earlier} >= {"received", "due_soon", "overdue", "coordinator"}
