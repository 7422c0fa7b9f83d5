"""One file with everything the database holds, the same for SQLite and PostgreSQL.

The archive is a zip: ``tables/<name>.jsonl`` with a JSON object a row, and ``manifest.json`` with the format,
the revision of the tables, and rows and SHA-256 of each. Values are plain JSON; instants and days are ISO,
bytes base64. It is made from one consistent moment while the service runs, and readable by its owner only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Date, Engine, Integer, LargeBinary, Table, func, insert, select
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills the metadata)
from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from storage.engine import make_engine
from storage.migrate import current, head, upgrade
from storage.stores.core import chunks
from storage.types import UtcDateTime

FORMAT, VERSION = "dondoc-backup", 1
MANIFEST = "manifest.json"
_MOST_MANIFEST = 1_000_000  # bytes
#: lets the caller show how far it is
Watch = Callable[[Sequence[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds: when it was made, of which revision, rows and checksum by table."""

    made_at: datetime
    revision: str
    rows: dict[str, int]
    checksums: dict[str, str]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def tables() -> list[Table]:
    """Every table, those others point to first."""
    return list(SQLModel.metadata.sorted_tables)


# --- making one


def backup(engine: Engine, file: Path, now: datetime, watch: Watch = iter) -> Kept:
    """Write the archive, whole or not at all, 0600; an earlier backup of the same name is replaced.

    Raises Refusal for a database of another version, BadInput where the file is there and is no backup.
    """
    if file.exists() and not _is_backup(file):
        raise BadInput(
            say("{file} is there already and is no backup; nothing was written.", file=verbatim(str(file)))
        )
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)  # 0600
    try:
        with os.fdopen(handle, "w+b") as target:
            with _one_moment(engine, file.parent) as connection:
                if MigrationContext.configure(connection).get_current_revision() != head():
                    raise Refusal(
                        say("The database is of another version. Run: dondoc migrate"), code="migrate"
                    )
                kept = _write(connection, target, now, watch)
            target.flush()
            os.fsync(target.fileno())
        os.replace(name, file)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise
    return kept


@contextmanager
def _one_moment(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        ) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix=".dondoc-backup-", dir=folder) as place:  # 0700
        path = Path(place) / "snapshot.db"
        pooled = engine.raw_connection()
        copy = sqlite3.connect(path)
        try:
            source = pooled.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
        finally:
            copy.close()
            pooled.close()
        snapshot = make_engine(f"sqlite:///{path}")
        try:
            with snapshot.connect() as connection:
                yield connection
        finally:
            snapshot.dispose()


def _write(connection: Connection, target: Any, now: datetime, watch: Watch) -> Kept:
    kept = Kept(now, head(), {}, {})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in watch(tables()):
            digest, count = hashlib.sha256(), 0
            with archive.open(_member(table.name), "w", force_zip64=True) as member:
                query = select(table).order_by(*table.primary_key).execution_options(yield_per=_batch(table))
                for row in connection.execute(query).mappings():
                    values = {column.name: _pack(row[column.name]) for column in table.columns}
                    line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                    member.write(line)
                    digest.update(line)
                    count += 1
            kept.rows[table.name], kept.checksums[table.name] = count, digest.hexdigest()
        archive.writestr(MANIFEST, json.dumps(_manifest(kept), indent=1))
    return kept


def _manifest(kept: Kept) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": kept.made_at.isoformat(),
        "revision": kept.revision,
        "tables": {n: {"rows": kept.rows[n], "sha256": kept.checksums[n]} for n in kept.rows},
    }


def _batch(table: Table) -> int:
    """Rows held in memory at once; those with whole files in them only a few."""
    return 5 if any(isinstance(column.type, LargeBinary) for column in table.columns) else 500


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _pack(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _unpack(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, LargeBinary) else value


# --- bringing one back


def restore(engine: Engine, file: Path, *, force: bool = False, watch: Watch = iter) -> Kept:
    """Fill the database from an archive, in one transaction: all of it or nothing.

    The archive is checked whole before anything is touched. A database that holds something is refused
    without ``force``, which empties it first. Raises BadInput for a damaged archive, Refusal for one of
    another version.
    """
    kept = check(file)
    found = current(engine)
    if found is None:
        upgrade(engine)
    elif found != head():
        raise Refusal(say("The database is of another version. Run: dondoc migrate"), code="migrate")
    with engine.begin() as connection, zipfile.ZipFile(file) as archive:
        filled = [
            t for t in tables() if connection.execute(select(t.primary_key.columns[0]).limit(1)).first()
        ]
        if filled and not force:
            raise Refusal(
                say("The database is not empty, so nothing was restored. --force replaces what it holds."),
                code="not_empty",
            )
        for table in reversed(filled):
            connection.execute(table.delete())
        for table in watch(tables()):
            for rows in chunks(_rows(archive, table), _batch(table)):
                connection.execute(insert(table), rows)
            _go_on_counting(connection, table)
    return kept


def check(file: Path) -> Kept:
    """What the archive holds, after every checksum was found right. Raises as :func:`restore` does."""
    try:
        with zipfile.ZipFile(file) as archive:
            kept = _read_manifest(archive)
            if kept.revision != head():
                says = say(
                    "The backup is of version {theirs}, this program of version {ours}; nothing was changed. "
                    "Restore it with the program that made it, then run: dondoc migrate",
                    theirs=kept.revision,
                    ours=head(),
                )
                raise Refusal(says, code="version")
            if set(kept.rows) != {table.name for table in tables()}:
                raise _damaged()
            for name in kept.rows:
                digest = hashlib.sha256()
                with archive.open(_member(name)) as member:
                    while chunk := member.read(1 << 20):
                        digest.update(chunk)
                if digest.hexdigest() != kept.checksums[name]:
                    raise _damaged()
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
    ) as error:
        raise _damaged() from error
    return kept


def _is_backup(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            _read_manifest(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError):
        return False
    return True


def _read_manifest(archive: zipfile.ZipFile) -> Kept:
    if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise ValueError("the manifest is too long")
    data = json.loads(archive.read(MANIFEST))
    if data["format"] != FORMAT or data["version"] != VERSION:
        raise ValueError("not a backup of this format")
    of = data["tables"]
    rows = {name: int(of[name]["rows"]) for name in of}
    checksums = {name: str(of[name]["sha256"]) for name in of}
    return Kept(datetime.fromisoformat(data["made_at"]), str(data["revision"]), rows, checksums)


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    with archive.open(_member(table.name)) as member:
        for line in member:
            values = json.loads(line)
            yield {column.name: _unpack(column, values[column.name]) for column in table.columns}


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL hands out numbers from a sequence, which knows nothing of rows brought in with theirs."""
    key = list(table.primary_key)
    if connection.dialect.name != "postgresql" or len(key) != 1 or not isinstance(key[0].type, Integer):
        return
    last = connection.execute(select(func.max(key[0]))).scalar()
    if last is not None:
        sequence = func.pg_get_serial_sequence(table.name, key[0].name)
        connection.execute(select(func.setval(sequence, last)))


def _damaged() -> BadInput:
    return BadInput(
        say("This is no backup of dondoc, or it is damaged; nothing was changed."), code="damaged"
    )
