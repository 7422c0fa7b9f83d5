"""The gate before a messenger: who may call now. The most urgent first, ready chats in turn, never too fast."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import Counter, deque
from dataclasses import dataclass, field
from types import TracebackType

from bot.channel import Traits
from bot.delivery_errors import Forgone
from domain.messages import Priority
from domain.pacing import Pacer

#: a call unanswered for so long has reached the messenger's door or never will, seconds
PATIENCE = 5.0
#: what is more urgent than a reminder finds this part of the calls free, however many others hang
_RESERVE = 5


@dataclass(slots=True, eq=False)
class Call:
    """One call, from asking for its turn (on entering, which raises Forgone when it is not to begin) to its answer
    (on leaving)."""

    gate: Gate
    chat: str
    priority: int
    group: bool
    place: tuple[int, int] = (0, 0)
    turn: asyncio.Future[None] | None = None
    begun: float | None = None
    counted: bool = False  # its slot was given back, with or before its answer

    @property
    def urgent(self) -> bool:
        """Whether it may use what is kept free."""
        return self.priority < Priority.REMINDER

    async def __aenter__(self) -> None:
        await self.gate.enter(self)

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.gate.leave(self)


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
    _waiting: list[Call] = field(default_factory=list)  # by place
    _chats: Counter[str] = field(default_factory=Counter)  # calls that may still be on their way, by chat
    _unanswered: deque[Call] = field(default_factory=deque)  # as they began; those that ended leave in time
    _under_way: int = 0
    _bulk: int = 0
    _count: int = 0
    _timer: asyncio.TimerHandle | None = None
    _watch: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many calls have not begun."""
        return len(self._waiting)

    def turn(self, chat: str, priority: int) -> Call:
        """A call to be made: ``async with`` waits for its turn, and leaving tells that the answer has come."""
        return Call(self, chat, priority, self._is_group(chat))

    async def enter(self, call: Call) -> None:
        """Wait for the call's turn."""
        if not self._open:
            raise Forgone()
        now = self.loop.time()
        if not self._waiting and self._may_begin(call, now):
            self._begin(call, now)
            return
        self._count += 1
        call.place, call.turn = (call.priority, self._count), self.loop.create_future()
        insort(self._waiting, call, key=_place)
        self._pump()
        try:
            await call.turn
        except BaseException:  # forgone, or cancelled, be it just when its turn had come
            if call.begun is not None:
                self.leave(call)
            elif call in self._waiting:
                self._waiting.remove(call)
            raise

    def leave(self, call: Call) -> None:
        """The call's answer has come, or it was given up."""
        self._under_way -= 1
        self._bulk -= not call.urgent
        if call.counted:
            self.pacer.touched(call.chat, self.loop.time())
            self._pump()
        else:
            self._give_back(call)
        while self._unanswered and self._unanswered[0].counted:
            self._unanswered.popleft()

    def close(self) -> None:
        """Nothing begins any more."""
        self._open = False
        self.forgo()

    def forgo(self) -> None:
        """Whoever still waits does not begin."""
        for call in self._waiting:
            if call.turn is not None and not call.turn.done():
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
        wake, n, now = float("inf"), 0, self.loop.time()
        while n < len(self._waiting):
            call = self._waiting[n]
            if self._is_full(call, now):
                break  # whoever comes after is not more urgent
            bot = self.pacer.bot_ready_at(now, urgent=call.urgent)
            if bot is None or bot > now:
                wake = min(wake, bot or wake)
                break  # nor does the bot bear them sooner
            at = self._chat_ready_at(call, now)
            if at is not None and at <= now:
                del self._waiting[n]
                self._begin(call, now)
            else:
                wake, n = min(wake, at or wake), n + 1
        if wake != float("inf"):
            self._timer = self.loop.call_at(wake, self._pump)

    def _may_begin(self, call: Call, now: float) -> bool:
        if self._is_full(call, now):
            return False
        bot, chat = self.pacer.bot_ready_at(now, urgent=call.urgent), self._chat_ready_at(call, now)
        return bot is not None and chat is not None and max(bot, chat) <= now

    def _is_full(self, call: Call, now: float) -> bool:
        most = self.traits.in_flight
        bulk = most - most // _RESERVE
        full = self._under_way >= most or (not call.urgent and self._bulk >= bulk)
        return full or now >= self.good_until or not self._open

    def _chat_ready_at(self, call: Call, now: float) -> float | None:
        """When the chat bears it; None when an answer must come first."""
        if self._chats[call.chat]:
            return None
        return self.pacer.chat_ready_at(call.chat, now, group=call.group)

    def _begin(self, call: Call, now: float) -> None:
        if call.turn is not None and call.turn.done():  # cancelled meanwhile
            return
        self.pacer.started(now)
        self._under_way += 1
        self._bulk += not call.urgent
        self._chats[call.chat] += 1
        call.begun = now
        self._unanswered.append(call)
        if self._watch is None:
            self._watch = self.loop.call_at(now + PATIENCE, self._lose_patience)
        if call.turn is not None:
            call.turn.set_result(None)

    def _lose_patience(self) -> None:
        """Calls that have been under way for too long give their slots back; look again when the next one may."""
        self._watch, late, now = None, [], self.loop.time()
        while self._unanswered and (self._unanswered[0].begun or now) + PATIENCE <= now:
            late.append(self._unanswered.popleft())
        if self._unanswered:
            at = (self._unanswered[0].begun or now) + PATIENCE
            self._watch = self.loop.call_at(at, self._lose_patience)
        for call in late:
            if not call.counted:
                self._give_back(call)

    def _give_back(self, call: Call) -> None:
        """Its slot in the bot's and the chat's budget; it still is one of the calls under way."""
        call.counted = True
        self._chats[call.chat] -= 1
        if not self._chats[call.chat]:
            del self._chats[call.chat]
        self.pacer.answered(call.chat, self.loop.time(), group=call.group)
        self._pump()


def _place(call: Call) -> tuple[int, int]:
    return call.place
