"""Received: somebody has seen it; the work stays open."""

from dataclasses import replace

from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, require
from domain.assignments import Progress
from domain.phrases import say
from domain.wording import deadline, task_name


def acknowledge(turn: Turn) -> Reply:
    """Note that the task was received; it ends the wait for an answer, not the work."""
    ref = turn.reading.task_ref if turn.reading else None
    listed = turn.replied.numbered if turn.replied else turn.conversation.numbered
    if not ref and not turn.args and len(listed) > 1 and not turn.conversation.last_assignment:
        return _all(turn, listed)
    assignment = find_subject(turn, ref)
    if assignment is None:
        return ask_which(turn, "acknowledge", {})
    require(turn.who, Act.REPORT_PROGRESS, turn.thing(assignment))
    note(turn, assignment.id)
    task = turn.task_of(assignment)
    due = deadline(task, assignment, turn.today, turn.service.calendar)
    return reply(
        say("Noted as received — {task}, {due}.", task=task_name(task, 80), due=due), assignment=assignment.id
    )


def _all(turn: Turn, listed: tuple[int, ...]) -> Reply:
    """ "Received" in answer to a list is about all of it."""
    for item in listed:
        note(turn, item)
    return reply(say("Noted as received: all {count} items.", count=len(listed)))


def note(turn: Turn, assignment_id: int) -> None:
    """Record the acknowledgement of one assignment of the person's own agency."""
    before = turn.uow.assignments.held(turn.uow.assignments.get(assignment_id))
    if before.agency not in turn.own_agencies():
        return
    after = replace(before, acknowledged_at=before.acknowledged_at or turn.now, unanswered_since=None)
    progress = Progress(None, None, turn.words, turn.now, turn.today)
    turn.uow.assignments.log(before, after, turn.who.id, progress, act="acknowledge")


COMMAND = Command(
    "acknowledge",
    acknowledge,
    say("say that you received a task: “received”"),
    intents=("acknowledge",),
    acts=("acknowledge",),
)
