""" "Not ours": to the monitor, who decides."""

from bot.requests import file_request
from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, ask
from domain.phrases import say
from domain.requests import RequestKind


def not_mine(turn: Turn) -> Reply:
    """File the request with the words it was said in."""
    if turn.act == "not_mine.words":
        assignment = turn.uow.assignments.get(int(turn.args["assignment"]))
        return file_request(turn, assignment, RequestKind.NOT_MINE, turn.words)
    reason = turn.args.get("reason") or (turn.reading.note if turn.reading else turn.words)
    found = find_subject(turn, turn.reading.task_ref if turn.reading else None)
    if found is None:
        return ask_which(turn, "not_mine", {"reason": reason})
    if not reason:
        return ask(
            say("Why is it not yours? The monitoring agency will decide."),
            "not_mine.words",
            {"assignment": found.id},
        )
    return file_request(turn, found, RequestKind.NOT_MINE, reason)


COMMAND = Command(
    "not_mine",
    not_mine,
    say("say that a task is not yours: “this is not our task”"),
    ("khongphai", "notmine"),
    ("not_mine",),
    ("not_mine", "not_mine.words"),
)
