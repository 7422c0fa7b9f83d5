"""Phrases that several speakers share: a task in one line, its deadline, its state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from domain.agencies import Register
from domain.assignments import Assignment, Cell, State
from domain.phrases import Phrase, say, verbatim
from domain.plans import Task
from domain.timeframes import TimeFrameKind
from domain.workdays import WorkCalendar

SHORT = 110
#: as much of a title as fits a button beside its verb
CODE = 24
_NOTE = re.compile(r"\s*\[\d{1,3}\]")


def short_title(task: Task, length: int = SHORT) -> str:
    """The title, cut at a word where it is long; marks of footnotes mean nothing outside the document."""
    title = _NOTE.sub("", task.title).strip()
    title = title[:1].upper() + title[1:]
    if len(title) <= length:
        return title
    return title[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def task_code(task: Task) -> str:
    """What a button calls the task: its number, or its first words where it has none."""
    return task.number or short_title(task, CODE)


def task_name(task: Task, length: int = SHORT) -> Phrase:
    """ "2.b Nâng cao …"; a duty without a number by its words alone."""
    title = short_title(task, length)
    return verbatim(f"{task.number} {title}" if task.number else title)


def state_name(state: State) -> Phrase:
    """The state as people say it."""
    return {
        State.CANDIDATE: say("waiting for a decision on who takes part"),
        State.NOT_STARTED: say("not started"),
        State.IN_PROGRESS: say("in progress"),
        State.BLOCKED: say("held up"),
        State.DONE: say("done"),
        State.HANDED_OVER: say("handed over"),
        State.RELEASED: say("released"),
    }[state]


def cell_name(cell: Cell) -> Phrase:
    """The national words for the four cells."""
    return {
        Cell.DONE_ON_TIME: say("done on time"),
        Cell.DONE_LATE: say("done late"),
        Cell.OPEN_ON_TIME: say("not done, in time"),
        Cell.OPEN_LATE: say("not done, overdue"),
    }[cell]


def deadline(task: Task, assignment: Assignment, today: date, calendar: WorkCalendar) -> Phrase:
    """When it is due and how much time is left, in working days."""
    if assignment.act_by is None or assignment.overdue_from is None:
        return _undated(task)
    if today >= assignment.overdue_from:
        return say(
            "due {due:full}, overdue by {days} working days",
            due=assignment.due_on or assignment.act_by,
            days=max(1, calendar.count(assignment.act_by, today)),
        )
    left = calendar.count(today, assignment.act_by)
    if left <= 0:
        return say("due {due:full}, today is the last working day", due=assignment.act_by)
    return say("due {due:full}, {days} working days left", due=assignment.act_by, days=left)


def _undated(task: Task) -> Phrase:
    words = verbatim(task.frame.text)
    kind = task.frame.kind
    if kind is TimeFrameKind.CONTINUOUS:
        return say("continuous work ({words}), reported each quarter", words=words)
    if kind is TimeFrameKind.OPEN_ENDED:
        return say("continues over the years ({words}), reported each quarter", words=words)
    if kind is TimeFrameKind.ON_EVENT:
        return say("waits for an event: {words}", words=words)
    if kind is TimeFrameKind.BY_OTHER_DOCUMENT:
        return say("time set by another document: {words}", words=words)
    if kind is TimeFrameKind.RECURRING:
        return say("recurring: {words}", words=words)
    return say("no time frame given in the plan")


def progress_words(assignment: Assignment) -> Phrase:
    """State and percent, and what it waits for."""
    state = state_name(assignment.state)
    if assignment.percent is not None and assignment.state is not State.DONE:
        state = say("{state}, {percent}%", state=state, percent=assignment.percent)
    if assignment.waits_for:
        state = say("{state}, waiting for {whom}", state=state, whom=verbatim(assignment.waits_for))
    return state


def agency_names(register: Register, codes: Iterable[str], most: int = 6) -> Phrase:
    """Names of agencies, each once; of many only the first ones, and how many more."""
    once = list(dict.fromkeys(codes))
    names = verbatim(", ".join(register.name(code) for code in once[:most]))
    if len(once) <= most:
        return names
    return say("{names} and {number} more", names=names, number=len(once) - most)
