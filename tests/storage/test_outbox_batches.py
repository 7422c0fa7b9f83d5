"""Many messages at once, several workers, and changes that must not be lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.assignments import State
from domain.messages import Priority, text
from domain.officials import Address, Post, Role
from domain.phrases import verbatim
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage.stores.outbox import OutboxRow, ToSay
from storage.unit_of_work import Database, UnitOfWork

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
BOTS = [("browser", "web")]


def person(uow: UnitOfWork, key: str) -> Address:
    official = uow.people.save(key, key.upper(), [Post("snv", Role.FOCAL)])
    return uow.people.add_address(official.id, "browser", "web", key, NOW)


def item(key: str, address: Address) -> ToSay:
    return ToSay(key, address, Priority.NOTICE, "n", text(verbatim(key)))


def test_a_batch_keeps_new_keys_only(database: Database) -> None:
    with database.begin() as uow:
        address = person(uow, "a")
        first = uow.outbox.put_many([item("1", address), item("2", address)], NOW)
        again = uow.outbox.put_many([item("2", address), item("3", address)], NOW)
        assert set(first) == {"1", "2"}
        assert set(again) == {"3"}
        row = uow.outbox.get(again["3"])
        assert row is not None
        assert row.message == text(verbatim("3"))
        assert uow.outbox.put_many([], NOW) == {}


def test_workers_share_out_rows_and_never_meet_in_one_chat(database: Database) -> None:
    with database.begin() as uow:
        people = [person(uow, f"p{n}") for n in range(12)]
        uow.outbox.put_many([item(f"{a.chat}:{n}", a) for n in range(3) for a in people], NOW)

    def claim(worker: int) -> list[OutboxRow]:
        with database.begin() as uow:
            return uow.outbox.claim(f"w{worker}", BOTS, NOW, limit=4)

    with ThreadPoolExecutor(6) as pool:
        claimed = [row for rows in pool.map(claim, range(6)) for row in rows]
    assert sorted(row.chat for row in claimed) == sorted(a.chat for a in people)
    assert {row.key.split(":")[1] for row in claimed} == {"0"}, "the first of each chat"
    assert {row.attempts for row in claimed} == {1}


def test_a_busy_chat_with_a_long_queue_does_not_stop_others(database: Database) -> None:
    with database.begin() as uow:
        crowded, other = person(uow, "a"), person(uow, "b")
        uow.outbox.put_many([item(f"a{n}", crowded) for n in range(50)], NOW)
        uow.outbox.put_many([item("b", other)], NOW)
        assert [r.key for r in uow.outbox.claim("w", BOTS, NOW, limit=2)] == ["a0", "b"]
        assert uow.outbox.claim("w", BOTS, NOW, limit=2) == []
        assert uow.outbox.claim("w", [], NOW) == []


def test_a_change_of_an_object_survives_a_statement_after_it(database: Database) -> None:
    with database.begin() as uow:
        address = person(uow, "a")
        row = uow.outbox.put_many([item("1", address)], NOW)["1"]
    with database.begin() as uow:
        uow.people.set_locale(address.official, "en")
        uow.people.switch_off(address.id, "blocked", NOW)
        assert uow.outbox.dead(row, "blocked")
    with database.begin() as uow:
        assert uow.people.joined() == set()
        assert uow.people.get(address.official).locale == "en"


def test_rows_of_one_batch_may_name_different_columns(database: Database) -> None:
    with database.begin() as uow:
        document = uow.plans.save_document(b"x", "x.txt", "0" * 64, NOW, None)
        head = DocumentHead("1/KH-UBND", date(2024, 6, 20), "UBND", "T")
        plan = uow.plans.add_plan(document, head, Ladder(), NOW)
        frame = TimeFrame("x", TimeFrameKind.FIXED_DATE, date(2024, 6, 28))
        task = uow.plans.add_task(Task(0, plan.id, "1", "1", "T", frame, leads=("snv", "stc")))
        plain = {"task": task.id, "agency": "snv", "state": State.NOT_STARTED, "assigned_at": NOW}
        dated = plain | {"agency": "stc", "due_on": date(2024, 6, 28)}
        assert uow.assignments.add_many([plain, dated]) == 2
        assert [a.due_on for a in uow.assignments.of_tasks([task.id])] == [None, date(2024, 6, 28)]


def test_said_keys_and_assignments_may_be_asked_for_by_the_thousand(database: Database) -> None:
    keys = [f"k{n}" for n in range(40_000)]
    with database.begin() as uow:
        uow.outbox.note_said([(key, "planned", "", None) for key in keys[:5]], NOW)
        assert uow.outbox.said(keys) == set(keys[:5])
        assert uow.assignments.many(range(40_000)) == {}


def test_a_loop_beats_again_and_a_follow_up_counts_once_a_day(database: Database) -> None:
    later = NOW + timedelta(minutes=1)
    with database.begin() as uow:
        uow.heartbeats.beat("clock", NOW)
        uow.heartbeats.beat("clock", later)
        assert uow.heartbeats.all() == {"clock": later}
        today = NOW.date()
        assert uow.nudges.nudge(1, "snv", 1, today)
        assert not uow.nudges.nudge(1, "snv", 2, today)
        assert uow.nudges.nudge(1, "snv", 2, today + timedelta(days=1))


def test_a_batch_is_marked_sent_and_an_end_stays_an_end(database: Database) -> None:
    with database.begin() as uow:
        a, b = person(uow, "a"), person(uow, "b")
        ids = uow.outbox.put_many([item("1", a), item("2", b)], NOW)
        assert uow.outbox.supersede(ids["2"], "overtaken")
        uow.outbox.claim("w", BOTS, NOW)
        uow.outbox.sent_many([(ids["1"], "77", "one"), (ids["2"], "78", "two")], NOW)
    with database.begin() as uow:
        one, two = uow.outbox.get(ids["1"]), uow.outbox.get(ids["2"])
        assert one is not None
        assert two is not None
        assert (one.state, one.external_id, one.final_text, one.sent_at) == ("sent", "77", "one", NOW)
        assert (two.state, two.reason, two.sent_at) == ("superseded", "overtaken", None)


def test_chats_have_their_turns_also_behind_a_crowd(database: Database) -> None:
    """Who was served longest ago comes first, who never was before all; urgency comes before turns."""
    with database.begin() as uow:
        for name in "abcd":
            address = person(uow, name)
            uow.outbox.put_many([item(f"{name}{n}", address) for n in range(100)], NOW)
        late = person(uow, "e")
        uow.outbox.put_many([replace(item("e", late), priority=Priority.URGENT)], NOW)
    served = {"a": 5.0, "b": 3.0, "c": 4.0, "e": 9.0}
    with database.begin() as uow:
        rows = uow.outbox.claim("w", BOTS, NOW, limit=4, lately=served)
        assert [row.key for row in rows] == ["e", "d0", "b0", "c0"]
        rows = uow.outbox.claim("w", BOTS, NOW, limit=4, lately=served)
        assert [row.key for row in rows] == ["a0"], "the others' first are under way"


def test_a_chat_may_be_called_anything_in_the_list_of_those_left_out(database: Database) -> None:
    with database.begin() as uow:
        odd, plain = person(uow, "a\"'],{"), person(uow, "b")
        uow.outbox.put_many([item("1", odd), item("2", plain)], NOW)
        assert [r.key for r in uow.outbox.claim("w", BOTS, NOW, avoid=[odd.chat])] == ["2"]
        assert [r.key for r in uow.outbox.claim("w", BOTS, NOW)] == ["1"]
