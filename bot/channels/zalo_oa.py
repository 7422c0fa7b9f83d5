"""Zalo, through an Official Account's open API v3.0; the Bot Platform is another channel.

An account may write to a person for seven days after their last word. Up to five choices are buttons, more are
numbered lines; files are links. Who never wrote is reached by a template message to their telephone number only.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.channel import Accepted, Rejected, Seen, SendError, Take, Traits, Wire
from bot.incoming import Incoming
from bot.json_fields import a_dict, a_text, an_int, read_json
from bot.zalo_oa.tokens import TokenKeeper
from bot.zalo_oa.transport import Transport
from bot.zalo_oa.updates import to_incoming
from domain.health import Finding, Level
from domain.phrases import say

MAX_TEXT = 1960  # of 2 000: an emoji may be counted as two
MAX_BUTTONS = 5
WINDOW = timedelta(days=7)
API, BUSINESS = "https://openapi.zalo.me", "https://business.openapi.zalo.me"


class ZaloOaChannel:
    """One account. ``bot`` is the app's id, which is public; ``secret`` signs what Zalo brings."""

    name = "zalo-oa"

    def __init__(
        self,
        app: str,
        secret: str,
        keeper: TokenKeeper,
        *,
        api_url: str = API,
        business_url: str = BUSINESS,
        rate: float = 1.5,  # 100 calls a minute in the plan that allows an API
    ) -> None:
        self.bot, self._secret = app, secret
        self._api_url, self._business_url = api_url, business_url
        self.traits = Traits(
            max_text=MAX_TEXT,
            max_label=100,
            max_buttons=MAX_BUTTONS,
            files=False,
            rate=rate,
            chat_gap=1.0,
            in_flight=8,
            window=WINDOW,
        )
        self._calls = Transport(keeper, self.traits.in_flight)

    async def send(self, chat: str, wire: Wire) -> str:
        """Send one consultation message; its id."""
        if not wire.text.strip():
            raise Rejected("empty")
        message: dict[str, Any] = {"text": wire.text}
        if wire.buttons:
            buttons = [
                {"title": button.label, "type": "oa.query.hide", "payload": f"#{button.token}"}
                for button in wire.buttons
            ]
            message["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
        body = {"recipient": {"user_id": chat}, "message": message}
        sent = await self._calls.call(f"{self._api_url}/v3.0/oa/message/cs", body)
        return a_text(sent.get("message_id"))

    async def invite(self, phone: str, template: str, values: Mapping[str, str], tracking: str) -> str:
        """A template message (ZNS) to a telephone number, digits with 84 in front; its id. Raises a SendError."""
        body = {
            "phone": phone, "template_id": template, "template_data": dict(values), "tracking_id": tracking,
        }  # fmt: skip
        sent = await self._calls.call(f"{self._business_url}/message/template", body)
        return a_text(sent.get("msg_id"))

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """A press ends by itself; its button cannot be taken away."""

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Nothing to fetch: an account is called, and its webhook is set in Zalo's console."""
        await stopping.wait()

    async def announce(self, public_url: str, key: bytes) -> None:
        """Nothing to tell; that there is a token to call with is made sure of. Raises a SendError."""
        await self._calls.examine()

    async def examine(self, public_url: str) -> tuple[Finding, ...]:
        """Whether there is a token to call with."""
        code = f"zalo-oa {self.bot}"
        try:
            await self._calls.examine()
        except SendError as error:
            if error.reason == "refresh_token":
                says = say(
                    "Zalo refuses the refresh token of the Official Account. Make a new one in Zalo's console and "
                    "set DONDOC_ZALO_OA_REFRESH_TOKEN."
                )
            else:
                says = say("Zalo does not answer ({reason}).", reason=error.reason)
            return (Finding(code, Level.RED, says),)
        if not public_url:
            return (
                Finding(code, Level.WARN, say("An Official Account needs DONDOC_PUBLIC_URL: it is called.")),
            )
        return (Finding(code, Level.OK, say("The Official Account has a token.")),)

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """``mac=`` and the SHA-256 of app id, raw body, the body's timestamp and the account's secret key."""
        given = headers.get("x-zevent-signature", "").removeprefix("mac=").strip()
        try:
            stamp = a_dict(read_json(body)).get("timestamp")
        except ValueError:
            return False
        text = a_text(stamp) or str(an_int(stamp) or "")
        wanted = hashlib.sha256(self.bot.encode() + body + text.encode() + self._secret.encode()).hexdigest()
        return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())

    def read(self, body: bytes) -> Incoming | Seen | None:
        """A call's body as something that came in. Raises ValueError for what is not JSON."""
        return to_incoming(read_json(body), self.bot)

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()
