"""Assignments and the reports on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from domain.assignments import Assignment, Progress, State
from storage.stores.core import chunks, insert_once, run
from storage.tables.work import AssignmentRow, ProgressRow

OPEN = [s.value for s in State if s.is_open]
FIELDS = [f.name for f in fields(Assignment)]
#: what a new row has when nothing else is said; every key is here, because the first row of a batch
#: names the columns of all
NEW: dict[str, Any] = {
    "occurrence": "",
    "due_on": None,
    "strict": False,
    "act_by": None,
    "overdue_from": None,
    "deadline_version": 1,
    "last_note": "",
    "waits_for": "",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One logged report."""

    id: int
    assignment: int
    official: int
    at: datetime
    act: str
    status: str | None
    percent: int | None
    note: str
    undone: bool


class Assignments:
    """One agency's share of a task each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_many(self, rows: Sequence[dict[str, Any]]) -> int:
        """Insert in one batch what is not there yet (task, agency, occurrence); how many were new."""
        if not rows:
            return 0
        values = [NEW | row | {"state": State(row["state"]).value} for row in rows]
        statement = insert_once(self._session, AssignmentRow).returning(col(AssignmentRow.id))
        return len(run(self._session, statement, values).all())

    def get(self, assignment_id: int) -> Assignment:
        """One; raises when there is none."""
        return _assignment(self._session.get_one(AssignmentRow, assignment_id))

    def many(self, ids: Iterable[int]) -> dict[int, Assignment]:
        """Several, by id."""
        found: dict[int, Assignment] = {}
        for some in chunks(ids):
            query = select(AssignmentRow).where(col(AssignmentRow.id).in_(some))
            found |= {row.id or 0: _assignment(row) for row in self._session.exec(query).all()}
        return found

    def open(self) -> list[Assignment]:
        """What is owed, and candidates a person must decide on."""
        wanted = [*OPEN, State.CANDIDATE.value]
        query = (
            select(AssignmentRow).where(col(AssignmentRow.state).in_(wanted)).order_by(col(AssignmentRow.id))
        )
        return [_assignment(row) for row in self._session.exec(query).all()]

    def all(self) -> list[Assignment]:
        """Everything, open and closed."""
        return [
            _assignment(r) for r in self._session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id)))
        ]

    def of_agencies(self, codes: Iterable[str], *, open_only: bool = True) -> list[Assignment]:
        """What these agencies owe, the soonest first, undated last."""
        query = select(AssignmentRow).where(col(AssignmentRow.agency).in_(list(codes)))
        if open_only:
            query = query.where(col(AssignmentRow.state).in_(OPEN))
        rows = self._session.exec(query.order_by(col(AssignmentRow.id))).all()
        return sorted((_assignment(r) for r in rows), key=lambda a: (a.act_by or date.max, a.task))

    def of_tasks(self, tasks: Iterable[int]) -> list[Assignment]:
        """All assignments of these tasks."""
        query = select(AssignmentRow).where(col(AssignmentRow.task).in_(list(tasks)))
        return [_assignment(row) for row in self._session.exec(query.order_by(col(AssignmentRow.id))).all()]

    def save(self, assignment: Assignment) -> None:
        """Write every field of an existing assignment."""
        row = self._session.get_one(AssignmentRow, assignment.id)
        for name in FIELDS:
            value = getattr(assignment, name)
            setattr(row, name, value.value if name == "state" else value)
        self._session.add(row)
        self._session.flush()

    def save_many(self, assignments: Sequence[Assignment]) -> None:
        """Write every field of existing assignments in one batch."""
        if not assignments:
            return
        table = AssignmentRow.__table__  # type: ignore[attr-defined]
        names = [name for name in FIELDS if name != "id"]
        statement = (
            update(table)
            .where(table.c.id == bindparam("key"))
            .values({name: bindparam(f"new_{name}") for name in names})
        )
        rows = [{"key": a.id} | {f"new_{name}": getattr(a, name) for name in names} for a in assignments]
        run(self._session, statement, [row | {"new_state": row["new_state"].value} for row in rows])

    def log(
        self, before: Assignment, after: Assignment, official: int, progress: Progress, *, act: str = "report"
    ) -> int:
        """Save the change and the report that made it, with what was before, so that it can be undone."""
        self.save(after)
        row = ProgressRow(
            assignment=after.id,
            official=official,
            at=progress.at,
            act=act,
            status=progress.status.value if progress.status else None,
            percent=progress.percent,
            note=progress.note,
            before=_pack(before),
        )
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def last_report(self, official: int) -> Report | None:
        """The person's last report that still stands."""
        query = (
            select(ProgressRow)
            .where(ProgressRow.official == official, col(ProgressRow.undone_at).is_(None))
            .order_by(col(ProgressRow.id).desc())
        )
        row = self._session.exec(query).first()
        return _report(row) if row else None

    def undo(self, report_id: int, now: datetime, *, by: int | None = None) -> Assignment | None:
        """Put the assignment back as it was before the report (of this person, where one is named).

        None when a later report stands on the same assignment: undoing would lose somebody's word.
        """
        row = self._session.get_one(ProgressRow, report_id)
        if by is not None and row.official != by:
            return None
        later = select(ProgressRow).where(
            ProgressRow.assignment == row.assignment,
            col(ProgressRow.id) > report_id,
            col(ProgressRow.undone_at).is_(None),
        )
        if row.undone_at is not None or self._session.exec(later).first():
            return None
        row.undone_at = now
        self._session.add(row)
        before = _unpack(row.before)
        self.save(before)
        return before

    def history(self, assignment_id: int) -> list[Report]:
        """Every report, oldest first, undone ones marked."""
        query = (
            select(ProgressRow).where(ProgressRow.assignment == assignment_id).order_by(col(ProgressRow.id))
        )
        return [_report(row) for row in self._session.exec(query).all()]

    def reports_of(self, assignments: Iterable[int]) -> list[Report]:
        """Standing reports on these assignments, oldest first."""
        query = select(ProgressRow).where(
            col(ProgressRow.assignment).in_(list(assignments)), col(ProgressRow.undone_at).is_(None)
        )
        return [_report(row) for row in self._session.exec(query.order_by(col(ProgressRow.id))).all()]

    def mark_reminded(self, ids: Iterable[int], at: datetime) -> None:
        """A reminder went out: an answer is awaited since then (or since the earlier one)."""
        for some in chunks(ids):
            run(
                self._session,
                update(AssignmentRow)
                .where(col(AssignmentRow.id).in_(some), col(AssignmentRow.unanswered_since).is_(None))
                .values(unanswered_since=at),
            )


def _assignment(row: AssignmentRow) -> Assignment:
    values = {name: getattr(row, name) for name in FIELDS}
    return Assignment(**values | {"state": State(row.state), "id": row.id or 0})


def _report(row: ProgressRow) -> Report:
    undone = row.undone_at is not None
    return Report(
        row.id or 0, row.assignment, row.official, row.at, row.act, row.status, row.percent, row.note, undone
    )


def _pack(assignment: Assignment) -> dict[str, Any]:
    packed: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(assignment, name)
        packed[name] = value.isoformat() if isinstance(value, date | datetime) else value
    return packed


def _unpack(data: dict[str, Any]) -> Assignment:
    values = dict(data)
    for name in (
        "assigned_at",
        "done_at",
        "last_report_at",
        "acknowledged_at",
        "unanswered_since",
        "snoozed_until",
    ):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    for name in ("due_on", "act_by", "overdue_from", "done_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Assignment(**values | {"state": State(values["state"])})
