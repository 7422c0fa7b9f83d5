"""Which assignment is meant: replied to, numbered, coded, last spoken of, the only one — else ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.turn import Reply, Turn
from domain.assignments import Assignment
from domain.messages import Block, Choice, Look, Message
from domain.phrases import say
from domain.plans import Task
from domain.reading.fold import plain
from domain.wording import deadline, task_code, task_name

MOST = 8


def own_open(turn: Turn) -> list[Assignment]:
    """What the person's agencies owe, the soonest first."""
    return turn.uow.assignments.of_agencies(turn.own_agencies())


def find_subject(turn: Turn, ref: str | None = None) -> Assignment | None:
    """The assignment spoken of, or None when it must be asked."""
    if picked := turn.args.get("assignment"):
        return turn.uow.assignments.get(int(picked))
    mine = own_open(turn)
    by_id = {a.id: a for a in mine}
    numbered = turn.replied.numbered if turn.replied else turn.conversation.numbered
    if ref:
        return _by_ref(turn, ref, mine, numbered)
    if turn.replied:
        about = turn.replied.assignment or (numbered[0] if len(numbered) == 1 else None)
        return by_id.get(about or 0) or _known(turn, about)
    last = turn.conversation.last_assignment
    if found := by_id.get(last or 0) or _known(turn, last):
        return found
    if len(numbered) == 1 and numbered[0] in by_id:
        return by_id[numbered[0]]
    return mine[0] if len(mine) == 1 else None


def _known(turn: Turn, assignment: int | None) -> Assignment | None:
    if assignment is None:
        return None
    found = turn.uow.assignments.get(assignment)
    return found if found.agency in turn.own_agencies() else None


def _by_ref(turn: Turn, ref: str, mine: list[Assignment], numbered: tuple[int, ...]) -> Assignment | None:
    """ "2" in answer to a numbered list is its second item; "2b" is a task's code."""
    if ref.isdigit() and 1 <= int(ref) <= len(numbered):
        return _known(turn, numbered[int(ref) - 1])
    tasks = {t.id: t for t in turn.uow.plans.tasks()}
    hits = [a for a in mine if _code(tasks[a.task].number) == _code(ref)]
    return hits[0] if len(hits) == 1 else None


def _code(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(number))


def ask_which(turn: Turn, act: str, args: Mapping[str, Any]) -> Reply:
    """Ask which task is meant, the soonest first; the pick carries on with what was said."""
    mine = own_open(turn)
    if not mine:
        return Reply(Message((Block(say("Your agency has no open task at the moment.")),)))
    tasks: dict[int, Task] = {t.id: t for t in turn.uow.plans.tasks()}
    blocks = [Block(say("Which task is this about?"))]
    for n, a in enumerate(mine[:MOST], 1):
        task = tasks[a.task]
        line = say(
            "{task} — {due}",
            task=task_name(task, 70),
            due=deadline(task, a, turn.today, turn.service.calendar),
        )
        blocks.append(Block(line, Look.ITEM, n))
    choices = tuple(
        Choice(say("{n}. {code}", n=n, code=task_code(tasks[a.task])), act, {**args, "assignment": a.id})
        for n, a in enumerate(mine[:MOST], 1)
    )
    return Reply(Message(tuple(blocks), choices))
