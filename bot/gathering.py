"""Several messages to one transaction: what comes in while one is being written waits, and goes together.

A commit costs the same for one message as for thirty. A message that comes alone is taken at once. While
several write, the next wait a moment for as many: who was answered writes again, and without it the first of them
would have a commit of its own, every time. Within a chat the order is kept: of each chat one message is under way.
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
#: a moment, seconds; a commit takes longer
MOMENT = 0.002
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
        self._expected = 0  # as many as were here the last time, answered or waiting
        self._moment: asyncio.TimerHandle | None = None

    async def accept(self, incoming: Incoming) -> Accepted:
        """Take something in; returns when it is stored, and raises when it could not be."""
        future: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, future))
        self._start()
        return await future

    def _start(self) -> None:
        while self._waiting and len(self._under_way) < self._inbox.lanes:
            if len(self._waiting) < self._expected:
                if self._moment is None:
                    self._moment = asyncio.get_running_loop().call_later(MOMENT, self._moment_over)
                return
            if self._moment is not None:
                self._moment.cancel()
                self._moment = None
            batch = self._next()
            if not batch:
                return
            task = asyncio.ensure_future(self._take(batch))
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _moment_over(self) -> None:
        self._moment, self._expected = None, 0
        self._start()

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
            self._expected = min(MOST, len(batch) + len(self._waiting))
        for (_, future), result in zip(batch, taken, strict=True):
            if future.done():  # whoever waited has gone
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)


def _where(incoming: Incoming) -> tuple[str, str, str]:
    return incoming.channel, incoming.bot, incoming.chat
