"""Several messages to one transaction: what comes in while one is being written waits, and goes together.

A commit costs the same for one message as for thirty. Nothing waits for company: a message that comes alone is
taken at once. Within a chat the order is kept: of each chat one message is under way at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.channel import Accepted
from bot.incoming import Incoming

#: more would keep the first of them waiting for the last
MOST = 32
Waiting = tuple[Incoming, asyncio.Future[Accepted]]


class TakesMany(Protocol):
    """What messages are gathered for: :class:`bot.inbox.Inbox`. ``lanes``: transactions side by side."""

    lanes: int

    def accept_many(self, several: Sequence[Incoming], now: datetime) -> list[Accepted | Exception]:
        """Take in what came from different chats."""
        ...


class Gathering:
    """The asynchronous way to an inbox; belongs to one event loop. ``now`` gives an aware UTC instant."""

    def __init__(self, inbox: TakesMany, now: Callable[[], datetime]) -> None:
        self._inbox, self._now = inbox, now
        self._waiting: list[Waiting] = []
        self._busy: set[tuple[str, str, str]] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    async def accept(self, incoming: Incoming) -> Accepted:
        """Take something in; returns when it is stored, and raises when it could not be."""
        future: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, future))
        self._start()
        return await future

    def _start(self) -> None:
        while self._waiting and len(self._under_way) < self._inbox.lanes and (batch := self._next()):
            task = asyncio.ensure_future(self._take(batch))
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._start()

    def _next(self) -> list[Waiting]:
        """The longest waiting, one of each chat that is not under way."""
        batch: list[Waiting] = []
        left: list[Waiting] = []
        for one in self._waiting:
            where = _where(one[0])
            if where in self._busy or len(batch) >= MOST:
                left.append(one)
            else:
                self._busy.add(where)
                batch.append(one)
        self._waiting = left
        return batch

    async def _take(self, batch: list[Waiting]) -> None:
        several = [incoming for incoming, _ in batch]
        try:
            taken = await asyncio.to_thread(self._inbox.accept_many, several, self._now())
        except Exception as error:  # nobody may wait for ever
            taken = [error] * len(batch)
        finally:
            self._busy.difference_update(map(_where, several))
        for (_, future), result in zip(batch, taken, strict=True):
            if future.done():  # whoever waited has gone
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)


def _where(incoming: Incoming) -> tuple[str, str, str]:
    return incoming.channel, incoming.bot, incoming.chat
