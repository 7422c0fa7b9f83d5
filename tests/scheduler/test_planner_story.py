"""From 5 January to 28 February 2026, day by day: New Year's swap, Tết, downtime, answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.assignments import State
from domain.officials import Post, Role
from domain.plans import Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage.unit_of_work import Database
from tests.scheduler.province import Province, fixed

START, END = date(2026, 1, 5), date(2026, 2, 28)
#: the first Saturday is worked in exchange for Friday 2 January; 16–20 February is Tết
SATURDAY, TET = date(2026, 1, 10), {date(2026, 2, d) for d in range(16, 21)}


def report(day: date, number: str = "1a", *, strict: bool = False, leads: tuple[str, ...] = ("snv",)) -> Task:
    return Task(0, 0, number, "I", "Báo cáo cải cách hành chính", fixed(day, strict=strict), leads=leads)


@pytest.fixture
def town(database: Database) -> Province:
    return Province.found(database)


def days_of(said: dict[date, dict[str, str]], who: str, words: str) -> list[date]:
    """On which days somebody read these words."""
    return [day for day, texts in said.items() if words in texts.get(who, "")]


def test_every_step_comes_on_its_day_once_and_never_on_a_day_off(town: Province) -> None:
    town.add_plan(
        [report(date(2026, 1, 20)), report(date(2026, 2, 18), "2", strict=True)], town.at(START, 7, 30)
    )
    said = town.days(START, END)
    first, second = "1a Báo cáo", "2 Báo cáo"
    before = [d for d in days_of(said, "an", f"{first} cải cách hành chính — due") if d <= date(2026, 1, 20)]
    assert before == [date(2026, 1, d) for d in (5, 7, 13, 15, 19, 20)]
    assert days_of(said, "an", "1a Báo cáo cải cách hành chính — due Tuesday 20 Jan 2026, overdue") == [
        date(2026, 1, 21),
        date(2026, 1, 26),
        date(2026, 1, 29),
        date(2026, 2, 3),
        date(2026, 2, 10),
        date(2026, 2, 23),
        date(2026, 2, 24),
    ]
    # 30 working days lie between 5 January and Friday 13 February: told, asked about the silence, the ladder
    assert [d for d in days_of(said, "an", second) if d < date(2026, 2, 16)] == [
        START,
        date(2026, 1, 16),
        date(2026, 1, 31) - timedelta(days=1),
        date(2026, 2, 6),
        date(2026, 2, 10),
        date(2026, 2, 12),
        date(2026, 2, 13),
    ]
    # "before 18 February": overdue begins inside Tết, so it is said on the first day after it
    assert days_of(said, "an", "2 Báo cáo cải cách hành chính — due Wednesday 18 Feb 2026, overdue")[
        0
    ] == date(2026, 2, 23)
    assert all(town.service.calendar.is_workday(day) for day in said)
    assert not TET & said.keys()
    assert not [row for row in town.rows() if row.late]


def test_the_swapped_saturday_is_a_morning_like_any_other(town: Province) -> None:
    town.add_plan([report(SATURDAY)], town.at(START, 7, 30))
    said = town.days(START, date(2026, 1, 12))
    assert "today is the last working day" in said[SATURDAY]["an"]
    assert date(2026, 1, 11) not in said
    assert "overdue by 1 working days" in said[date(2026, 1, 12)]["an"]


def test_heads_and_monitors_hear_when_nobody_answers(town: Province) -> None:
    town.add_plan([report(date(2026, 1, 20), leads=("snv", "stc"))], town.at(START, 7, 30))
    said = town.days(START, date(2026, 1, 15))
    unanswered = "has not answered since 5 Jan 2026"
    assert days_of(said, "head", unanswered) == [date(2026, 1, 7)]
    assert days_of(said, "office", "not answered since 5 Jan 2026: Sở Nội vụ, Sở Tài chính") == [
        date(2026, 1, 9)
    ]
    assert days_of(said, "office", "0 of 2 agencies done") == [date(2026, 1, 13)]  # within five working days
    assert not [texts for texts in said.values() if "admin" in texts]


def test_an_answer_stops_the_waiting_and_done_stops_everything(town: Province) -> None:
    town.add_plan([report(date(2026, 1, 20))], town.at(START, 7, 30))
    town.days(START, date(2026, 1, 6))
    town.answer(1, State.IN_PROGRESS, town.at(date(2026, 1, 6), 9), 40)
    said = town.days(date(2026, 1, 7), date(2026, 1, 8))
    assert "(in progress, 40%)" in said[date(2026, 1, 7)]["an"]
    assert not [texts for texts in said.values() if "head" in texts]
    # asked again on the 7th: a new stretch of waiting begins
    assert "since 7 Jan 2026" in town.days(date(2026, 1, 9), date(2026, 1, 9))[date(2026, 1, 9)]["head"]
    town.answer(1, State.DONE, town.at(date(2026, 1, 9), 10))
    assert town.days(date(2026, 1, 10), END) == {}


def test_three_days_down_make_one_merged_message_marked_late(town: Province) -> None:
    tasks = [report(date(2026, 1, 20)), report(date(2026, 1, 21), "2"), report(date(2026, 1, 30), "3")]
    town.add_plan(tasks, town.at(START, 7, 30))
    town.days(START, date(2026, 1, 12))
    # 13, 14 and 15 January nothing runs: on the 13th and 14th steps "5" were due, on the 15th a "3" and a "10"
    back = town.at(date(2026, 1, 16), 8, 20)
    planned = town.plan(back)
    assert (planned.messages, planned.late) == (2, 1)  # what the monitor hears is of today
    rows = town.send(back)
    [mine] = [row for row in rows if row.chat == "an"]
    assert mine.late
    assert mine.message.numbered == (1, 2, 3)
    with town.db.begin() as uow:
        keys = uow.outbox.said()
    assert {f"due_soon:1:{n}:v1:1" for n in (10, 5, 3)} <= keys
    assert town.plan(back + timedelta(hours=1)).messages == 0
    following = town.days(date(2026, 1, 19), date(2026, 1, 19))[date(2026, 1, 19)]
    assert "1a Báo cáo" in following["an"] and "3 Báo cáo" not in following["an"]
    assert not [row for row in town.rows() if row.late and row.created > back]


def test_downtime_over_the_deadline_says_only_what_is_still_so(town: Province) -> None:
    town.add_plan([report(date(2026, 1, 20))], town.at(START, 7, 30))
    town.days(START, date(2026, 1, 15))
    back = town.at(date(2026, 1, 22))
    town.plan(back)
    [mine] = [row for row in town.send(back) if row.chat == "an"]
    assert mine.late and "overdue by 2 working days" in town.text(mine.message)
    assert mine.message.assignment == 1


def test_what_changed_before_sending_is_not_said(town: Province) -> None:
    town.add_plan([report(date(2026, 1, 20)), report(date(2026, 1, 20), "2")], town.at(START, 7, 30))
    town.plan(town.at(START))
    town.answer(2, State.DONE, town.at(START, 7, 46))
    [mine] = [row for row in town.send(town.at(START, 7, 47)) if row.chat == "an"]
    assert "2 Báo cáo" not in town.text(mine.message)
    assert mine.message.assignment == 1
    with town.db.begin() as uow:
        assert uow.assignments.get(1).unanswered_since is not None
        assert uow.assignments.get(2).unanswered_since is None


def test_recurring_duties_open_and_are_reminded_of_by_themselves(town: Province) -> None:
    when = TimeFrame(
        "Trước ngày 20 hằng tháng", TimeFrameKind.RECURRING, strict=True, recurs="monthly", recurs_on=("20",)
    )
    town.add_plan(
        [Task(0, 0, "4", "I", "Công khai danh sách", when, leads=("snv", "stc"))], town.at(START, 7, 30)
    )
    said = town.days(START, END)
    with town.db.begin() as uow:
        rows = uow.assignments.all()
    assert sorted((a.agency, a.occurrence) for a in rows) == [
        (agency, day) for agency in ("snv", "stc") for day in ("2026-01-20", "2026-02-20")
    ]
    assert days_of(said, "binh", "New task: 4 Công khai danh sách") == [START]
    assert days_of(said, "binh", "4 Công khai danh sách — due Monday 19 Jan 2026") == [
        START,
        date(2026, 1, 14),
        date(2026, 1, 16),
        date(2026, 1, 19),
    ]
    assert days_of(said, "binh", "4 Công khai danh sách — due Friday 13 Feb 2026") == [
        date(2026, 2, 10),
        date(2026, 2, 12),
        date(2026, 2, 13),
    ]


def test_who_joins_late_gets_what_still_concerns_them(database: Database) -> None:
    town = Province.found(database, joined=("admin",))
    town.add_plan([report(date(2026, 1, 20))], town.at(START, 7, 30))
    said = town.days(START, date(2026, 1, 14))
    assert {who for texts in said.values() for who in texts} == {"admin"}
    missing = days_of(said, "admin", "Nobody can be reached yet at: Sở Nội vụ")
    assert missing == [START, date(2026, 1, 12)]
    assert town.plan(town.at(date(2026, 1, 14), 8)).skipped == {}  # nothing new: the picture is not even read
    town.join("an", town.at(date(2026, 1, 14), 9))
    planned = town.plan(town.at(date(2026, 1, 14), 9, 1))
    assert planned.messages == 1
    [row] = town.send(town.at(date(2026, 1, 14), 9, 2))
    assert row.message.assignment == 1 and not row.late
    assert "New task" in town.text(row.message)
    assert "an" in town.days(date(2026, 1, 15), date(2026, 1, 15))[date(2026, 1, 15)]


def test_a_person_who_left_is_told_nothing(town: Province) -> None:
    with town.db.begin() as uow:
        uow.people.save("an", "An", [Post("snv", Role.FOCAL)], active=False)
    town.add_plan([report(date(2026, 1, 20))], town.at(START, 7, 30))
    said = town.days(START, date(2026, 1, 21))
    assert not [texts for texts in said.values() if "an" in texts]
    assert "New task" in said[START]["head"]  # the head answers while there is no focal person
