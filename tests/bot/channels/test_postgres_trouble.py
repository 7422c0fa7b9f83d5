"""PostgreSQL is cut off, hands over, is locked or has a full disk: nothing is half-written or lost, it goes on by itself.

The errors are the server's own: backends are terminated, a database that takes no writes, a lock that is held, and
statements that end with the state of a full disk.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram import TelegramChannel
from storage.engine import make_engine
from storage.unit_of_work import Database
from tests.bot.channels.database_trouble import (
    CHAT,
    eventually,
    is_made_up_for,
    sends_meanwhile,
    writes_meanwhile,
)
from tests.bot.channels.faults import MORNING, TroubledOffice
from tests.bot.channels.office import Way
from tests.bot.channels.settled import settle
from tests.doubles.clients import TelegramDouble
from tests.town import at
from web.health import why_not_ready

pytestmark = pytest.mark.postgres
Trouble = Literal["cut", "standby", "locked", "full"]
TROUBLES: tuple[Trouble, ...] = ("cut", "standby", "locked", "full")


class Server:
    """The database's server, as its administrator and its misfortunes treat it."""

    def __init__(self, db: Database) -> None:
        self._name = db.engine.url.database
        url = db.engine.url.set(database="postgres").render_as_string(hide_password=False)
        self._above = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
        own = db.engine.url.render_as_string(hide_password=False)
        self._within: Engine = make_engine(own).execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def in_trouble(self, trouble: Trouble) -> Iterator[None]:
        with {"cut": self._cut, "standby": self._standby, "locked": self._locked, "full": self._full}[
            trouble
        ]():
            yield

    @contextmanager
    def _cut(self) -> Iterator[None]:
        """Every connection ends as soon as it is there."""
        over = threading.Event()

        def cutting() -> None:
            while not over.is_set():
                self._terminate()
                time.sleep(0.01)

        self._say(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        thread = threading.Thread(target=cutting)
        thread.start()
        yield
        over.set()
        thread.join()
        self._say(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true")

    @contextmanager
    def _standby(self) -> Iterator[None]:
        """It takes no writes, in old connections neither: those are opened anew."""
        self._say(f"ALTER DATABASE {self._name} SET default_transaction_read_only = on")
        self._terminate()
        yield
        self._say(f"ALTER DATABASE {self._name} RESET default_transaction_read_only")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Another program holds what we write to."""
        with self._within.connect().execution_options(isolation_level="READ COMMITTED") as other:
            other.execute(text(f"LOCK TABLE {', '.join(self._tables())} IN SHARE ROW EXCLUSIVE MODE"))
            yield
            other.rollback()

    @contextmanager
    def _full(self) -> Iterator[None]:
        """What writes ends with "could not extend file: No space left on device"."""
        function = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"  # fmt: skip
        with self._within.connect() as here:
            here.execute(text(f"CREATE OR REPLACE FUNCTION full_disk() {function}"))
            for table in self._tables():
                here.execute(text(f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()"))  # fmt: skip
        yield
        with self._within.connect() as here:
            here.execute(text("DROP FUNCTION full_disk() CASCADE"))

    def _tables(self) -> list[str]:
        with self._within.connect() as here:
            found = here.execute(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ).scalars()
            return [name for name in found if name != "alembic_version"]

    def _say(self, statement: str) -> None:
        with self._above.connect() as above:
            above.execute(text(statement))

    def _terminate(self) -> None:
        with self._above.connect() as above:
            above.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                {"name": self._name},
            )

    def close(self) -> None:
        self._above.dispose()
        self._within.dispose()


@pytest.fixture
def office(postgres_database: Database, telegram: TelegramDouble) -> Iterator[TroubledOffice]:
    def hurry(raw: object, _record: object) -> None:
        raw.autocommit = True  # type: ignore[attr-defined]
        raw.execute("SET lock_timeout = '150ms'")  # type: ignore[attr-defined]
        raw.autocommit = False  # type: ignore[attr-defined]

    event.listen(postgres_database.engine, "connect", hurry)
    postgres_database.engine.dispose()
    telegram.limits(on=False)
    telegram.knows(CHAT)
    made = TroubledOffice(
        postgres_database, telegram, MORNING, TelegramChannel(telegram.token, api_url=telegram.url)
    )
    settle(made.town)
    yield made
    assert telegram.complaints() == []


@pytest.fixture
def server(postgres_database: Database) -> Iterator[Server]:
    made = Server(postgres_database)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("trouble", "way"),
    [*((trouble, "polled") for trouble in TROUBLES), ("cut", "called"), ("full", "called")],
)
def test_what_people_write_meanwhile_is_taken_in_afterwards_once(
    office: TroubledOffice, server: Server, trouble: Trouble, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    writes_meanwhile(office, way, server.in_trouble(trouble), caplog)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_was_sent_and_could_not_be_recorded_is_not_sent_again(
    office: TroubledOffice, server: Server, trouble: Trouble
) -> None:
    sends_meanwhile(office, server.in_trouble(trouble))


@pytest.mark.parametrize("trouble", TROUBLES)
def test_planning_fails_clearly_and_makes_up_for_it(
    office: TroubledOffice, server: Server, trouble: Trouble
) -> None:
    office.joined("dm-stp", CHAT)
    runtime, now = office.town.runtime, office.town.clock.now()
    with server.in_trouble(trouble):
        with pytest.raises(SQLAlchemyError):
            runtime.run_jobs(now)
        if trouble == "cut":
            assert why_not_ready(office.town.service, now) == ["database"]
    eventually(lambda: works(lambda: runtime.run_jobs(now)))
    is_made_up_for(office)


def works(what: Callable[[], object]) -> bool:
    """Whether it can be done; connections that were cut show only when they are used."""
    with contextlib.suppress(SQLAlchemyError):
        what()
        return True
    return False


def test_a_connection_to_what_has_become_a_standby_is_let_go(postgres_database: Database) -> None:
    """A fail-over that leaves connections alive: they answer, and take no writes for ever."""
    db = postgres_database
    with db.begin() as uow:
        uow.session.connection().execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
    now = at(MORNING)
    with pytest.raises(SQLAlchemyError), db.begin() as uow:
        uow.heartbeats.beat("clock", now)
    with db.begin() as uow:
        uow.heartbeats.beat("clock", now)


def test_an_error_quotes_no_parameter(database: Database) -> None:
    secret = "refresh-token-that-nobody-may-read"
    with pytest.raises(SQLAlchemyError) as caught, database.begin() as uow:
        uow.session.connection().execute(text("INSERT INTO nowhere VALUES (:given)"), {"given": secret})
    assert secret not in str(caught.value) + repr(caught.value)
