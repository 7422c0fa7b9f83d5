"""The door for messengers: who calls is settled first, and only what is stored is acknowledged."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from starlette.applications import Starlette

from bot.channel import Accepted
from bot.channels.browser import BrowserChannel
from bot.channels.telegram import TelegramChannel
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.services import Service
from tests.doubles.clients import TelegramDouble
from tests.fuzz.mutating import mangled, mutants, recorded
from web.context import WebContext
from web.webhooks import MAX_BODY, routes

KEY = b"a key of the service"
NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
PATH = "/telegram/700700700"
HEADER = TelegramChannel.secret_header


class Book:
    """Stands for the inbox: keeps what it is given, or fails as told."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.fails: Callable[[Incoming], bool] = lambda incoming: False

    lanes = 1

    def accept_many(self, several: Sequence[Incoming], now: datetime) -> list[Accepted | Exception]:
        assert now == NOW
        return [self._one(incoming) for incoming in several]

    def _one(self, incoming: Incoming) -> Accepted | Exception:
        if self.fails(incoming):
            return ConnectionError("the database is away")
        self.taken.append(incoming)
        return Accepted("done", "Đã nhận", used_up=True)

    def wants_file(self, incoming: Incoming) -> bool:
        return False


class Quiet(TelegramChannel):
    """Telegram, with acknowledgements kept instead of sent."""

    def __init__(self) -> None:
        super().__init__(TelegramDouble.token)
        self.acknowledged: list[str] = []

    async def acknowledge(self, incoming: Incoming, accepted: Accepted) -> None:
        self.acknowledged.append(incoming.update_id)


class Door:
    """The application, its inbox, its channel and its bell."""

    def __init__(self) -> None:
        self.book, self.channel, self.woken = Book(), Quiet(), 0
        context = WebContext(
            service=cast(Service, None), inbox=cast(Inbox, self.book), secret_key=KEY,
            channels=[BrowserChannel(), self.channel], now=lambda: NOW, wake=self._wake,
        )  # fmt: skip
        self.app = Starlette(routes=routes(context))
        self.secret = self.channel.secret(KEY)

    def _wake(self) -> None:
        self.woken += 1

    def brings(self, body: bytes | dict[str, Any], secret: str | None = None, path: str = PATH) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return asyncio.run(self.call(whole(content), secret, path))

    async def call(
        self, receive: Any, secret: str | None = None, path: str = PATH, length: str | None = None,
        method: str = "POST",
    ) -> int:  # fmt: skip
        """One call below HTTP; the answer's status. ``secret`` None is the right one, "" is none."""
        given = self.secret if secret is None else secret
        headers = [(HEADER.lower().encode(), given.encode())] if given else []
        if length is not None:
            headers.append((b"content-length", length.encode()))
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": headers, "root_path": "", "http_version": "1.1", "scheme": "http",
        }  # fmt: skip
        status = 0

        async def send(event: Any) -> None:
            nonlocal status
            status = event.get("status", status)

        await self.app(scope, receive, send)
        return status


def whole(body: bytes) -> Callable[[], Any]:
    """A body that arrives at once."""

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


@pytest.fixture
def door() -> Door:
    return Door()


def written(number: int = 1, text: str = "xong") -> dict[str, Any]:
    chat = {"id": 5219000111, "type": "private"}
    message = {"message_id": 5, "chat": chat, "date": 1719280800, "text": text}
    return {"update_id": number, "message": message}


def test_taken_in_and_the_sender_is_woken(door: Door) -> None:
    assert door.brings(written(text="xong 80%")) == 200
    assert [incoming.text for incoming in door.book.taken] == ["xong 80%"]
    assert door.woken == 1
    assert door.channel.acknowledged == ["1"]


@pytest.mark.parametrize("secret", ["", "x", "ế"])
def test_a_wrong_secret(door: Door, secret: str) -> None:
    assert door.brings(written(), secret=secret) == 401
    assert door.book.taken == []


def test_another_bots_secret(door: Door) -> None:
    other = TelegramChannel("700700701:" + "A" * 35)
    assert door.brings(written(), secret=other.secret(KEY)) == 401


def test_unknown_bots_and_methods(door: Door) -> None:
    assert door.brings(written(), path="/telegram/1") == 404
    assert door.brings(written(), path="/browser/web") == 404
    assert asyncio.run(door.call(whole(b""), method="GET")) == 405


def test_no_byte_of_a_strangers_body_is_read(door: Door) -> None:
    async def receive() -> Any:
        raise AssertionError("the body was asked for")

    assert asyncio.run(door.call(receive, secret="wrong")) == 401


def test_a_body_without_end_is_not_read_to_its_end(door: Door) -> None:
    read = 0

    async def receive() -> Any:
        nonlocal read
        read += 2**16
        return {"type": "http.request", "body": b" " * 2**16, "more_body": True}

    assert asyncio.run(door.call(receive)) == 413
    assert read <= MAX_BODY + 2 * 2**16


def test_a_length_too_long_is_believed(door: Door) -> None:
    async def receive() -> Any:
        raise AssertionError("the body was asked for")

    for length in (str(MAX_BODY + 1), "9" * 5000, "-1", "x"):
        assert asyncio.run(door.call(receive, length=length)) == 413


def test_a_body_that_breaks_off(door: Door) -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    assert asyncio.run(door.call(receive)) == 413
    assert door.book.taken == []


def test_the_largest_body(door: Door) -> None:
    update = written() | {"padding": ""}
    padding = MAX_BODY - len(json.dumps(update).encode())
    assert door.brings(update | {"padding": "x" * padding}) == 200
    assert door.brings(update | {"padding": "x" * (padding + 1)}) == 413
    assert len(door.book.taken) == 1


def test_what_cannot_be_read_is_not_asked_for_again(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        assert door.brings(body) == 200
    assert door.book.taken == []
    assert caplog.text.count("something unreadable") == 4


def test_what_does_not_concern_us(door: Door) -> None:
    assert door.brings({"update_id": 1, "poll_answer": {}}) == 200
    assert (door.book.taken, door.woken) == ([], 0)


def test_what_was_not_stored_is_asked_for_again(door: Door) -> None:
    door.book.fails = lambda incoming: True
    assert [door.brings(written(7)) for _ in range(10)] == [503] * 10
    assert (door.woken, door.channel.acknowledged) == (0, [])
    door.book.fails = lambda incoming: False
    assert door.brings(written(7)) == 200
    assert len(door.book.taken) == 1


def test_poison_is_dropped_once_others_get_through(door: Door) -> None:
    door.book.fails = lambda incoming: incoming.update_id == "7"
    answers = []
    for n in range(3):
        answers.append(door.brings(written(7)))
        door.brings(written(100 + n))
    assert answers == [503, 503, 200]
    assert [incoming.update_id for incoming in door.book.taken] == ["100", "101", "102"]


def test_hostile_calls_never_fail(door: Door) -> None:
    async def all_of_them() -> None:
        chance = random.Random(3)
        for thing in mutants(recorded("telegram"), 2000, seed=3):
            body = json.dumps(thing).encode()
            body = body if chance.random() < 0.8 else mangled(body, chance)
            assert await door.call(whole(body)) == 200

    asyncio.run(all_of_them())
    assert len(door.book.taken) > 500
