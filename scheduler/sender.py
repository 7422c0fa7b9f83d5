"""Sends what the outbox holds: one pipeline a bot, so that bots do not wait for each other."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence

from bot.channel import Channel
from bot.services import Service
from scheduler.clock import Clock
from scheduler.sending_bot import BotPipeline
from scheduler.sending_exchange import Leases


class Sender:
    """The bots this process speaks for. ``wake`` it when something was put into the outbox."""

    def __init__(
        self, channels: Sequence[Channel], service: Service, clock: Clock, leases: Leases = Leases()
    ) -> None:
        worker = uuid.uuid4().hex[:12]
        self._bots = [BotPipeline(channel, service, clock, worker, leases) for channel in channels]

    def wake(self) -> None:
        """Look at the outbox now; safe from any thread of the loop's process."""
        for bot in self._bots:
            bot.wake()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until asked to stop; what is being sent is finished and recorded first."""
        await asyncio.gather(*(bot.run(stopping) for bot in self._bots))

    async def send_due(self) -> int:
        """Everything that is due now, once; the number of messages that went out."""
        total = 0
        while sent := sum([await bot.send_due() for bot in self._bots]):  # one bot's may move to another
            total += sent
        return total
