"""The picture of a moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import event

from domain.agencies import Agency, Kind, Level
from domain.assignments import State
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar
from storage.stores.situation import read_situation
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 18, 0, tzinfo=UTC)  # past midnight in the province


def fill(database: Database, tasks: int) -> None:
    with database.begin() as uow:
        uow.agencies.save_agencies([Agency("snv", "Sở Nội vụ", Level.PROVINCE, Kind.DEPARTMENT)])
        person = uow.people.save("a", "A", [Post("snv", Role.FOCAL), Post("snv", Role.HEAD)])
        uow.people.save("gone", "G", [Post("snv", Role.FOCAL)], active=False)
        uow.people.add_address(person.id, "browser", "web", "1", NOW)
        document = uow.plans.save_document(b"x", "x.txt", "0" * 64, NOW, None)
        head = DocumentHead("1/KH-UBND", date(2024, 6, 20), "UBND", "T")
        plan = uow.plans.add_plan(document, head, Ladder(), NOW)
        frame = TimeFrame("x", TimeFrameKind.FIXED_DATE, date(2024, 6, 28))
        for number in range(tasks):
            task = uow.plans.add_task(Task(0, plan.id, str(number), "1", "T", frame, leads=("snv",)))
            uow.assignments.add_many(
                [
                    {"task": task.id, "agency": "snv", "state": State.NOT_STARTED, "assigned_at": NOW},
                    {"task": task.id, "agency": "stc", "state": State.DONE, "assigned_at": NOW},
                ]
            )


def test_the_picture_holds_what_rules_need_in_few_queries(database: Database) -> None:
    fill(database, 40)
    statements: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _k, sql, *_rest: statements.append(str(sql))
    )
    with database.begin() as uow:
        seen = read_situation(uow, NOW, WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh")))
    assert len([s for s in statements if s.lstrip().upper().startswith("SELECT")]) == 12
    assert seen.today == date(2024, 6, 26)
    assert {a.agency for a in seen.assignments} == {"snv"}
    assert len(seen.assignments) == len(seen.tasks) == 40
    assert [p.key for p in seen.by_agency["snv"]] == ["a"]
    assert seen.joined == frozenset(seen.officials)
    assert seen.done == {(task, ""): 1 for task in seen.tasks}
    assert seen.confirmed == {1: date(2024, 6, 26)}
    assert seen.opened == {}
    assert seen.left == frozenset()


def test_of_recurring_tasks_it_knows_what_was_opened_and_who_left(database: Database) -> None:
    fill(database, 1)
    frame = TimeFrame("Hằng tháng", TimeFrameKind.RECURRING, recurs="monthly")
    with database.begin() as uow:
        task = uow.plans.add_task(Task(0, 1, "9", "1", "T", frame, leads=("snv", "stc")))
        uow.assignments.add_many(
            [
                {"task": task.id, "agency": a, "occurrence": day, "state": state, "assigned_at": NOW}
                for a, day, state in (
                    ("snv", "2024-07-31", State.DONE),
                    ("snv", "2024-08-31", State.IN_PROGRESS),
                    ("stc", "2024-07-31", State.RELEASED),
                )
            ]
        )
    with database.begin() as uow:
        seen = read_situation(uow, NOW, WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh")))
    assert seen.opened == {task.id: {"2024-07-31", "2024-08-31"}}
    assert seen.left == {(task.id, "stc")}
    assert seen.done[task.id, "2024-07-31"] == 1
    assert [a.occurrence for a in seen.by_task[task.id]] == ["2024-08-31"]


def test_after_closing_it_is_the_next_working_day_that_counts(database: Database) -> None:
    fill(database, 1)
    friday_evening = datetime(2024, 6, 28, 11, 0, tzinfo=UTC)
    with database.begin() as uow:
        seen = read_situation(uow, friday_evening, WorkCalendar(ZoneInfo("Asia/Ho_Chi_Minh")))
    assert seen.today == date(2024, 7, 1)
