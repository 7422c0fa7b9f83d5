"""Files people send are fetched before they are taken in: nobody talks to a messenger inside a transaction."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from bot.channel import Fetching, SendError
from bot.inbox import Inbox
from bot.incoming import Attached, Incoming
from bot.notices.attaching import LARGEST

log = logging.getLogger(__name__)


async def with_file(channel: object, inbox: Inbox, incoming: Incoming) -> Incoming:
    """The same with its file, where somebody awaits it; without it when it cannot be fetched."""
    file = incoming.file
    if file is None or file.size > LARGEST or not isinstance(channel, Fetching):
        return incoming
    if not await asyncio.to_thread(inbox.wants_file, incoming):
        return incoming
    try:
        data = await channel.fetch(file.ref, LARGEST)
    except SendError as error:
        log.warning("a file could not be fetched", extra={"bot": channel.bot, "reason": error.reason})
        return incoming
    return replace(incoming, attached=Attached(file.name, data))
