"""When messages go out, to which address, and that nothing is ever doubled."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.assignments import State, move_deadline
from domain.messages import Priority
from domain.plans import Task
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.scheduler.province import Province, fixed, province_service

MONDAY = date(2026, 1, 5)


@pytest.fixture
def town(database: Database) -> Province:
    return Province.found(database)


def work(day: date, number: str = "1", leads: tuple[str, ...] = ("snv",)) -> Task:
    return Task(0, 0, number, "I", "Việc", fixed(day), leads=leads)


def clock(town: Province, instant: datetime) -> str:
    return f"{instant.astimezone(town.service.zone):%a %H:%M}"


def test_new_work_is_told_at_the_next_office_moment_and_not_again_in_the_morning(town: Province) -> None:
    town.plan(town.at(MONDAY))
    town.add_plan([work(date(2026, 3, 2))], town.at(MONDAY, 9))
    assert town.plan(town.at(MONDAY, 9, 1)).messages == 1
    [row] = town.rows()
    assert (row.kind, clock(town, row.not_before), row.priority) == (
        "reminder",
        "Mon 09:01",
        Priority.REMINDER,
    )
    assert town.plan(town.at(MONDAY + timedelta(days=1))).messages == 0


@pytest.mark.parametrize(
    ("hour", "minute", "goes"),
    [(6, 0, "Mon 07:30"), (11, 45, "Mon 13:30"), (17, 30, "Tue 07:30"), (22, 0, "Tue 07:30")],
)
def test_nothing_goes_out_when_offices_are_closed(town: Province, hour: int, minute: int, goes: str) -> None:
    town.add_plan([work(date(2026, 3, 2))], town.at(MONDAY, hour, minute))
    town.plan(town.at(MONDAY, hour, minute))
    assert {clock(town, row.not_before) for row in town.rows()} == {goes}


def test_what_is_planned_in_the_evening_counts_the_days_of_the_morning_it_is_read(town: Province) -> None:
    friday = date(2026, 1, 16)
    town.add_plan([work(date(2026, 1, 20))], town.at(friday, 18))
    town.plan(town.at(friday, 18))
    [row] = town.rows()
    assert "1 working days left" in town.text(row.message)
    assert town.plan(town.at(date(2026, 1, 19))).late == 0


def test_a_digest_waits_for_the_persons_own_hour(town: Province) -> None:
    town.add_plan([work(date(2026, 1, 20), leads=("snv", "stc"))], town.at(MONDAY, 7, 40))
    with town.db.begin() as uow:
        set_hour(uow, "an", "14:30")
    assert {r.chat for r in town_rows_after(town, town.at(MONDAY, 7, 41))} == {"an", "binh"}  # prompt
    day = date(2026, 1, 7)
    assert {r.chat for r in town_rows_after(town, town.at(day))} == {"binh"}
    [late] = [r for r in town_rows_after(town, town.at(day, 14, 30)) if r.kind == "digest"]
    assert late.chat == "an" and not late.late


def set_hour(uow: object, key: str, hour: str) -> None:
    from storage.tables.registers import OfficialRow

    person = uow.people.by_key(key)  # type: ignore[attr-defined]
    uow.session.get_one(OfficialRow, person.id).digest_at = hour  # type: ignore[attr-defined]


def town_rows_after(town: Province, at: datetime) -> list:  # type: ignore[type-arg]
    before = len(town.rows())
    town.plan(at)
    return town.rows()[before:]


def test_one_digest_a_morning_and_what_comes_later_waits_unless_it_is_prompt(town: Province) -> None:
    town.add_plan([work(date(2026, 1, 20))], town.at(MONDAY, 7, 30))
    town.morning(MONDAY)
    with town.db.begin() as uow:
        a = uow.assignments.get(1)
        day = date(2026, 1, 6)
        uow.assignments.save(move_deadline(a, day, day, date(2026, 1, 7)))
    town.add_plan([work(date(2026, 3, 2), "2")], town.at(MONDAY, 9), number="2/KH-UBND")
    [row] = town_rows_after(town, town.at(MONDAY, 9, 1))
    assert row.kind == "reminder" and "due Tuesday 6 Jan" not in town.text(row.message)
    town.send(town.at(MONDAY, 9, 2))
    texts = town.morning(date(2026, 1, 6))
    assert "due Tuesday 6 Jan 2026, today is the last working day" in texts["an"]


def test_a_snooze_until_the_afternoon_comes_back_that_afternoon(town: Province) -> None:
    town.add_plan([work(date(2026, 1, 20))], town.at(MONDAY, 7, 30))
    town.morning(MONDAY)
    with town.db.begin() as uow:
        a = uow.assignments.get(1)
        uow.assignments.save(replace(a, snoozed_until=town.at(MONDAY, 14), unanswered_since=None))
    assert town_rows_after(town, town.at(MONDAY, 13, 59)) == []
    [row] = town_rows_after(town, town.at(MONDAY, 14))
    assert "As you asked, once more" in town.text(row.message)
    assert town_rows_after(town, town.at(MONDAY, 14, 1)) == []


def test_the_messenger_a_person_prefers_is_used(town: Province) -> None:
    with town.db.begin() as uow:
        person = uow.people.by_key("an")
        assert person is not None
        uow.people.add_address(person.id, "telegram", "b1", "77", town.at(MONDAY, 7))
        uow.people.add_address(person.id, "zalo", "elsewhere", "88", town.at(MONDAY, 7))
    town.add_plan([work(date(2026, 1, 20))], town.at(MONDAY, 7, 30))
    town.plan(town.at(MONDAY))
    assert [(r.channel, r.chat) for r in town.rows()] == [("telegram", "77")]


def test_what_is_overdue_goes_before_other_digests(town: Province) -> None:
    town.add_plan([work(date(2026, 1, 20)), work(date(2026, 1, 23), "2", ("stc",))], town.at(MONDAY, 7, 30))
    town.days(MONDAY, date(2026, 1, 20))
    rows = town_rows_after(town, town.at(date(2026, 1, 22)))
    assert {r.chat: r.priority for r in rows if r.chat in ("binh",)} == {"binh": Priority.DIGEST}
    town.plan(town.at(date(2026, 1, 23)))
    assert [r.priority for r in town.rows() if r.chat == "an" and "overdue" in town.text(r.message)] == [
        Priority.REMINDER
    ]


def test_two_planners_at_once_double_nothing(town: Province) -> None:
    town.add_plan([work(date(2026, 1, 20), leads=("snv", "stc", "mttq"))], town.at(MONDAY, 7, 30))
    planned = []

    def run(minute: int) -> None:
        planned.append(town.plan(town.at(MONDAY, 7, minute)))

    threads = [threading.Thread(target=run, args=(minute,)) for minute in (45, 45, 46, 47)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(planned) == 4
    assert sum(p.messages for p in planned) == len(town.rows()) == 3


def test_statements_do_not_grow_with_the_work(sqlite_database: Database) -> None:
    from sqlalchemy import event

    town = Province.found(sqlite_database)
    counts = []
    for n, size in enumerate((3, 150)):
        at = town.at(MONDAY + timedelta(days=n), 7, 30)
        tasks = [work(date(2026, 1, 14), f"{n}.{i}", ("snv", "stc")) for i in range(size)]
        town.add_plan(tasks, at, number=f"{n}/KH")
        statements: list[str] = []
        event.listen(sqlite_database.engine, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
        town.plan(at + timedelta(minutes=15))
        counts.append(len(statements))
    assert counts[1] - counts[0] <= 3  # lists of keys are sent in lists of 900


# --- properties


def beginning(folder: Path) -> Path:
    """A database file with a settled province, to be copied for each example."""
    engine = make_engine(f"sqlite:///{folder / 'begin.db'}")
    upgrade(engine)
    Province.found(Database(engine), joined=("an", "head", "office", "admin"))
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return folder / "begin.db"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return beginning(tmp_path_factory.mktemp("province"))


steps = st.lists(
    st.tuples(
        st.sampled_from(["tick", "tick", "answer", "done", "move", "snooze", "plan"]), st.integers(1, 60)
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_whatever_happens_nothing_is_doubled_nor_said_after_done_nor_out_of_hours(
    begun: Path, story: list[tuple[str, int]]
) -> None:
    folder = tempfile.TemporaryDirectory()
    copy = shutil.copy(begun, folder.name)
    db = Database(make_engine(f"sqlite:///{copy}"))
    town = Province(db, province_service(db))
    now = town.at(MONDAY, 7, 30)
    town.add_plan([work(date(2026, 1, 20), "1", ("snv", "stc")), work(date(2026, 2, 3), "2")], now)
    done_at: dict[int, datetime] = {}
    for n, (what, hours) in enumerate(story):
        now += timedelta(hours=hours)
        _happen(town, what, now, n, done_at)
        town.plan(now)
        assert town.plan(now).messages == 0
        town.send(now)
    rows = town.rows()
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        assert town.service.calendar.is_office_time(row.not_before)
        if row.state == "sent":
            spoken = [a for a in done_at if f"{a}a " in row.final_text]
            assert all(
                row.sent_at is not None and row.sent_at <= done_at[a] for a in spoken if row.chat == "an"
            )
    town.db.engine.dispose()
    folder.cleanup()


def _happen(town: Province, what: str, now: datetime, n: int, done_at: dict[int, datetime]) -> None:
    with town.db.begin() as uow:
        a = uow.assignments.get(1)
    if what == "done" and a.state is not State.DONE:
        town.answer(1, State.DONE, now)
        done_at[1] = now
    elif what == "answer" and a.state is not State.DONE:
        town.answer(1, State.IN_PROGRESS, now, 10 * n)
    elif what in ("move", "snooze") and a.state is not State.DONE:
        day = town.service.calendar.add(town.service.calendar.local_date(now), 4)
        moved = move_deadline(a, day, day, day + timedelta(days=1))
        later = replace(a, snoozed_until=now + timedelta(hours=30), unanswered_since=None)
        with town.db.begin() as uow:
            uow.assignments.save(moved if what == "move" else later)
    elif what == "plan":
        town.add_plan([work(date(2026, 2, 10), f"{n + 3}")], now, number=f"{n}/QĐ-UBND")
