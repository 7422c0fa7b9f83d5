"""Statements that go past the session's objects, and lists too long for one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

T = TypeVar("T")
#: both databases limit the parameters of one statement; SQLite's older limit is 999
CHUNK = 900


def run(
    session: Session, statement: Executable, values: Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[Any]:
    """Execute on the session's connection; an update makes loaded objects stale, so they are forgotten.

    What was changed on objects is written first: forgetting them would lose it.
    """
    session.flush()
    result = session.connection().execute(statement, values)
    if not getattr(statement, "is_insert", False):
        session.expire_all()
    return result


def insert_once(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that passes over rows whose unique key is there already."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
