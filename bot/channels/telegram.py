"""Telegram, through the Bot API (https://core.telegram.org/bots/api) and python-telegram-bot.

Of the library only the transport, the types and the errors are used: conversations, jobs and queues are ours,
in the database, the same for every messenger.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import BotCommandScopeAllPrivateChats

from bot.channel import Accepted, Rejected, SendError, Take, Traits, Wire, WireFile, hook_url
from bot.incoming import Incoming
from bot.json_fields import read_json
from bot.registry import commands as all_commands
from bot.secrecy import hook_secret
from bot.telegram.examining import examine
from bot.telegram.menu import Menu, menus
from bot.telegram.polling import Inflow, poll
from bot.telegram.replacing import replace_message
from bot.telegram.transport import Transport
from bot.telegram.updates import ALLOWED, to_incoming
from bot.telegram.uploads import Uploads
from bot.telegram.wires import answering, entities, keyboard
from domain.health import Finding

log = logging.getLogger(__name__)

MAX_CAPTION = 1024
MAX_TOAST = 200
MAX_FILE = 50 * 2**20


class TelegramChannel:
    """One bot. ``bot`` is the number before the token's colon, which is public.

    ``commands`` is the menu to announce; None takes it from the registry.
    """

    name = "telegram"
    secret_header = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name, not a secret

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://api.telegram.org",
        rate: float = 30,
        proxy: str | None = None,
        commands: Menu | None = None,
    ) -> None:
        self.bot = token.partition(":")[0]
        self.traits = Traits(
            max_caption=MAX_CAPTION,
            replaces=True,
            rate=rate,
            chat_gap=1.0,
            group_per_minute=20,
            group_prefix="-",
            in_flight=30,
        )
        self.username = ""
        self._menu = commands
        self._calls = Transport(token, api_url, proxy, self.traits.in_flight)
        self._api = self._calls.api
        self._uploads = Uploads()

    async def send(self, chat: str, wire: Wire) -> str:
        """Send one message; its id."""
        return await self._calls.call(self._send(chat, wire))

    async def _send(self, chat: str, wire: Wire) -> str:
        if wire.replaces:
            return await replace_message(self._calls, chat, wire)
        if wire.file:
            return await self._send_file(chat, wire, wire.file)
        sent = await self._calls.send(
            "sendMessage",
            {
                "chat_id": chat,
                "text": wire.text,
                "entities": entities(wire.text, wire.spans) or None,
                "reply_markup": keyboard(wire.buttons),
                "reply_parameters": answering(wire),
                "link_preview_options": {"is_disabled": True},
            },
        )
        return str(sent.get("message_id", ""))

    async def _send_file(self, chat: str, wire: Wire, file: WireFile) -> str:
        if len(file.data) > MAX_FILE or len(wire.text) > MAX_CAPTION:
            raise Rejected("too_large")
        rest = {
            "chat_id": chat,
            "caption": wire.text or None,
            "caption_entities": entities(wire.text, wire.spans) or None,
            "reply_markup": keyboard(wire.buttons),
            "reply_parameters": answering(wire),
        }
        sent = await self._uploads.send(
            file, lambda document: self._calls.send("sendDocument", {"document": document, **rest})
        )
        return str(sent.get("message_id", ""))

    async def fetch(self, ref: str, most: int) -> bytes:
        """A file somebody sent. Raises a SendError, Rejected for one that is too large (20 MB is the API's limit)."""
        return await self._calls.call(self._calls.file(ref, most))

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        """End the pressed button's spinner, with a toast; take used buttons away. Failures are only logged."""
        if not incoming.press:
            return
        await self._try(self._api.answer_callback_query(incoming.press, text=accepted.toast[:MAX_TOAST]))
        if accepted.used_up and incoming.message_id:
            message = int(incoming.message_id)
            await self._try(self._api.edit_message_reply_markup(incoming.chat, message, reply_markup=None))

    async def _try(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await self._calls.call(work)
        except SendError as error:  # an old query or a message without buttons is in the state we want
            log.info("a press could not be acknowledged", extra={"bot": self.bot, "reason": error.reason})

    async def poll(self, take: Take, stopping: asyncio.Event) -> None:
        """Long-poll until ``stopping``; what comes in is confirmed once it is stored."""
        await poll(self._calls.updates, Inflow(self.bot, take, self.acknowledge), stopping)

    async def announce(self, public_url: str, key: bytes) -> None:
        """Learn the bot's name, set or remove the webhook, publish the commands. Raises a SendError."""
        me = await self._calls.call(self._api.get_me())
        self.username = me.username or ""
        if url := hook_url(public_url, self):
            hook = self._api.set_webhook(url, secret_token=self.secret(key), allowed_updates=ALLOWED)
            await self._calls.call(hook)
        else:
            await self._calls.call(self._api.delete_webhook())
        scope = BotCommandScopeAllPrivateChats()
        for language, lines in (self._menu or menus(all_commands())).items():
            await self._calls.call(self._api.set_my_commands(lines, scope, language_code=language or None))

    async def examine(self, public_url: str) -> tuple[Finding, ...]:
        """Whether the token is good, and whether Telegram calls us where we are."""
        return await examine(self._calls, self.bot, hook_url(public_url, self))

    def join_link(self, code: str) -> str:
        """A link that opens the chat and sends the code; "" before the bot's name is known."""
        return f"https://t.me/{self.username}?start={code}" if self.username else ""

    def secret(self, key: bytes) -> str:
        """What Telegram must put into the header."""
        return hook_secret(key, self.name, self.bot)

    def read(self, body: bytes) -> Incoming | None:
        """A call's body as something that came in. Raises ValueError for what is not JSON."""
        return to_incoming(read_json(body), self.bot)

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()
