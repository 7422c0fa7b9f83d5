"""Handing a task over: to the monitor, who decides."""

from bot.requests import file_request
from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, ask
from domain.phrases import say
from domain.requests import RequestKind


def handover(turn: Turn) -> Reply:
    """File the request with the words it was said in."""
    if turn.act == "handover.words":
        assignment = turn.uow.assignments.get(int(turn.args["assignment"]))
        return file_request(turn, assignment, RequestKind.HANDOVER, turn.words)
    reason = turn.args.get("reason") or (turn.reading.note if turn.reading else turn.words)
    found = find_subject(turn, turn.reading.task_ref if turn.reading else None)
    if found is None:
        return ask_which(turn, "handover", {"reason": reason})
    if not reason:
        return ask(
            say("To whom, and why? The monitoring agency will decide."),
            "handover.words",
            {"assignment": found.id},
        )
    return file_request(turn, found, RequestKind.HANDOVER, reason)


COMMAND = Command(
    "handover",
    handover,
    say("hand a task over: “please pass this to …”"),
    ("chuyen", "handover"),
    ("handover",),
    ("handover", "handover.words"),
)
