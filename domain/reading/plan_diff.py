"""What changed between two readings of a plan: the same document again, or one that amends another.

A task is the same task when its section, number and title agree; else when its number agrees and the titles
are alike; else when the titles are nearly the same, wherever the task stands now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from domain.plans import DutyDraft, PlanDraft, TaskDraft
from domain.reading.fold import fold
from domain.timeframes import TimeFrame


class Change(StrEnum):
    """What happened to a task or duty from the old draft to the new one."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One task or duty that differs. ``old`` is None when added, ``new`` is None when removed.

    ``fields`` names what changed, by attribute: section, number, title, leads, coordinators, frame, product,
    targets, lead_condition; of duties who, what, frame. Spelling alone (case, spaces, marks) is no change.
    """

    change: Change
    old: TaskDraft | DutyDraft | None
    new: TaskDraft | DutyDraft | None
    fields: tuple[str, ...] = ()


Draft = TypeVar("Draft", TaskDraft, DutyDraft)

_TASK_TEXTS = ("section", "number", "title", "leads", "coordinators", "product", "lead_condition")
_DUTY_TEXTS = ("who", "what")
_ALIKE, _NEARLY_SAME = 0.4, 0.75


def differences(old: PlanDraft, new: PlanDraft) -> tuple[Difference, ...]:
    """Every difference, tasks in the new draft's order and what is gone at the end, then duties likewise."""
    tasks = _compare(old.tasks, new.tasks, _match_tasks, _task_fields)
    duties = _compare(old.duties, new.duties, _match_duties, _duty_fields)
    return (*tasks, *duties)


def matched(old: PlanDraft, new: PlanDraft) -> tuple[dict[int, int], dict[int, int]]:
    """What is the same in both, of tasks and of duties: place in ``new`` → place in ``old``."""
    return _match_tasks(old.tasks, new.tasks), _match_duties(old.duties, new.duties)


def _compare(
    old: Sequence[Draft],
    new: Sequence[Draft],
    match: Callable[[Sequence[Draft], Sequence[Draft]], dict[int, int]],
    changed: Callable[[Draft, Draft], tuple[str, ...]],
) -> Iterator[Difference]:
    pairs = match(old, new)
    for index, item in enumerate(new):
        if index not in pairs:
            yield Difference(Change.ADDED, None, item)
        elif fields := changed(old[pairs[index]], item):
            yield Difference(Change.CHANGED, old[pairs[index]], item, fields)
    kept = set(pairs.values())
    for index, item in enumerate(old):
        if index not in kept:
            yield Difference(Change.REMOVED, item, None)


def _match_tasks(old: Sequence[TaskDraft], new: Sequence[TaskDraft]) -> dict[int, int]:
    """Place in new → place in old; each is used once, the surest pairs first."""
    keys_old = [(fold(t.section), fold(t.number), fold(t.title)) for t in old]
    keys_new = [(fold(t.section), fold(t.number), fold(t.title)) for t in new]
    pairs = _equal(keys_old, keys_new, {})
    words_old = [frozenset(title.split()) for _, _, title in keys_old]
    words_new = [frozenset(title.split()) for _, _, title in keys_new]

    def close(least: float, same_number: bool) -> Iterator[tuple[float, int, int]]:
        for n, words in enumerate(words_new):
            for o, others in enumerate(words_old):
                if same_number and keys_old[o][:2] != keys_new[n][:2]:
                    continue
                if (score := _similar(words, others)) >= least:
                    yield score, n, o

    _take(pairs, close(_ALIKE, same_number=True))
    _take(pairs, close(_NEARLY_SAME, same_number=False))
    return pairs


def _match_duties(old: Sequence[DutyDraft], new: Sequence[DutyDraft]) -> dict[int, int]:
    exact = _equal([(fold(d.who), fold(d.what)) for d in old], [(fold(d.who), fold(d.what)) for d in new], {})
    placed = [(fold(d.where), fold(d.who)) for d in old], [(fold(d.where), fold(d.who)) for d in new]
    return _equal(*placed, exact)


def _equal(old: Sequence[object], new: Sequence[object], pairs: dict[int, int]) -> dict[int, int]:
    """Pair equal keys in order, leaving what is paired already."""
    free: dict[object, list[int]] = {}
    for place, key in enumerate(old):
        if place not in pairs.values():
            free.setdefault(key, []).append(place)
    found = dict(pairs)
    for place, key in enumerate(new):
        if place not in found and free.get(key):
            found[place] = free[key].pop(0)
    return found


def _take(pairs: dict[int, int], scored: Iterable[tuple[float, int, int]]) -> None:
    """Add pairs by falling likeness; among equals the ones that stand nearest to each other."""
    used = set(pairs.values())
    for _, n, o in sorted(scored, key=lambda s: (-s[0], abs(s[1] - s[2]), s[1])):
        if n not in pairs and o not in used:
            pairs[n] = o
            used.add(o)


def _similar(left: frozenset[str], right: frozenset[str]) -> float:
    """Shared words of all words, 0 to 1."""
    return len(left & right) / len(left | right) if left | right else 1.0


def _task_fields(old: TaskDraft, new: TaskDraft) -> tuple[str, ...]:
    fields = [name for name in _TASK_TEXTS if fold(getattr(old, name)) != fold(getattr(new, name))]
    if _bound(old.frame) != _bound(new.frame):
        fields.append("frame")
    if old.targets != new.targets and [(t.op, t.value, t.unit) for t in old.targets] != [
        (t.op, t.value, t.unit) for t in new.targets
    ]:
        fields.append("targets")
    return tuple(fields)


def _duty_fields(old: DutyDraft, new: DutyDraft) -> tuple[str, ...]:
    fields = [name for name in _DUTY_TEXTS if fold(getattr(old, name)) != fold(getattr(new, name))]
    return (*fields, "frame") if _bound(old.frame) != _bound(new.frame) else tuple(fields)


def _bound(frame: TimeFrame) -> tuple[object, ...]:
    """What a time frame binds to; ``act_by`` follows the calendar and is no change of the document."""
    return (frame.kind, frame.due_on, frame.strict, frame.period_end, frame.recurs, frame.recurs_on)
