"""Readings of sources: one at a time, each leaves a report; and what addresses answered last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.stores.core import insert_once, run
from storage.tables.dossiers import DossierRunRow, DossierSourceRow

#: a running one that gave no sign for so long has died
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Run:
    """One reading. ``state``: running, done, failed."""

    id: int
    source: str
    name: str
    by: int | None
    state: str
    started: datetime
    beat: datetime
    ended: datetime | None
    counts: Mapping[str, int]
    report: Mapping[str, Any]

    def is_alive(self, now: datetime) -> bool:
        """Whether it is still at work."""
        return self.state == "running" and now - self.beat < LEASE


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address answered last."""

    etag: str
    asked: datetime
    failures: int
    reason: str


class DossierRuns:
    """What was read when, by whom, with what result."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self, source: str, name: str, by: int | None, now: datetime) -> int | None:
        """Begin a reading; None while another is at work. One that died is marked as failed."""
        for row in self._session.exec(select(DossierRunRow).where(DossierRunRow.state == "running")).all():
            if _run(row).is_alive(now):
                return None
            row.state, row.ended, row.report = "failed", now, {"error": "interrupted"}
        values = {"source": source, "name": name, "by": by, "started": now, "beat": now, "state": "running"}
        statement = insert_once(self._session, DossierRunRow).values(counts={}, report={}, **values)
        number: int | None = run(self._session, statement.returning(col(DossierRunRow.id))).scalar()
        return number

    def beat(self, number: int, counts: Mapping[str, int], now: datetime) -> None:
        """It is alive, and this far."""
        query = update(DossierRunRow).where(col(DossierRunRow.id) == number)
        run(self._session, query.values(beat=now, counts=dict(counts)))

    def end(
        self, number: int, state: str, counts: Mapping[str, int], report: Mapping[str, Any], now: datetime
    ) -> None:
        """It is over."""
        values = {"state": state, "counts": dict(counts), "report": dict(report), "beat": now, "ended": now}
        run(self._session, update(DossierRunRow).where(col(DossierRunRow.id) == number).values(**values))

    def get(self, number: int) -> Run | None:
        """One reading."""
        row = self._session.get(DossierRunRow, number)
        return _run(row) if row else None

    def latest(self, limit: int = 30) -> list[Run]:
        """The newest first."""
        query = select(DossierRunRow).order_by(col(DossierRunRow.id).desc()).limit(limit)
        return [_run(row) for row in self._session.exec(query).all()]

    def last_good(self) -> datetime | None:
        """When a source was last read to its end: the date of the figures."""
        query = (
            select(DossierRunRow.ended)
            .where(DossierRunRow.state == "done")
            .order_by(col(DossierRunRow.id).desc())
        )
        return self._session.exec(query).first()

    def asked(self, key: str) -> Asked | None:
        """What an address answered last."""
        row = self._session.get(DossierSourceRow, key)
        return Asked(row.etag, row.asked, row.failures, row.reason) if row else None

    def answered(self, key: str, etag: str, now: datetime, *, reason: str = "") -> None:
        """Keep what an address answered; a ``reason`` is a failure, of which those in a row are counted."""
        row = self._session.get(DossierSourceRow, key) or DossierSourceRow(key=key, asked=now)
        row.asked, row.reason = now, reason
        row.failures = row.failures + 1 if reason else 0
        row.etag = row.etag if reason else etag
        self._session.add(row)


def _run(row: DossierRunRow) -> Run:
    return Run(
        row.id or 0, row.source, row.name, row.by, row.state, row.started, row.beat, row.ended, row.counts, row.report
    )  # fmt: skip
