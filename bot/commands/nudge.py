"""Đôn đốc: the monitor presses, sees who would be told, confirms; at most one a day to each agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.following_up import follow_up
from bot.turn import Command, Reply, Turn, ask, reply
from domain.access import Act, Thing, require
from domain.assignments import Assignment
from domain.messages import Block, Choice, Look, Message, Tone
from domain.phrases import say, verbatim
from domain.plans import Task
from domain.wording import progress_words, task_name

SHOWN = 15


def nudge(turn: Turn) -> Reply:
    """Preview first; the second press sends."""
    task = turn.uow.plans.task(int(turn.args["task"]))
    require(turn.who, Act.NUDGE, Thing(monitors=task.monitors))
    only = str(turn.args.get("only", "all"))
    if turn.act == "nudge.choose":
        return _ask_who(turn, task)
    if turn.act == "nudge.some":
        return _some(turn, task)
    chosen = _chosen(turn, task, only, turn.args.get("assignments"))
    return _send(turn, task, chosen) if turn.act == "nudge.send" else _preview(turn, task, chosen, only)


def _chosen(turn: Turn, task: Task, only: str, ids: Sequence[int] | None = None) -> list[Assignment]:
    rows = [a for a in turn.uow.assignments.of_tasks([task.id]) if a.state.is_open]
    if only == "late":
        rows = [a for a in rows if a.is_late(turn.today)]
    elif only == "silent":
        rows = [a for a in rows if a.last_report_at is None]
    if ids is not None:
        rows = [a for a in rows if a.id in ids]
    told = turn.uow.nudges.nudged_on(task.id, turn.today)
    return [a for a in rows if a.agency not in told]


def _lines(turn: Turn, rows: Sequence[Assignment], shown: int, *, numbers: bool) -> list[Block]:
    register = turn.uow.agencies.register()
    blocks = []
    for n, a in enumerate(rows[:shown], 1):
        line = say("{agency}: {state}", agency=verbatim(register.name(a.agency)), state=progress_words(a))
        blocks.append(Block(line, Look.ITEM, n if numbers else None))
    if len(rows) > shown:
        blocks.append(Block(say("… and {count} more.", count=len(rows) - shown), Look.QUIET))
    return blocks


def _preview(
    turn: Turn, task: Task, rows: Sequence[Assignment], only: str, ids: Sequence[int] | None = None
) -> Reply:
    if not rows:
        return reply(say("Nobody is left to follow up on for this task today."))
    title = say("Follow up on {task}: {count} agencies.", task=task_name(task, 80), count=len(rows))
    blocks = [Block(title, Look.HEADING), *_lines(turn, rows, SHOWN, numbers=False)]
    about = {"task": task.id}
    picked = {"assignments": list(ids)} if ids is not None else {}
    send = Choice(
        say("Send to {count}", count=len(rows)), "nudge.send", {**about, "only": only, **picked}, Tone.GOOD
    )
    choices = [send]
    if only == "all" and ids is None:
        choices.append(Choice(say("Only the overdue"), "nudge", {**about, "only": "late"}))
        choices.append(Choice(say("Only the silent"), "nudge", {**about, "only": "silent"}))
        choices.append(Choice(say("Choose agencies"), "nudge.choose", about))
    choices.append(Choice(say("Cancel"), "cancel"))
    return Reply(Message(tuple(blocks), tuple(choices)))


def _ask_who(turn: Turn, task: Task) -> Reply:
    rows = _chosen(turn, task, "all")
    question = say("Which agencies? Write their numbers, for example: 1 3 5.")
    blocks = (*_lines(turn, rows, 60, numbers=True), Block(question))
    args = {"task": task.id, "listed": [a.id for a in rows[:60]]}
    return Reply(Message(blocks, expects="nudge.some", expects_args=args))


def _some(turn: Turn, task: Task) -> Reply:
    listed = list(turn.args["listed"])
    numbers = {int(n) for n in re.findall(r"\d{1,2}", turn.words)}
    ids = [listed[n - 1] for n in sorted(numbers) if 0 < n <= len(listed)]
    if not ids:
        again = say("I read no number of the list in that. For example: 1 3 5.")
        return ask(again, "nudge.some", turn.args)
    return _preview(turn, task, _chosen(turn, task, "all", ids), "all", ids)


def _send(turn: Turn, task: Task, rows: Sequence[Assignment]) -> Reply:
    sent = follow_up(turn, task, rows)
    done = say(
        "Sent to {count} agencies; it is recorded. Each is followed up at most once a day.",
        count=len(sent.told),
    )
    nobody = say(
        "{count} agencies have nobody to write to; please telephone them.", count=len(sent.unreachable)
    )
    blocks = (Block(done), Block(nobody)) if sent.unreachable else (Block(done),)
    return Reply(Message(blocks), sent.also)


COMMAND = Command(
    "nudge", nudge, acts=("nudge", "nudge.send", "nudge.choose", "nudge.some"), once=("nudge.send",)
)
