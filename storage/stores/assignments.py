"""Assignments and the reports on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, bindparam, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from domain.assignments import Assignment, Progress, State
from storage.stores.core import chunks, insert_once, look, run
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

#: what a report can change, and taking it back puts back
REPORTED = (
    "state", "percent", "done_at", "done_on", "last_report_at", "last_note", "waits_for", "acknowledged_at",
    "unanswered_since", "snoozed_until",
)  # fmt: skip

TABLE = AssignmentRow.__table__  # type: ignore[attr-defined]
PROGRESS = ProgressRow.__table__  # type: ignore[attr-defined]
#: the statements of every reply that comes in are made once
_EVERY = sql_select(*(TABLE.c[name] for name in FIELDS)).order_by(TABLE.c.id)
_ONE = _EVERY.where(TABLE.c.id == bindparam("key"))
_HELD = _ONE.with_for_update()
_SEVERAL = _EVERY.where(TABLE.c.id.in_(bindparam("keys", expanding=True)))
_OF_AGENCIES = _EVERY.where(TABLE.c.agency.in_(bindparam("codes", expanding=True)))
_OF_TASKS = _EVERY.where(TABLE.c.task.in_(bindparam("tasks", expanding=True)))
_IS_OPEN = or_(*(TABLE.c.state == state for state in OPEN))
_OWED = _OF_AGENCIES.where(_IS_OPEN)


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
        self._owed: dict[str, list[Assignment]] = {}  # by agency, while nothing of it is changed

    def expect(self, codes: Iterable[str]) -> None:
        """These agencies' open work is about to be asked for, one after another: read it in one query."""
        wanted = list(dict.fromkeys(codes))
        if wanted:
            self._owed = {code: [] for code in wanted}
            for assignment in self._found(_OWED, codes=wanted):
                self._owed[assignment.agency].append(assignment)

    def add_many(self, rows: Sequence[dict[str, Any]]) -> int:
        """Insert in one batch what is not there yet (task, agency, occurrence); how many were new."""
        if not rows:
            return 0
        self._owed.clear()
        values = [NEW | row | {"state": State(row["state"]).value} for row in rows]
        statement = insert_once(self._session, AssignmentRow).returning(col(AssignmentRow.id))
        return len(run(self._session, statement, values).all())

    def get(self, assignment_id: int) -> Assignment:
        """One; raises when there is none."""
        return _assignment(look(self._session, _ONE, {"key": assignment_id}).one())

    def held(self, assignment: Assignment) -> Assignment:
        """As it stands now, and nobody else changes it before this transaction ends: what is decided by its state
        is decided once. SQLite's transactions hold everything from their beginning."""
        if self._session.get_bind().dialect.name == "sqlite":
            return assignment
        return _assignment(look(self._session, _HELD, {"key": assignment.id}).one())

    def many(self, ids: Iterable[int]) -> dict[int, Assignment]:
        """Several, by id."""
        found: dict[int, Assignment] = {}
        for some in chunks(ids):
            found |= {a.id: a for a in self._found(_SEVERAL, keys=some)}
        return found

    def open(self) -> list[Assignment]:
        """What is owed, and candidates a person must decide on."""
        return self._found(_EVERY.where(or_(_IS_OPEN, TABLE.c.state == State.CANDIDATE.value)))

    def all(self) -> list[Assignment]:
        """Everything, open and closed."""
        return self._found(_EVERY)

    def of_agencies(self, codes: Iterable[str], *, open_only: bool = True) -> list[Assignment]:
        """What these agencies owe, the soonest first, undated last."""
        wanted = list(dict.fromkeys(codes))
        if open_only and all(code in self._owed for code in wanted):
            found = sorted((a for code in wanted for a in self._owed[code]), key=lambda a: a.id)
        else:
            found = self._found(_OWED if open_only else _OF_AGENCIES, codes=wanted)
        return sorted(found, key=lambda a: (a.act_by or date.max, a.task))

    def of_tasks(self, tasks: Iterable[int]) -> list[Assignment]:
        """All assignments of these tasks."""
        return self._found(_OF_TASKS, tasks=list(tasks))

    def _found(self, query: Executable, **values: Any) -> list[Assignment]:
        return [_assignment(row) for row in look(self._session, query, values)]

    def save(self, assignment: Assignment) -> None:
        """Write every field of an existing assignment."""
        self._owed.clear()
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
        self._owed.clear()
        names = tuple(name for name in FIELDS if name != "id")
        run(self._session, _change_of(names), [_changed(a, names) for a in assignments])

    def log(
        self, before: Assignment, after: Assignment, official: int, progress: Progress, *, act: str = "report"
    ) -> int:
        """Save the change and the report that made it, with what was before, so that it can be undone."""
        self._owed.pop(after.agency, None)
        names = tuple(n for n in FIELDS if getattr(before, n) != getattr(after, n))
        if names:
            run(self._session, _change_of(names), [_changed(after, names)])
        values = {
            "assignment": after.id,
            "official": official,
            "at": progress.at,
            "act": act,
            "status": progress.status.value if progress.status else None,
            "percent": progress.percent,
            "note": progress.note,
            "before": _pack(before),
        }
        key: Any = look(self._session, _LOG, values).inserted_primary_key
        made: int = key[0]
        return made

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
        """Put the assignment back as it was before the report (of this person, where one is named). A deadline
        that was moved meanwhile stays moved: no report does that.

        None when a later report stands on the same assignment: undoing would lose somebody's word.
        """
        row = self._session.get_one(ProgressRow, report_id)
        if by is not None and row.official != by:
            return None
        now_is = self.held(self.get(row.assignment))
        self._session.refresh(row)
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
        restored = replace(now_is, **{name: getattr(before, name) for name in REPORTED})
        self.save(restored)
        return restored

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
        self._owed.clear()
        for some in chunks(ids):
            run(
                self._session,
                update(AssignmentRow)
                .where(col(AssignmentRow.id).in_(some), col(AssignmentRow.unanswered_since).is_(None))
                .values(unanswered_since=at),
            )


_LOG = PROGRESS.insert()


@lru_cache
def _change_of(names: tuple[str, ...]) -> Any:
    """An update of these columns only: what another process changes meanwhile stays as it is."""
    new: Any = {name: bindparam(f"new_{name}") for name in names}
    return update(TABLE).where(TABLE.c.id == bindparam("key")).values(new)


def _changed(assignment: Assignment, names: Iterable[str]) -> dict[str, Any]:
    values = {f"new_{name}": getattr(assignment, name) for name in names}
    if "new_state" in values:
        values["new_state"] = assignment.state.value
    return values | {"key": assignment.id}


def _assignment(row: Any) -> Assignment:
    """The columns stand in the order of the noun's fields."""
    number, task, agency, state, *rest = row
    return Assignment(number, task, agency, State(state), *rest)


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
