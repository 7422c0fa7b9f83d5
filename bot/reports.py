"""Logging a report and saying back what was understood."""

from __future__ import annotations

from dataclasses import dataclass

from bot.turn import Reply, Turn, reply
from domain.access import Act, require
from domain.assignments import Assignment, Progress, State, apply_progress
from domain.messages import Block, Choice, Look, Message, Tone
from domain.phrases import say
from domain.reading.replies.replies import Reading
from domain.wording import deadline, progress_words, task_name


@dataclass(frozen=True, slots=True)
class Said:
    """A report as it was understood."""

    status: State | None
    percent: int | None
    note: str = ""
    waits_for: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Reading) -> Said:
        """The report a reading carries."""
        status = State(reading.status) if reading.status else None
        return cls(status, reading.percent, reading.note, reading.waits_for)


@dataclass(frozen=True, slots=True)
class Logged:
    """The assignment after a report, and the report's id (None where nothing new was said)."""

    assignment: Assignment
    report: int | None


def log_progress(turn: Turn, assignment: Assignment, what: Said) -> Logged:
    """Check rights, apply and log. The same button pressed twice is one report."""
    require(turn.who, Act.REPORT_PROGRESS, turn.thing(assignment))
    assignment = turn.uow.assignments.held(assignment)
    progress = Progress(what.status, what.percent, what.note, turn.now, turn.today, what.waits_for)
    after = apply_progress(assignment, progress)
    said_before = (assignment.state, assignment.percent, assignment.last_note) == (
        after.state,
        after.percent,
        after.last_note,
    )
    if said_before and assignment.last_report_at and not assignment.unanswered_since:
        return Logged(assignment, None)
    return Logged(after, turn.uow.assignments.log(assignment, after, turn.who.id, progress))


def confirmation(turn: Turn, logged: Logged) -> Reply:
    """What was recorded, with the ways to put it right."""
    assignment = logged.assignment
    task = turn.task_of(assignment)
    about = {"assignment": assignment.id}
    state = progress_words(assignment)
    if logged.report is None:
        known = say("This was recorded already — {task}: {state}.", task=task_name(task, 80), state=state)
        return reply(known, assignment=assignment.id)
    blocks = [Block(say("Recorded — {task}: {state}.", task=task_name(task, 80), state=state))]
    choices = [
        Choice(say("Correct"), "progress.correct", about),
        Choice(say("Undo"), "undo", {"report": logged.report}),
    ]
    if assignment.state is State.DONE:
        if assignment.is_late(turn.today):
            blocks.append(Block(say("It is recorded as done after its deadline."), Look.QUIET))
    else:
        due = deadline(task, assignment, turn.today, turn.service.calendar)
        blocks.append(Block(say("It stays open: {due}.", due=due), Look.QUIET))
        choices.insert(0, Choice(say("All done"), "progress.done", about, Tone.GOOD))
        if assignment.waits_for:
            choices.append(Choice(say("Remind whom I wait for"), "remind.other", about))
    return Reply(Message(tuple(blocks), tuple(choices), assignment=assignment.id), kind="confirmation")
