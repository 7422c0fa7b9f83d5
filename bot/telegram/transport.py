"""Calls to the Bot API: bounded in time and connections, and silent about the token."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Coroutine, Mapping
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from telegram import Bot, InputFile
from telegram.error import RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

# The library's public way to a raw call, do_api_request, warns at every method it knows; pinned below 23.
from telegram.request._requestparameter import RequestParameter

from bot.channel import Rejected, SendError, Unreachable
from bot.json_fields import a_dict, a_text, an_int
from bot.secrecy import hide_tokens
from bot.telegram.errors import HASTE, LONGEST_WAIT, NotTelegrams, translate
from bot.telegram.fast_request import FastRequest
from bot.telegram.updates import ALLOWED

T = TypeVar("T")
#: one call, an upload included, ends well within the sender's lease, seconds
LONGEST = 45.0
#: how long Telegram holds a poll when nothing comes in, seconds
POLL = 25
TOO_MANY, REFUSED = 429, 400
_TOLD = ("retry_after", "migrate_to_chat_id")
_REFUSAL = re.compile(rb'\s*\{\s*"ok"\s*:\s*false')


@lru_cache
def _tls() -> ssl.SSLContext:
    """Read the certificates once, not once a connection pool: that takes a tenth of a second."""
    return httpx.create_ssl_context()


class _Answers:
    """Reads answers without ever logging or quoting one: a gateway's page may echo the token."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer as plain data."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
            raise NotTelegrams("the answer is not Telegram's")
        answer.setdefault("result", None)
        # the library takes the types and sizes of these for granted
        told = {name: an_int(a_dict(answer.get("parameters")).get(name)) for name in _TOLD}
        answer["parameters"] = {name: value for name, value in told.items() if value}
        if wait := told["retry_after"]:
            answer["parameters"]["retry_after"] = min(max(wait, 1), LONGEST_WAIT)
        answer["description"] = a_text(answer.get("description"))
        return answer

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        """One call. A gateway asks to wait without saying how long, or hides an error behind another status."""
        status, body = await super().do_request(*given, **named)  # type: ignore[misc]
        if status < REFUSED and _REFUSAL.match(body):
            status = an_int(a_dict(_Answers.parse_json_payload(body)).get("error_code")) or 500
        if status == TOO_MANY and b"retry_after" not in body:
            raise RetryAfter(HASTE)
        return status, body


class _Request(_Answers, HTTPXRequest):
    """The library's transport."""


class _Fast(_Answers, FastRequest):
    """The quick transport, as silent."""


def _sending(proxy: str | None, in_flight: int) -> BaseRequest:
    """What messages go over; a SOCKS proxy is spoken by the library's own transport alone."""
    if proxy is None or proxy.startswith("http"):
        return _Fast(in_flight, 15, _tls(), proxy)
    return _Request(
        connection_pool_size=in_flight,
        connect_timeout=5,
        read_timeout=15,
        write_timeout=10,
        pool_timeout=5,
        media_write_timeout=25,
        proxy=proxy,
        httpx_kwargs={"verify": _tls()},
    )


class Transport:
    """One bot's connections. ``api`` is the library's Bot; what it returns goes through :meth:`call`."""

    def __init__(self, token: str, api_url: str, proxy: str | None, in_flight: int) -> None:
        hide_tokens("httpx", "aiohttp.client", "aiohttp.internal", "telegram.Bot")
        fetching = _Request(
            connection_pool_size=1,
            connect_timeout=5,
            read_timeout=POLL + 10,
            proxy=proxy,
            httpx_kwargs={"verify": _tls()},
        )
        sending = _sending(proxy, in_flight)
        self._requests = (sending, fetching)
        self._address = f"{api_url}/bot{token}"
        self.api = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=sending,
            get_updates_request=fetching,
        )

    async def call(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a call. Raises a SendError within :data:`LONGEST` seconds."""
        failure: SendError
        try:
            async with asyncio.timeout(LONGEST):
                return await work
        except TelegramError as error:
            failure = translate(error)
        except TimeoutError:
            failure = Unreachable("timed_out")
        # Raised out here, so that the library's error, whose causes know the address, is not chained to ours.
        raise failure

    async def send(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The message a send made, as plain data: building the library's objects takes longer than the call."""
        address, request = f"{self._address}/{method}", self._requests[0]
        given = {name: value for name, value in parameters.items() if value is not None}
        if isinstance(request, FastRequest) and not any(isinstance(v, InputFile) for v in given.values()):
            sent = await request.post_plain(address, given)
        else:
            fields = [RequestParameter.from_input(name, value) for name, value in given.items()]
            sent = await request.post(address, RequestData(fields))
        return a_dict(
            sent
        )  # whatever it is: Telegram said that it is out, and said again it would be there twice

    async def file(self, ref: str, most: int) -> bytes:
        """The bytes of a file. Raises the library's errors, and Rejected for more than ``most`` bytes."""
        found = await self.api.get_file(ref)
        if (found.file_size or 0) > most:
            raise Rejected("too_large")
        data = bytes(await found.download_as_bytearray())
        if len(data) > most:
            raise Rejected("too_large")
        return data

    async def updates(self, offset: int) -> list[object]:
        """What has come in from ``offset`` on (0: from the first unconfirmed), waiting for it; plain data."""
        asked = {"timeout": POLL, "limit": 100, "allowed_updates": json.dumps(ALLOWED)}
        query = urlencode(asked | ({"offset": offset} if offset else {}))
        found: Any = await self.call(self._requests[1].post(f"{self._address}/getUpdates?{query}"))
        return found if isinstance(found, list) else []

    async def close(self) -> None:
        """Let go of connections."""
        await asyncio.gather(*(request.shutdown() for request in self._requests))
