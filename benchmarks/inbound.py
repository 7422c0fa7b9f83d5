"""A reply coming in by webhook: deduplicated, understood, logged, its answer queued, committed durably (SQLite).

The peer does what bots usually do: Starlette hands the update to python-telegram-bot, the handler finds the person,
adds a row with SQLModel, commits, and sends its answer over httpx before the call is answered. Each serves with
uvicorn in a process of its own; the same load comes over eight connections, and over forty; answers go to the light messenger.

Polled, the whole load waits at the messenger. Ours has taken it in once the last of it is confirmed, which is after the
commit; the peer's updater confirms before anything is stored, so its last answer counts.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.delivery import ANSWER, TOKEN, Server, server
from bot.channels.telegram import TelegramChannel
from domain.agencies import Agency, Kind, Level
from domain.assignments import State
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from scheduler.clock import SystemClock
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.ports import free_port

PEOPLE, EACH, ROUNDS = 150, 4, 3
FEW, AS_TELEGRAM = 8, 40  # connections; Telegram opens up to forty unless told otherwise
KEY = "a key that is long enough for a benchmark of calls"
BOT = TOKEN.partition(":")[0]


def fill(path: Path) -> None:
    """People of as many agencies, one task for all."""
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    now, codes = SystemClock().now(), [f"a{n}" for n in range(PEOPLE)]
    with Database(engine).begin() as uow:
        uow.agencies.save_agencies(Agency(c, f"Cơ quan {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in codes)
        for n, code in enumerate(codes):
            who = uow.people.save(code, code, [Post(code, Role.FOCAL)])
            uow.people.add_address(who.id, "telegram", BOT, str(1000 + n), now)
        document = uow.plans.save_document(b"x", "x.txt", "0" * 64, now, None)
        plan = uow.plans.add_plan(
            document, DocumentHead("1/KH-UBND", now.date(), "UBND tỉnh", "Kế hoạch"), Ladder(), now
        )
        frame = TimeFrame("Khi có hướng dẫn", TimeFrameKind.ON_EVENT, None)
        task = uow.plans.add_task(Task(0, plan.id, "1", "", "Rà soát quy chế", frame, leads=tuple(codes)))
        rows = {"task": task.id, "state": State.NOT_STARTED, "assigned_at": now}
        uow.assignments.add_many([rows | {"agency": code} for code in codes])
    engine.dispose()


def updates(first: int) -> list[bytes]:
    """What people write, as Telegram brings it."""
    made = []
    for n in range(PEOPLE * EACH):
        chat, said = 1000 + n % PEOPLE, f"được {10 + n // PEOPLE * 20}%, chờ Sở Tài chính"
        person = {"id": chat, "is_bot": False, "first_name": "x"}
        message = {"message_id": n + 1, "date": 1750000000, "text": said, "from": person}
        message["chat"] = {"id": chat, "type": "private", "first_name": "x"}
        made.append(json.dumps({"update_id": first + n, "message": message}).encode())
    return made


async def post_all(port: int, path: str, secret: str, bodies: list[bytes], connections: int = FEW) -> float:
    """Seconds until every call is answered with 200."""
    rest = iter(bodies)

    async def worker() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for body in rest:
            head = (
                f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                f"x-telegram-bot-api-secret-token: {secret}\r\ncontent-length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in answer.split(b"\r\n")[0], answer
            length = next((int(h.split(b":")[1]) for h in answer.split(b"\r\n") if h.lower().startswith(b"content-length")), 0)  # fmt: skip
            await reader.readexactly(length)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    return time.perf_counter() - start


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _settings(url: str, path: Path, **more: str) -> dict[str, str]:
    return os.environ | {
        "DONDOC_DATABASE_URL": f"sqlite:///{path}",
        "DONDOC_SECRET_KEY": KEY,
        "DONDOC_TELEGRAM_TOKEN": TOKEN,
        "DONDOC_TELEGRAM_API_URL": url,
        "DONDOC_LOG_LEVEL": "ERROR",
        **more,
    }


def polled(name: str, messenger: Server, path: Path) -> tuple[float, float]:
    """Updates a second, and CPU seconds an update, of the poller named; sending its answers is in the latter."""
    command = [sys.executable, "-m", "dondoc", "worker"] if name == "ours" else [sys.executable, "-m", "benchmarks._peer_inbound", "0"]  # fmt: skip
    process = subprocess.Popen(command, env=_settings(messenger.url, path))
    try:
        messenger.ask("forget")
        bodies = [json.loads(body) for body in updates(1 if name == "ours" else 100_000)]
        messenger.ask("bring", json.dumps(bodies[:1]).encode())
        while not messenger.ask("figures")["times"]:  # until it runs
            time.sleep(0.1)
        messenger.ask("forget")
        before, start = _cpu(process.pid), messenger.ask("bring", json.dumps(bodies[1:]).encode())["at"]
        count = len(bodies) - 1
        while True:
            seen = messenger.ask("figures")
            if not seen["waiting"] and (name == "ours" or len(seen["times"]) >= count):
                break
            time.sleep(0.02)
        end = seen["confirmed_at"] if name == "ours" else seen["times"][-1]
        return count / (end - start), (_cpu(process.pid) - before) / count
    finally:
        process.terminate()
        process.wait(20)


def measured(name: str, url: str, path: Path, connections: int = FEW) -> tuple[float, float]:
    """Updates a second, and CPU seconds an update, of the server named."""
    port = free_port()
    env = _settings(url, path, DONDOC_PUBLIC_URL="https://dondoc.invalid", DONDOC_PORT=str(port))
    command = [sys.executable, "-m", "dondoc", "web"] if name == "ours" else [sys.executable, "-m", "benchmarks._peer_inbound", str(port)]  # fmt: skip
    process = subprocess.Popen(command, env=env)
    secret = TelegramChannel(TOKEN).secret(KEY.encode())
    try:
        for _ in range(200):
            try:
                asyncio.run(post_all(port, f"/telegram/{BOT}", secret, updates(1)[:1]))
                break
            except OSError:
                time.sleep(0.1)
        bodies = updates(1000)
        before = _cpu(process.pid)
        seconds = asyncio.run(post_all(port, f"/telegram/{BOT}", secret, bodies, connections))
        return len(bodies) / seconds, (_cpu(process.pid) - before) / len(bodies)
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Print both and their ratio."""
    _print("polled, messenger answers after 0 ms", [_polled_pair() for _ in range(ROUNDS)])
    for answer, connections in ((0.0, FEW), (ANSWER, FEW), (0.0, AS_TELEGRAM)):
        pairs = []
        with server(answer, 0) as messenger:
            for _ in range(ROUNDS if answer == 0.0 else 1):
                with tempfile.TemporaryDirectory() as folder:
                    pair = []
                    for name in ("ours", "peer"):
                        path = Path(folder) / f"{name}.db"
                        fill(path)
                        pair += measured(name, messenger.url, path, connections)
                    pairs.append(pair)
        _print(f"called over {connections}, messenger answers after {answer * 1000:.0f} ms", pairs)


def _polled_pair() -> list[float]:
    pair: list[float] = []
    with server(0.0, 0) as messenger, tempfile.TemporaryDirectory() as folder:
        for name in ("ours", "peer"):
            path = Path(folder) / f"{name}.db"
            fill(path)
            pair += polled(name, messenger, path)
    return pair


def _print(what: str, pairs: list[list[float]]) -> None:
    rate, cpu, theirs, theirs_cpu = (median(pair[i] for pair in pairs) for i in range(4))
    print(
        f"{what}: {rate:,.0f} updates/s, {cpu * 1000:.2f} ms CPU; peer {theirs:,.0f}/s, "
        f"{theirs_cpu * 1000:.2f} ms; {rate / theirs:.1f} × the rate, {cpu / theirs_cpu:.2f} of the CPU"
    )


if __name__ == "__main__":
    main()
