"""Small facts of the office: days, audit, heartbeats, follow-ups, files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.stores.core import insert_once, run
from storage.tables.registers import AuditRow, DayRow, HeartbeatRow, NudgeRow
from storage.tables.talk import StoredFileRow


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day the office itself says is off, or worked, and the document that says so."""

    day: date
    works: bool
    reason: str
    source: str


class OfficeDays:
    """The office's own table, which overrides every proposal."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def overrides(self) -> list[OfficeDay]:
        """All of it, by day."""
        rows = self._session.exec(select(DayRow).order_by(col(DayRow.day))).all()
        return [OfficeDay(r.day, r.works, r.reason, r.source) for r in rows]

    def save_overrides(self, days: Iterable[OfficeDay]) -> None:
        """Insert or replace by day."""
        for d in days:
            self._session.merge(DayRow(day=d.day, works=d.works, reason=d.reason, source=d.source))


class Audit:
    """Who did what to what."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self, at: datetime, who: int | None, act: str, thing: str, detail: dict[str, Any] | None = None
    ) -> None:
        """One line; ``who`` None is the service itself."""
        self._session.add(AuditRow(at=at, who=who, act=act, thing=thing, detail=detail or {}))


class Heartbeats:
    """When each loop was last alive."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str, at: datetime) -> None:
        """Alive now."""
        run(self._session, insert_once(self._session, HeartbeatRow).values(name=name, at=at))
        run(self._session, update(HeartbeatRow).where(col(HeartbeatRow.name) == name).values(at=at))

    def all(self) -> dict[str, datetime]:
        """Every loop seen."""
        return {row.name: row.at for row in self._session.exec(select(HeartbeatRow)).all()}


class Nudges:
    """Follow-ups pressed by a monitor."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def nudge(self, task: int, agency: str, by: int, day: date) -> bool:
        """Record one; False when the agency was already followed up on this task that day."""
        statement = insert_once(self._session, NudgeRow).values(task=task, agency=agency, by=by, day=day)
        return run(self._session, statement.returning(col(NudgeRow.id))).scalar() is not None

    def nudged_on(self, task: int, day: date) -> set[str]:
        """Agencies followed up on this task that day."""
        query = select(NudgeRow.agency).where(NudgeRow.task == task, NudgeRow.day == day)
        return set(self._session.exec(query).all())


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file made for one person."""

    id: int
    official: int
    name: str
    media_type: str
    data: bytes


class Files:
    """Files made by the service."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, official: int, name: str, media_type: str, data: bytes, now: datetime) -> int:
        """Keep a file; its id."""
        row = StoredFileRow(official=official, name=name, media_type=media_type, data=data, at=now)
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def get(self, file_id: int) -> StoredFile | None:
        """The file, for whom it was made."""
        row = self._session.get(StoredFileRow, file_id)
        return StoredFile(row.id or 0, row.official, row.name, row.media_type, row.data) if row else None
