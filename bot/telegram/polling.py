"""Taking in what a long poll brings: in order within each chat, confirmed only once it is stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.channel import Accepted, SendError, Take
from bot.incoming import Incoming
from bot.patience import Patience
from bot.stopping import unless
from bot.telegram.updates import to_incoming, update_number

log = logging.getLogger(__name__)
#: how long the last acknowledgements may take when the service stops, seconds
_GRACE = 5.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_HINTS = {
    "conflict": "another program polls this bot, or a webhook is set: run one poller a bot",
    "unauthorized": "Telegram refuses the bot's token: see dondoc doctor",
    "not_stored": "updates could not be stored; they are fetched again after a pause",
}
Fetch = Callable[[int], Coroutine[Any, Any, list[object]]]


class Inflow:
    """What has been taken, and the ``offset`` up to which it may be confirmed (0: nothing yet)."""

    def __init__(
        self, bot: str, take: Take, acknowledge: Callable[[Incoming, Accepted], Awaitable[None]]
    ) -> None:
        self.offset = 0
        self.bot, self._take, self._acknowledge = bot, take, acknowledge
        self._done: set[int] = set()
        self._patience = Patience()
        self._background: set[asyncio.Future[None]] = set()

    async def take_all(self, updates: Sequence[object], stopping: asyncio.Event) -> bool:
        """Take each in, those of one chat one after another; False when something must be fetched again after a pause."""
        chats: dict[str, list[tuple[int, Incoming]]] = {}
        numbers: list[int] = []
        for update in updates:
            number = update_number(update)
            if number is None:
                break
            numbers.append(number)
            incoming = None if number in self._done else to_incoming(update, self.bot)
            if incoming is None:
                self._done.add(number)
            else:
                chats.setdefault(incoming.chat, []).append((number, incoming))
        stuck = await asyncio.gather(*(self._chat(several, stopping) for several in chats.values()))
        if stopping.is_set() or len(numbers) < len(updates):
            return False
        if numbers:
            self.offset = min(filter(None, stuck), default=max(numbers) + 1)
            self._done = {n for n in self._done if n >= self.offset}
        return not any(stuck)

    async def _chat(self, several: Sequence[tuple[int, Incoming]], stopping: asyncio.Event) -> int | None:
        """Take in what came from one chat; the first that must be fetched again, None when there is none."""
        for number, incoming in several:
            if stopping.is_set() or not await self._taken(incoming, number):
                return number
            self._done.add(number)
        return None

    async def _taken(self, incoming: Incoming, number: int) -> bool:
        try:
            accepted = await self._take(incoming)
        except Exception as error:
            detail = {"update": number, "error": type(error).__name__}
            if self._patience.failed(incoming.update_id):
                log.error("an update failed while others got through; it is skipped", extra=detail)
                return True
            log.warning("an update could not be stored; it will be fetched again", extra=detail)
            return False
        self._patience.succeeded(incoming.update_id)
        if incoming.press:
            task = asyncio.ensure_future(self._acknowledge(incoming, accepted))
            self._background.add(task)
            task.add_done_callback(self._background.discard)
        return True

    async def close(self) -> None:
        """Let the last acknowledgements end."""
        if self._background:
            _, late = await asyncio.wait(self._background, timeout=_GRACE)
            for task in late:
                task.cancel()


async def poll(fetch: Fetch, inflow: Inflow, stopping: asyncio.Event) -> None:
    """Fetch and take in until ``stopping``; what goes wrong is logged and tried again after a pause."""
    wait = _FIRST_PAUSE
    while not stopping.is_set():
        reason = "not_stored"
        try:
            updates = await unless(stopping, fetch(inflow.offset))
            fine = updates is None or await inflow.take_all(updates, stopping)
        except SendError as error:
            fine, reason = False, error.reason
        except Exception as error:  # whatever it is: a poller that dies leaves everybody unheard
            fine, reason = False, type(error).__name__
        if fine:
            wait = _FIRST_PAUSE
        elif not stopping.is_set():
            hint = _HINTS.get(reason, "polling failed; it goes on after a pause")
            log.warning(hint, extra={"bot": inflow.bot, "reason": reason, "pause": wait})
            await unless(stopping, asyncio.sleep(wait))
            wait = min(wait * 2, _LONGEST_PAUSE)
    await inflow.close()
