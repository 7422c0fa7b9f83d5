"""Counts what damaged plans are read wrongly, and whether each wrong row itself says that it is doubtful.

What was read before the damage is the truth: a row that is read otherwise is wrong, however little the reader could
know, and a wrong row should carry a doubt itself. White space and marks over letters alone make no row wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from random import Random

from bot.intake import read_document
from domain.agencies import Register
from domain.documents import Document
from domain.plans import PlanDraft, TaskDraft
from domain.reading.fold import fold
from domain.reading.name_pieces import NAME_DOUBTS
from domain.reading.plan import read_plan
from domain.workdays import WorkCalendar
from tests.plan_generator.damaged_tables import CELLS, damage_cells
from tests.plan_generator.damaged_text import TEXT

#: doubts about the register, none about what was read
#: how alike two titles must be to be those of one row
_ALIKE = 0.5


@dataclass(slots=True)
class Damaged:
    """Rows wrong after a damage, and how many of them are doubted; right rows doubted all the same."""

    rows: int = 0
    wrong: int = 0
    marked: int = 0
    alarms: int = 0
    unmarked: list[str] = field(default_factory=list)

    @property
    def honesty(self) -> float:
        """Wrong rows that carry a doubt, of all wrong ones."""
        return self.marked / self.wrong if self.wrong else 1.0

    def add(self, other: Damaged) -> None:
        """Take in another count."""
        self.rows += other.rows
        self.wrong += other.wrong
        self.marked += other.marked
        self.alarms += other.alarms
        self.unmarked += other.unmarked


def _facts(task: TaskDraft) -> tuple[object, ...]:
    texts = (task.number, task.title, task.leads, task.coordinators, task.frame.text, task.product)
    frame = task.frame
    return (*(fold(t).replace(" ", "") for t in texts), frame.kind, frame.due_on, frame.strict)


def _doubts(task: TaskDraft, before: TaskDraft | None = None) -> set[tuple[str, str, str]]:
    """The row's doubts; one about a name only where the row did not have it before."""
    known = {(d.field, d.code, d.detail) for d in before.doubts} if before else None
    found = {(d.field, d.code, d.detail) for d in task.doubts}
    return {d for d in found if d[1] not in NAME_DOUBTS or (known is not None and d not in known)}


def doubted(task: TaskDraft) -> bool:
    """Whether a row carries a doubt about what was read."""
    return bool(_doubts(task))


def compare(truth: PlanDraft, found: PlanDraft, where: str, into: Damaged) -> None:
    """Rows that are read as before are set aside; between them wrong rows are paired by their titles.

    A wrong row is marked by a doubt of its own. One that is missing is marked by a doubt of the row before or
    behind its place or, at the end, of the document; one that nobody wrote by its own.
    """
    into.rows += len(truth.tasks)
    before, after = [_facts(t) for t in truth.tasks], [_facts(t) for t in found.tasks]
    said = {d.code for d in found.doubts} - {d.code for d in truth.doubts}
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for old, new in zip(truth.tasks[a:b], found.tasks[c:d], strict=True):
                into.alarms += bool({x[1] for x in _doubts(new)} - {x[1] for x in _doubts(old)})
            continue
        _between(truth.tasks[a:b], found.tasks, c, d, where, into, said)


def _between(
    wanted: Sequence[TaskDraft],
    tasks: Sequence[TaskDraft],
    begin: int,
    end: int,
    where: str,
    into: Damaged,
    said: set[str],
) -> None:
    left = list(tasks[begin:end])
    missing: list[TaskDraft] = []
    for task in wanted:
        pair = max(left, key=lambda t: _likeness(task, t), default=None)
        if pair is None or (_likeness(task, pair) < _ALIKE and len(left) <= len(wanted) - len(missing) - 1):
            missing.append(task)
            continue
        left.remove(pair)
        _count(bool(_doubts(pair, task)), f"{where}: {_shown(task)} -> {_shown(pair)}", into)
    for task in left:
        _count(bool(_doubts(task)), f"{where}: invented {_shown(task)}", into)
    beside = tasks[max(0, begin - 1) : end + 1]
    at_end = end == len(tasks) and bool(said & {"text_cut_off", "note_missing", "no_tasks_found"})
    for task in missing:
        _count(at_end or any(_doubts(t) for t in beside), f"{where}: missing {_shown(task)}", into)


def _count(marked: bool, what: str, into: Damaged) -> None:
    into.wrong += 1
    into.marked += marked
    if not marked:
        into.unmarked.append(what)


def _likeness(one: TaskDraft, other: TaskDraft) -> float:
    left, right = set(fold(one.title).split()), set(fold(other.title).split())
    shared = len(left & right) / max(1, min(len(left), len(right)))
    return shared + (0.3 if one.number and one.number == other.number else 0.0)


def _shown(task: TaskDraft) -> str:
    return f"{task.number}|{task.title[:50]}|{task.leads[:40]}|{task.coordinators[:40]}|{task.frame.text[:40]}|{task.product[:30]}"


def read(document: Document, register: Register | None, calendar: WorkCalendar) -> PlanDraft:
    """A document read; days without a year count from 2024."""
    return read_plan(document, register=register, calendar=calendar, today=date(2024, 6, 21))


def measure_text(
    texts: Iterable[str], seeds: Iterable[int], register: Register | None, calendar: WorkCalendar
) -> dict[str, Damaged]:
    """Each text damaged in each way, once a seed; by damage."""
    by = {damage.__name__: Damaged() for damage in TEXT}
    of = _reader(register, calendar)
    truths = [(text, of(text)) for text in texts]
    for seed in seeds:
        for number, (text, truth) in enumerate(truths):
            for damage in TEXT:
                name = damage.__name__
                worse = damage(text, Random(f"{seed} {number} {name}"))
                compare(truth, of(worse), name, by[name])
    return by


def _reader(register: Register | None, calendar: WorkCalendar) -> Callable[[str], PlanDraft]:
    return lambda text: read(read_document(text.encode(), "plan.txt"), register, calendar)


def measure_cells(
    documents: Iterable[Document], seeds: Iterable[int], register: Register | None, calendar: WorkCalendar
) -> dict[str, Damaged]:
    """Each document's largest table damaged in each way, once a seed; by damage."""
    by = {damage.__name__: Damaged() for damage in CELLS}
    truths = [(document, read(document, register, calendar)) for document in documents]
    for seed in seeds:
        for number, (document, truth) in enumerate(truths):
            for damage in CELLS:
                name = damage.__name__
                worse = damage_cells(document, damage, Random(f"{seed} {number} {name}"))
                compare(truth, read(worse, register, calendar), name, by[name])
    return by
