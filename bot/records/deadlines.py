"""A changed table of days off moves running deadlines: which, to when, and who is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.turn import Also
from domain.assignments import Assignment
from domain.messages import Block, Look, Message, Priority
from domain.officials import Role
from domain.phrases import Phrase, say
from domain.plans import Task
from domain.wording import task_name
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork

_SHOWN = 20  # tasks named in one message


@dataclass(frozen=True, slots=True)
class Moved:
    """A running assignment whose last day in time is another one; ``after`` has the new deadline version."""

    before: Assignment
    after: Assignment


def moved_deadlines(running: Iterable[Assignment], calendar: WorkCalendar) -> list[Moved]:
    """Those among running assignments whose last working day in time, or first late day, this calendar moves.

    A new deadline version makes reminders counted from the old day void; a snooze and a silence go on.
    """
    moved = []
    for before in running:
        if before.due_on is None:
            continue
        act_by = calendar.act_by(before.due_on, before.strict)
        overdue = calendar.overdue_from(before.due_on, before.strict)
        if (act_by, overdue) != (before.act_by, before.overdue_from):
            version = before.deadline_version + 1
            after = replace(before, act_by=act_by, overdue_from=overdue, deadline_version=version)
            moved.append(Moved(before, after))
    return moved


def recompute_deadlines(uow: UnitOfWork, calendar: WorkCalendar) -> list[Moved]:
    """Move every running deadline to where the calendar puts it; what moved. Safe to repeat."""
    moved = moved_deadlines(uow.assignments.open(), calendar)
    for one in moved:
        uow.assignments.save(one.after)
    return moved


def notices(uow: UnitOfWork, moved: Sequence[Moved]) -> list[Also]:
    """One message to each focal person whose tasks moved; telling the same move again makes the same key."""
    running = [m for m in moved if m.after.state.is_open]
    tasks = {t: uow.plans.task(t) for t in {m.after.task for m in running}}
    by_agency: dict[str, list[Moved]] = {}
    for one in running:
        by_agency.setdefault(one.after.agency, []).append(one)
    told = []
    for official in uow.people.all():
        theirs = [m for agency in official.agencies(Role.FOCAL) for m in by_agency.get(agency, ())]
        if official.active and theirs:
            versions = " ".join(sorted(f"{m.after.id}@{m.after.deadline_version}" for m in theirs))
            key = f"deadline_moved:{official.id}:{hashlib.sha256(versions.encode()).hexdigest()[:16]}"
            told.append(Also(official.id, _message(theirs, tasks), "deadline_moved", Priority.REMINDER, key))
    return told


def _message(moved: Sequence[Moved], tasks: dict[int, Task]) -> Message:
    blocks = [Block(say("The days off have changed, and so has the last working day of:"), Look.HEADING)]
    for one in moved[:_SHOWN]:
        about = f"assignment:{one.after.id}@{one.after.deadline_version}"
        blocks.append(Block(_line(one, tasks[one.after.task]), Look.ITEM, about=about))
    if len(moved) > _SHOWN:
        blocks.append(Block(say("… and {number} more.", number=len(moved) - _SHOWN), Look.QUIET))
    return Message(tuple(blocks))


def _line(one: Moved, task: Task) -> Phrase:
    new, old = one.after.act_by, one.before.act_by
    if new is None or old is None:
        return task_name(task)
    return say(
        "{task}: now by {new:full}, before this by {old:full}.", task=task_name(task), new=new, old=old
    )
