"""Webhooks: a messenger calls, what it brings is stored, and only then is the call answered.

The order of the checks is a promise: who calls is settled by the secret header before a byte of the body is
read, and no more of the body is read than one message may have. A messenger that signs its bodies instead is
believed once the signature holds; until then nothing of the body is acted on.

Answers: 200 taken in (or nothing that concerns us); 401 wrong secret; 404 no such bot; 413 too long or not
whole; 503 not stored, so that the messenger delivers again. A body that the messenger signed and that cannot
be read is answered 200 and logged: it would be no better the next time, and everything behind it would wait.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channel import Channel, Hooked, Seen, Signed
from bot.fetching import with_file
from bot.gathering import Gathering
from bot.incoming import Incoming
from bot.patience import Patience
from web.context import WebContext

log = logging.getLogger(__name__)
MAX_BODY = 2**20
#: a messenger sends its body at once; who trickles is let go, seconds
SLOWEST = 15.0


def routes(context: WebContext) -> list[Route]:
    """One address for each channel that is called: ``POST /{name}/{bot}``."""
    names = sorted({channel.name for channel in context.channels if isinstance(channel, Hooked | Signed)})
    gathering = Gathering(context.inbox, context.now)
    return [
        Route(f"/{name}/{{bot}}", _Hook(context, name, gathering).answer, methods=["POST"]) for name in names
    ]


@dataclass(frozen=True, slots=True)
class _Bot:
    """One bot, and how a call to it is believed: by a secret in a header, or by its signature."""

    channel: Channel
    read: Callable[[bytes], Incoming | Seen | None]
    secret_header: str = ""
    secret: bytes = b""
    is_signed: Callable[[Mapping[str, str], bytes], bool] | None = None


class _Hook:
    """The bots of one messenger by their public id, and what each must be called with."""

    def __init__(self, context: WebContext, name: str, gathering: Gathering) -> None:
        self._context, self._gathering = context, gathering
        #: what a bot is asked for is looked up once: looking costs more than reading a call
        self._bots: dict[str, _Bot] = {}
        for channel in context.channels:
            if channel.name != name or not isinstance(channel, Hooked | Signed):
                continue
            bot = _Bot(channel, channel.read)
            if isinstance(channel, Hooked):
                secret = channel.secret(context.secret_key).encode()
                bot = replace(bot, secret_header=channel.secret_header, secret=secret)
            if isinstance(channel, Signed):
                bot = replace(bot, is_signed=channel.is_signed)
            self._bots[channel.bot] = bot
        self._patience = Patience()

    async def answer(self, request: Request) -> Response:
        """Check, read, store, and only then say so."""
        found = self._bots.get(request.path_params["bot"])
        if found is None:
            return PlainTextResponse("no such bot", 404)
        channel = found.channel
        given = request.headers.get(found.secret_header, "").encode()
        if found.secret_header and not hmac.compare_digest(given, found.secret):
            log.warning("a webhook was called with a wrong secret", extra=_who(channel))
            return PlainTextResponse("wrong secret", 401)
        body = await _bounded(request)
        if body is None:
            return PlainTextResponse("too long", 413, headers={"connection": "close"})
        if found.is_signed and not found.is_signed(request.headers, body):
            log.warning("a webhook was called with a wrong signature", extra=_who(channel))
            return PlainTextResponse("wrong signature", 401)
        try:
            incoming = found.read(body)
        except ValueError:
            log.error("a webhook brought something unreadable; it is dropped", extra=_who(channel))
            return PlainTextResponse("unreadable")
        if incoming is None:
            return PlainTextResponse("nothing to do")
        return await (
            self._note(channel, incoming) if isinstance(incoming, Seen) else self._take(channel, incoming)
        )

    async def _note(self, channel: Channel, seen: Seen) -> Response:
        """How far messages got; what is not ours, or known already, changes nothing."""

        def note() -> None:
            with self._context.service.db.begin() as uow:
                for number in seen.message_ids:
                    uow.outbox.received_at(
                        channel.name, channel.bot, seen.chat, number, seen.receipt, self._context.now()
                    )

        try:
            await asyncio.to_thread(note)
        except Exception as error:
            log.warning(
                "a receipt could not be stored", extra=_who(channel) | {"error": type(error).__name__}
            )
            return PlainTextResponse("not stored", 503)
        return PlainTextResponse("ok")

    async def _take(self, channel: Channel, incoming: Incoming) -> Response:
        context = self._context
        try:
            incoming = await with_file(channel, context.inbox, incoming)
            accepted = await self._gathering.accept(incoming)
        except Exception as error:
            detail = _who(channel) | {"update": incoming.update_id, "error": type(error).__name__}
            if self._patience.failed(f"{channel.bot}:{incoming.update_id}"):
                log.error("an update failed while others got through; it is dropped", extra=detail)
                return PlainTextResponse("dropped")
            log.warning("an update could not be stored; the messenger will bring it again", extra=detail)
            return PlainTextResponse("not stored", 503)
        self._patience.succeeded(f"{channel.bot}:{incoming.update_id}")
        context.wake()
        return PlainTextResponse("ok", background=BackgroundTask(channel.acknowledge, incoming, accepted))


def _who(channel: Channel) -> dict[str, str]:
    return {"channel": channel.name, "bot": channel.bot}


async def _bounded(request: Request) -> bytes | None:
    """The body; None when it is longer than :data:`MAX_BODY`, says so, breaks off or trickles."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 9 or int(length) > MAX_BODY:
        return None
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)
