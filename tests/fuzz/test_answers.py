"""Hostile answers of a messenger, or of whoever answers in its place: every call ends with a decision, none with a crash.

The suite has a hundred answers a messenger; ``./run fuzz`` three thousand.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.channel import SendError, Wire
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from storage.unit_of_work import Database
from tests.bot.channels.test_zalo_oa import channel_of
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble
from tests.doubles.zalo_oa import FIRST
from tests.fuzz.mutating import STRANGE, mangled, mutants

CHAT = 5219000111
GOOD: dict[str, list[Any]] = {
    "telegram": [
        {"ok": True, "result": {"message_id": 5, "date": 1, "chat": {"id": CHAT, "type": "private"}, "text": "x"}},
        {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 3}},
        {"ok": False, "error_code": 400, "description": "moved", "parameters": {"migrate_to_chat_id": -100123}},
        {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    ],
    "zalo": [
        {"ok": True, "result": {"message_id": "m5", "date": 1}},
        {"ok": False, "error_code": 429, "description": "quota"},
        {"ok": False, "error_code": "400", "description": "chat_id is invalid"},
    ],
    "zalo-oa": [
        {"error": 0, "message": "Success", "data": {"message_id": "m5", "user_id": "1"}},
        {"error": -230, "message": "window"},
        {"error": "-216", "message": "token"},
    ],
}  # fmt: skip
STATUSES = (200, 200, 200, 200, 201, 302, 400, 401, 403, 404, 409, 413, 418, 429, 500, 502, 503, 599)
Send = Callable[[], Awaitable[str]]


def answers(name: str, count: int) -> list[dict[str, Any]]:
    """What is answered with which status: mutants of good answers, mangled ones, anything."""
    chance = random.Random(f"{name} {count}")
    made = mutants(GOOD[name], count, seed=count)
    orders: list[dict[str, Any]] = []
    for thing in made:
        text = json.dumps(thing)
        body: Any = chance.choice([thing, thing, thing, mangled(text.encode(), chance).decode("latin-1"), chance.choice(STRANGE)])  # fmt: skip
        if body == 10**400 or body != body:  # no way to order it
            body = "[" * 5000
        orders.append({"status": chance.choice(STATUSES), "body": body})
    return orders


async def decided(send: Send, secrets: tuple[str, ...]) -> str:
    """What a call came to; anything but an id or a SendError is a defect."""
    try:
        return "sent" if isinstance(await send(), str) else "no id"
    except SendError as error:
        caught = error
    assert not [s for s in secrets if s in repr(caught) + caught.reason]
    assert caught.__context__ is None
    return type(caught).__name__


def all_decided(channel: Any, chat: str, orders: list[dict[str, Any]], order: Callable[..., object], secrets: tuple[str, ...]) -> set[str]:  # fmt: skip
    async def run() -> set[str]:
        found = set()
        try:
            for one in orders:
                try:
                    await asyncio.to_thread(order, **one)
                except ValueError:  # JSON of this kind cannot be ordered
                    continue
                found.add(await decided(lambda: channel.send(chat, Wire("Xin chào")), secrets))
        finally:
            await channel.close()
        return found

    return asyncio.run(run())


@pytest.mark.parametrize(
    "count", [100, pytest.param(3_000, marks=[pytest.mark.long, pytest.mark.timeout(0)])]
)
class TestHostileAnswers:
    def test_of_telegram(self, telegram: TelegramDouble, count: int) -> None:
        telegram.knows(CHAT)
        channel = TelegramChannel(telegram.token, api_url=telegram.url)
        order = lambda **given: telegram.fails("sendMessage", **given)  # noqa: E731
        secrets = (telegram.token.partition(":")[2],)
        found = all_decided(channel, str(CHAT), answers("telegram", count), order, secrets)
        assert {"sent", "Unreachable", "RetryAfter"} <= found

    def test_of_zalo(self, zalo: ZaloDouble, count: int) -> None:
        zalo.knows("6ede9afa66b88fe6d6a9")
        channel = ZaloChannel(zalo.token, api_url=zalo.url)
        order = lambda **given: zalo.fails("sendMessage", **given)  # noqa: E731
        secrets = (zalo.token.partition(":")[2],)
        found = all_decided(channel, "6ede9afa66b88fe6d6a9", answers("zalo", count), order, secrets)
        assert {"sent", "Unreachable", "RetryAfter"} <= found

    def test_of_an_official_account(
        self, sqlite_database: Database, zalo_oa: ZaloOaDouble, count: int
    ) -> None:
        zalo_oa.reach("1", state="open")
        channel = channel_of(sqlite_database, zalo_oa)
        order = lambda **given: zalo_oa.fails("message/cs", **given)  # noqa: E731
        secrets = (FIRST, "access-", "refresh-", "app-secret")
        found = all_decided(channel, "1", answers("zalo-oa", count), order, secrets)
        assert {"sent", "Unreachable", "RetryAfter"} <= found
