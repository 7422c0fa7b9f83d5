"""The disk is full, or somebody holds the database: nothing is half-written, nothing is lost, it goes on by itself.

Both are SQLite's own: a file that may not grow, and a write lock held by another connection.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from domain.messages import Priority, text
from domain.officials import Address
from domain.phrases import verbatim
from storage.engine import make_engine
from storage.tables.talk import OutboxRowTable
from storage.tables.work import ProgressRow
from storage.unit_of_work import Database
from tests.bot.channels.office import Office, Way
from tests.bot.channels.office import settled as settle
from tests.doubles.clients import TelegramDouble

CHAT = 5219000222
MORNING = "2026-01-28 08:00"
LONG = "được 60%, " + "đang lấy ý kiến các đơn vị liên quan " * 90  # needs new pages of the file
Trouble = Literal["full", "locked"]


class Provoked(Office):
    """An office whose database can be made to refuse, and to wait for a lock only for a moment."""

    refuses_to_grow = False

    def provoke(self, path: Path, trouble: Trouble) -> Any:
        return self.full() if trouble == "full" else locked(path)

    @contextmanager
    def full(self) -> Iterator[None]:
        self.refuses_to_grow = True
        yield
        self.refuses_to_grow = False

    def listen(self) -> None:
        def begins(connection: Any) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            most = pages if self.refuses_to_grow else 2**30
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

        event.listen(self.town.db.engine, "begin", begins)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes and does not come to an end."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(tmp_path_factory.mktemp("office") / "settled.db", MORNING)


@pytest.fixture
def path(settled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(settled, tmp_path))


@pytest.fixture
def office(path: Path, telegram: TelegramDouble) -> Iterator[Provoked]:
    engine = make_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 150"))
    telegram.limits(on=False)
    telegram.knows(CHAT)
    made = Provoked(Database(engine), telegram, MORNING)
    made.listen()
    yield made
    engine.dispose()
    assert telegram.complaints() == []


def home(office: Office) -> Address:
    with office.town.db.begin() as uow:
        who = uow.people.by_key("dm-stp")
        assert who is not None
        return uow.people.add_address(
            who.id, "telegram", office.double.bot, str(CHAT), office.town.clock.now()
        )


def three_waiting(office: Office) -> None:
    """Messages that need new pages to be recorded."""
    address, now = home(office), office.town.clock.now()
    with office.town.db.begin() as uow:
        for n in range(3):
            uow.outbox.put(
                key=f"k{n}", address=address, priority=Priority.REMINDER, kind="told",
                message=text(verbatim(f"Tin số {n}. " + "x" * 800)), now=now,
            )  # fmt: skip


def reports(office: Office) -> list[int | None]:
    with office.town.db.begin() as uow:
        return list(uow.session.exec(select(ProgressRow.percent)).all())


@pytest.mark.parametrize("way", ["polled", "called"])
@pytest.mark.parametrize("trouble", ["full", "locked"])
def test_what_people_write_meanwhile_is_taken_in_afterwards_once(
    office: Provoked, path: Path, trouble: Trouble, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    home(office)
    with office.open(way):
        with office.provoke(path, trouble), caplog.at_level(logging.WARNING):
            office.double.writes(CHAT, LONG)
            eventually(lambda: refused(office, way, caplog.text))
            time.sleep(0.5)  # and goes on being refused
            assert office.double.sent(CHAT) == []
        (answer, *_) = office.double.sent(CHAT, least=1)
        assert answer["text"]
        office.double.writes(CHAT, "/viec")
        office.double.sent(CHAT, least=2)
    assert reports(office) == [60], answer["text"]
    said = [message["text"] for message in office.double.sent(CHAT)]
    assert len(said) == 2
    assert office.double.token.split(":")[1] not in caplog.text


@pytest.mark.parametrize("trouble", ["full", "locked"])
def test_what_was_sent_and_could_not_be_recorded_is_not_sent_again(
    office: Provoked, path: Path, trouble: Trouble
) -> None:
    three_waiting(office)
    office.double.fails("sendMessage", hang=0.4, times=None)
    with office.open("polled"):
        office.wake()
        office.double.calls("sendMessage", least=1)
        with office.provoke(path, trouble):
            time.sleep(2.5)  # answers come, and cannot be written down
        office.double.sent(CHAT, least=3)
        eventually(lambda: unended(office) == 0)
    assert [m["text"].split(".")[0] for m in office.double.sent(CHAT)] == [f"Tin số {n}" for n in range(3)]


def test_planning_fails_clearly_and_makes_up_for_it(office: Provoked, path: Path) -> None:
    home(office)
    runtime, now = office.town.runtime, office.town.clock.now()
    with locked(path), pytest.raises(OperationalError):
        runtime.run_jobs(now)
    runtime.run_jobs(now)
    runtime.run_jobs(now)
    with office.open("polled"):
        office.wake()
        (message,) = office.double.sent(CHAT, least=1)
        eventually(lambda: unended(office) == 0)
    assert "Rà soát quy chế" in message["text"]
    assert len(office.double.sent(CHAT)) == 1


def refused(office: Office, way: Way, log: str) -> bool:
    """Whether what a person wrote could not be stored, and the messenger was not told that it was."""
    if way == "polled":
        return "could not be stored" in log
    return 503 in {call["status"] for call in office.double.deliveries()}


def eventually(holds: Callable[[], bool]) -> None:
    """Wait for it as long as a busy machine may need."""
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.05)


def unended(office: Office) -> int:
    with office.town.db.begin() as uow:
        rows = select(OutboxRowTable.id).where(col(OutboxRowTable.state).in_(["queued", "claimed", "failed"]))
        return len(uow.session.exec(rows).all())
