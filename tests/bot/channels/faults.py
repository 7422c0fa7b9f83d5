"""What the fault tables of the messengers have in common: the faults, and an office in which things take their time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot.channel import Channel
from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from dondoc import serve
from dondoc.compose import Runtime
from dondoc.settings import Settings
from storage.tables.registers import AddressRow
from storage.tables.talk import OutboxRowTable
from storage.tables.work import ProgressRow
from tests.bot.channels.office import Office

MORNING = "2026-01-28 08:00"
PUBLIC_URL = "http://127.0.0.1:9"
#: fault → (what the stand-in does, how often the message may arrive)
Faults = dict[str, tuple[dict[str, Any], int]]
#: of the line and of what stands in it, whichever the messenger
ON_THE_WAY: Faults = {
    "server error": ({"status": 500}, 1),
    "a gateway's page": ({"status": 502, "body": "<html>Bad Gateway</html>"}, 1),
    "a firewall's page": ({"status": 403, "body": "<html>Forbidden</html>"}, 1),
    "hangs": ({"hang": 1.5}, 2),  # who hung up does not know whether it was carried out
    "cut before": ({"cut": True}, 1),
    "cut after": ({"cut": True, "act": True}, 2),
}


class TroubledOffice(Office):
    """An office on one messenger, under faults; ``dm-stp`` is the person who is written to there."""

    def has_browser(self, key: str, chat: str) -> Address:
        """They can be reached in the browser too."""
        return self.joined(key, chat, "browser", "web")

    def home(self) -> Address:
        """Where the person is written to on the office's messenger."""
        who = self.person("dm-stp")
        with self.town.db.begin() as uow:
            known = uow.people.addresses([who.id])[who.id]
        return next(address for address in known if address.channel == self.channel.name)

    def put(self, words: str, priority: Priority = Priority.REMINDER) -> None:
        """Something to say to the person."""
        address = self.home()
        with self.town.db.begin() as uow:
            uow.outbox.put(key=words, address=address, priority=priority, kind="told", message=text(verbatim(words)), now=self.town.clock.now())  # fmt: skip

    def until(self, holds: Callable[[], object], step: timedelta = timedelta(minutes=1)) -> None:
        """Wait; the office's clock goes on meanwhile, so that what is tried later is tried."""
        end = time.monotonic() + 15
        while not holds():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.1)
            self.town.clock.set(self.town.clock.now() + step)
            self.wake()

    def announces(self, channel: Channel, stands: Callable[[], bool]) -> None:
        """The service starts and announces the webhook to the messenger, until it stands."""
        settings = Settings(_env_file=None, public_url=PUBLIC_URL, secret_key="k" * 40)  # type: ignore[arg-type,call-arg]
        runtime = Runtime(settings, self.town.service, [channel], self.town.clock)

        async def start() -> None:
            announcing = asyncio.ensure_future(serve._announce(channel, runtime))
            end = time.monotonic() + 15
            while not await asyncio.to_thread(stands):
                assert time.monotonic() < end, "it was not registered"
                await asyncio.sleep(0.1)
            runtime.stopping.set()
            await announcing
            await channel.close()

        asyncio.run(start())

    # --- what has come of it

    def ended(self) -> bool:
        """Whether nothing waits to be sent."""
        with self.town.db.begin() as uow:
            waits = col(OutboxRowTable.state).in_(["queued", "claimed", "failed"])
            return uow.session.exec(select(OutboxRowTable.id).where(waits)).first() is None

    def arrived(self, words: str, chat: object) -> int:
        """How many messages of a chat on the messenger have these words."""
        return sum(words in message.get("text", "") for message in self.double.sent(chat))

    def heard_in_browser(self) -> list[str]:
        """What has gone out to browsers, in order."""
        rows = (
            select(OutboxRowTable.final_text)
            .where(OutboxRowTable.channel == "browser", OutboxRowTable.state == "sent")
            .order_by(col(OutboxRowTable.id))
        )
        with self.town.db.begin() as uow:
            return list(uow.session.exec(rows).all())

    def percents(self) -> list[int | None]:
        """What was reported, in order."""
        with self.town.db.begin() as uow:
            return list(uow.session.exec(select(ProgressRow.percent).order_by(col(ProgressRow.id))).all())

    def why_away(self) -> str:
        """Why the line to the messenger is down, as the messenger's code; "" while it is not."""
        with self.town.db.begin() as uow:
            return uow.bots.line(self.channel.name, self.channel.bot).reason

    def why_off(self, chat: object) -> list[str]:
        """Why a chat is not written to any more, for each address that has it; "" for one that is in use."""
        rows = select(AddressRow.off_reason).where(AddressRow.chat == str(chat))
        with self.town.db.begin() as uow:
            return list(uow.session.exec(rows).all())
