"""Calls to the open API of Official Accounts over HTTP: ``POST {url}/v3.0/oa/…`` with the header access_token."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx

from bot.channel import SendError, Unreachable
from bot.json_fields import a_dict
from bot.zalo_oa.errors import TOKEN_ENDED, code_of, judge
from bot.zalo_oa.tokens import TokenKeeper

#: one call ends well within the sender's lease, seconds
LONGEST = 20.0


class Transport:
    """One account's connections."""

    def __init__(self, keeper: TokenKeeper, in_flight: int) -> None:
        self._keeper = keeper
        limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(LONGEST, connect=5), limits=limits)

    async def call(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer's data. A token that ended meanwhile is renewed and the call made once more. Raises SendError."""
        token = await self._keeper.access()
        status, answer = await self._post(url, token, body)
        if code_of(answer) in TOKEN_ENDED:
            status, answer = await self._post(url, await self._keeper.access(refused=token), body)
        if (failure := judge(status, code_of(answer))) is not None:
            raise failure
        return a_dict(a_dict(answer).get("data"))

    async def _post(self, url: str, token: str, body: dict[str, Any]) -> tuple[int, object]:
        failure: SendError
        try:
            async with asyncio.timeout(LONGEST):
                answer = await self._client.post(url, json=body, headers={"access_token": token})
            return answer.status_code, _plain(answer.content)
        except (TimeoutError, httpx.TimeoutException):
            failure = Unreachable("timed_out")
        except httpx.HTTPError:
            failure = Unreachable("network")
        raise failure

    async def examine(self) -> None:
        """Whether there is a token to call with. Raises a SendError."""
        await self._keeper.access()

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()


def _plain(body: bytes) -> object:
    """The body as plain data; None for what is not JSON: a gateway's page, say, whose status still counts."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
