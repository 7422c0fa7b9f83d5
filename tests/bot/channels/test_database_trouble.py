"""The disk is full, or somebody holds the database: nothing is half-written, nothing is lost, it goes on by itself.

Both are SQLite's own: a file that may not grow, and a write lock held by another connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.bot.channels.database_trouble import (
    CHAT,
    is_made_up_for,
    sends_meanwhile,
    writes_meanwhile,
)
from tests.bot.channels.faults import MORNING, TroubledOffice
from tests.bot.channels.office import Way
from tests.bot.channels.settled import Settled
from tests.doubles.clients import TelegramDouble

Trouble = Literal["full", "locked"]


class Provoked(TroubledOffice):
    """An office whose database can be made to refuse, and to wait for a lock only for a moment."""

    refuses_to_grow = False

    def provoke(self, trouble: Trouble) -> AbstractContextManager[None]:
        return self.full() if trouble == "full" else self.locked()

    @contextmanager
    def full(self) -> Iterator[None]:
        self.refuses_to_grow = True
        yield
        self.refuses_to_grow = False

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes and does not come to an end."""
        other = sqlite3.connect(str(self.town.db.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()

    def listen(self) -> None:
        def begins(connection: Any) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            most = pages if self.refuses_to_grow else 2**30
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

        event.listen(self.town.db.engine, "begin", begins)


@pytest.fixture
def office(settled: Settled, telegram: TelegramDouble) -> Iterator[Provoked]:
    db = settled(MORNING)
    event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 150"))
    telegram.limits(on=False)
    telegram.knows(CHAT)
    made = Provoked(db, telegram, MORNING)
    made.listen()
    yield made
    assert telegram.complaints() == []


@pytest.mark.parametrize("way", ["polled", "called"])
@pytest.mark.parametrize("trouble", ["full", "locked"])
def test_what_people_write_meanwhile_is_taken_in_afterwards_once(
    office: Provoked, trouble: Trouble, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    writes_meanwhile(office, way, office.provoke(trouble), caplog)


@pytest.mark.parametrize("trouble", ["full", "locked"])
def test_what_was_sent_and_could_not_be_recorded_is_not_sent_again(
    office: Provoked, trouble: Trouble
) -> None:
    sends_meanwhile(office, office.provoke(trouble))


def test_planning_fails_clearly_and_makes_up_for_it(office: Provoked) -> None:
    office.joined("dm-stp", CHAT)
    runtime, now = office.town.runtime, office.town.clock.now()
    with office.locked(), pytest.raises(OperationalError):
        runtime.run_jobs(now)
    runtime.run_jobs(now)
    runtime.run_jobs(now)
    is_made_up_for(office)
