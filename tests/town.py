"""The whole service in memory, for stories: people say, hear and press; the clock is moved.

Everything is real but the wire: the database, the inbox, the planner, the sender, the words.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.channel import Accepted, SendError, Take, Traits, Wire
from bot.incoming import Incoming
from bot.planning import confirm_draft, import_draft
from domain.officials import Post, Role
from domain.plans import Plan
from dondoc.compose import Runtime, make_service
from dondoc.settings import Settings
from dondoc.time_travel import live_until
from scheduler.clock import MovableClock
from storage import seed
from storage.unit_of_work import Database

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    """A local instant of the province: "2026-01-05 07:45"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Wireless:
    """A channel that keeps what was sent. ``faults`` are raised in turn, the next send first."""

    name: str = "telegram"
    bot: str = "1"
    traits: Traits = field(default_factory=Traits)
    sent: list[tuple[str, Wire]] = field(default_factory=list)
    faults: list[SendError | None] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)

    async def send(self, chat: str, wire: Wire) -> str:
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        self.sent.append((chat, wire))
        return str(len(self.sent))

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        self.accepted.append(accepted)

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        await stopping.wait()

    async def announce(self, public_url: str, key: bytes) -> None:
        return

    async def close(self) -> None:
        return


class Town:
    """A province, its people and one channel to each of them."""

    def __init__(
        self, db: Database, now: str, channels: Iterable[Wireless] | None = None, public_url: str = ""
    ) -> None:
        self.clock = MovableClock(at(now))
        self.channels = list(channels or [Wireless()])
        settings = Settings(_env_file=None, public_url=public_url, secret_key=SecretStr("a province's key"))  # type: ignore[call-arg]
        service = make_service(
            settings, db, [(c.name, c.bot) for c in self.channels], {c.name: c.traits for c in self.channels}
        )
        self.runtime = Runtime(settings, service, self.channels, self.clock)
        self.service = service
        self.db = db
        self._updates = itertools.count(1)
        self._heard: dict[str, int] = defaultdict(int)

    # --- setting up

    def settle(self, *people: tuple[str, str, list[tuple[str, Role]]], joined: bool = True) -> None:
        """The register of Kon Tum, and people (key, name, posts) who have joined by the first channel."""
        agencies, groups = seed.load_agencies("kontum-2024")
        channel = self.channels[0]
        with self.db.begin() as uow:
            uow.agencies.save_agencies(agencies)
            uow.agencies.save_groups(groups)
            for key, name, posts in people:
                person = uow.people.save(key, name, [Post(agency, role) for agency, role in posts])
                if joined:
                    uow.people.add_address(person.id, channel.name, channel.bot, key, self.clock.now())

    def imports(self, text: str, name: str = "plan.txt") -> Plan:
        """A plan document is imported and confirmed, as an admin would."""
        now = self.clock.now()
        with self.db.begin() as uow:
            draft = import_draft(uow, self.service, text.encode(), name, by=None, now=now)
        with self.db.begin() as uow:
            return confirm_draft(uow, self.service, draft.draft_id, by=None, now=now)

    # --- time

    def forward(self, to: str) -> None:
        """Live until a local instant, every working morning on the way."""
        asyncio.run(live_until(self.runtime, self.clock, at(to)))

    def jump(self, to: str) -> None:
        """The clock moves while the service is stopped."""
        self.clock.set(at(to))

    def tick(self) -> None:
        """Plan and send what is due now."""
        self.runtime.run_jobs(self.clock.now())
        self.deliver()

    def deliver(self) -> None:
        """Send what is due now."""
        asyncio.run(self.runtime.sender.send_due())

    # --- talking

    def says(self, who: str, text: str, *, reply_to: str = "", code: str = "", by: int = 0) -> Accepted:
        """Somebody writes, on the channel ``by``; the answer is delivered."""
        return self._comes_in(who, by, text=text, reply_to=reply_to, start_code=code)

    def presses(self, who: str, label: str) -> Accepted:
        """Somebody presses the newest button that has this label."""
        for wire in reversed(self.wires(who)):
            for button in wire.buttons:
                if button.label == label:
                    return self._comes_in(who, token=button.token)
        raise AssertionError(
            f"{who} has no button {label!r}: {[b.label for w in self.wires(who) for b in w.buttons]}"
        )

    def _comes_in(self, who: str, by: int = 0, **what: str) -> Accepted:
        channel = self.channels[by]
        incoming = Incoming(
            channel.name,
            channel.bot,
            str(next(self._updates)),
            who,
            self.clock.now(),
            **what,  # type: ignore[arg-type]
        )
        accepted = self.runtime.inbox.accept(incoming, self.clock.now())
        self.deliver()
        return accepted

    def wires(self, who: str) -> list[Wire]:
        """Everything that reached somebody, oldest first, over all channels."""
        return [wire for channel in self.channels for chat, wire in channel.sent if chat == who]

    def hears(self, who: str) -> list[str]:
        """The texts that reached somebody since this was last asked."""
        every = self.wires(who)
        fresh = every[self._heard[who] :]
        self._heard[who] = len(every)
        return [wire.text for wire in fresh]
