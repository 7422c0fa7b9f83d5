"""What every page works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.channel import Channel
from bot.inbox import Inbox
from bot.services import Service


class DemoControls(Protocol):
    """The bar on top of the demo: who one is, and what time it is."""

    def people(self) -> list[tuple[int, str]]:
        """Everybody one can be: (official id, name), the most telling first."""
        ...

    def now(self) -> datetime:
        """The demo's time, aware."""
        ...

    async def move_to(self, instant: datetime) -> None:
        """Move the clock forward; the service lives through every morning on the way. Backwards is refused."""
        ...

    def next_reminder(self) -> datetime | None:
        """The next moment at which anybody is reminded of anything, within a quarter."""
        ...


@runtime_checkable
class Inviting(Protocol):
    """A channel that a link can lead into with a join code already filled in."""

    name: str

    def join_link(self, code: str) -> str:
        """The messenger's own address that starts the bot with the code."""
        ...


@dataclass(frozen=True)
class WebContext:
    """The composed parts a page may use. ``now`` gives an aware UTC instant; ``wake`` rings the sender."""

    service: Service
    inbox: Inbox
    channels: Sequence[Channel]
    now: Callable[[], datetime]
    secret_key: bytes
    wake: Callable[[], None]
    public_url: str = ""
    demo: DemoControls | None = None
