"""Dossiers in bulk: rows of a source wait in a temporary table until all are read, then go in piece by piece.

While rows are read nobody is held up; each piece is a transaction of its own, so that replies get between. Writing
is idempotent by code: a reading that breaks off is made good by reading again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
)
from sqlalchemy import select as core_select

from domain.dossiers.dossier import Procedure
from storage.stores.core import chunks
from storage.tables.dossiers import ProcedureRow

#: one dossier as it is staged: days are ISO text or None, months numbers (NEVER for one that is open)
Staged = tuple[Any, ...]
FACTS = (
    "agency", "receiving", "procedure", "state", "channel", "received_on", "promised_on", "latest_on", "apology_on",
    "stopped_on", "resumed_on", "result_on", "returned_on",
)  # fmt: skip
RECKONED = ("due_on", "late_from", "closed_on", "outcome", "received_month", "closed_month")
#: the order of a Staged tuple
STAGED = ("row", "code", *FACTS, *RECKONED)
_WHOLE = {"row", "procedure", "received_month", "closed_month"}
_BATCH = 1_000


def _column(name: str) -> Column[Any]:
    kind = Integer if name in _WHOLE else Date if name.endswith("_on") or name == "late_from" else String
    return Column(name, kind())


TABLE = Table("dossier_staged", MetaData(), *map(_column, STAGED), prefixes=["TEMPORARY"])
_PROCEDURE = ProcedureRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Doubled:
    """A code that several rows of one source have, with different words; none of them was taken."""

    code: str
    rows: tuple[int, ...]


@dataclass
class Staging:
    """A temporary table over one connection. Rows are put in with :meth:`add`; then it can be settled."""

    connection: Connection
    is_dry: bool
    repeated: int = 0  # rows dropped because an earlier one said the same
    _procedures: dict[Procedure, int] = field(default_factory=dict)
    _fresh: list[dict[str, Any]] = field(default_factory=list)
    _next: int = 1

    def __post_init__(self) -> None:
        with self.connection.begin():
            TABLE.create(self.connection)
            rows = self.connection.execute(core_select(_PROCEDURE)).all()
        self._procedures = {Procedure(row.code, row.name, row.field): row.id for row in rows}
        self._next = 1 + max(self._procedures.values(), default=0)

    @property
    def is_sqlite(self) -> bool:
        """Which of the two databases it is."""
        return self.connection.dialect.name == "sqlite"

    def procedure(self, procedure: Procedure) -> int:
        """Its number; a new one is written with the next rows. Only one reading runs at a time."""
        number = self._procedures.get(procedure)
        if number is None:
            number = self._procedures[procedure] = self._next
            self._next += 1
            self._fresh.append({"id": number, "code": procedure.code, "name": procedure.name, "field": procedure.field})  # fmt: skip
        return number

    def add(self, rows: Iterable[Staged], watch: Callable[[int], None] = lambda _: None) -> None:
        """Put rows in; ``watch`` hears how many there are after each batch."""
        total = 0
        for batch in chunks(rows, _BATCH):
            with self.connection.begin():
                self._put(batch)
            total += len(batch)
            watch(total)

    def _put(self, batch: list[Staged]) -> None:
        if self.is_sqlite:
            marks = ", ".join("?" * len(STAGED))
            self.connection.exec_driver_sql(f"INSERT INTO {TABLE.name} VALUES ({marks})", batch)  # noqa: S608
            return
        driver: Any = self.connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {TABLE.name} FROM STDIN") as copy:
            for row in batch:
                copy.write_row(row)

    def write_procedures(self) -> None:
        """Keep those that were new; part of the caller's transaction."""
        if not self._fresh or self.is_dry:
            return
        self.connection.execute(insert(_PROCEDURE), self._fresh)
        self._fresh.clear()

    def doubles(self) -> list[Doubled]:
        """Drop rows that repeat an earlier one word for word, and all rows of a code that contradict each other."""
        found: list[Doubled] = []
        drop: list[int] = []
        with self.connection.begin():
            self.connection.exec_driver_sql(f"CREATE INDEX dossier_staged_code ON {TABLE.name} (code)")
            if not self.is_sqlite:
                self.connection.exec_driver_sql(f"ANALYZE {TABLE.name}")
            twice = core_select(TABLE.c.code).group_by(TABLE.c.code).having(func.count() > 1)
            query = core_select(TABLE).where(TABLE.c.code.in_(twice)).order_by(TABLE.c.code, TABLE.c.row)
            for same in _by_code(self.connection.execute(query).all()):
                rows = tuple(row[0] for row in same)
                if all(row[1:] == same[0][1:] for row in same):
                    drop += rows[1:]
                    self.repeated += len(rows) - 1
                else:
                    drop += rows
                    found.append(Doubled(same[0].code, rows))
            for part in chunks(drop):
                self.connection.execute(delete(TABLE).where(TABLE.c.row.in_(part)))
        return found


def _by_code(rows: Sequence[Any]) -> Iterator[list[Any]]:
    same: list[Any] = []
    for row in rows:
        if same and row.code != same[0].code:
            yield same
            same = []
        same.append(row)
    if same:
        yield same


@contextmanager
def staging(engine: Engine, *, is_dry: bool = False) -> Iterator[Staging]:
    """A place for one source's rows, gone afterwards. Nobody is locked out while they are put in."""
    with engine.connect().execution_options(begins="DEFERRED") as connection:
        try:
            yield Staging(connection, is_dry)
        finally:
            connection.rollback()
            with connection.begin():
                TABLE.drop(connection, checkfirst=True)
