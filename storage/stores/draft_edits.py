"""Corrections of drafts: who, when, what stood there, what was given. Nothing is ever taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage.stores.core import run
from storage.tables.drafts import DraftEditRow


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """One correction as it is kept."""

    id: int
    draft: int
    at: datetime
    by: int | None
    act: str
    place: str
    values: dict[str, Any]
    before: dict[str, Any]
    undone: bool
    carried_from: int | None


class DraftEdits:
    """The corrections of every draft, in the order they were made."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, draft: int) -> list[KeptEdit]:
        """All of one draft, those that were undone too, the oldest first."""
        query = select(DraftEditRow).where(DraftEditRow.draft == draft).order_by(col(DraftEditRow.id))
        return [_edit(row) for row in self._session.exec(query).all()]

    def counts(self) -> dict[int, int]:
        """Draft → how many corrections are in force."""
        query = (
            select(DraftEditRow.draft, func.count())
            .where(col(DraftEditRow.undone_at).is_(None))
            .group_by(col(DraftEditRow.draft))
        )
        return dict(self._session.exec(query).all())

    def add(
        self,
        draft: int,
        act: str,
        place: str,
        values: dict[str, Any],
        before: dict[str, Any],
        now: datetime,
        by: int | None,
        *,
        undone: bool = False,
        carried_from: int | None = None,
    ) -> int:
        """Keep a correction; its id. ``undone``: kept to be looked at, without being applied."""
        row = DraftEditRow(
            draft=draft,
            at=now,
            by=by,
            act=act,
            place=place,
            values=values,
            before=before,
            undone_at=now if undone else None,
            carried_from=carried_from,
        )
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def undo(self, draft: int, edit: int, now: datetime, by: int | None) -> bool:
        """Take a correction back; False when it is not in force."""
        return self._set(draft, edit, now, by, undone=False)

    def redo(self, draft: int, edit: int) -> bool:
        """Take up again what was undone; False when it is in force."""
        return self._set(draft, edit, None, None, undone=True)

    def move(self, edit: int, place: str) -> None:
        """The row a correction is about has another place now."""
        run(self._session, update(DraftEditRow).where(col(DraftEditRow.id) == edit).values(place=place))

    def _set(self, draft: int, edit: int, at: datetime | None, by: int | None, *, undone: bool) -> bool:
        state = col(DraftEditRow.undone_at).is_not(None) if undone else col(DraftEditRow.undone_at).is_(None)
        done = run(
            self._session,
            update(DraftEditRow)
            .where(col(DraftEditRow.id) == edit, col(DraftEditRow.draft) == draft, state)
            .values(undone_at=at, undone_by=by),
        )
        return done.rowcount == 1


def _edit(row: DraftEditRow) -> KeptEdit:
    return KeptEdit(
        row.id or 0,
        row.draft,
        row.at,
        row.by,
        row.act,
        row.place,
        row.values,
        row.before,
        row.undone_at is not None,
        row.carried_from,
    )
