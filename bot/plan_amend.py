"""Brings a confirmed plan to what a newer text of the same document says: nothing doubled, no report lost.

A task that is gone stays, marked as withdrawn. Where an agency is no longer named, a share that nobody has
touched is released; one that somebody has answered on is left for the monitor, and both are in the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.plan_assign import open_work, share
from domain.assigning import Deadline, Work, deadline_of
from domain.assignments import Assignment, State, move_deadline
from domain.plans import DocumentHead, DutyDraft, Plan, PlanDraft, Task, TaskDraft
from domain.reading.plan_diff import matched
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What is confirmed, as a draft to compare with; ``tasks`` and ``duties`` stand in its order."""

    draft: PlanDraft
    tasks: tuple[Task, ...]
    duties: tuple[Task, ...]


@dataclass(slots=True)
class Changes:
    """What amending did: tasks and assignments by id, for the audit."""

    added: dict[str, Any] = field(default_factory=dict)
    withdrawn: list[int] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    #: assignments as they are to be, written in one batch
    after: list[Assignment] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the audit."""
        lists = {name: getattr(self, name) for name in ("withdrawn", "released", "moved", "left")}
        return self.added | {name: ids for name, ids in lists.items() if ids}


def drafted(head: DocumentHead, tasks: Iterable[Task]) -> Confirmed:
    """Kept tasks as the draft they came from."""
    current = [t for t in tasks if not t.withdrawn]
    plain = tuple(t for t in current if not t.is_duty)
    duties = tuple(t for t in current if t.is_duty)
    rows = tuple(
        TaskDraft(
            t.section,
            t.number,
            t.title,
            t.extra.get("leads", ""),
            t.extra.get("coordinators", ""),
            t.frame,
            lead_condition="" if t.extra.get("unknown") else t.condition,
            product=t.product,
            targets=t.targets,
        )
        for t in plain
    )
    whom = (DutyDraft(t.extra.get("leads", ""), t.title, t.extra.get("where", ""), t.frame) for t in duties)
    return Confirmed(PlanDraft(head, rows, tuple(whom)), plain, duties)


def amend(
    uow: UnitOfWork,
    calendar: WorkCalendar,
    plan: Plan,
    draft: PlanDraft,
    works: Sequence[Work],
    now: datetime,
    *,
    whole: bool = True,
) -> dict[str, Any]:
    """Match, update, add and withdraw; what was done, for the audit. Unless the draft is the plan's ``whole``
    text, tasks it does not name stand as they are."""
    before = drafted(draft.head, uow.plans.tasks([plan.id]))
    tasks, duties = matched(before.draft, draft)
    known = {f"task:{new}": before.tasks[old] for new, old in tasks.items()}
    known |= {f"duty:{new}": before.duties[old] for new, old in duties.items()}
    every = [*before.tasks, *before.duties]
    shares: dict[int, list[Assignment]] = {t.id: [] for t in every}
    for a in uow.assignments.of_tasks(list(shares)):
        shares[a.task].append(a)
    changes = Changes()
    for work in works:
        if old := known.get(work.place):
            _update(uow, old, work, shares[old.id], deadline_of(old.frame, calendar), changes, now)
    gone = {t.id for t in every} - {t.id for t in known.values()} if whole else set()
    for task in (t for t in every if t.id in gone):
        _withdraw(uow, task, shares[task.id], changes, now)
    uow.assignments.save_many(changes.after)
    changes.added = open_work(uow, plan.id, [w for w in works if w.place not in known], now)
    return changes.as_json()


def _update(
    uow: UnitOfWork,
    old: Task,
    work: Work,
    shares: list[Assignment],
    was: Deadline,
    changes: Changes,
    now: datetime,
) -> None:
    dropped = set(old.extra.get("dropped", ()))
    own = {a.agency: a for a in shares if not a.occurrence}
    new = [agency for agency in work.shares if agency not in own]
    uow.assignments.add_many([share(old.id, a, work.shares[a], work.deadline, now) for a in new])
    for agency, assignment in own.items():
        if agency not in work.shares:
            dropped |= {agency} if _let_go(assignment, changes) else set()
            continue
        after = _taken_in(assignment, work.shares[agency], agency in dropped)
        after = _moved(after, was, work.deadline)
        dropped -= {agency}
        if after.deadline_version != assignment.deadline_version:
            changes.moved.append(assignment.id)
        if after != assignment:
            changes.after.append(after)
    extra = work.task.extra | ({"dropped": sorted(dropped)} if dropped else {})
    uow.plans.update_task(replace(work.task, id=old.id, plan=old.plan, extra=extra))


def _withdraw(
    uow: UnitOfWork, task: Task, shares: Iterable[Assignment], changes: Changes, now: datetime
) -> None:
    uow.plans.update_task(replace(task, extra=task.extra | {"withdrawn": now.isoformat()}))
    changes.withdrawn.append(task.id)
    for assignment in shares:
        _let_go(assignment, changes)


def _let_go(assignment: Assignment, changes: Changes) -> bool:
    """Release a share nobody has touched; whether it was."""
    if assignment.state not in (State.NOT_STARTED, State.CANDIDATE) or assignment.last_report_at or assignment.acknowledged_at:  # fmt: skip
        if assignment.state.is_open:
            changes.left.append(assignment.id)
        return False
    changes.after.append(replace(assignment, state=State.RELEASED))
    changes.released.append(assignment.id)
    return True


def _taken_in(assignment: Assignment, state: State, was_dropped: bool) -> Assignment:
    """A candidate the new text names outright is in; so is an agency an earlier text had dropped."""
    if state is State.NOT_STARTED and assignment.state is State.CANDIDATE:
        return replace(assignment, state=state)
    if was_dropped and assignment.state is State.RELEASED:
        return replace(assignment, state=state)
    return assignment


def _moved(assignment: Assignment, was: Deadline, now: Deadline) -> Assignment:
    """The deadline of the new text, where the text changed it. Work that is closed keeps the day it was
    closed under, and a granted extension stands while it reaches further than the new day."""
    if (was.due_on, was.strict) == (now.due_on, now.strict):
        return assignment
    if not assignment.state.is_open and assignment.state is not State.CANDIDATE:
        return assignment
    if now.due_on is None or now.act_by is None or now.overdue_from is None:
        return replace(
            assignment,
            due_on=None,
            strict=False,
            act_by=None,
            overdue_from=None,
            deadline_version=assignment.deadline_version + 1,
        )
    extended = assignment.due_on != was.due_on and assignment.due_on is not None
    if extended and assignment.due_on and assignment.due_on > now.due_on:
        return assignment
    return move_deadline(assignment, now.due_on, now.act_by, now.overdue_from, strict=now.strict)
