"""One archive for both databases: everything comes back, nothing half, nothing by accident."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from domain.assignments import Progress, State, apply_progress
from domain.errors import BadInput, Refusal
from domain.messages import Priority, text
from domain.officials import Post, Role
from domain.phrases import verbatim
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from storage import seed
from storage.backup import MANIFEST, backup, check, restore, tables
from storage.engine import make_engine
from storage.migrate import current, head
from storage.stores.office import OfficeDay
from storage.unit_of_work import Database

NOW = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)


def fill(db: Database) -> None:
    """A little of everything: bytes, instants, days, lists, Vietnamese, a null."""
    agencies, groups = seed.load_agencies("kontum-2024")
    with db.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        official = uow.people.save("dm-snv", "Đầu mối", [Post("snv", Role.FOCAL)])
        address = uow.people.add_address(official.id, "browser", "web", "1", NOW)
        document = uow.plans.save_document(bytes(range(256)), "kế hoạch.docx", "0" * 64, NOW, None)
        head_ = DocumentHead("1/KH-UBND", date(2024, 6, 20), "UBND", "T")
        plan = uow.plans.add_plan(document, head_, Ladder(), NOW)
        frame = TimeFrame("x", TimeFrameKind.FIXED_DATE, date(2024, 6, 28))
        task = uow.plans.add_task(Task(0, plan.id, "1.a", "1", "Nhiệm vụ", frame, leads=("snv",)))
        row = {"task": task.id, "agency": "snv", "state": State.NOT_STARTED, "assigned_at": NOW}
        uow.assignments.add_many([row | {"due_on": date(2024, 6, 28)}])
        before = uow.assignments.of_tasks([task.id])[0]
        progress = Progress(None, 40, "được 40%", NOW, date(2024, 6, 25))
        uow.assignments.log(before, apply_progress(before, progress), official.id, progress)
        message = text(verbatim("chào “đ/c” \n\u2028 x"))
        uow.outbox.put(
            key="k", address=address, priority=Priority.REPLY, kind="reply", message=message, now=NOW
        )
        uow.calendar.save_overrides([OfficeDay(date(2026, 1, 2), False, "Nghỉ", "VB")])
        uow.heartbeats.beat("clock", NOW)


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            t.name: sorted((tuple(r) for r in connection.execute(select(t)).all()), key=repr)
            for t in tables()
        }


@pytest.fixture
def other(tmp_path: Path) -> Engine:
    """A second, empty SQLite database."""
    return make_engine(f"sqlite:///{tmp_path / 'other.db'}")


def test_everything_comes_back(database: Database, other: Engine, tmp_path: Path) -> None:
    fill(database)
    file = tmp_path / "kept.zip"
    kept = backup(database.engine, file, NOW)
    assert (kept.made_at, kept.revision, kept.rows["agency"], kept.rows["document"]) == (NOW, head(), 139, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir() if "partial" in p.name or "dondoc-backup" in p.name] == []
    assert restore(other, file) == kept == check(file)
    assert current(other) == head()
    assert contents(other) == contents(database.engine)
    assert sum(map(len, contents(other).values())) == kept.total


@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_on(
    sqlite_database: Database, postgres_database: Database, tmp_path: Path
) -> None:
    fill(sqlite_database)
    file = tmp_path / "kept.zip"
    backup(sqlite_database.engine, file, NOW)
    restore(postgres_database.engine, file)
    assert contents(postgres_database.engine) == contents(sqlite_database.engine)
    with postgres_database.begin() as uow:  # numbers go on behind the highest brought in
        known = {o.id for o in uow.people.all()}
        assert uow.people.save("moi", "Mới", [Post("stc", Role.FOCAL)]).id > max(known)


def test_a_database_that_holds_something_is_replaced_only_by_force(
    database: Database, other: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "kept.zip"
    fill(database)
    before = contents(database.engine)
    backup(database.engine, file, NOW)
    with database.begin() as uow:
        uow.people.save("them", "Thêm", [Post("stc", Role.FOCAL)])
    changed = contents(database.engine)
    with pytest.raises(Refusal) as refused:
        restore(database.engine, file)
    assert refused.value.code == "not_empty"
    assert contents(database.engine) == changed
    restore(database.engine, file, force=True)
    assert contents(database.engine) == before


def rewritten(file: Path, target: Path, others: Mapping[str, bytes]) -> Path:
    """The archive with other contents for some of its names."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            written.writestr(name, others.get(name, source.read(name)))
    return target


def part(file: Path, name: str) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name)


def test_a_damaged_archive_changes_nothing(database: Database, tmp_path: Path) -> None:
    fill(database)
    file, agencies = tmp_path / "kept.zip", "tables/agency.jsonl"
    backup(database.engine, file, NOW)
    before = contents(database.engine)
    other = part(file, agencies).replace(b"Ngo", b"Nga")
    broken = rewritten(file, tmp_path / "broken.zip", {agencies: other})
    for damaged in (broken, tmp_path / "cut.zip", tmp_path / "text.zip"):
        if damaged.name == "cut.zip":
            damaged.write_bytes(file.read_bytes()[:2000])
        if damaged.name == "text.zip":
            damaged.write_bytes(b"not an archive")
        with pytest.raises(BadInput) as refused:
            restore(database.engine, damaged, force=True)
        assert refused.value.code == "damaged"
    assert contents(database.engine) == before


def test_an_archive_of_another_version_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    file = tmp_path / "kept.zip"
    backup(sqlite_database.engine, file, NOW)
    manifest = json.loads(part(file, MANIFEST)) | {"revision": "0000"}
    old = rewritten(file, tmp_path / "old.zip", {MANIFEST: json.dumps(manifest).encode()})
    with pytest.raises(Refusal) as refused:
        restore(sqlite_database.engine, old)
    assert refused.value.code == "version"


def test_a_backup_is_of_one_moment_while_others_write(sqlite_database: Database, tmp_path: Path) -> None:
    fill(sqlite_database)
    with sqlite_database.begin() as uow:  # a writer in the middle of its work
        uow.people.save("giua-chung", "Giữa chừng", [Post("stc", Role.FOCAL)])
        kept = backup(sqlite_database.engine, tmp_path / "kept.zip", NOW)
    assert kept.rows["official"] == 1
    assert backup(sqlite_database.engine, tmp_path / "kept.zip", NOW).rows["official"] == 2


def test_a_file_that_is_no_backup_is_not_written_over(sqlite_database: Database, tmp_path: Path) -> None:
    file = tmp_path / "thư.docx"
    file.write_bytes(b"PK a letter")
    with pytest.raises(BadInput):
        backup(sqlite_database.engine, file, NOW)
    assert file.read_bytes() == b"PK a letter"


def test_a_failed_restore_leaves_what_was(database: Database, tmp_path: Path) -> None:
    """The archive's checksums are right, but a row contradicts the tables: all of it is taken back."""
    fill(database)
    file, officials = tmp_path / "kept.zip", "tables/official.jsonl"
    backup(database.engine, file, NOW)
    before = contents(database.engine)
    manifest, twice = json.loads(part(file, MANIFEST)), part(file, officials) * 2
    manifest["tables"]["official"] = {"rows": 2, "sha256": hashlib.sha256(twice).hexdigest()}
    others = {MANIFEST: json.dumps(manifest).encode(), officials: twice}
    bad = rewritten(file, tmp_path / "bad.zip", others)
    with pytest.raises(Exception, match=r"(?i)unique"):
        restore(database.engine, bad, force=True)
    assert contents(database.engine) == before
