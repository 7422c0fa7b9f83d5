"""A frozen picture of one moment; every reminder rule reads it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.agencies import Register
from domain.assignments import Assignment
from domain.officials import Official
from domain.phrases import Phrase
from domain.plans import Plan, Task
from domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Situation:
    """What is true at ``now`` (aware UTC); ``today`` is the local day.

    ``assignments`` holds every open assignment and candidates; ``closed`` counts the closed ones a task by
    state is summed from. ``said`` holds keys already planned or skipped, so that a rule can tell what came
    before; the planner drops doubles by the same keys. ``joined`` are people with an active address.
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
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Owed:
    """Something somebody should be told, wished for by a reminder kind.

    ``key`` is unique for ever (kind, assignment, rung, deadline version): planning twice is harmless.
    ``due_since`` is the local day it should have been said on; later than that is marked late.
    ``prompt`` things go at the next office moment; others wait for the morning's digest.
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
    prompt: bool = False
    section: str = ""  # digest items of one section stand together, e.g. monitor


@dataclass(frozen=True, slots=True)
class Skipped:
    """A wish not granted, with the reason: overtaken, not joined, snoozed."""

    key: str
    reason: str
