"""A channel by itself against its stand-in, without the service around it."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from bot.channel import Accepted, Channel, SendError
from bot.incoming import Incoming

T = TypeVar("T")
C = TypeVar("C", bound=Channel)


def using(channel: C, work: Callable[[C], Awaitable[T]]) -> T:
    """Do something with a channel, and close it."""

    async def run() -> T:
        try:
            return await work(channel)
        finally:
            await channel.close()

    return asyncio.run(run())


def refused(sending: Callable[[], object], secret: str) -> SendError:
    """The error with which something is not sent; nothing that is printed of it shows the secret."""
    with pytest.raises(SendError) as caught:
        sending()
    assert_silent(secret, "".join(traceback.format_exception(caught.value)), repr(caught.value))
    assert caught.value.__context__ is None
    return caught.value


def assert_silent(secret: str, *texts: str) -> None:
    """No text shows it."""
    for text in texts:
        assert secret not in text


async def done(incoming: Incoming) -> Accepted:
    """Takes anything."""
    return Accepted("done")


def polled(channel: Channel, take: Callable[[Incoming], Awaitable[Accepted]], *, until: int) -> list[Incoming]:  # fmt: skip
    """What was taken, in order, until there were as many; then the poller is stopped."""

    async def work(channel: Channel) -> list[Incoming]:
        stopping, taken = asyncio.Event(), []

        async def taking(incoming: Incoming) -> Accepted:
            accepted = await take(incoming)
            taken.append(incoming)
            if len(taken) >= until:
                stopping.set()
            return accepted

        await asyncio.wait_for(channel.poll(taking, stopping), 30)
        return taken

    return using(channel, work)
