"""What the board shows of counts and assignments. Pure: rows in, things a template can lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.agencies import Register
from domain.assignments import Assignment, Cell, State
from domain.phrases import Phrase, say, verbatim
from domain.plans import Target, Task
from domain.wording import cell_name, state_name
from domain.workdays import WorkCalendar, why_this_date
from storage.stores.board import Count

#: a task led by more agencies than this is named by its group's words
NAMED = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a bar, in hundredths of its width."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Agencies' shares in the four national cells; candidates are nobody's work yet and stand apart."""

    done_on_time: int = 0
    done_late: int = 0
    open_on_time: int = 0
    open_late: int = 0
    undecided: int = 0

    @classmethod
    def of(cls, counts: Iterable[Count]) -> Tally:
        """Sum counts; what was handed over or released counts nowhere."""
        total = cls()
        for count in counts:
            if name := _cell(count.state, count.late):
                total = replace(total, **{name: getattr(total, name) + count.count})
        return total

    @property
    def all(self) -> int:
        """How many owe or owed work."""
        return self.done_on_time + self.done_late + self.open_on_time + self.open_late

    @property
    def done(self) -> int:
        """Done, in time or late."""
        return self.done_on_time + self.done_late

    def cells(self) -> list[tuple[str, Phrase, int]]:
        """(code, the national words, number) of each cell, in the order of the national reports."""
        return [(cell.value, cell_name(cell), getattr(self, cell.value)) for cell in Cell]

    def bar(self) -> list[Segment]:
        """The cells as stretches of one bar."""
        whole, start, found = self.all + self.undecided, 0.0, []
        for kind in ("done_on_time", "done_late", "open_late", "open_on_time", "undecided"):
            if number := getattr(self, kind):
                width = round(100 * number / whole, 2)
                found.append(Segment(kind, round(start, 2), width))
                start += width
        return found


def _cell(state: State, late: bool) -> str:
    if state is State.CANDIDATE:
        return "undecided"
    if state is State.DONE:
        return "done_late" if late else "done_on_time"
    if state.is_open:
        return "open_late" if late else "open_on_time"
    return ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in its plan."""

    task: Task
    tally: Tally
    leads: str
    monitors: str
    why: Phrase | None

    def shows(self, which: str) -> bool:
        """Whether a filter lets it through."""
        if which == "late":
            return self.tally.open_late > 0
        if which == "open":
            return self.tally.open_late + self.tally.open_on_time > 0
        if which == "done":
            return self.tally.all > 0 and self.tally.done == self.tally.all
        if which == "undecided":
            return self.tally.undecided > 0 or self.tally.all == 0
        return True


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks under one heading of the plan."""

    name: str
    lines: tuple[TaskLine, ...]


def task_line(task: Task, tally: Tally, register: Register, calendar: WorkCalendar) -> TaskLine:
    """A task with what is counted of it, and who is in it by name."""
    return TaskLine(
        task, tally, leads(task, register), names(task.monitors, register), why_due(task, calendar)
    )


def why_due(task: Task, calendar: WorkCalendar) -> Phrase | None:
    """Why the last working day is not the day the plan names; None where it is that day."""
    due = task.frame.due_on
    if due is None or calendar.act_by(due, task.frame.strict) == due:
        return None
    return why_this_date(due, task.frame.strict, calendar)


def leads(task: Task, register: Register) -> str:
    """Who leads: by name while they are few, else in the plan's own words."""
    codes = dict.fromkeys((*task.leads, *task.focus))
    words = str(task.extra.get("leads", ""))
    if codes and (len(codes) <= NAMED or not words):
        return names(tuple(codes), register)
    return words


def names(codes: Sequence[str], register: Register) -> str:
    """Agencies by name."""
    return ", ".join(register.name(code) for code in codes)


def sections(lines: Iterable[TaskLine]) -> list[Section]:
    """Lines under their headings, in the plan's order."""
    found: dict[str, list[TaskLine]] = {}
    for line in lines:
        found.setdefault(line.task.section, []).append(line)
    return [Section(name, tuple(under)) for name, under in found.items()]


def target_words(target: Target) -> Phrase:
    """ "≥ 95 %"."""
    sign = {">=": "≥", "<=": "≤"}.get(target.op, target.op)
    value = int(target.value) if target.value == int(target.value) else target.value
    said = say(
        "{metric}: {sign} {value} {unit}",
        metric=verbatim(target.metric),
        sign=sign,
        value=value,
        unit=verbatim(target.unit),
    )
    return say("{target} ({scope})", target=said, scope=verbatim(target.scope)) if target.scope else said


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One agency's share of a task. Its people's own words are empty for readers whom it does not concern."""

    assignment: Assignment
    agency: str
    cell: str
    state: Phrase
    joined: bool
    note: str = ""
    waits_for: str = ""

    def urgency(self) -> int:
        """For sorting: the late first, then the held up, the silent, and what is settled last."""
        order = ("open_late", "held_up", "silent", "open_on_time", "undecided")
        return next((place for place, which in enumerate(order) if self.shows(which)), len(order))

    def shows(self, which: str) -> bool:
        """Whether a filter lets it through."""
        if which == "silent":
            return self.assignment.state.is_open and self.assignment.last_report_at is None
        if which == "held_up":
            return self.assignment.state is State.BLOCKED
        return which in ("", self.cell)


def share_line(
    assignment: Assignment, register: Register, today: date, *, joined: bool, concerns: bool
) -> ShareLine:
    """A share as the task's page shows it."""
    late = assignment.is_late(today)
    return ShareLine(
        assignment,
        register.name(assignment.agency),
        _cell(assignment.state, late) or "closed",
        say("waiting for a decision")
        if assignment.state is State.CANDIDATE
        else state_name(assignment.state),
        joined,
        assignment.last_note if concerns else "",
        assignment.waits_for if concerns else "",
    )
