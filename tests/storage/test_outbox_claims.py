"""Who may take what of the outbox: an answer passes what waits, a bot has one owner, what is broken stops nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text as sql

from domain.messages import Priority, text
from domain.officials import Address, Post, Role
from domain.phrases import verbatim
from storage.stores.outbox import ToSay
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
BOT = ("telegram", "1")


def person(database: Database, key: str) -> Address:
    with database.begin() as uow:
        official = uow.people.save(key, key.upper(), [Post("snv", Role.FOCAL)])
        return uow.people.add_address(official.id, *BOT, key, NOW)


def item(key: str, address: Address, priority: Priority = Priority.REMINDER) -> ToSay:
    return ToSay(key, address, priority, "n", text(verbatim(key)))


def test_an_answer_passes_a_reminder_that_is_tried_again_but_reminders_keep_their_order(
    database: Database,
) -> None:
    someone = person(database, "a")
    with database.begin() as uow:
        ids = uow.outbox.put_many([item("first", someone), item("second", someone)], NOW)
        assert [r.key for r in uow.outbox.claim("w", [BOT], NOW)] == ["first"]
        assert uow.outbox.retry(ids["first"], NOW + timedelta(minutes=5), "network", by="w")
        assert uow.outbox.claim("w", [BOT], NOW) == []
        uow.outbox.put_many([item("answer", someone, Priority.REPLY)], NOW)
        answers = uow.outbox.claim("w", [BOT], NOW)
        assert [r.key for r in answers] == ["answer"]
        assert uow.outbox.sent(answers[0].id, NOW, "1", "words")
    with database.begin() as uow:
        later_on = NOW + timedelta(minutes=6)
        uow.outbox.sent_many([(r.id, "", "") for r in uow.outbox.claim("w", [BOT], later_on)], later_on)
        rows = {key: uow.outbox.get(row) for key, row in ids.items()}
        assert {key: row.state for key, row in rows.items() if row} == {"first": "sent", "second": "queued"}


def test_an_answer_passes_a_reminder_whose_call_hangs(database: Database) -> None:
    someone = person(database, "a")
    with database.begin() as uow:
        uow.outbox.put_many([item("reminder", someone)], NOW)
        assert [r.key for r in uow.outbox.claim("w", [BOT], NOW)] == ["reminder"]
        uow.outbox.put_many([item("next", someone), item("answer", someone, Priority.REPLY)], NOW)
        assert [r.key for r in uow.outbox.claim("w", [BOT], NOW)] == ["answer"]
        assert uow.outbox.claim("w", [BOT], NOW) == []


def test_a_bot_has_one_owner_who_is_replaced_when_silent(database: Database) -> None:
    lease, later_on = timedelta(seconds=15), NOW + timedelta(seconds=16)
    with database.begin() as uow:
        assert uow.bots.own(*BOT, "a", NOW, lease) == 1
        assert uow.bots.own(*BOT, "b", NOW, lease) is None
        assert uow.bots.own(*BOT, "a", NOW + timedelta(seconds=10), lease) == 1
        assert uow.bots.own(*BOT, "b", later_on, lease) is None
        assert uow.bots.own(*BOT, "b", later_on + lease, lease) == 2, "the fence: a new term"
        assert uow.bots.own(*BOT, "a", later_on + lease, lease) is None
        uow.bots.disown(*BOT, "a")
        assert uow.bots.own(*BOT, "a", later_on + lease, lease) is None, "only its own"
        uow.bots.disown(*BOT, "b")
        assert uow.bots.own(*BOT, "a", later_on + lease, lease) == 3


def test_a_row_that_cannot_be_read_is_put_aside(database: Database) -> None:
    someone, other = person(database, "a"), person(database, "b")
    with database.begin() as uow:
        ids = uow.outbox.put_many([item("broken", someone), item("whole", other)], NOW)
        uow.session.connection().execute(
            sql("UPDATE outbox SET message = '{\"blocks\": 7}' WHERE key = 'broken'")
        )
        assert [r.key for r in uow.outbox.claim("w", [BOT], NOW)] == ["whole"]
        states = uow.session.connection().execute(
            sql("SELECT state, reason FROM outbox WHERE id = :id"), {"id": ids["broken"]}
        )
        assert tuple(states.one()) == ("dead", "unreadable")
