"""A process that sends, for the figures of two at once.

``python -m benchmarks._sender ours FILE URL RATE``: what is due in the database, until ended (SIGTERM).
``python -m benchmarks._sender peer URL CHAT,CHAT,…``: python-telegram-bot with its limiter, one message for each.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

from benchmarks.delivery import channel_to, peer_limited, service_of
from scheduler.clock import SystemClock
from scheduler.sender import Sender
from storage.engine import make_engine
from storage.unit_of_work import Database


async def ours(file: str, url: str, rate: float) -> None:
    """Send until ended."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    channel = channel_to(url, rate)
    service = service_of(Database(make_engine(f"sqlite:///{file}")), channel)
    await Sender([channel], service, SystemClock()).run(stopping)
    await channel.close()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    who, *rest = sys.argv[1:]
    if who == "ours":
        asyncio.run(ours(rest[0], rest[1], float(rest[2])))
    else:
        asyncio.run(peer_limited(rest[0], [int(chat) for chat in rest[1].split(",")]))
