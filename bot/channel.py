"""What a channel is: the messenger's traits, what is sent through it, and what can go wrong.

Nobody outside a channel's own file asks for its name; they ask for a trait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.incoming import Incoming
from domain.health import Finding
from domain.messages import Tone
from domain.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Traits:
    """What a messenger can do and bears. Lengths are characters, rates messages a second.

    ``rate`` 0 means that nothing limits the bot (the browser chat is our own).
    """

    buttons: bool = True
    max_text: int = 4096
    max_label: int = 60
    max_caption: int = 0  # of the words a file can carry, the others go before it; 0: as many as a text
    files: bool = True
    replaces: bool = False  # a message that was sent can be given other words
    rate: float = 0.0
    chat_gap: float = 0.0  # seconds between two messages to one chat
    group_per_minute: int = 0
    group_prefix: str = ""  # how the ids of groups begin, where their rate is another
    in_flight: int = 32
    max_buttons: int = 0  # more choices than this are numbered lines; 0: as many as there are
    month_quota: int = 0  # messages a month the messenger grants; 0: as many as there are
    people: int = 0  # how many people one bot may have; 0: any number
    window: timedelta | None = None  # since a person's last word; afterwards they may not be written to


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text in characters: [start, start + length). ``style`` is bold, italic or strikethrough."""

    start: int
    length: int
    style: str


@dataclass(frozen=True, slots=True)
class Button:
    """One choice as a button. ``token`` comes back when it is pressed."""

    label: str
    token: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class WireFile:
    """A file that goes along. Equal keys are equal files, which a messenger need not be given twice."""

    name: str
    media_type: str
    data: bytes
    key: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """One message as a messenger sends it; ``reply_to`` is the messenger's id of the message answered."""

    text: str
    spans: tuple[Span, ...] = ()
    buttons: tuple[Button, ...] = ()
    file: WireFile | None = None
    reply_to: str = ""
    #: the messenger's id of an own message that this takes the place of, on channels with that trait
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """How something that came in was taken.

    ``toast`` is a short word for who pressed a button, in their language; ``used_up`` says that the pressed
    message's buttons have done their work and can be taken away.
    """

    outcome: str  # done, duplicate, stale, stranger, unreadable, ignored, failed
    toast: str = ""
    used_up: bool = False


class SendError(Exception):
    """A message did not go out; the subclass says what to do. ``reason`` is a machine code for the record."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(SendError):
    """The messenger did not answer, or not sensibly: try again later."""


class RetryAfter(SendError):
    """The messenger asks the whole bot to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__("retry_after")
        self.seconds = seconds


class QuotaSpent(RetryAfter):
    """The messenger says that the bot's messages of this month are used up; ``seconds`` until one may try again."""


class AddressGone(SendError):
    """The person cannot be reached there any more (blocked, deactivated, no such chat)."""


class OutOfReach(SendError):
    """The person must write before they may be written to again: the address stays, this message goes elsewhere."""


class Moved(SendError):
    """The chat has a new id (a group became a supergroup)."""

    def __init__(self, chat: str) -> None:
        super().__init__("moved")
        self.chat = chat


class Rejected(SendError):
    """This very message is refused and always will be."""


class BotRefused(SendError):
    """The bot itself is refused (a bad or withdrawn token): nothing can go out before a person acts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a messenger tells of messages that went out: by its own ids, how far they got."""

    chat: str
    message_ids: tuple[str, ...]
    receipt: Receipt


Take = Callable[[Incoming], Awaitable[Accepted]]


class Channel(Protocol):
    """One bot of one messenger. ``bot`` is a public id, never a token."""

    name: str
    bot: str
    traits: Traits

    async def send(self, chat: str, wire: Wire) -> str:
        """Send one message; the messenger's id of it. Raises a SendError."""
        ...

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """Show that something was taken in: end a button's spinner, take used buttons away."""
        ...

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Fetch what comes in until ``stopping``; each is confirmed to the messenger only after ``take``."""
        ...

    async def announce(self, public_url: str, key: bytes) -> None:
        """Tell the messenger where to call (nowhere, when empty: then it is polled) and which commands there are.

        ``key`` is the service's own, from which a webhook's secret is derived.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Examined(Protocol):
    """A channel that can ask its messenger how the bot stands there."""

    async def examine(self, public_url: str) -> tuple[Finding, ...]:
        """Whether the token is good, and whether the messenger calls us where we are; never raises."""
        ...


@runtime_checkable
class Fetching(Protocol):
    """A channel that can fetch a file somebody sent."""

    name: str
    bot: str

    async def fetch(self, ref: str, most: int) -> bytes:
        """The file's bytes. Raises a SendError, also for one larger than ``most`` bytes."""
        ...


@runtime_checkable
class Hooked(Protocol):
    """A channel that is called over HTTP at ``/{name}/{bot}``: what the door needs to let a call in."""

    name: str
    bot: str
    secret_header: str

    def secret(self, key: bytes) -> str:
        """What the header must say; derived from the service's key, so that nothing more must be kept."""
        ...

    def read(self, body: bytes) -> Incoming | None:
        """A call's body as something that came in; None for what does not concern us. Raises ValueError."""
        ...


def hook_url(public_url: str, channel: Hooked) -> str:
    """Where such a channel is called; "" without a public address, when it is polled."""
    return f"{public_url}/{channel.name}/{channel.bot}" if public_url else ""


@runtime_checkable
class Signed(Protocol):
    """A channel whose calls at ``/{name}/{bot}`` are signed over their body, which is therefore read first."""

    name: str
    bot: str

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the messenger sent exactly this; constant in time. Never raises."""
        ...

    def read(self, body: bytes) -> Incoming | Seen | None:
        """What came in; None for what does not concern us. Raises ValueError."""
        ...
