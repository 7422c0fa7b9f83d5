"""Planning over 100 000 assignments of 1 000 agencies on SQLite.

The limit it is measured against is reading the same open rows with bare ``sqlite3``, no types, no rules:
nothing that looks at every assignment can be quicker. The ticks between digests are measured on their own,
because they are what runs every minute.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event

from bot.services import Service
from domain.agencies import Agency, Kind, Level
from domain.assignments import State
from domain.lexicon import Lexicon
from domain.officials import Post, Role
from domain.plans import DocumentHead, Ladder, Task
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar
from scheduler.planner import plan
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import Database, UnitOfWork

AGENCIES, TASKS = 1_000, 100
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ASSIGNED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def _fill(uow: UnitOfWork, calendar: WorkCalendar) -> None:
    codes = [f"a{n}" for n in range(AGENCIES)]
    uow.agencies.save_agencies(Agency(c, f"Sở {c}", Level.PROVINCE, Kind.DEPARTMENT) for c in codes)
    for code in codes:
        person = uow.people.save(code, code, [Post(code, Role.FOCAL)])
        uow.people.add_address(person.id, "browser", "web", code, ASSIGNED)
    office = uow.people.save("office", "Office", [Post("a0", Role.MONITOR)])
    uow.people.add_address(office.id, "browser", "web", "office", ASSIGNED)
    document = uow.plans.save_document(b"x", "x.txt", "0" * 64, ASSIGNED, None)
    head = DocumentHead("1/KH-UBND", date(2026, 1, 5), "UBND", "Kế hoạch")
    kept = uow.plans.add_plan(document, head, Ladder(), ASSIGNED)
    for n in range(TASKS):
        due = date(2026, 1, 20) + timedelta(days=n)
        frame = TimeFrame(str(due), TimeFrameKind.FIXED_DATE, due)
        task = uow.plans.add_task(
            Task(0, kept.id, str(n), "1", "Việc " * 20, frame, tuple(codes), monitors=("a0",))
        )
        share = {"task": task.id, "state": State.NOT_STARTED, "assigned_at": ASSIGNED, "due_on": due}
        share |= {"act_by": calendar.act_by(due, False), "overdue_from": calendar.overdue_from(due, False)}
        uow.assignments.add_many([share | {"agency": code} for code in codes])


@contextmanager
def _counted(db: Database) -> Any:
    statements: list[str] = []

    def note(_c: Any, _k: Any, sql: str, *_rest: Any) -> None:
        statements.append(sql)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def _bare_read(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        query = (
            "SELECT * FROM assignment WHERE state IN ('not_started', 'in_progress', 'blocked', 'candidate')"
        )
        return len(connection.execute(query).fetchall())


def main() -> None:
    """Print seconds, statements and the ratio to the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        engine = make_engine(f"sqlite:///{path}")
        upgrade(engine)
        db, calendar = Database(engine), WorkCalendar(ZONE)
        service = Service(db, calendar, ZONE, Lexicon())
        with db.begin() as uow:
            _fill(uow, calendar)
        moments = {
            "a new plan, everybody told": calendar.at(date(2026, 1, 6), service.digest_at),
            "a tick, nothing new": calendar.at(date(2026, 1, 6), service.digest_at) + timedelta(hours=3),
            "an ordinary morning": calendar.at(date(2026, 1, 15), service.digest_at),
            "a morning after a week's downtime": calendar.at(date(2026, 1, 23), service.digest_at),
        }
        limit = min(_timed(lambda: _bare_read(path))[0] for _ in range(3))
        print(f"limit: {AGENCIES * TASKS:,} rows read by bare sqlite3 in {limit:.2f} s")
        for name, now in moments.items():
            with _counted(db) as statements:
                seconds, planned = _timed(lambda now=now: plan(db, service, now))
            print(
                f"{name}: {seconds:.2f} s, {len(statements)} statements, {planned.messages:,} messages, "
                f"{planned.lines:,} lines; {seconds / limit:.1f} × the limit"
            )
        engine.dispose()


if __name__ == "__main__":
    main()
