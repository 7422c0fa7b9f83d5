"""The browser chat: our own page, always reachable inside the office.

Nothing goes over a wire: a row that is marked sent is what the page shows, with its own buttons.
"""

from __future__ import annotations

import asyncio

from bot.channel import Accepted, Take, Traits, Wire
from bot.incoming import Incoming


class BrowserChannel:
    """The page. ``chat`` is the official's id as text, since a signed-in person has one page."""

    name = "browser"
    bot = "web"
    traits = Traits(max_text=20_000, max_label=120)

    async def send(self, chat: str, wire: Wire) -> str:
        """Nothing to do: the page reads the outbox."""
        return ""

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """The page's own request has its answer."""

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Nothing to fetch: the page comes to us."""

    async def announce(self, public_url: str, key: bytes) -> None:
        """Nobody to tell."""

    async def close(self) -> None:
        """Nothing is held."""
