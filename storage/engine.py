"""Engines for the two databases dondoc runs on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, ExceptionContext, make_url

#: a lock is waited for no longer, so that whoever waits has an answer and a thread is free again
LOCK_TIMEOUT = "60s"
#: what a connection to PostgreSQL is made with, unless the address says otherwise. A server that is gone without a
#: word is found out within half a minute; of several hosts, or after a fail-over, only one that writes is taken.
_LASTING: dict[str, str | int] = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "target_session_attrs": "read-write",
}
_READ_ONLY = "25006"


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql+psycopg://…``.

    SQLite runs in WAL with synchronous=FULL: a lost "sent" mark would be a doubled message. Transactions
    begin IMMEDIATE, so that a writer waits at its start instead of failing at its end; a connection with the
    option ``begins="DEFERRED"`` takes no lock before it writes.

    Errors never quote a statement's parameters: tokens and what people wrote are among them.
    """
    if not url.startswith("sqlite"):
        given = make_url(url).query
        lasting = {name: value for name, value in _LASTING.items() if name not in given}
        engine = create_engine(
            url, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args=lasting, hide_parameters=True
        )
        event.listen(engine, "connect", _set_lock_timeout)
        event.listen(engine, "handle_error", _leave_a_standby)
        return engine
    engine = create_engine(
        url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_lock_timeout(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # a setting made in a transaction would end with it
    connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
    connection.autocommit = False


def _leave_a_standby(context: ExceptionContext) -> None:
    """A server that takes no writes any more has handed over to another: its connections are of no use."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begins', 'IMMEDIATE')}")
