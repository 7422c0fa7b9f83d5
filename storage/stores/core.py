"""Statements that go past the session's objects, and lists too long for one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

T = TypeVar("T")
#: both databases limit the parameters of one statement; SQLite's older limit is 999
CHUNK = 900
#: ids are 32-bit on PostgreSQL, which refuses to compare one with anything larger
LARGEST_ID = 2**31 - 1


def run(
    session: Session,
    statement: Executable,
    values: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None,
) -> CursorResult[Any]:
    """Execute on the session's connection; an update makes loaded objects stale, so they are forgotten.

    What was changed on objects is written first: forgetting them would lose it.
    """
    session.flush()
    result = session.connection().execute(statement, values)
    if not getattr(statement, "is_insert", False):
        session.expire_all()
    return result


def look(
    session: Session, statement: Executable, values: Mapping[str, Any] | None = None
) -> CursorResult[Any]:
    """Read past the session's objects; what was changed on them is written first, so that it is seen."""
    session.flush()
    return session.connection().execute(statement, values)


def insert_once(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that passes over rows whose unique key is there already."""
    return _insert(session.get_bind().dialect.name, table).on_conflict_do_nothing()


def insert_selected_once(session: Session, table: type[SQLModel], names: Sequence[str], source: Any) -> Any:
    """The same INSERT for rows that a SELECT makes, its columns in the order of ``names``."""
    made = _insert(session.get_bind().dialect.name, table).from_select(list(names), source)
    return made.on_conflict_do_nothing()


def put_once(session: Session, table: type[SQLModel], *returned: str) -> Any:
    """The same, returning these columns of the new rows; made once, because making takes longer than running."""
    return _put_once(session.get_bind().dialect.name, table, returned)


def put_over(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that writes over every column of a row whose primary key is there already."""
    return _put_over(session.get_bind().dialect.name, table)


def _insert(dialect: str, table: type[SQLModel]) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@lru_cache
def _put_once(dialect: str, table: type[SQLModel], returned: tuple[str, ...]) -> Any:
    columns = table.__table__.c  # type: ignore[attr-defined]
    return _insert(dialect, table).on_conflict_do_nothing().returning(*(columns[name] for name in returned))


@lru_cache
def _put_over(dialect: str, table: type[SQLModel]) -> Any:
    columns = table.__table__.c  # type: ignore[attr-defined]
    new = _insert(dialect, table)
    rest = {c.name: new.excluded[c.name] for c in columns if not c.primary_key}
    return new.on_conflict_do_update(index_elements=[c for c in columns if c.primary_key], set_=rest)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
