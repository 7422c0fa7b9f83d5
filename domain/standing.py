"""How a task stands at all its agencies on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.assignments import Assignment, State
from domain.phrases import Phrase
from domain.plans import Task
from domain.situation import Situation
from domain.timeframes import TimeFrameKind

#: working days before the deadline within which open work needs attention
SOON = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of one task, or of one occurrence of a recurring one; the tuples hold assignment ids."""

    task: Task
    occurrence: str
    words: Phrase  # the deadline most agencies have
    due: date | None
    done: int
    open: tuple[int, ...]
    late: tuple[int, ...]
    silent: tuple[int, ...]
    missing: tuple[int, ...]
    undecided: tuple[int, ...]
    soon: bool

    @property
    def total(self) -> int:
        """Agencies that take part for certain."""
        return self.done + len(self.open)

    @property
    def needs_attention(self) -> bool:
        """Whether whoever follows it up should look at it."""
        return bool(self.late or self.silent or self.missing or self.undecided or self.soon)


def standings(situation: Situation) -> Iterator[Standing]:
    """Every task with open work or candidates; the base of a recurring task is nobody's work."""
    for task_id, shares in situation.by_task.items():
        task = situation.tasks[task_id]
        by_occurrence: dict[str, list[Assignment]] = {}
        for a in shares:
            by_occurrence.setdefault(a.occurrence, []).append(a)
        if task.frame.kind is TimeFrameKind.RECURRING and len(by_occurrence) > 1:
            by_occurrence.pop("", None)
        for occurrence, some in by_occurrence.items():
            yield _standing(situation, task, occurrence, some)


def _standing(situation: Situation, task: Task, occurrence: str, shares: list[Assignment]) -> Standing:
    open_ones = [a for a in shares if a.state.is_open]
    near = [a for a in open_ones if situation.near(a)]
    late = [a for a in near if a.is_late(situation.today)]
    silent = [a for a in near if not a.is_late(situation.today) and situation.silent(a)]
    first = min(shares, key=lambda a: (a.act_by or date.max, a.id))
    return Standing(
        task=task,
        occurrence=occurrence,
        words=situation.due_words(first),
        due=first.act_by,
        done=situation.done.get((task.id, occurrence), 0),
        open=_ids(open_ones),
        late=_ids(late),
        silent=_ids(silent),
        missing=_ids(a for a in near if not situation.recipients.reachable(a.agency)),
        undecided=_ids(a for a in shares if a.state is State.CANDIDATE),
        soon=any(a.act_by and -situation.rungs.since(a.act_by) <= SOON for a in near),
    )


def _ids(shares: Iterable[Assignment]) -> tuple[int, ...]:
    return tuple(a.id for a in shares)
