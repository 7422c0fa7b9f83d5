"""Requests to the monitor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.requests import Request, RequestKind, RequestState
from storage.stores.core import run
from storage.tables.work import RequestRow


class Requests:
    """Asked once, decided once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(
        self,
        kind: RequestKind,
        assignment: int,
        official: int,
        until: date | None,
        reason: str,
        now: datetime,
    ) -> int:
        """Ask; the request's id."""
        row = RequestRow(
            kind=kind.value,
            assignment=assignment,
            official=official,
            until=until,
            reason=reason,
            asked_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def get(self, request_id: int) -> Request:
        """The request; raises when there is none."""
        return _request(self._session.get_one(RequestRow, request_id))

    def decide(
        self, request_id: int, state: RequestState, by: int, until: date | None, now: datetime
    ) -> bool:
        """Decide; False when somebody already has. The conditional update settles a race."""
        done = run(
            self._session,
            update(RequestRow)
            .where(col(RequestRow.id) == request_id, col(RequestRow.state) == RequestState.OPEN.value)
            .values(state=state.value, decided_by=by, decided_until=until, decided_at=now),
        )
        return done.rowcount == 1

    def pending(self, assignments: Iterable[int]) -> list[Request]:
        """Open requests about these assignments."""
        query = select(RequestRow).where(
            col(RequestRow.assignment).in_(list(assignments)), RequestRow.state == RequestState.OPEN.value
        )
        return [_request(row) for row in self._session.exec(query).all()]


def _request(row: RequestRow) -> Request:
    return Request(
        id=row.id or 0,
        kind=RequestKind(row.kind),
        assignment=row.assignment,
        official=row.official,
        until=row.until,
        reason=row.reason,
        state=RequestState(row.state),
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_until=row.decided_until,
    )
