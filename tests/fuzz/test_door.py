"""Hostile calls to a real running service over HTTP: no crash, no 5xx, no secret in the log, memory bounded.

The suite makes 300 calls to each database; ``./run fuzz`` makes 20 000.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble
from tests.fuzz.messages import CANARY
from tests.fuzz.raw_calls import Call
from tests.fuzz.rude import Rude
from tests.fuzz.service import QUIET, RunningService

#: callers at once, and how long one waits for its answer
CALLERS, PATIENCE = 8, 20.0
#: who leaves stays as long, seconds
STAYS = 0.02


@pytest.fixture
def service(
    database: Database, tmp_path: Path, telegram: TelegramDouble, zalo: ZaloDouble, zalo_oa: ZaloOaDouble
) -> Iterator[RunningService]:
    with RunningService(database, tmp_path, telegram, zalo, zalo_oa) as running:
        yield running


async def status_of(port: int, call: Call) -> int:
    """The status answered; 0 when the server hung up without a word. Raises TimeoutError."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        with contextlib.suppress(ConnectionError):  # refused in the midst of a long body
            writer.write(call.data)
            await asyncio.wait_for(writer.drain(), PATIENCE)
        if call.leaves:
            with contextlib.suppress(TimeoutError, ConnectionError):
                return _status(await asyncio.wait_for(reader.readline(), STAYS))
            return 0
        with contextlib.suppress(ConnectionError):
            return _status(await asyncio.wait_for(reader.readline(), PATIENCE))
        return 0
    finally:
        writer.transport.abort()


def _status(line: bytes) -> int:
    words = line.split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def bombard(port: int, calls: Iterator[Call]) -> tuple[Counter[tuple[str, int]], list[str]]:
    """(how often each kind was answered with what, what was wrong)."""
    answered: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []

    async def caller() -> None:
        for call in calls:
            try:
                status = await status_of(port, call)
            except TimeoutError:
                status = -1
            answered[call.kind, status] += 1
            if status not in call.may_be and not (call.leaves and status == 0):
                wrong.append(f"{call.kind} was answered {status}: {call.data[:300]!r} … {call.data[-300:]!r}")

    async def all_of_them() -> None:
        await asyncio.gather(*(caller() for _ in range(CALLERS)))

    asyncio.run(all_of_them())
    return answered, wrong


def reports(db: Database) -> set[int | None]:
    with db.begin() as uow:
        return set(uow.session.exec(select(ProgressRow.percent)).all())


def still_answers(service: RunningService) -> None:
    """A real message on each channel is answered, as if nothing had been."""
    service.wait(service.is_ready, 120)
    phone, zalo_chat, oa_user = QUIET
    service.telegram.writes(phone, "được 91%")
    service.wait(lambda: any("91%" in m.get("text", "") for m in service.telegram.sent(phone)), 120)
    service.zalo.writes(zalo_chat, "được 92%")
    service.wait(lambda: any("92%" in m["text"] for m in service.zalo.sent(zalo_chat)), 120)
    service.zalo_oa.writes(oa_user, "được 93%")
    service.wait(lambda: any("93%" in m["text"] for m in service.zalo_oa.sent(oa_user)), 120)


def held(service: RunningService, answered: Counter[tuple[str, int]], wrong: list[str]) -> None:
    """What must be true however rude the callers were."""
    table: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for (kind, status), count in sorted(answered.items()):
        table[kind][status] = count
    for kind, statuses in table.items():
        sys.stdout.write(f"\n{kind:>20}: " + ", ".join(f"{s} × {c}" for s, c in statuses.items()))
    assert service.is_alive()
    assert not wrong, "\n".join(wrong[:20])
    still_answers(service)
    log = service.log()
    assert [name for name, secret in service.secrets().items() if secret in log] == []
    assert CANARY not in log, "what people write was logged"
    assert "Traceback" not in log, log[log.index("Traceback") - 600 :][:3000]
    assert 61 not in reports(service.db), "a call with a wrong secret was believed"


def test_three_hundred_rude_calls(service: RunningService) -> None:
    held(service, *bombard(service.port, Rude(service, seed=1).calls(300)))


@pytest.mark.long
@pytest.mark.timeout(0)
def test_twenty_thousand_rude_calls(service: RunningService) -> None:
    rude = Rude(service, seed=20_000)
    bombard(service.port, rude.calls(2_000))  # everything is loaded and every cache is full
    answered: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []
    memory = [service.megabytes()]
    for _ in range(4):
        some, amiss = bombard(service.port, rude.calls(5_000))
        answered, wrong = answered + some, wrong + amiss
        memory.append(service.megabytes())
    shown = " → ".join(f"{megabytes:.0f}" for megabytes in memory)
    sys.stdout.write(f"\nmemory {shown} MB, {service.descriptors()} files and connections open")
    held(service, answered, wrong)
    assert memory[-1] - memory[0] < 60
    assert service.descriptors() < 100
