"""Deciding who a condition takes in: candidates in, or out."""

from dataclasses import replace

from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, Thing, require
from domain.assignments import State
from domain.messages import Block, Choice, Look, Message
from domain.phrases import say, verbatim
from domain.wording import task_name

SHOWN = 20


def condition(turn: Turn) -> Reply:
    """Show the candidates, or take one (or all) in or out."""
    task = turn.uow.plans.task(int(turn.args["task"]))
    require(turn.who, Act.DECIDE_CONDITION, Thing(monitors=task.monitors))
    waiting = [a for a in turn.uow.assignments.of_tasks([task.id]) if a.state is State.CANDIDATE]
    wanted = turn.args.get("assignment")
    if turn.act in ("condition.in", "condition.out"):
        state = State.NOT_STARTED if turn.act == "condition.in" else State.RELEASED
        for a in waiting:
            if wanted in (None, a.id):
                turn.uow.assignments.save(replace(a, state=state, assigned_at=turn.now))
        detail = {"assignment": wanted, "state": state.value}
        turn.uow.audit.note(turn.now, turn.who.id, "decide_condition", f"task:{task.id}", detail)
        waiting = [a for a in waiting if wanted not in (None, a.id)]
        if not waiting:
            return reply(say("Recorded: every agency of this task has been decided on."))
    register = turn.uow.agencies.register()
    blocks = [
        Block(task_name(task, 90), Look.HEADING),
        Block(
            say(
                "Takes part who meets: “{condition}”. Still to be decided: {count}.",
                condition=verbatim(task.condition),
                count=len(waiting),
            )
        ),
    ]
    about = {"task": task.id}
    choices = [
        Choice(say("All take part"), "condition.in", about),
        Choice(say("None of them"), "condition.out", about),
    ]
    for a in waiting[:SHOWN]:
        label = say("{agency} takes part", agency=verbatim(register.name(a.agency)))
        choices.append(Choice(label, "condition.in", {**about, "assignment": a.id}))
    return Reply(Message(tuple(blocks), tuple(choices)))


COMMAND = Command("condition", condition, acts=("condition.show", "condition.in", "condition.out"))
