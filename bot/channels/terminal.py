"""The terminal: the conversation of one person, on standard output, for trying things and for help over a shell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.channel import Accepted, Take, Traits, Wire
from bot.incoming import Incoming


class TerminalChannel:
    """``write`` shows a message. ``chat`` is the official's key."""

    name = "terminal"
    bot = "local"
    traits = Traits(buttons=False, max_text=20_000, files=False)

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    async def send(self, chat: str, wire: Wire) -> str:
        """Show the text; choices stand in it as numbered lines."""
        self._write(wire.text)
        return ""

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """Nothing is pressed."""

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Nothing to fetch: whoever reads the terminal's lines hands them in."""

    async def announce(self, public_url: str, key: bytes) -> None:
        """Nobody to tell."""

    async def close(self) -> None:
        """Nothing is held."""
