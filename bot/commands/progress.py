"""Progress: by button or in free words — what was understood is said back, and can be corrected."""

from __future__ import annotations

from typing import Any

from bot.learning import note_case, note_correction, parts
from bot.reports import Said, confirmation, log_progress
from bot.several import log_several
from bot.subject import ask_which, find_subject
from bot.turn import Command, Reply, Turn, ask, reply
from domain.assignments import Assignment, State
from domain.messages import Block, Choice, Message, Tone
from domain.phrases import say, verbatim
from domain.reading.replies.replies import Reading


def progress(turn: Turn) -> Reply:
    """A report in words, or a picked one."""
    if turn.act == "progress.correct":
        return _ask_again(turn)
    if turn.act == "progress.words":
        return _in_words(turn)
    if turn.act:
        return _picked(turn)
    assert turn.reading is not None
    return _read(turn, turn.reading)


def _read(turn: Turn, reading: Reading) -> Reply:
    if reading.doubts:
        return _ask_back(turn, reading)
    if reading.more or reading.task_ref == "all":
        return log_several(turn, (reading, *reading.more))
    if reading.corrects:
        note_correction(turn, reading)
    assignment = find_subject(turn, reading.task_ref)
    if assignment is None:
        return ask_which(turn, "progress.set", _as_args(reading))
    return _log(turn, assignment, Said.of(reading))


def _as_args(reading: Reading) -> dict[str, Any]:
    """A report as the arguments of a choice, until it is known which task is meant."""
    return {
        "status": reading.status,
        "percent": reading.percent,
        "note": reading.note,
        "waits_for": list(reading.waits_for),
    }


def _picked(turn: Turn) -> Reply:
    assignment = find_subject(turn)
    if assignment is None:
        return reply(say("I could not find that task; /viec shows yours."))
    status = {"progress.done": State.DONE, "progress.blocked": State.BLOCKED}.get(turn.act)
    named = turn.args.get("status")
    status = status or (State(named) if named else State.IN_PROGRESS)
    waits = tuple(turn.args.get("waits_for", ()))
    said = Said(status, turn.args.get("percent"), turn.args.get("note", ""), waits)
    if "doubted" in turn.args:
        meant = {"status": status.value, "percent": said.percent}
        note_case(turn, said.note, turn.args["doubted"], meant)
    return _log(turn, assignment, said)


def _log(turn: Turn, assignment: Assignment, what: Said) -> Reply:
    return confirmation(turn, log_progress(turn, assignment, what))


def _ask_back(turn: Turn, reading: Reading) -> Reply:
    """In doubt nothing is logged; the likeliest readings are offered."""
    assignment = find_subject(turn, reading.task_ref)
    about: dict[str, Any] = {"note": reading.note, "doubted": parts(reading)}
    if assignment:
        about["assignment"] = assignment.id
    choices = [Choice(say("Done"), "progress.done", about, Tone.GOOD)]
    if reading.percent is not None:
        label = say("In progress, {percent}%", percent=reading.percent)
        choices.append(Choice(label, "progress.set", {**about, "percent": reading.percent}))
    choices.append(Choice(say("Not done yet"), "progress.set", {**about, "status": "in_progress"}))
    choices.append(Choice(say("None of these"), "progress.correct", about))
    question = say(
        "I am not sure I understood “{words}”. Nothing has been recorded yet. Which is right?",
        words=verbatim(turn.words[:200]),
    )
    return Reply(
        Message((Block(question),), tuple(choices), assignment=assignment.id if assignment else None)
    )


def _ask_again(turn: Turn) -> Reply:
    question = say("Please write it again, for example: “60%”, “done”, or “waiting for …”.")
    return ask(question, "progress.words", {k: v for k, v in turn.args.items() if k == "assignment"})


def _in_words(turn: Turn) -> Reply:
    """The answer to "please write it again": read like any other words, about the same task."""
    reading = turn.reading or turn.read(turn.words)
    if turn.act and reading.intent == "progress":
        note_correction(turn, reading)
    if reading.intent != "progress" or reading.doubts:
        return reply(say("Nothing was recorded. You can answer with the buttons of the task in /viec."))
    return _read(turn, reading)


COMMAND = Command(
    "progress",
    progress,
    say("report progress in your own words, for example “80% done”"),
    intents=("progress",),
    acts=("progress.done", "progress.set", "progress.blocked", "progress.correct", "progress.words"),
)
