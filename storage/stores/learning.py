"""Cases to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.learning import Case
from storage.stores.core import run
from storage.tables.learning import ReadingCaseRow


class Cases:
    """What people corrected, without who they are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, said: str, read: Mapping[str, Any], meant: Mapping[str, Any], day: date) -> None:
        """Keep a case; ``said`` has been made anonymous before."""
        self._session.add(ReadingCaseRow(said=said, read=dict(read), meant=dict(meant), day=day))

    def all(self, *, open_only: bool = True) -> list[Case]:
        """Cases, the oldest first."""
        query = select(ReadingCaseRow).order_by(col(ReadingCaseRow.id))
        if open_only:
            query = query.where(ReadingCaseRow.state == "open")
        return [
            Case(row.id or 0, row.said, row.read, row.meant, row.day, row.state)
            for row in self._session.exec(query).all()
        ]

    def settle(self, ids: Iterable[int], state: str) -> int:
        """Mark open cases as taken or dropped; how many were."""
        wanted = (col(ReadingCaseRow.id).in_(list(ids)), col(ReadingCaseRow.state) == "open")
        return run(self._session, update(ReadingCaseRow).where(*wanted).values(state=state)).rowcount
