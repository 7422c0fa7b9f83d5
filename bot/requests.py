"""Asking the monitor for something: one request, one message to who decides, one answer back."""

from __future__ import annotations

from datetime import date

from bot.people import deciders
from bot.subject import ask_which, find_subject
from bot.turn import Also, Reply, Turn, ask, reply
from domain.access import Act, require
from domain.assignments import Assignment
from domain.messages import Block, Choice, Message, Tone
from domain.phrases import Phrase, say, verbatim
from domain.requests import RequestKind
from domain.wording import deadline, task_name


def file_request(
    turn: Turn, assignment: Assignment, kind: RequestKind, reason: str, until: date | None = None
) -> Reply:
    """Record the request and put it before who decides; a second one on the same matter is not opened."""
    require(turn.who, Act.ASK_MONITOR, turn.thing(assignment))
    if any(r.kind is kind for r in turn.uow.requests.pending([assignment.id])):
        return reply(
            say("This has been asked already and is waiting for a decision."), assignment=assignment.id
        )
    request = turn.uow.requests.open(kind, assignment.id, turn.who.id, until, reason, turn.now)
    task = turn.task_of(assignment)
    people = deciders(turn, task)
    message = _question(turn, assignment, kind, reason, until, request)
    also = tuple(Also(o.id, message, "request", key=f"request:{request}:{o.id}") for o in people)
    names = ", ".join(o.name for o in people) or "–"
    told = say("Your request was sent to: {names}. I will tell you what is decided; until then the deadline stays as it is.", names=verbatim(names))  # fmt: skip
    return Reply(Message((Block(told),), assignment=assignment.id), also)


def ask_in_words(turn: Turn, kind: RequestKind, act: str, question: Phrase) -> Reply:
    """File a request with the words it was said in; which task, and why, is asked where that was not said.

    ``act`` comes back with the task that was picked, ``act`` + ".words" with the reason.
    """
    if turn.act == f"{act}.words":
        return file_request(turn, turn.uow.assignments.get(int(turn.args["assignment"])), kind, turn.words)
    reason = turn.args.get("reason") or (turn.reading.note if turn.reading else turn.words)
    found = find_subject(turn, turn.reading.task_ref if turn.reading else None)
    if found is None:
        return ask_which(turn, act, {"reason": reason})
    if not reason:
        return ask(question, f"{act}.words", {"assignment": found.id})
    return file_request(turn, found, kind, reason)


def _question(
    turn: Turn, assignment: Assignment, kind: RequestKind, reason: str, until: date | None, request: int
) -> Message:
    task = turn.task_of(assignment)
    agency = verbatim(turn.uow.agencies.register().name(assignment.agency))
    due = deadline(task, assignment, turn.today, turn.service.calendar)
    asked = {
        RequestKind.EXTENSION: say("{agency} asks for more time.", agency=agency),
        RequestKind.HANDOVER: say("{agency} asks to hand a task over.", agency=agency),
        RequestKind.NOT_MINE: say("{agency} says that a task is not theirs.", agency=agency),
    }[kind]
    blocks = [Block(asked), Block(say("{task} — {due}", task=task_name(task, 100), due=due))]
    if until:
        blocks.append(Block(say("New date asked for: {until:full}.", until=until)))
    blocks.append(Block(say("Their words: “{reason}”", reason=verbatim(reason or "–"))))
    about = {"request": request}
    choices = [
        Choice(say("Agree"), "request.grant", about, Tone.GOOD),
        Choice(say("Refuse"), "request.refuse", about, Tone.CAREFUL),
    ]
    if kind is RequestKind.EXTENSION:
        choices.insert(1, Choice(say("Another date"), "request.change", about))
    return Message(tuple(blocks), tuple(choices), assignment=assignment.id)


def told(turn: Turn, official: int, phrase: Phrase, request: int, assignment: int) -> Also:
    """The decision, to who asked."""
    return Also(
        official, Message((Block(phrase),), assignment=assignment), "decision", key=f"decision:{request}"
    )
