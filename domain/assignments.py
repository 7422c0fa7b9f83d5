"""One agency's share of a task, and the legal moves of its state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.phrases import say


class State(StrEnum):
    """Where the work stands. ``candidate``: a condition decides whether the agency is in at all."""

    CANDIDATE = "candidate"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    HANDED_OVER = "handed_over"
    RELEASED = "released"  # "not ours", granted

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes work."""
        return self in (State.NOT_STARTED, State.IN_PROGRESS, State.BLOCKED)


class Cell(StrEnum):
    """The four national cells of progress reports; "done late" never turns into "done"."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_ON_TIME = "open_on_time"
    OPEN_LATE = "open_late"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One agency's share of a task; for recurring tasks one per occurrence.

    ``due_on``/``strict``/``act_by`` start from the task's frame and move with a granted extension, which
    raises ``deadline_version``: reminders of an older version are void. Instants are aware UTC.
    """

    id: int
    task: int
    agency: str
    state: State
    assigned_at: datetime
    due_on: date | None = None
    strict: bool = False
    act_by: date | None = None
    overdue_from: date | None = None
    occurrence: str = ""
    percent: int | None = None
    deadline_version: int = 1
    done_at: datetime | None = None
    done_on: date | None = None  # local day
    last_report_at: datetime | None = None
    last_note: str = ""
    waits_for: str = ""
    acknowledged_at: datetime | None = None
    unanswered_since: datetime | None = None
    snoozed_until: datetime | None = None

    def is_late(self, today: date) -> bool:
        """Past the deadline, done or not (done: whether it was done late)."""
        if self.overdue_from is None:
            return False
        return (self.done_on or today) >= self.overdue_from

    def cell(self, today: date) -> Cell:
        """Which of the four national cells the assignment counts in on the day."""
        late = self.is_late(today)
        if self.state is State.DONE:
            return Cell.DONE_LATE if late else Cell.DONE_ON_TIME
        return Cell.OPEN_LATE if late else Cell.OPEN_ON_TIME


@dataclass(frozen=True, slots=True)
class Progress:
    """One report from an official: what was understood, and the words it was said in."""

    status: State | None
    percent: int | None
    note: str
    at: datetime
    local_day: date
    waits_for: tuple[str, ...] = ()


def apply_progress(assignment: Assignment, progress: Progress) -> Assignment:
    """The assignment after a report. Raises Refusal where the work is closed to reports.

    100 % without the word is not "done": a person says so. Any report ends a silence and a snooze.
    """
    if assignment.state in (State.HANDED_OVER, State.RELEASED, State.CANDIDATE):
        raise Refusal(
            say("This task is no longer assigned to your agency; nothing was changed."), code="closed"
        )
    status = progress.status or (
        State.IN_PROGRESS if assignment.state in (State.NOT_STARTED, State.DONE) else assignment.state
    )
    percent = progress.percent if progress.percent is not None else assignment.percent
    if status is State.DONE:
        percent = 100
    elif assignment.state is State.DONE and progress.percent is None:
        percent = None  # reopened without a figure: the old 100 % no longer holds
    done = status is State.DONE
    return replace(
        assignment,
        state=status,
        percent=percent,
        done_at=(assignment.done_at or progress.at) if done else None,
        done_on=(assignment.done_on or progress.local_day) if done else None,
        last_report_at=progress.at,
        last_note=progress.note,
        waits_for="; ".join(progress.waits_for),
        acknowledged_at=assignment.acknowledged_at or progress.at,
        unanswered_since=None,
        snoozed_until=None,
    )


def move_deadline(
    assignment: Assignment, due_on: date, act_by: date, overdue_from: date, *, strict: bool = False
) -> Assignment:
    """A granted extension: a new deadline version, so that reminders counted from the old day are void."""
    return replace(
        assignment,
        due_on=due_on,
        strict=strict,
        act_by=act_by,
        overdue_from=overdue_from,
        deadline_version=assignment.deadline_version + 1,
        unanswered_since=None,
        snoozed_until=None,
    )
