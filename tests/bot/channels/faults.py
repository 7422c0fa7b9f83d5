"""What the fault tables of the messengers have in common: the faults, and an office in which things take their time.

The office is on one messenger; ``dm-stp`` is the person who is written to there.
"""

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


def has_browser(office: Office, key: str, chat: str) -> Address:
    """They can be reached in the browser too."""
    return office.joined(key, chat, "browser", "web")


def home(office: Office) -> Address:
    """Where the person is written to on the office's messenger."""
    who = office.person("dm-stp")
    with office.town.db.begin() as uow:
        return next(a for a in uow.people.addresses([who.id])[who.id] if a.channel == office.channel.name)


def put(office: Office, words: str, priority: Priority = Priority.REMINDER) -> None:
    """Something to say to the person."""
    address = home(office)
    with office.town.db.begin() as uow:
        uow.outbox.put(key=words, address=address, priority=priority, kind="told", message=text(verbatim(words)), now=office.town.clock.now())  # fmt: skip


def until(holds: Callable[[], object], office: Office, step: timedelta = timedelta(minutes=1)) -> None:
    """Wait; the office's clock goes on meanwhile, so that what is tried later is tried."""
    end = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
        office.town.clock.set(office.town.clock.now() + step)
        office.wake()


def announced(office: Office, channel: Channel, stands: Callable[[], bool]) -> None:
    """The service starts and announces the webhook to the messenger, until it stands."""
    settings = Settings(_env_file=None, public_url=PUBLIC_URL, secret_key="k" * 40)  # type: ignore[arg-type,call-arg]
    runtime = Runtime(settings, office.town.service, [channel], office.town.clock)

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


def ended(office: Office) -> bool:
    """Whether nothing waits to be sent."""
    with office.town.db.begin() as uow:
        waits = col(OutboxRowTable.state).in_(["queued", "claimed", "failed"])
        return uow.session.exec(select(OutboxRowTable.id).where(waits)).first() is None


def arrived(office: Office, words: str, chat: object) -> int:
    """How many messages of a chat on the messenger have these words."""
    return sum(words in message.get("text", "") for message in office.double.sent(chat))


def heard_in_browser(office: Office) -> list[str]:
    """What has gone out to browsers, in order."""
    with office.town.db.begin() as uow:
        rows = (
            select(OutboxRowTable.final_text)
            .where(OutboxRowTable.channel == "browser", OutboxRowTable.state == "sent")
            .order_by(col(OutboxRowTable.id))
        )
        return list(uow.session.exec(rows).all())


def percents(office: Office) -> list[int | None]:
    """What was reported, in order."""
    with office.town.db.begin() as uow:
        return list(uow.session.exec(select(ProgressRow.percent).order_by(col(ProgressRow.id))).all())


def why_away(office: Office) -> str:
    """Why the line to the messenger is down, as the messenger's code; "" while it is not."""
    with office.town.db.begin() as uow:
        return uow.bots.line(office.channel.name, office.channel.bot).reason


def why_off(office: Office, chat: object) -> list[str]:
    """Why a chat is not written to any more, for each address that has it; "" for one that is in use."""
    with office.town.db.begin() as uow:
        return list(uow.session.exec(select(AddressRow.off_reason).where(AddressRow.chat == str(chat))).all())
