"""Lists of agencies with late dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.dossiers.counting import Tally
from domain.dossiers.late_list import Doubt, LateList, LateRow, ListState
from storage.stores.core import insert_once, run
from storage.tables.late_lists import LateListEntry, LateListRow

ROW, ENTRY = LateListRow, LateListEntry
UNDER_WAY = (ListState.CONTEST.value, ListState.WAITING.value)


class LateLists:
    """Every version of every month."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draft(self, made: LateList, now: datetime) -> int | None:
        """Keep a new version; its id, or None when there is one of that number already."""
        values = {
            "month": made.month,
            "version": made.version,
            "state": made.state.value,
            "as_of": made.as_of,
            "contest_until": made.contest_until,
            "figures_of": made.figures_of,
            "tallies": {agency: list(astuple(tally)) for agency, tally in made.tallies.items()},
            "reason": made.reason,
            "drafted_at": now,
        }
        statement = insert_once(self._session, ROW).values(**values).returning(col(ROW.id))
        number: int | None = run(self._session, statement).scalar()
        if number is not None and made.rows:
            run(self._session, insert_once(self._session, ENTRY), [_values(number, row) for row in made.rows])
        return number

    def get(self, number: int) -> LateList | None:
        """One version with its rows."""
        row = self._session.get(ROW, number)
        return self._whole(row) if row else None

    def latest(self, month: int) -> LateList | None:
        """The newest version of a month."""
        query = select(ROW).where(ROW.month == month).order_by(col(ROW.version).desc())
        row = self._session.exec(query).first()
        return self._whole(row) if row else None

    def published(self, month: int | None = None) -> LateList | None:
        """What is out for a month, or for the last month there is anything out for."""
        query = select(ROW).where(ROW.state == ListState.PUBLISHED.value)
        if month is not None:
            query = query.where(ROW.month == month)
        row = self._session.exec(query.order_by(col(ROW.month).desc())).first()
        return self._whole(row) if row else None

    def published_months(self) -> list[int]:
        """Months with a list that is out, the newest first."""
        query = (
            select(ROW.month).where(ROW.state == ListState.PUBLISHED.value).order_by(col(ROW.month).desc())
        )
        return list(self._session.exec(query).all())

    def versions(self, month: int | None = None) -> list[LateList]:
        """Versions without their rows, of a month or of all, the newest first."""
        query = select(ROW).order_by(col(ROW.month).desc(), col(ROW.version).desc())
        if month is not None:
            query = query.where(ROW.month == month)
        return [_noun(row, ()) for row in self._session.exec(query.limit(100)).all()]

    def in_state(self, state: ListState) -> list[LateList]:
        """Versions that stand there, with their rows, the oldest first."""
        query = select(ROW).where(ROW.state == state.value).order_by(col(ROW.id))
        return [self._whole(row) for row in self._session.exec(query).all()]

    def of_row(self, row_id: int) -> LateList | None:
        """The version a row stands on."""
        entry = self._session.get(ENTRY, row_id)
        return self.get(entry.list) if entry else None

    def contestable(self, code: str, today: date) -> LateRow | None:
        """The row of a dossier that may be objected to now."""
        query = (
            select(ENTRY)
            .join(ROW, col(ROW.id) == ENTRY.list)
            .where(ENTRY.code == code, ROW.state == ListState.CONTEST.value, ROW.contest_until >= today)
        )
        entry = self._session.exec(query).first()
        return _row(entry) if entry else None

    def save_row(self, row: LateRow) -> bool:
        """What was said about a row; False when its list has been decided on meanwhile, which is never changed."""
        under_way = select(ROW.id).where(col(ROW.state).in_(UNDER_WAY))
        change = update(ENTRY).where(col(ENTRY.id) == row.id, col(ENTRY.list).in_(under_way))
        values = {"doubt": row.doubt.value, "reason": row.reason, "contested_by": row.contested_by}
        return run(self._session, change.values(**values)).rowcount == 1

    def move(self, lately: LateList, to: ListState, **also: Any) -> bool:
        """To another state; False when somebody else moved it meanwhile."""
        change = update(ROW).where(col(ROW.id) == lately.id, col(ROW.state) == lately.state.value)
        return run(self._session, change.values(state=to.value, **also)).rowcount == 1

    def _whole(self, row: LateListRow) -> LateList:
        query = select(ENTRY).where(ENTRY.list == row.id).order_by(col(ENTRY.id))
        return _noun(row, (_row(entry) for entry in self._session.exec(query).all()))


def _noun(row: LateListRow, rows: Iterable[LateRow]) -> LateList:
    return LateList(
        id=row.id or 0,
        month=row.month,
        version=row.version,
        state=ListState(row.state),
        as_of=row.as_of,
        contest_until=row.contest_until,
        figures_of=row.figures_of,
        tallies={agency: Tally(*numbers) for agency, numbers in row.tallies.items()},
        rows=tuple(rows),
        reason=row.reason,
        drafted_at=row.drafted_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )


def _row(entry: LateListEntry) -> LateRow:
    return LateRow(
        entry.code,
        entry.agency,
        entry.due_on,
        entry.closed_on,
        Doubt(entry.doubt),
        entry.reason,
        entry.contested_by,
        entry.id or 0,
    )


def _values(number: int, row: LateRow) -> dict[str, Any]:
    return {
        "list": number,
        "code": row.code,
        "agency": row.agency,
        "due_on": row.due_on,
        "closed_on": row.closed_on,
        "doubt": row.doubt.value,
        "reason": row.reason,
        "contested_by": row.contested_by,
    }
