"""Sending: how near the ceiling of Telegram's limits, and what a message costs without them.

Peers, run in turn with ours against the same light server in a process of its own (loopback): python-telegram-bot with
``AIORateLimiter(max_retries=5)`` where there are limits, its plain ``send_message`` 32 at once where there are none.
Ours is the whole path: rows in a SQLite file, claimed, rendered, sent, recorded durably.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram import TelegramChannel
from bot.services import Service
from domain.lexicon import Lexicon
from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from domain.workdays import WorkCalendar
from scheduler.clock import SystemClock
from scheduler.sender import Sender
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.stores.outbox_rows import ToSay
from storage.unit_of_work import Database

TOKEN = "700700700:AAbenchmarkbenchmarkbenchmarkbenchma"
FILE = "bench.db"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ANSWER, RATE = 0.06, 30
CEILING = RATE / (1 + ANSWER)
WORDS = "Nhắc việc số {n}: hoàn thành báo cáo kết quả thực hiện nhiệm vụ quý II gửi Sở Nội vụ trước ngày 30/6/2024."


class Server:
    """The light messenger in a process of its own."""

    def __init__(self, answer_after: float, limit: int) -> None:
        from tests.ports import free_port

        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable,
            "-m",
            "benchmarks._messenger",
            str(self.port),
            str(answer_after),
            str(limit),
        ]
        self._process = subprocess.Popen(command)
        for _ in range(100):
            with contextlib.suppress(OSError):
                self.ask("figures")
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def ask(self, what: str, data: bytes | None = None) -> dict[str, Any]:
        """Its figures, or to forget them, or to bring these updates."""
        call = urllib.request.Request(f"{self.url}/{what}", data, {"content-type": "application/json"})
        with urllib.request.urlopen(call) as answer:
            return json.load(answer)  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def server(answer_after: float, limit: int) -> Iterator[Server]:
    """Running inside."""
    made = Server(answer_after, limit)
    try:
        yield made
    finally:
        made.stop()


def chats(count: int, each: int) -> list[int]:
    """The chat of each message: runs of ``each`` to one chat."""
    return [1000 + n // each for n in range(count)]


def filled(folder: str, to: list[int]) -> Database:
    """A database whose outbox holds a message for each chat named."""
    engine = make_engine(f"sqlite:///{Path(folder) / FILE}")
    upgrade(engine)
    now, bot = SystemClock().now(), TOKEN.partition(":")[0]
    with Database(engine).begin() as uow:
        uow.outbox.put_many(
            (
                ToSay(f"m{n}", Address(0, 0, "telegram", bot, str(chat)), Priority.REMINDER, "told", text(verbatim(WORDS.format(n=n))))
                for n, chat in enumerate(to)
            ),
            now,
        )  # fmt: skip
    return Database(engine)


def channel_to(url: str, rate: float) -> TelegramChannel:
    """Our bot at that server."""
    return TelegramChannel(TOKEN, api_url=url, rate=rate)


def service_of(db: Database, channel: TelegramChannel) -> Service:
    """What the sender needs to know of the province."""
    return Service(db, WorkCalendar(ZONE), ZONE, Lexicon(), bots=((channel.name, channel.bot),))


async def ours(db: Database, url: str, rate: float) -> None:
    """Everything due, through the real sender."""
    channel = channel_to(url, rate)
    await Sender([channel], service_of(db, channel), SystemClock()).send_due()
    await channel.close()


async def peer_limited(url: str, to: list[int]) -> None:
    """python-telegram-bot as its documentation says: the limiter queues and retries."""
    bot = ExtBot(
        TOKEN, base_url=f"{url}/bot", request=HTTPXRequest(connection_pool_size=64, pool_timeout=600),
        rate_limiter=AIORateLimiter(max_retries=5),
    )  # fmt: skip
    await bot.initialize()
    sends = [bot.send_message(chat, WORDS.format(n=n)) for n, chat in enumerate(to)]
    await asyncio.gather(*sends, return_exceptions=True)
    await bot.shutdown()


async def peer_plain(url: str, to: list[int]) -> None:
    """``send_message``, 32 at once."""
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=HTTPXRequest(connection_pool_size=32))
    await bot.initialize()
    rest = iter(enumerate(to))

    async def worker() -> None:
        for n, chat in rest:
            await bot.send_message(chat, WORDS.format(n=n))

    await asyncio.gather(*(worker() for _ in range(32)))
    await bot.shutdown()


def _rate(found: Server) -> float:
    times = found.ask("figures")["times"]
    return (len(times) - 1) / (times[-1] - times[0])


def _measured(found: Server, run: Callable[[], Awaitable[None]]) -> tuple[float, float, int]:
    """Messages a second, CPU seconds of this process, calls refused."""
    found.ask("forget")
    cpu = time.process_time()
    asyncio.run(run())  # type: ignore[arg-type]
    return _rate(found), time.process_time() - cpu, found.ask("figures")["refused"]


def _together(found: Server, commands: list[list[str]], count: int) -> tuple[float, int, int]:
    """Messages a second, calls refused and messages that did not arrive, of processes that send at the same time."""
    found.ask("forget")
    running = [
        subprocess.Popen([sys.executable, "-m", "benchmarks._sender", *command]) for command in commands
    ]
    arrived = 0
    while arrived < count and any(process.poll() is None for process in running):
        time.sleep(0.5)
        arrived = len(found.ask("figures")["times"])
    for process in running:
        process.terminate()
        process.wait()
    return _rate(found), found.ask("figures")["refused"], count - arrived


def limited(quick: bool) -> None:
    """Telegram's window, kept strictly, by one process and by two that know nothing of each other."""
    for name, count, each in (
        ("distinct chats", 90 if quick else 600, 1),
        ("12 messages a chat", 360 if quick else 960, 12),
    ):
        to = chats(count, each)
        half = [to[: count // 2], to[count // 2 :]]
        with server(ANSWER, RATE) as found:
            with tempfile.TemporaryDirectory() as folder:
                db = filled(folder, to)
                rate, _, refused = _measured(found, lambda: ours(db, found.url, RATE))  # noqa: B023
                mine = (rate, refused, count - len(found.ask("figures")["times"]))
                db.engine.dispose()
            rate, _, refused = _measured(found, lambda: peer_limited(found.url, to))  # noqa: B023
            theirs = (rate, refused, count - len(found.ask("figures")["times"]))
            _say(f"{name}, one process", mine, theirs)
            with tempfile.TemporaryDirectory() as folder:
                filled(folder, to).engine.dispose()
                command = ["ours", str(Path(folder) / FILE), found.url, str(RATE)]
                mine = _together(found, [command, command], count)
            peers = [["peer", found.url, ",".join(map(str, some))] for some in half]
            _say(f"{name}, two processes", mine, _together(found, peers, count))


def _say(name: str, mine: tuple[float, int, int], theirs: tuple[float, int, int]) -> None:
    print(
        f"{name}: {mine[0]:.2f}/s, {mine[0] / CEILING:.1%} of the ceiling, refused {mine[1]}, lost {mine[2]}; "
        f"peer {theirs[0]:.2f}/s, refused {theirs[1]}, lost {theirs[2]}; {mine[0] / theirs[0]:.1f} × the peer"
    )


def unlimited(quick: bool) -> None:
    """No limits, answers at once: what the path itself costs, as many messages for the peer as for us."""
    rounds, count = (2, 1000) if quick else (5, 3000)
    pairs = []
    with server(0, 0) as found:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                db = filled(folder, chats(count, 1))
                mine = _measured(found, lambda: ours(db, found.url, 1e6))  # noqa: B023
                db.engine.dispose()
            peer = _measured(found, lambda: peer_plain(found.url, chats(count, 1)))
            pairs.append((mine[0], mine[1], peer[0], peer[1], mine[0] / peer[0], mine[1] / peer[1]))
    rate, cpu, theirs, theirs_cpu, faster, part = (median(p[i] for p in pairs) for i in range(6))
    print(
        f"without limits: {rate:,.0f}/s and {cpu / count * 1000:.2f} ms CPU a message; peer, 32 at once, {theirs:,.0f}/s and "
        f"{theirs_cpu / count * 1000:.2f} ms; {faster:.1f} × the rate, {part:.2f} of the CPU"
    )


def main() -> None:
    """Print every figure; ``--quick`` for fewer messages."""
    logging.disable(logging.CRITICAL)  # the peer logs every refusal
    quick = "--quick" in sys.argv
    unlimited(quick)
    limited(quick)


if __name__ == "__main__":
    main()
