"""More time: asked with a date and a reason, decided by the monitor."""

from __future__ import annotations

import re
from datetime import date

from bot.reports import Said, log_progress
from bot.requests import file_request
from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, ask, reply
from domain.assignments import Assignment, State
from domain.phrases import say
from domain.reading.fold import tidy
from domain.reading.replies.replies import Reading
from domain.requests import RequestKind

EXAMPLE = "5/7"
#: with their diacritics: "cho" (for) and "chờ" (wait) differ
_REASON = re.compile(r"\b(?:vì|do|bởi|tại|chờ|vướng|thiếu|để|because|since|waiting|due to)\b")


def extension(turn: Turn) -> Reply:
    """Take the date and the reason from what was said; ask for what is missing, one thing at a time."""
    if turn.act == "extension.date":
        return _with_date(turn)
    if turn.act == "extension.reason":
        return _with_reason(turn)
    reading = turn.reading
    until = _picked(turn) or (reading.until if reading else None)
    reason = turn.args.get("reason") or (reading.note if reading and _gives_reason(reading) else "")
    assignment = find_subject(turn, reading.task_ref if reading else None)
    if assignment is None:
        iso = until.isoformat() if until else None
        return ask_which(turn, "extension.ask", {"until": iso, "reason": reason})
    if reading and reading.percent is not None:  # "50%, xin lùi đến 12/7": the figure is a report of its own
        said = Said(State.IN_PROGRESS, reading.percent, reading.note)
        assignment = log_progress(turn, assignment, said).assignment
    return _next(turn, assignment, until, reason)


def _gives_reason(reading: Reading) -> bool:
    """Whether the words say why, so that it need not be asked."""
    return bool(reading.waits_for) or bool(_REASON.search(tidy(reading.note).lower()))


def _picked(turn: Turn) -> date | None:
    text = turn.args.get("until")
    return date.fromisoformat(text) if text else None


def _next(turn: Turn, assignment: Assignment, until: date | None, reason: str) -> Reply:
    about = {"assignment": assignment.id, "reason": reason}
    if assignment.due_on is None:
        return reply(say("This task has no fixed deadline, so there is nothing to move."))
    if until is None:
        return ask(say("Until which day? For example: {example}.", example=EXAMPLE), "extension.date", about)
    if until <= max(turn.today, assignment.due_on):
        question = say("{until:full} is not after the present deadline. Until which day?", until=until)
        return ask(question, "extension.date", about)
    if not reason:
        about = {"assignment": assignment.id, "until": until.isoformat()}
        return ask(say("For what reason? The monitoring agency will read it."), "extension.reason", about)
    return file_request(turn, assignment, RequestKind.EXTENSION, reason, until)


def _with_date(turn: Turn) -> Reply:
    assignment = turn.uow.assignments.get(int(turn.args["assignment"]))
    until = turn.read_day(turn.words, base=assignment.due_on)
    return _next(turn, assignment, until, str(turn.args.get("reason", "")))


def _with_reason(turn: Turn) -> Reply:
    assignment = turn.uow.assignments.get(int(turn.args["assignment"]))
    return _next(turn, assignment, _picked(turn), turn.words)


COMMAND = Command(
    "extension",
    extension,
    say("ask for more time: “please extend to 5/7, waiting for the appraisal”"),
    ("giahan", "extend"),
    ("extension",),
    ("extension.ask", "extension.date", "extension.reason"),
)
