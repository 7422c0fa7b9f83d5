"""Holds plans' targets against the dossiers, and takes in the agencies a condition names once the dossiers show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from domain.assignments import State
from domain.dossiers.counting import Tally
from domain.dossiers.months import month_of, shift
from domain.dossiers.targets import Measured, is_for_the_late, measured, rate_target
from domain.plans import Task
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork


def month_tallies(
    uow: UnitOfWork, month: int, as_of: date, agencies: Iterable[str] | None = None
) -> dict[str, Tally]:
    """Each agency's month, all fields together."""
    found: dict[str, Tally] = {}
    for one in uow.dossiers.counted(month, as_of, agencies):
        found[one.agency] = found.get(one.agency, Tally()) + one.tally
    return found


def measure(uow: UnitOfWork, task: Task, agencies: frozenset[str], today: date) -> Measured | None:
    """The task's target held against the last whole month, or the running one where that is the first with any.

    None where the task has no such target, or no dossier has ever been read.
    """
    if rate_target(task) is None or uow.dossiers.months() is None:
        return None
    for month in (shift(month_of(today), -1), month_of(today)):
        found = measured(task, month, month_tallies(uow, month, today, sorted(agencies)), agencies)
        if found is not None and found.rates:
            return found
    return found


def take_in_the_late(uow: UnitOfWork, calendar: WorkCalendar, now: datetime) -> int:
    """Agencies that are candidates of a task "for those with late dossiers" and have some, last month or this, are in.

    Those without stay candidates: a person decides, for a condition may mean more than two months. How many were
    taken in.
    """
    waiting = {task.id: task for task in uow.plans.tasks() if is_for_the_late(task) and not task.withdrawn}
    candidates = (
        [a for a in uow.assignments.of_tasks(list(waiting)) if a.state is State.CANDIDATE] if waiting else []
    )
    if not candidates:
        return 0
    today = calendar.local_date(now)
    agencies = sorted({a.agency for a in candidates})
    months = (shift(month_of(today), -1), month_of(today))
    tallies = {month: month_tallies(uow, month, today, agencies) for month in months}
    taken = 0
    for a in candidates:
        shown = next((m for m in months if tallies[m].get(a.agency, Tally()).has_late), None)
        if shown is None:
            continue
        uow.assignments.save(replace(a, state=State.NOT_STARTED, assigned_at=now))
        tally = tallies[shown][a.agency]
        detail = {"assignment": a.id, "agency": a.agency, "state": State.NOT_STARTED.value}
        detail |= {"by": "dossiers", "month": shown, "late": tally.late, "overdue": tally.overdue}
        uow.audit.note(now, None, "decide_condition", f"task:{a.task}", detail)
        taken += 1
    return taken
