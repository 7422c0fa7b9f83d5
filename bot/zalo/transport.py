"""Calls to the Zalo Bot Platform over HTTP: bounded in time and size, and silent about the token.

``POST {url}/bot{token}/{method}`` with JSON, answered by ``{ok, result | description, error_code}``.
Source: https://docs.zaloplatforms.com/docs/BOT
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from bot.channel import SendError, Unreachable
from bot.json_fields import a_dict
from bot.secrecy import hide_tokens
from bot.zalo.errors import QUIET, code_of, judge

#: one call ends well within the sender's lease, seconds
LONGEST = 20.0
#: how long Zalo holds a poll when nothing comes in, seconds
POLL = 25
_MAX_ANSWER = 2**20


class Transport:
    """One bot's connections."""

    def __init__(self, token: str, api_url: str, in_flight: int) -> None:
        hide_tokens("httpx", "httpcore")
        self._address = f"{api_url}/bot{token}"
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(LONGEST, connect=5),
            # one connection more, for the poll, which is held
            limits=httpx.Limits(max_connections=in_flight + 1, max_keepalive_connections=in_flight + 1),
        )

    async def call(self, method: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The call's result; {} where it has none. Raises a SendError within :data:`LONGEST` seconds."""
        status, answer = await self._ask(method, parameters or {}, LONGEST)
        if (failure := judge(status, answer)) is not None:
            raise failure
        return a_dict(a_dict(answer).get("result"))

    async def update(self) -> object | None:
        """The next event, which Zalo then forgets; None when nothing came in. Raises a SendError."""
        status, answer = await self._ask("getUpdates", {"timeout": POLL}, POLL + 7)
        if a_dict(answer).get("ok") is False and code_of(a_dict(answer)) == QUIET:
            return None
        if (failure := judge(status, answer)) is not None:
            raise failure
        return a_dict(answer).get("result")

    async def _ask(self, method: str, parameters: Mapping[str, Any], within: float) -> tuple[int, object]:
        failure: SendError
        try:
            async with asyncio.timeout(within):
                async with self._client.stream(
                    "POST", f"{self._address}/{method}", json=dict(parameters), timeout=within
                ) as answer:
                    return answer.status_code, await _read(answer)
        except (TimeoutError, httpx.TimeoutException):
            failure = Unreachable("timed_out")
        except (httpx.HTTPError, httpx.InvalidURL):
            failure = Unreachable("network")
        # Raised out here, so that the library's error, which knows the address, is not chained to ours.
        raise failure

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()


async def _read(answer: httpx.Response) -> object:
    """The body as plain data; None for what is not JSON or too long: a page of a gateway, say."""
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > _MAX_ANSWER:
            return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
