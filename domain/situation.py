"""A frozen picture of one moment; every reminder rule reads it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from domain.agencies import Kind, Register
from domain.assignments import Assignment
from domain.ladders import Rungs
from domain.messages import Choice
from domain.officials import Official
from domain.phrases import Phrase
from domain.plans import Plan, Task
from domain.recipients import Recipients
from domain.wording import deadline, task_name
from domain.workdays import WorkCalendar

#: how many stretches of silence before a deadline silence begins to matter
HORIZON = 3


@dataclass(frozen=True)  # not slotted: what is derived once is kept beside the facts
class Situation:
    """What is true at ``now`` (aware UTC); ``today`` is the local day on which what is decided will be said.

    ``assignments`` holds every open assignment and candidates, ``done`` how many are done by (task,
    occurrence). ``officials`` are active people, ``joined`` those with an active address. For recurring
    tasks: ``opened`` are the occurrences there are rows for, ``left`` the (task, agency) pairs that handed
    the work over, ``confirmed`` the local day each plan was confirmed on. ``said`` are keys decided lately,
    perhaps not all: a rule may pass over them to save work, the planner makes certain.
    """

    now: datetime
    today: date
    calendar: WorkCalendar
    register: Register
    plans: Mapping[int, Plan]
    tasks: Mapping[int, Task]
    assignments: tuple[Assignment, ...]
    officials: Mapping[int, Official]
    by_agency: Mapping[str, tuple[Official, ...]]
    joined: frozenset[int]
    done: Mapping[tuple[int, str], int] = field(default_factory=dict)
    opened: Mapping[int, frozenset[str]] = field(default_factory=dict)
    left: frozenset[tuple[int, str]] = frozenset()
    confirmed: Mapping[int, date] = field(default_factory=dict)
    said: frozenset[str] = frozenset()

    @cached_property
    def open(self) -> tuple[Assignment, ...]:
        """What somebody still owes."""
        return tuple(a for a in self.assignments if a.state.is_open)

    @cached_property
    def by_task(self) -> Mapping[int, list[Assignment]]:
        """Open assignments and candidates of each task that has any."""
        found: dict[int, list[Assignment]] = {}
        for a in self.assignments:
            found.setdefault(a.task, []).append(a)
        return found

    @cached_property
    def recipients(self) -> Recipients:
        """Whom things go to."""
        return Recipients(self.register, self.officials, self.by_agency, self.joined, self.today)

    @cached_property
    def rungs(self) -> Rungs:
        """Which steps of the ladders have been reached."""
        return Rungs(self.calendar, self.today)

    @cached_property
    def _words(self) -> dict[tuple[int, date | None, date | None], Phrase]:
        return {}

    @cached_property
    def _names(self) -> dict[int, Phrase]:
        return {}

    @cached_property
    def _near(self) -> dict[tuple[int, date], bool]:
        return {}

    @cached_property
    def _days(self) -> dict[datetime, date]:
        return {}

    def due_words(self, assignment: Assignment) -> Phrase:
        """The deadline in words, made once for all agencies that share it."""
        key = (assignment.task, assignment.due_on, assignment.act_by)
        if key not in self._words:
            task = self.tasks[assignment.task]
            self._words[key] = deadline(task, assignment, self.today, self.calendar)
        return self._words[key]

    def task_words(self, task: int) -> Phrase:
        """A task in one line, made once for all agencies that share it."""
        if task not in self._names:
            self._names[task] = task_name(self.tasks[task])
        return self._names[task]

    def day_of(self, instant: datetime) -> date:
        """The local day on which the first office moment after an instant falls."""
        if instant not in self._days:
            moment = self.calendar.next_office_moment(instant)
            self._days[instant] = self.calendar.local_date(moment)
        return self._days[instant]

    def plan_of(self, assignment: Assignment) -> Plan:
        """The plan an assignment comes from."""
        return self.plans[self.tasks[assignment.task].plan]

    def snoozed(self, assignment: Assignment) -> bool:
        """Whether somebody asked to be left alone until later."""
        return assignment.snoozed_until is not None and self.now < assignment.snoozed_until

    def horizon(self, assignment: Assignment) -> int:
        """Working days before a deadline from which silence matters: three stretches of it."""
        return HORIZON * self.plan_of(assignment).ladder.silent_after

    def near(self, assignment: Assignment) -> bool:
        """Whether the deadline is within the horizon, or past."""
        by = assignment.act_by
        if by is None:
            return False
        key = (assignment.task, by)
        if key not in self._near:
            self._near[key] = -self.rungs.since(by) <= self.horizon(assignment)
        return self._near[key]

    def silent_since(self, assignment: Assignment) -> date:
        """The day of the last report, or of the assignment."""
        return self.day_of(assignment.last_report_at or assignment.assigned_at)

    def silent(self, assignment: Assignment) -> bool:
        """Whether nothing was reported for a while on work whose deadline is near or past."""
        after = self.plan_of(assignment).ladder.silent_after
        return self.near(assignment) and self.rungs.since(self.silent_since(assignment)) >= after

    def asked(self, assignment: Assignment) -> bool:
        """Whether the agency is asked, never scolded: the plan "requests", or it is a mass organisation."""
        agency = self.register.by_code.get(assignment.agency)
        return self.tasks[assignment.task].asked or (agency is not None and agency.kind is Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something somebody should be told, wished for by a reminder kind.

    ``key`` is unique for ever (kind, assignment, rung, deadline version, person): planning twice is harmless.
    ``due_since`` is the local day it should have been said on. ``prompt`` things go at the next office
    moment; others wait for the morning's digest. ``asks``: whoever is told owes an answer about
    ``assignment``. Keys in ``overtakes`` need no saying once this is said. Lower ``urgency`` stands first.
    """

    kind: str
    key: str
    official: int
    phrase: Phrase
    why: Phrase
    due_since: date
    urgency: int
    plan: int | None = None
    assignment: int | None = None
    version: int = 1
    due: date | None = None
    agency: str = ""  # named before the line where a person answers for several
    code: str = ""  # the task's number, for a choice's label
    section: str = ""  # items of one section stand together: "" what one owes, head, monitor, service
    prompt: bool = False
    asks: bool = False
    hint: Phrase | None = None  # how it can be answered, said once at the end
    choices: tuple[Choice, ...] = ()
    overtakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A wish not granted, with the reason: overtaken, not joined, snoozed."""

    key: str
    reason: str
