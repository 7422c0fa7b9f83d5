"""Declaring that the event a task waits for has come."""

from bot.people import of_agencies
from bot.turn import Also, Command, Reply, Turn, reply
from domain.access import Act, Thing, require
from domain.messages import Block, Message
from domain.officials import Role
from domain.phrases import say, verbatim
from domain.wording import task_name


def event(turn: Turn) -> Reply:
    """Record the day; the lead agencies are told that the work can begin."""
    task = turn.uow.plans.task(int(turn.args["task"]))
    require(turn.who, Act.DECLARE_EVENT, Thing(monitors=task.monitors))
    if turn.act == "event.not_yet":
        return reply(say("Noted: not yet. I will ask again next quarter."))
    if not turn.uow.plans.declare_event(task.id, turn.today):
        return reply(say("This was declared before; nothing was changed."))
    turn.uow.audit.note(turn.now, turn.who.id, "declare_event", f"task:{task.id}")
    agencies = [a.agency for a in turn.uow.assignments.of_tasks([task.id]) if a.state.is_open]
    words = say("What {task} waited for (“{event}”) has come, so the work can begin.", task=task_name(task, 80), event=verbatim(task.frame.text))  # fmt: skip
    message = Message((Block(words),))
    people = of_agencies(turn, agencies, Role.FOCAL)
    also = tuple(Also(o.id, message, "event", key=f"event:{task.id}:{o.id}") for o in people)
    return Reply(Message((Block(say("Recorded. {count} people are being told.", count=len(people))),)), also)


COMMAND = Command(
    "event", event, acts=("event.declare", "event.not_yet"), once=("event.declare", "event.not_yet")
)
