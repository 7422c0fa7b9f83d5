"""The gate before a messenger: who may call now. The most urgent first, ready chats in turn, never too fast."""

from __future__ import annotations

import asyncio
import contextlib
from bisect import insort
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.channel import Traits
from bot.delivery_errors import Forgone
from domain.messages import Priority
from domain.pacing import Pacer

#: a call unanswered for so long has reached the messenger's door or never will, seconds
PATIENCE = 5.0
#: what is more urgent than a reminder finds this part of the calls free, however many others hang
_RESERVE = 5


@dataclass(slots=True, eq=False)
class _Call:
    """One call, from asking for its turn to its answer."""

    chat: str
    urgent: bool
    group: bool
    turn: asyncio.Future[None]
    begun: bool = False
    counted: bool = False  # its slot was given back, with or before its answer
    timer: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class Gate:
    """One bot's. Lives in one event loop; the pacer in it may outlive the loop.

    ``good_until`` (the loop's time): after it nothing starts, because the right to speak for the bot, or the
    claims, may have passed to another process.
    """

    traits: Traits
    pacer: Pacer
    loop: asyncio.AbstractEventLoop
    good_until: float = 0.0
    _open: bool = True
    _waiting: list[tuple[int, int, _Call]] = field(default_factory=list)
    _chats: Counter[str] = field(default_factory=Counter)  # calls that may still be on their way, by chat
    _under_way: int = 0
    _bulk: int = 0
    _count: int = 0
    _timer: asyncio.TimerHandle | None = None

    @contextlib.asynccontextmanager
    async def turn(self, chat: str, priority: int) -> AsyncIterator[None]:
        """Wait for one's turn; leaving tells that the answer has come. Raises Forgone when it is not to begin."""
        if not self._open:
            raise Forgone()
        call = _Call(chat, priority < Priority.REMINDER, self._is_group(chat), self.loop.create_future())
        self._count += 1
        place = (priority, self._count, call)
        insort(self._waiting, place)
        self._pump()
        try:
            await call.turn
            yield
        finally:
            if call.begun:
                self._end(call)
            elif place in self._waiting:
                self._waiting.remove(place)

    def close(self) -> None:
        """Nothing begins any more."""
        self._open = False
        self.forgo()

    def forgo(self) -> None:
        """Whoever still waits does not begin."""
        for _, _, call in self._waiting:
            if not call.turn.done():
                call.turn.set_exception(Forgone())
        self._waiting.clear()

    def renewed(self, until: float) -> None:
        """The right to speak lasts until then."""
        self.good_until = until
        self._pump()

    def hold(self, seconds: float) -> None:
        """The messenger asked the whole bot to wait."""
        self.pacer.hold(self.loop.time() + seconds)

    def _is_group(self, chat: str) -> bool:
        return bool(self.traits.group_prefix) and chat.startswith(self.traits.group_prefix)

    def _pump(self) -> None:
        """Let in everybody who may go now; come back when the next one may."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        wake: float | None = None
        for place in list(self._waiting):
            call, now = place[2], self.loop.time()
            if self._is_full(call, now):
                break  # whoever comes after is not more urgent
            at = self._ready_at(call, now)
            if at is not None and at <= now:
                self._waiting.remove(place)
                self._begin(call, now)
            elif at is not None:
                wake = at if wake is None else min(wake, at)
        if wake is not None:
            self._timer = self.loop.call_at(wake, self._pump)

    def _is_full(self, call: _Call, now: float) -> bool:
        most = self.traits.in_flight
        bulk = most - most // _RESERVE
        full = self._under_way >= most or (not call.urgent and self._bulk >= bulk)
        return full or now >= self.good_until or not self._open

    def _ready_at(self, call: _Call, now: float) -> float | None:
        """When it may begin; None when an answer must come first."""
        if self._chats[call.chat]:
            return None
        return self.pacer.ready_at(call.chat, now, group=call.group, urgent=call.urgent)

    def _begin(self, call: _Call, now: float) -> None:
        if call.turn.done():  # cancelled meanwhile
            return
        self.pacer.started(now)
        self._under_way += 1
        self._bulk += not call.urgent
        self._chats[call.chat] += 1
        call.begun = True
        call.timer = self.loop.call_later(PATIENCE, self._give_back, call)
        call.turn.set_result(None)

    def _give_back(self, call: _Call) -> None:
        """Its slot in the bot's and the chat's budget; it still is one of the calls under way."""
        call.counted = True
        self._chats[call.chat] -= 1
        if not self._chats[call.chat]:
            del self._chats[call.chat]
        self.pacer.answered(call.chat, self.loop.time(), group=call.group)
        self._pump()

    def _end(self, call: _Call) -> None:
        self._under_way -= 1
        self._bulk -= not call.urgent
        if call.timer:
            call.timer.cancel()
        if call.counted:
            self.pacer.touched(call.chat, self.loop.time())
            self._pump()
        else:
            self._give_back(call)
