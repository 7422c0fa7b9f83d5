"""Claims what is due, paces it, hands it to delivery. One loop a bot, so that bots do not wait for each other."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Sequence

from bot.channel import Channel, RetryAfter
from bot.delivery import Delivery, Outcome, Prepared
from bot.services import Service
from domain.pacing import Pacer
from scheduler.clock import Clock
from storage.stores.outbox_rows import OutboxRow

log = logging.getLogger(__name__)
#: how long an idle loop sleeps when nobody wakes it, seconds
IDLE = 1.0
BATCH = 30
LEASE = 60


class Sender:
    """The bots this process speaks for. ``wake`` it when something was put into the outbox."""

    def __init__(self, channels: Sequence[Channel], service: Service, clock: Clock) -> None:
        self._service, self._clock = service, clock
        self._delivery = Delivery(service)
        self._name = uuid.uuid4().hex[:12]
        self._bots = [_Bot(channel) for channel in channels]
        self._traits = {(c.name, c.bot): c.traits for c in channels}

    def wake(self) -> None:
        """Look at the outbox now; safe from any thread of the loop's process."""
        for bot in self._bots:
            bot.wake()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until asked to stop; what is being sent is finished and recorded first."""
        await asyncio.gather(*(self._run_bot(bot, stopping) for bot in self._bots))

    async def _run_bot(self, bot: _Bot, stopping: asyncio.Event) -> None:
        bot.loop = asyncio.get_running_loop()
        while not stopping.is_set():
            bot.wanted.clear()
            try:
                sent = await self._round(bot)
                await asyncio.to_thread(self._beat)
            except Exception:  # the database was away, say: what was claimed is claimed again later
                log.exception("a round of sending failed; it is tried again")
                sent = 0
            if not sent and not stopping.is_set():
                await bot.rest(stopping)

    def _beat(self) -> None:
        with self._service.db.begin() as uow:
            uow.heartbeats.beat("sender", self._clock.now())

    async def send_due(self) -> int:
        """Everything that is due now, once; the number of messages that went out."""
        total = 0
        for bot in self._bots:
            while sent := await self._round(bot):
                total += sent
        return total

    async def _round(self, bot: _Bot) -> int:
        """Claim a batch and see it through; how many rows were claimed."""
        rows = await asyncio.to_thread(self._claim, bot)
        if not rows:
            return 0
        ready = await asyncio.to_thread(self._delivery.prepare, rows, self._traits)
        outcomes = await asyncio.gather(*(self._send(bot, prepared) for prepared in ready))
        await asyncio.to_thread(self._delivery.record, outcomes, self._clock.now())
        return len(rows)

    def _claim(self, bot: _Bot) -> list[OutboxRow]:
        channel = bot.channel
        limit = min(BATCH, channel.traits.in_flight)
        with self._service.db.begin() as uow:
            return uow.outbox.claim(
                self._name, [(channel.name, channel.bot)], self._clock.now(), lease_seconds=LEASE, limit=limit
            )

    async def _send(self, bot: _Bot, prepared: Prepared) -> Outcome:
        async with bot.paced(prepared.row.chat):
            outcome = await self._delivery.send(bot.channel, prepared)
        if isinstance(outcome.error, RetryAfter):
            bot.hold(outcome.error.seconds)
        return outcome


class _Bot:
    """One channel's loop: its pace and its bell."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.wanted = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._answered = asyncio.Condition()
        traits = channel.traits
        self._pacer = Pacer(traits.rate, traits.chat_gap, traits.group_per_minute)

    def wake(self) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.wanted.set)

    async def rest(self, stopping: asyncio.Event) -> None:
        """Sleep until woken, stopped, or a while has passed (another process may have queued something)."""
        waits = [asyncio.ensure_future(e.wait()) for e in (self.wanted, stopping)]
        await asyncio.wait(waits, timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    def hold(self, seconds: float) -> None:
        """The messenger asked the whole bot to wait."""
        self._pacer.hold(asyncio.get_running_loop().time() + seconds)

    def paced(self, chat: str) -> _Turn:
        """Wait for one's turn; the answer's arrival is noted on leaving."""
        return _Turn(self, chat)

    async def _enter(self, chat: str) -> None:
        clock = asyncio.get_running_loop().time
        async with self._answered:
            while True:
                ready = self._pacer.ready_at(chat, clock(), group=chat.startswith("-"))
                if ready is not None and ready <= clock():
                    self._pacer.started()
                    return
                timeout = None if ready is None else max(0.0, ready - clock())
                try:
                    await asyncio.wait_for(self._answered.wait(), timeout)
                except TimeoutError:
                    continue

    async def _leave(self, chat: str) -> None:
        async with self._answered:
            now = asyncio.get_running_loop().time()
            self._pacer.answered(chat, now, group=chat.startswith("-"))
            self._answered.notify_all()


class _Turn:
    def __init__(self, bot: _Bot, chat: str) -> None:
        self._bot, self._chat = bot, chat

    async def __aenter__(self) -> None:
        await self._bot._enter(self._chat)

    async def __aexit__(self, *_: object) -> None:
        await self._bot._leave(self._chat)
