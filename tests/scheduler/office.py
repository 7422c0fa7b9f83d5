"""A database, people by chat, and a sender over channels whose calls can be made to hang."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Traits, Wire
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
