"""Files people send are fetched before they are taken in: nobody talks to a messenger inside a transaction."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from bot.channel import AddressGone, BotRefused, Fetching, Rejected, SendError
from bot.inbox import Inbox
from bot.incoming import Attached, Incoming
from bot.notices.attaching import LARGEST

log = logging.getLogger(__name__)
#: before a fetch that failed is tried again, seconds; a messenger's call of a webhook bears that
PAUSES = (0.5, 2.0)


async def with_file(channel: object, inbox: Inbox, incoming: Incoming) -> Incoming:
    """The same with its file, where somebody awaits it; without it, and with the reason, when it cannot be had."""
    file = incoming.file
    if file is None or not isinstance(channel, Fetching):
        return incoming
    if not await asyncio.to_thread(inbox.wants_file, incoming):
        return incoming
    if file.size > LARGEST:
        return replace(incoming, lost="too_large")
    try:
        data = await _fetched(channel, file.ref)
    except SendError as error:
        log.warning("a file could not be fetched", extra={"bot": channel.bot, "reason": error.reason})
        return replace(incoming, lost=error.reason)
    return replace(incoming, attached=Attached(file.name, data))


async def _fetched(channel: Fetching, ref: str) -> bytes:
    for pause in PAUSES:
        try:
            return await channel.fetch(ref, LARGEST)
        except (Rejected, AddressGone, BotRefused):
            raise  # no better the next time
        except SendError:
            await asyncio.sleep(pause)
    return await channel.fetch(ref, LARGEST)
