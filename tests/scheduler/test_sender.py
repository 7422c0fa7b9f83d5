"""The pipeline: what is slow holds nobody up, one process speaks for a bot, and its end is an orderly one."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.channel import Traits
from domain.messages import Priority
from storage.unit_of_work import Database
from tests.scheduler.office import NOW, Line, Office, everybody, line, live, office
from tests.town import Wireless

__all__ = ["line", "office"]  # fixtures


def test_everything_due_goes_out_once_each_chat_in_order(office: Office, line: Line) -> None:
    for address in everybody(office, 15):
        office.keep(address, "1", "2", "3")
        office.keep(address, "later", wait=60)
    assert office.send() == 45
    assert office.send() == 0
    for n in range(15):
        assert [wire.text for chat, wire in line.sent if chat == str(n)] == ["1", "2", "3"]
    assert line.most_at_once <= 10
    office.passes(seconds=61)
    assert office.send() == 15


def test_a_hanging_call_holds_neither_the_others_nor_the_next_claims(office: Office, line: Line) -> None:
    line.hanging = {"0"}
    for address in everybody(office, 40):
        office.keep(address, "1", "2")

    async def story(_: asyncio.Event) -> None:
        await line.until(said=78)
        assert all(chat != "0" for chat, _ in line.sent)
        line.let_go()
        await line.until(said=80)

    live(office, story)
    assert set(office.states().values()) == {"sent"}


def test_an_answer_finds_room_among_a_broadcast_whose_calls_all_hang(office: Office, line: Line) -> None:
    people = everybody(office, 60)
    line.hanging = {a.chat for a in people[:59]}
    for address in people[:59]:
        office.keep(address, "to all", priority=Priority.NOTICE)

    async def story(_: asyncio.Event) -> None:
        await line.until(begun=8)
        office.keep(people[59], "an answer", priority=Priority.REPLY)
        office.sender.wake()
        await line.until(said=1)
        assert line.texts() == ["an answer"]
        assert len(line.begun) <= 10, "a fifth of the calls is kept free"
        line.let_go()
        await line.until(said=60)

    live(office, story)


def test_an_answer_goes_before_what_waits(office: Office, line: Line) -> None:
    people = everybody(office, 5)
    office.keep(people[0], "notice", priority=Priority.NOTICE)
    office.keep(people[1], "digest", priority=Priority.DIGEST)
    office.keep(people[2], "answer", priority=Priority.REPLY)
    office.keep(people[3], "reminder")
    office.keep(people[4], "urgent", priority=Priority.URGENT)
    office.send()
    assert line.texts() == ["answer", "urgent", "reminder", "digest", "notice"]


def test_at_the_end_what_is_under_way_is_recorded_and_the_rest_given_back(office: Office, line: Line) -> None:
    people = everybody(office, 30)
    line.hanging = {a.chat for a in people}
    for address in people:
        office.keep(address, "x")

    async def story(stopping: asyncio.Event) -> None:
        await line.until(begun=8)
        stopping.set()
        asyncio.get_running_loop().call_later(0.05, line.let_go)

    live(office, story)
    states = list(office.states().values())
    assert states.count("sent") == len(line.sent) == len(line.begun) < 30
    assert states.count("queued") == 30 - len(line.sent)
    assert {row.attempts for row in office.rows().values() if row.state == "queued"} == {0}
    with office.db.begin() as uow:
        assert uow.bots.own("telegram", "1", "the next process", NOW, timedelta(seconds=9)) is not None


def test_one_process_speaks_for_a_bot_and_the_next_takes_over(database: Database) -> None:
    paced = Wireless(traits=Traits(rate=1000, chat_gap=0.001, in_flight=10))
    office = Office(database, paced)
    office.keep(office.joins("a", ("telegram", "1", "1"))[0], "x")
    with database.begin() as uow:
        assert uow.bots.own("telegram", "1", "another", NOW, timedelta(seconds=15)) == 1
        [row] = uow.outbox.claim("another.1", [("telegram", "1")], NOW, lease_seconds=30)
    assert office.send() == 0
    office.passes(seconds=16)  # the other is dead: the bot is free, its claims are kept for a while
    assert office.send() == 0
    office.passes(seconds=16)
    assert office.send() == 1
    with database.begin() as uow:  # it was only asleep: what it says of a row that went on changes nothing
        assert not uow.outbox.retry(row.id, NOW, "network", by=row.claimed_by)
    assert office.states() == {"1:x": "sent"}


def test_an_answer_after_days_is_given_and_says_that_it_is_late(office: Office, line: Line) -> None:
    one = everybody(office, 1)[0]
    office.keep(one, "80 %", priority=Priority.REPLY)
    office.passes(days=3)
    assert office.send() == 1
    assert line.texts() == ["Gửi muộn:\n80 %"] or line.texts()[0].startswith("Gửi muộn")
