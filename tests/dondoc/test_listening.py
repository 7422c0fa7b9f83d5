"""Who calls and says nothing is let go; who goes on is not, however long the answer takes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dondoc import listening
from dondoc.settings import Settings
from tests.ports import free_port
from web import guard
from web.guard import Guard

GET = b"GET /quick HTTP/1.1\r\nHost: a\r\n\r\n"
Work = Callable[[int], Awaitable[None]]


async def quick(_request: Request) -> Response:
    return PlainTextResponse("here")


async def slow(_request: Request) -> Response:
    async def drops() -> AsyncIterator[str]:
        for _ in range(6):
            await asyncio.sleep(0.2)
            yield "."

    return StreamingResponse(drops())


async def reads(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def against_the_server(work: Work) -> None:
    routes = [Route("/quick", quick), Route("/slow", slow), Route("/reads", reads, methods=["POST"])]
    settings = Settings(_env_file=None, port=free_port())  # type: ignore[call-arg]

    async def run() -> None:
        app = Starlette(routes=routes)
        app.add_middleware(Guard)
        server = listening.server(app, settings)
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        serving = asyncio.ensure_future(server.serve())
        for _ in range(500):
            if server.started:
                break
            await asyncio.sleep(0.01)
        try:
            await work(settings.port)
        finally:
            server.should_exit = True
            await serving

    asyncio.run(run())


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "HEAD", 0.5)
    monkeypatch.setattr(guard, "STILL", 0.5)


async def let_go_after(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, drip: bytes) -> float:
    """Seconds until the server hangs up on somebody who drips."""
    began = time.monotonic()
    while not reader.at_eof() and time.monotonic() - began < 10:
        with contextlib.suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(reader.read(1000), 0.1)
        writer.write(drip)
    return time.monotonic() - began


@pytest.mark.parametrize("begins", [b"", b"POST /quick HTTP/1.1\r\nHost: a\r\nX: ", GET], ids=["silent", "head", "second head"])  # fmt: skip
def test_a_head_without_end(begins: bytes) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begins)
        if begins == GET:
            assert b"here" in await reader.read(1000)
            writer.write(b"GET /quick HTTP/1.1\r\n")
        drip = b"x" if begins else b""
        assert await let_go_after(reader, writer, drip) < 3

    against_the_server(work)


def test_a_body_that_stops_is_told_so() -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /reads HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
        assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 408")

    against_the_server(work)


def test_a_long_answer_and_a_body_in_pieces_are_waited_for() -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(), 5)).count(b"\r\n.\r\n") == 6
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /reads HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\n")
        for _ in range(5):
            await asyncio.sleep(0.2)
            writer.write(b"x")
        assert (await asyncio.wait_for(reader.read(), 5)).endswith(b"5")

    against_the_server(work)


def test_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST", 3)
    monkeypatch.setattr(listening, "HEAD", 20)

    async def work(port: int) -> None:
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        with contextlib.suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        silent[0][1].transport.abort()
        await asyncio.sleep(0.1)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        assert b"200" in await asyncio.wait_for(reader.readline(), 5)

    against_the_server(work)
