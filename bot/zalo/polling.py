"""Taking in what polls bring. Zalo forgets an event as it hands it out, so each is held until it is stored.

What comes in the moment between an answer and its storing when the process dies is lost: Zalo's documents
offer polling for trying things out, and a webhook for service.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channel import SendError, Take
from bot.incoming import Incoming
from bot.patience import Patience
from bot.stopping import unless

log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
#: while something cannot be stored, so many in all are fetched: enough to see whether it is its own fault
_MOST_HELD = 3


class Held:
    """What was fetched and is not stored yet, oldest first; in order within each chat."""

    def __init__(self, bot: str, take: Take) -> None:
        self._bot, self._take = bot, take
        self._held: list[Incoming] = []
        self._patience = Patience()

    @property
    def is_empty(self) -> bool:
        """Whether all that was fetched is stored."""
        return not self._held

    @property
    def has_room(self) -> bool:
        """Whether another may be fetched."""
        return len(self._held) < _MOST_HELD

    def add(self, incoming: Incoming | None) -> None:
        """This was fetched."""
        if incoming is not None:
            self._held.append(incoming)

    async def store(self) -> bool:
        """Store what can be; False when something is left."""
        held, self._held = self._held, []
        waiting: set[str] = set()
        for incoming in held:
            if incoming.chat in waiting or not await self._stored(incoming):
                waiting.add(incoming.chat)
                self._held.append(incoming)
        return not self._held

    async def _stored(self, incoming: Incoming) -> bool:
        try:
            await self._take(incoming)
        except Exception as error:
            detail = {"bot": self._bot, "update": incoming.update_id, "error": type(error).__name__}
            if self._patience.failed(incoming.update_id):
                log.error("an update failed while others got through; it is skipped", extra=detail)
                return True
            log.warning("an update could not be stored; it is held and tried again", extra=detail)
            return False
        self._patience.succeeded(incoming.update_id)
        return True

    def give_up(self) -> None:
        """The service stops: what could not be stored is lost, and is named."""
        for incoming in self._held:
            log.error("an update could not be stored and is lost", extra={"update": incoming.update_id})


async def poll(fetch: Callable[[], Awaitable[Incoming | None]], held: Held, stopping: asyncio.Event) -> None:
    """Fetch and take in until ``stopping``; what goes wrong is logged and tried again after a pause."""
    pause = _FIRST_PAUSE
    while not stopping.is_set():
        try:
            if held.has_room and (held.is_empty or pause > _FIRST_PAUSE * 4):
                held.add(await fetch())
            fine = await held.store()
        except Exception as error:  # whatever it is: a poller that dies leaves everybody unheard
            fine = False
            reason = error.reason if isinstance(error, SendError) else type(error).__name__
            log.warning("polling failed; it goes on after a pause", extra={"reason": reason, "pause": pause})
        if fine:
            pause = _FIRST_PAUSE
        else:
            await unless(stopping, asyncio.sleep(pause))
            pause = min(pause * 2, _LONGEST_PAUSE)
    if not await held.store():
        held.give_up()
