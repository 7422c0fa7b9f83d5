"""Writes tasks and the agencies' shares in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.assigning import Deadline, Work
from domain.assignments import State
from storage.unit_of_work import UnitOfWork


def open_work(uow: UnitOfWork, plan: int, works: Iterable[Work], now: datetime) -> dict[str, Any]:
    """Keep tasks that are new to a plan and open their shares, in one batch; what there is now, counted."""
    rows: list[dict[str, Any]] = []
    tasks = 0
    for work in works:
        task = uow.plans.add_task(replace(work.task, plan=plan))
        rows.extend(
            share(task.id, agency, state, work.deadline, now) for agency, state in work.shares.items()
        )
        tasks += 1
    return {"tasks": tasks, "assignments": uow.assignments.add_many(rows)}


def share(task: int, agency: str, state: State, deadline: Deadline, now: datetime) -> dict[str, Any]:
    """One agency's share, as ``Assignments.add_many`` takes it."""
    return {
        "task": task,
        "agency": agency,
        "state": state,
        "assigned_at": now,
        "due_on": deadline.due_on,
        "strict": deadline.strict,
        "act_by": deadline.act_by,
        "overdue_from": deadline.overdue_from,
    }
