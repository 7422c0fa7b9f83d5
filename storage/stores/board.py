"""What the board counts, summed in the database: however much there is, a page asks a fixed number of times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, literal
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from domain.assignments import State
from domain.plans import Task
from storage.stores.core import chunks, look
from storage.stores.task_rows import SEVERAL, read_task
from storage.tables.work import AssignmentRow, TaskRow

ROW = AssignmentRow
OPEN = [s.value for s in State if s.is_open]


@dataclass(frozen=True, slots=True)
class Count:
    """How many agencies' shares are in a state, in time or late. ``task`` is 0 in sums over a plan."""

    plan: int
    task: int
    state: State
    late: bool
    count: int


@dataclass(frozen=True, slots=True)
class Attention:
    """A task somebody should look at: how many of its agencies are late, held up, silent or undecided."""

    task: int
    late: int
    soon: int
    held_up: int
    undecided: int
    unanswered: int


class Board:
    """Sums over assignments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_plan(self, today: date) -> list[Count]:
        """Every plan's shares by state and lateness."""
        return self._counts(today, per_task=False)

    def by_task(self, today: date, plan: int, task: int | None = None) -> list[Count]:
        """One plan's shares (or one task's) by task, state and lateness."""
        return self._counts(today, per_task=True, plan=plan, task=task)

    def _counts(
        self, today: date, *, per_task: bool, plan: int | None = None, task: int | None = None
    ) -> list[Count]:
        task_key = col(ROW.task) if per_task else literal(0)
        shares = (
            select(col(TaskRow.plan).label("plan"), task_key.label("task"), col(ROW.state).label("state"))
            .add_columns(_is_late(today).label("late"))
            .join(TaskRow, col(TaskRow.id) == col(ROW.task))
        )
        if plan is not None:
            shares = shares.where(col(TaskRow.plan) == plan)
        if task is not None:
            shares = shares.where(col(TaskRow.id) == task)
        # grouped from outside: PostgreSQL takes an expression with parameters for another one when repeated
        keys = tuple(shares.subquery().c)
        query = sql_select(*keys, func.count().label("n")).group_by(*keys)
        rows = self._session.connection().execute(query).all()
        return [Count(r.plan, r.task, State(r.state), bool(r.late), r.n) for r in rows]

    def attention(self, today: date, soon: date, silent_since: datetime, *, limit: int) -> list[Attention]:
        """The tasks that most need somebody: late, then due until ``soon``, held up, undecided, unanswered.

        An answer counts as missing when it has been awaited since ``silent_since`` or longer.
        """
        is_open = col(ROW.state).in_(OPEN)
        late = _sum(and_(is_open, col(ROW.overdue_from) <= today))
        sums = [
            late,
            _sum(and_(is_open, col(ROW.act_by) >= today, col(ROW.act_by) <= soon)),
            _sum(col(ROW.state) == State.BLOCKED.value),
            _sum(col(ROW.state) == State.CANDIDATE.value),
            _sum(and_(is_open, col(ROW.unanswered_since) <= silent_since)),
        ]
        query = (
            sql_select(col(ROW.task), *sums)
            .where(col(ROW.state).in_([*OPEN, State.CANDIDATE.value]))
            .group_by(col(ROW.task))
            .having(sum(sums[1:], sums[0]) > 0)
            .order_by(*(s.desc() for s in sums), col(ROW.task))
            .limit(limit)
        )
        return [Attention(*row) for row in self._session.connection().execute(query).all()]

    def tasks(self, ids: Iterable[int]) -> list[Task]:
        """These tasks, in no order."""
        found: list[Task] = []
        for some in chunks(ids):
            found += [read_task(*row) for row in look(self._session, SEVERAL, {"tasks": some})]
        return found

    def has_task(self, task_id: int) -> bool:
        """Whether there is such a task."""
        return self._session.get(TaskRow, task_id) is not None


def _is_late(today: date) -> Any:
    return case((col(ROW.overdue_from) <= func.coalesce(col(ROW.done_on), today), 1), else_=0)


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
