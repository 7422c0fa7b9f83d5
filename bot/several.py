"""Several answers in one message: "1 done, 2 60% waiting for the appraisal, 3 please extend to 15/7"."""

from __future__ import annotations

from dataclasses import replace

from bot.reports import Said, log_progress
from bot.requests import file_request
from bot.subject import find_subject
from bot.turn import Also, Reply, Turn
from domain.assignments import Assignment
from domain.messages import Block, Look, Message
from domain.phrases import Phrase, say, verbatim
from domain.reading.replies.replies import Reading
from domain.requests import RequestKind
from domain.wording import progress_words, task_name


def log_several(turn: Turn, readings: tuple[Reading, ...]) -> Reply:
    """Each part to its task; a part whose task or meaning is not clear is asked for again, never lost."""
    blocks: list[Block] = []
    also: list[Also] = []
    for reading in _spread(turn, readings):
        assignment = find_subject(turn, reading.task_ref) if reading.task_ref else None
        line, others = _one(turn, reading, assignment)
        blocks.append(Block(line, Look.ITEM))
        also += others
    done = Block(say("“undo” takes the last of these back."), Look.QUIET)
    return Reply(Message((*blocks, done)), tuple(also), kind="confirmation")


def _spread(turn: Turn, readings: tuple[Reading, ...]) -> list[Reading]:
    """ "All three are done" is one part for each task of the list it answers."""
    listed = turn.replied.numbered if turn.replied else turn.conversation.numbered
    parts: list[Reading] = []
    for reading in readings:
        if reading.task_ref == "all" and listed:
            parts += [replace(reading, task_ref=str(n), more=()) for n in range(1, len(listed) + 1)]
        else:
            parts.append(reading)
    return parts


def _one(turn: Turn, reading: Reading, assignment: Assignment | None) -> tuple[Phrase, tuple[Also, ...]]:
    if assignment is not None and not reading.doubts:
        name = task_name(turn.task_of(assignment), 60)
        if reading.intent == "progress":
            after = log_progress(turn, assignment, Said.of(reading)).assignment
            return say("Recorded — {task}: {state}.", task=name, state=progress_words(after)), ()
        if reading.intent == "extension" and reading.until and assignment.due_on:
            filed = file_request(turn, assignment, RequestKind.EXTENSION, reading.note, reading.until)
            asked = say("Extension to {until:full} asked for — {task}.", until=reading.until, task=name)
            return asked, filed.also
    return say(
        "Please send this on its own, I was not sure about it: “{words}”", words=verbatim(reading.note)
    ), ()
