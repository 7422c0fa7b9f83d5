"""Which occurrences of recurring tasks become assignments now. Pure; the planner inserts what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from domain.assignments import Assignment, State
from domain.plans import Task
from domain.reading.recurrence import occurrences
from domain.situation import Situation
from domain.timeframes import TimeFrameKind

#: working days before its first step at which an occurrence is opened, so that people see it coming
AHEAD = 7
#: a yearly duty has one within this
_HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Opening:
    """One occurrence of a task, to be opened for these agencies."""

    task: int
    due_on: date
    strict: bool
    act_by: date
    overdue_from: date
    agencies: tuple[str, ...]


def to_open(situation: Situation) -> list[Opening]:
    """Occurrences due after the plan was confirmed which have no rows yet: the first one at once, so that people
    learn of the duty and see it coming, others when their first step is near.

    After downtime that includes those missed: they are owed. Agencies that handed the duty over, or never
    had it, get none; whoever took it over does.
    """
    return [opening for task in situation.tasks.values() for opening in _of_task(situation, task)]


def _of_task(situation: Situation, task: Task) -> Iterator[Opening]:
    confirmed = situation.confirmed.get(task.plan)
    if task.frame.kind is not TimeFrameKind.RECURRING or confirmed is None or task.withdrawn:
        return
    today, calendar = situation.today, situation.calendar
    if today < confirmed:
        return
    opened = situation.opened.get(task.id, frozenset())
    steps = situation.plans[task.plan].ladder.recurring_before
    ahead = max(steps, default=0) + AHEAD
    agencies = holders(situation, task)
    found = bool(opened)
    for due in _due_days(task, confirmed, today):
        act_by = calendar.act_by(due, task.frame.strict)
        if not agencies or due.isoformat() in opened or act_by < confirmed:
            continue
        if found and situation.rungs.add(act_by, -ahead) > today:
            break
        found = True
        overdue_from = calendar.overdue_from(due, task.frame.strict)
        yield Opening(task.id, due, task.frame.strict, act_by, overdue_from, agencies)


def _due_days(task: Task, confirmed: date, today: date) -> list[date]:
    last = today + _HORIZON
    if task.frame.period_end:
        last = min(last, task.frame.period_end)
    return occurrences(task.frame, confirmed + timedelta(days=1), last)


def holders(situation: Situation, task: Task) -> tuple[str, ...]:
    """Who has the duty: the leads and whoever holds a share, without those that gave it up."""
    shares = (a.agency for a in situation.by_task.get(task.id, ()) if a.state.is_open)
    every = dict.fromkeys((*task.leads, *task.focus, *shares))
    return tuple(code for code in every if (task.id, code) not in situation.left)


def as_rows(openings: Iterable[Opening], situation: Situation) -> list[dict[str, Any]]:
    """The openings as new assignments for the database."""
    return [
        {
            "task": opening.task,
            "agency": agency,
            "occurrence": opening.due_on.isoformat(),
            "state": State.NOT_STARTED,
            "assigned_at": situation.now,
            "due_on": opening.due_on,
            "strict": opening.strict,
            "act_by": opening.act_by,
            "overdue_from": opening.overdue_from,
        }
        for opening in openings
        for agency in opening.agencies
    ]


def opened_in_memory(situation: Situation, openings: list[Opening], first_id: int) -> Situation:
    """The situation as it would be with the openings; ids count up from ``first_id``."""
    rows = as_rows(openings, situation)
    new = tuple(Assignment(id=first_id + n, **row) for n, row in enumerate(rows))
    opened = dict(situation.opened)
    for opening in openings:
        opened[opening.task] = opened.get(opening.task, frozenset()) | {opening.due_on.isoformat()}
    return replace(situation, assignments=situation.assignments + new, opened=opened)
