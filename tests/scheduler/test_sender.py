"""The pipeline: what is slow holds nobody up, one process speaks for a bot, and its end is an orderly one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import BotRefused, Moved, Rejected, RetryAfter, SendError, Traits, Unreachable, Wire
from domain.messages import Message, Priority, text
from domain.officials import Address, Post, Role
from domain.phrases import verbatim
from dondoc.compose import make_service
from dondoc.settings import Settings
from scheduler.clock import MovableClock
from scheduler.sender import Sender
from storage.stores.outbox import OutboxRow, ToSay
from storage.unit_of_work import Database
from tests.town import Wireless

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)


@dataclass
class Line(Wireless):
    """A channel whose calls to some chats hang until let go."""

    hanging: set[str] = field(default_factory=set)
    begun: list[str] = field(default_factory=list)
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._let_go = asyncio.Event()
        self._news = asyncio.Event()
        self._now = 0

    async def send(self, chat: str, wire: Wire) -> str:
        self.begun.append(chat)
        self._news.set()
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            if chat in self.hanging:
                await self._let_go.wait()
            await asyncio.sleep(0)
            return await super().send(chat, wire)
        finally:
            self._now -= 1
            self._news.set()

    def let_go(self) -> None:
        self.hanging.clear()
        self._let_go.set()

    async def until(self, said: int = 0, begun: int = 0) -> None:
        """Wait until so many messages have gone out, and so many calls have begun."""
        async with asyncio.timeout(60):
            while len(self.sent) < said or len(self.begun) < begun:
                self._news.clear()
                await self._news.wait()

    def texts(self) -> list[str]:
        return [wire.text for _, wire in self.sent]


class Office:
    """A database, people by chat, and senders over channels."""

    def __init__(self, db: Database, *channels: Wireless) -> None:
        self.db, self.channels, self.clock = db, list(channels), MovableClock(NOW)
        settings = Settings(_env_file=None)  # type: ignore[call-arg]
        self.service = make_service(settings, db, [(c.name, c.bot) for c in channels])
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        return Sender(self.channels, self.service, self.clock)

    def joins(self, key: str, *chats: tuple[str, str, str], role: Role = Role.FOCAL) -> list[Address]:
        with self.db.begin() as uow:
            who = uow.people.by_key(key) or uow.people.save(key, key.title(), [Post("snv", role)])
            return [uow.people.add_address(who.id, *chat, NOW) for chat in chats]

    def keep(
        self,
        address: Address,
        *words: str,
        priority: Priority = Priority.REMINDER,
        wait: float = 0,
        **more: str,
    ) -> None:
        items = [
            ToSay(f"{address.chat}:{w}", address, priority, more.get("kind", "n"), said(w),
                  not_before=self.clock.now() + timedelta(seconds=wait), reply_to=more.get("reply_to", ""))
            for w in words
        ]  # fmt: skip
        with self.db.begin() as uow:
            uow.outbox.put_many(items, self.clock.now())

    def passes(self, **by: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**by))

    def send(self) -> int:
        return asyncio.run(self.sender.send_due())

    def rows(self) -> dict[str, OutboxRow]:
        with self.db.begin() as uow:
            found: Iterable[OutboxRow | None] = (uow.outbox.get(n) for n in range(1, 400))
            return {row.key: row for row in found if row}

    def states(self) -> dict[str, str]:
        return {key: row.state for key, row in self.rows().items()}


def said(words: str) -> Message:
    return text(*(verbatim(part) for part in words.split("|")))


@pytest.fixture
def line() -> Line:
    return Line(traits=Traits(in_flight=10))


@pytest.fixture
def office(database: Database, line: Line) -> Office:
    return Office(database, line)


def everybody(office: Office, count: int) -> list[Address]:
    return [office.joins(f"p{n}", ("telegram", "1", str(n)))[0] for n in range(count)]


def live(office: Office, story: object) -> None:
    """Run the sender while a story is told; then stop it as SIGTERM does."""

    async def tell() -> None:
        stopping = asyncio.Event()
        running = asyncio.create_task(office.sender.run(stopping))
        await story(stopping)  # type: ignore[operator]
        stopping.set()
        await running

    asyncio.run(tell())


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


def test_a_wait_the_messenger_asked_for_is_obeyed_by_the_next_process_too(office: Office, line: Line) -> None:
    one, two = everybody(office, 2)
    office.keep(one, "x")
    line.faults = [RetryAfter(30)]
    assert office.send() == 0
    office.keep(two, "y", priority=Priority.REPLY)
    office.sender = office.new_sender()
    office.passes(seconds=29)
    assert office.send() == 0
    assert line.begun == ["0"]
    office.passes(seconds=1.1)
    assert office.send() == 2
    assert {row.attempts for row in office.rows().values()} == {1}


def test_parts_that_went_out_are_not_said_again(database: Database) -> None:
    line = Line(traits=Traits(max_text=10))
    office = Office(database, line)
    office.keep(office.joins("a", ("telegram", "1", "1"))[0], "one one|two two|three")
    line.faults = [None, Unreachable("network")]
    assert office.send() == 0
    office.passes(minutes=1)
    assert office.send() == 1
    assert line.texts() == ["one one", "two two", "three"]


def test_a_message_that_always_fails_is_given_up_with_one_alarm(office: Office, line: Line) -> None:
    office.joins("boss", ("telegram", "1", "9"), role=Role.ADMIN)
    one, two = everybody(office, 2)
    office.keep(one, "bad", "after it")
    office.keep(two, "bad")
    line.faults = [Rejected("entities"), Rejected("entities")]
    office.send()
    assert office.states()["0:bad"] == office.states()["1:bad"] == "dead"
    assert office.states()["0:after it"] == "sent"
    office.passes(hours=12)
    office.send()
    alarms = [wire.text for chat, wire in line.sent if chat == "9"]
    assert len(alarms) == 1


def test_a_group_that_moved_gets_the_message_and_what_waits_at_its_new_id(office: Office, line: Line) -> None:
    group = office.joins("a", ("telegram", "1", "-1"))[0]
    office.keep(group, "x", "y")
    line.faults = [Moved("-100")]
    assert office.send() == 2
    assert line.sent == [("-100", line.sent[0][1]), ("-100", line.sent[1][1])]
    assert line.texts() == ["x", "y"]
    with office.db.begin() as uow:
        assert uow.people.official_at("telegram", "1", "-100") is not None


def test_a_group_may_move_where_somebody_has_joined_already(office: Office, line: Line) -> None:
    group = office.joins("a", ("telegram", "1", "-1"))[0]
    office.joins("b", ("telegram", "1", "-100"))
    office.keep(group, "x")
    line.faults = [Moved("-100")]
    assert office.send() == 1
    with office.db.begin() as uow:
        assert not uow.people.addresses([group.official])


@pytest.mark.parametrize("error", [Unreachable("timed_out"), BotRefused("unauthorized")])
def test_an_outage_costs_no_message_its_tries_and_ends_by_probes(
    office: Office, line: Line, error: SendError
) -> None:
    for address in everybody(office, 20):
        office.keep(address, "x", priority=Priority.DIGEST)
    line.faults = [error] * 10_000
    for _ in range(60):
        office.send()
        office.passes(seconds=60)
    assert set(office.states().values()) <= {"queued", "failed"}
    with office.db.begin() as uow:
        assert uow.bots.line("telegram", "1").down_since is not None
    begun = len(line.begun)
    office.send()
    office.passes(minutes=10)
    office.send()
    assert len(line.begun) <= begun + 2, "a messenger that is down is asked by single messages"
    line.faults = []
    office.passes(minutes=10)
    assert office.send() == 20
    with office.db.begin() as uow:
        assert uow.bots.line("telegram", "1").usable


def test_an_answer_after_days_is_given_and_says_that_it_is_late(office: Office, line: Line) -> None:
    one = everybody(office, 1)[0]
    office.keep(one, "80 %", priority=Priority.REPLY)
    office.passes(days=3)
    assert office.send() == 1
    assert line.texts() == ["Gửi muộn:\n80 %"] or line.texts()[0].startswith("Gửi muộn")
