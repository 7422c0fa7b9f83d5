"""A follow-up that a monitor sends: to the focal people of chosen agencies, once a day for each, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.turn import Also, Turn
from domain.assignments import Assignment
from domain.choices import progress_choices
from domain.messages import Block, Message
from domain.officials import Official, Role
from domain.phrases import say, verbatim
from domain.plans import Task
from domain.wording import deadline, task_name


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """Agencies that were written to, those in which nobody can be, and what is said to whom."""

    told: tuple[str, ...]
    unreachable: tuple[str, ...]
    also: tuple[Also, ...]


def follow_up(turn: Turn, task: Task, rows: Sequence[Assignment]) -> FollowedUp:
    """Write to each agency's focal people who have joined; an agency followed up today is passed over."""
    focal = _focal_people(turn)
    told: list[str] = []
    unreachable: list[str] = []
    also: list[Also] = []
    for row in rows:
        people = focal.get(row.agency, ())
        if not people:
            unreachable.append(row.agency)
        elif turn.uow.nudges.nudge(task.id, row.agency, turn.who.id, turn.today):
            told.append(row.agency)
            message = _message(turn, task, row)
            also += [Also(o.id, message, "nudge", key=f"nudge:{row.id}:{o.id}:{turn.today}") for o in people]
    turn.uow.audit.note(turn.now, turn.who.id, "nudge", f"task:{task.id}", {"agencies": told})
    return FollowedUp(tuple(told), tuple(unreachable), tuple(also))


def _focal_people(turn: Turn) -> dict[str, list[Official]]:
    joined = turn.uow.people.joined()
    found: dict[str, list[Official]] = {}
    for official in turn.uow.people.all():
        if official.active and official.id in joined:
            for agency in official.agencies(Role.FOCAL):
                found.setdefault(agency, []).append(official)
    return found


def _message(turn: Turn, task: Task, row: Assignment) -> Message:
    due = deadline(task, row, turn.today, turn.service.calendar)
    asks = Block(say("{monitor} asks you to report where this stands:", monitor=verbatim(turn.who.name)))
    item = Block(
        say("{task} — {due}", task=task_name(task, 100), due=due),
        about=f"assignment:{row.id}@{row.deadline_version}",
    )
    return Message((asks, item), progress_choices(row.id), assignment=row.id)
