"""The stores, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel

from domain.assignments import Progress, State, apply_progress
from domain.messages import Message, Priority, text
from domain.officials import Address, Post, Role
from domain.phrases import verbatim
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage import seed
from storage.unit_of_work import Database, UnitOfWork

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)


def hello(words: str = "hello") -> Message:
    return text(verbatim(words))


def person(uow: UnitOfWork, key: str = "a", chat: str = "1") -> Address:
    official = uow.people.save(key, key.upper(), [Post("snv", Role.FOCAL)])
    return uow.people.add_address(official.id, "browser", "web", chat, NOW)


def assignment(uow: UnitOfWork) -> int:
    document = uow.plans.save_document(b"x", "x.txt", "0" * 64, NOW, None)
    head = DocumentHead("1/KH-UBND", date(2024, 6, 20), "UBND", "T")
    plan = uow.plans.add_plan(document, head, Ladder(), NOW)
    frame = TimeFrame("x", TimeFrameKind.FIXED_DATE, date(2024, 6, 28))
    task = uow.plans.add_task(Task(0, plan.id, "1.a", "1", "T", frame, leads=("snv",)))
    row = {"task": task.id, "agency": "snv", "state": State.NOT_STARTED, "assigned_at": NOW}
    assert uow.assignments.add_many([row]) == 1
    assert uow.assignments.add_many([row]) == 0
    return uow.assignments.of_tasks([task.id])[0].id


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert differences == []


def test_the_seed_survives_the_database_and_a_second_import(database: Database) -> None:
    agencies, groups = seed.load_agencies("kontum-2024")
    for _ in range(2):
        with database.begin() as uow:
            uow.agencies.save_agencies(agencies)
            uow.agencies.save_groups(groups)
    with database.begin() as uow:
        register = uow.agencies.register(as_of=date(2024, 6, 20))
    assert list(register.agencies) == agencies
    sizes = {g.code: len(register.members(g)) for g in register.groups}
    assert sizes == {
        "cac-so-ban-nganh": 20,
        "co-quan-chuyen-mon": 19,
        "ubnd-cac-huyen": 10,
        "dia-phuong": 10,
        "ubnd-cac-xa": 102,
    }


def test_instants_come_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    with database.begin() as uow:
        uow.heartbeats.beat("clock", NOW)
    with database.begin() as uow:
        assert uow.heartbeats.all() == {"clock": NOW}
    with pytest.raises((ValueError, StatementError)), database.begin() as uow:
        uow.heartbeats.beat("clock", NOW.replace(tzinfo=None))


def test_an_invitation_works_once_and_before_it_expires(database: Database) -> None:
    with database.begin() as uow:
        official = uow.people.save("a", "A", [Post("snv", Role.FOCAL)])
        code = uow.people.new_invite(official.id, NOW, hours=1)
        old = uow.people.new_invite(official.id, NOW - timedelta(hours=2), hours=1)
    with database.begin() as uow:
        assert uow.people.redeem(old, NOW) is None
        assert uow.people.redeem(code.lower(), NOW, purpose="signin") is None
        assert uow.people.redeem(code.lower(), NOW) == official
        assert uow.people.redeem(code, NOW) is None


def test_an_update_is_handled_once(database: Database) -> None:
    with database.begin() as uow:
        assert uow.inbox.first_time("telegram", "b", "7", "1", NOW)
        assert uow.inbox.first_time("telegram", "b", "7", "1", NOW) is None
        assert uow.inbox.first_time("telegram", "other", "7", "1", NOW)


def test_a_key_is_said_once(database: Database) -> None:
    with database.begin() as uow:
        address = person(uow)
        put = {
            "address": address,
            "priority": Priority.DIGEST,
            "kind": "digest",
            "message": hello(),
            "now": NOW,
        }
        assert uow.outbox.put(key="digest:1", **put) is not None
        assert uow.outbox.put(key="digest:1", **put) is None


def test_claims_are_exclusive_in_order_and_end(database: Database) -> None:
    bots = [("browser", "web")]
    with database.begin() as uow:
        one, two, three = (person(uow, key, key) for key in "abc")
        put = uow.outbox.put
        late = put(key="n", address=one, priority=Priority.NOTICE, kind="n", message=hello(), now=NOW)
        first = put(key="r", address=one, priority=Priority.REPLY, kind="r", message=hello(), now=NOW)
        other = put(key="o", address=two, priority=Priority.NOTICE, kind="n", message=hello(), now=NOW)
        put(
            key="f",
            address=three,
            priority=Priority.REPLY,
            kind="r",
            message=hello(),
            now=NOW,
            not_before=SOON,
        )
    with database.begin() as uow:
        assert [r.id for r in uow.outbox.claim("w1", bots, NOW)] == [first, other]
    with database.begin() as uow:
        assert uow.outbox.claim("w2", bots, NOW) == []
        assert first is not None
        assert uow.outbox.sent(first, NOW, "77", "words")
        assert not uow.outbox.retry(first, SOON, "no"), "an end is final"
    with database.begin() as uow:
        assert [r.id for r in uow.outbox.claim("w2", bots, NOW)] == [late]
        later = NOW + timedelta(minutes=10)
        again = uow.outbox.claim("w3", bots, later)
        assert {r.id for r in again} >= {other}, "a lease that ran out is claimable again"


def test_choices_are_used_once(database: Database) -> None:
    with database.begin() as uow:
        row = uow.outbox.put(
            key="q", address=person(uow), priority=Priority.REPLY, kind="q", message=hello(), now=NOW
        )
        assert row is not None
        assert uow.outbox.close(row)
        assert not uow.outbox.close(row)


def test_a_report_is_logged_and_can_be_undone(database: Database) -> None:
    with database.begin() as uow:
        who = person(uow).official
        before = uow.assignments.get(assignment(uow))
        progress = Progress(State.IN_PROGRESS, 80, "xong 80%", NOW, date(2024, 6, 25), ("Sở Tài chính",))
        report = uow.assignments.log(before, apply_progress(before, progress), who, progress)
    with database.begin() as uow:
        after = uow.assignments.get(before.id)
        assert (after.state, after.percent, after.waits_for) == (State.IN_PROGRESS, 80, "Sở Tài chính")
        assert uow.assignments.undo(report, SOON) == before
        assert uow.assignments.undo(report, SOON) is None
    with database.begin() as uow:
        assert uow.assignments.get(before.id) == before
        assert [r.undone for r in uow.assignments.history(before.id)] == [True]


def test_undoing_does_not_lose_a_later_word(database: Database) -> None:
    with database.begin() as uow:
        who = person(uow).official
        state = uow.assignments.get(assignment(uow))
        reports = []
        for percent in (40, 60):
            progress = Progress(None, percent, "", NOW, date(2024, 6, 25))
            changed = apply_progress(state, progress)
            reports.append(uow.assignments.log(state, changed, who, progress))
            state = changed
        assert uow.assignments.undo(reports[0], SOON) is None
        assert uow.assignments.get(state.id).percent == 60


def test_an_answer_is_awaited_since_the_first_reminder(database: Database) -> None:
    with database.begin() as uow:
        key = assignment(uow)
        uow.assignments.mark_reminded([key], NOW)
        uow.assignments.mark_reminded([key], SOON)
        assert uow.assignments.get(key) == replace(uow.assignments.get(key), unanswered_since=NOW)
