"""Zalo, through the Bot Platform (https://docs.zaloplatforms.com/docs/BOT); the Official Account is another.

There are no buttons, no editing and no files: choices are numbered lines, files are links. A bot cannot write
first: whoever wants to be reached writes it the code of their invitation.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from bot.channel import Accepted, Rejected, Span, Take, Traits, Wire, hook_url
from bot.incoming import Incoming
from bot.json_fields import a_dict, a_text, read_json
from bot.secrecy import hook_secret
from bot.stopping import unless
from bot.zalo.examining import examine
from bot.zalo.polling import Held, poll
from bot.zalo.transport import Transport
from bot.zalo.updates import to_incoming
from domain.health import Finding

log = logging.getLogger(__name__)

#: 2 000 characters are allowed; that Zalo counts an emoji as two, as its style offsets do, must be expected
MAX_TEXT = 1960


class ZaloChannel:
    """One bot. ``bot`` is the number before the token's colon, which is public."""

    name = "zalo"
    secret_header = "X-Bot-Api-Secret-Token"  # noqa: S105  a header's name, not a secret

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://bot-api.zaloplatforms.com",
        rate: float = 10,
        month_quota: int = 0,
        people: int = 0,
    ) -> None:
        self.bot = token.partition(":")[0]
        self.traits = Traits(
            buttons=False,
            max_text=MAX_TEXT,
            files=False,
            rate=rate,
            chat_gap=1.0,
            in_flight=16,
            month_quota=month_quota,
            people=people,
        )
        self._calls = Transport(token, api_url, self.traits.in_flight)

    async def send(self, chat: str, wire: Wire) -> str:
        """Send one message; its id."""
        if not wire.text.strip():
            raise Rejected("empty")
        asked: dict[str, Any] = {"chat_id": chat, "text": wire.text}
        if styles := text_styles(wire.text, wire.spans):
            asked["text_styles"] = styles
        sent = await self._calls.call("sendMessage", asked)
        return a_text(sent.get("message_id"))

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """Nothing is pressed, so nothing waits for it."""

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Long-poll until ``stopping``; the next is fetched once the last is stored."""

        async def fetch() -> Incoming | None:
            return to_incoming(await unless(stopping, self._calls.update()), self.bot)

        await poll(fetch, Held(self.bot, take), stopping)

    async def announce(self, public_url: str, key: bytes) -> None:
        """Set or remove the webhook. Raises a SendError.

        Zalo keeps an address even when it could not verify it, and says so beside its success.
        """
        if not public_url:
            await self._calls.call("deleteWebhook")
            return
        hook = {"url": hook_url(public_url, self), "secret_token": self.secret(key)}
        done = await self._calls.call("setWebhook", hook)
        if a_dict(done.get("verification")).get("ok") is False:
            log.warning(
                "Zalo could not reach the webhook's address; it keeps it all the same", extra=self._who()
            )

    async def examine(self, public_url: str) -> tuple[Finding, ...]:
        """Whether the token is good, and whether Zalo calls us where we are."""
        return await examine(self._calls, self.bot, hook_url(public_url, self))

    def secret(self, key: bytes) -> str:
        """What Zalo must put into the header."""
        return hook_secret(key, self.name, self.bot)

    def read(self, body: bytes) -> Incoming | None:
        """A call's body as something that came in. Raises ValueError for what is not JSON."""
        return to_incoming(read_json(body), self.bot)

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()

    def _who(self) -> dict[str, str]:
        return {"channel": self.name, "bot": self.bot}


def text_styles(text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Headings in bold and nothing else; places are UTF-16 units, as Zalo counts them."""
    return [
        {"start": _units(text[: span.start]), "len": _units(text[span.start :][: span.length]), "st": ["b"]}
        for span in spans
        if span.style == "bold" and span.length
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
