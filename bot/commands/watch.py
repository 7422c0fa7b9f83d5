"""/theodoi: what a monitor watches, task by task, with one press to follow up."""

from __future__ import annotations

from collections import defaultdict

from bot.turn import Command, Reply, Turn, reply
from domain.assignments import Assignment, State
from domain.messages import Block, Choice, Look, Message
from domain.officials import Role
from domain.phrases import Phrase, say
from domain.plans import Task
from domain.wording import task_code, task_name

SHOWN = 10


def watch(turn: Turn) -> Reply:
    """Per task how many agencies are done, late, silent; those with the most late first."""
    own = set(turn.who.agencies(Role.FOCAL, Role.MONITOR, Role.HEAD))
    admin = turn.who.holds(Role.ADMIN)
    tasks = {t.id: t for t in turn.uow.plans.tasks() if admin or own & set(t.monitors)}
    if not tasks:
        return reply(say("Your agency monitors no task at the moment."))
    shares: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in turn.uow.assignments.of_tasks(tasks):
        shares[assignment.task].append(assignment)
    lines = [(task, shares[task.id]) for task in tasks.values() if _open(shares[task.id])]
    if not lines:
        return reply(say("Everything you monitor is done."))
    lines.sort(key=lambda line: (-_late(turn, line[1]), -_silent(line[1]), line[0].id))
    blocks = [Block(say("Tasks you monitor with work still open: {count}.", count=len(lines)), Look.HEADING)]
    blocks += [Block(_line(turn, task, rows), Look.ITEM) for task, rows in lines[:SHOWN]]
    if len(lines) > SHOWN:
        blocks.append(Block(say("… and {count} more, on the board.", count=len(lines) - SHOWN), Look.QUIET))
    choices = tuple(
        Choice(say("Follow up {code}", code=task_code(task)), "nudge", {"task": task.id, "only": "all"})
        for task, _ in lines[:8]
    )
    return Reply(Message(tuple(blocks), choices))


def _line(turn: Turn, task: Task, rows: list[Assignment]) -> Phrase:
    return say(
        "{task}: {done} of {all} done, {late} overdue, {silent} silent",
        task=task_name(task, 70),
        done=sum(a.state is State.DONE for a in rows),
        all=sum(a.state.is_open or a.state is State.DONE for a in rows),
        late=_late(turn, rows),
        silent=_silent(rows),
    )


def _open(rows: list[Assignment]) -> int:
    return sum(a.state.is_open for a in rows)


def _late(turn: Turn, rows: list[Assignment]) -> int:
    return sum(a.state.is_open and a.is_late(turn.today) for a in rows)


def _silent(rows: list[Assignment]) -> int:
    return sum(a.state.is_open and a.last_report_at is None for a in rows)


COMMAND = Command(
    "watch", watch, say("what my agency monitors, and follow up"), ("theodoi", "dondoc", "watch")
)
