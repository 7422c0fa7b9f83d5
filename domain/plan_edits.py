"""Corrections of a draft: the draft as it was read, and the list of what people changed, give the draft.

Corrections are applied in order; one whose row is not there (any more) is idle and does nothing. Those of duties
are in ``duty_edits``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from domain.corrections import Act, Changes, Edit, is_of_duty, row_key
from domain.duty_edits import EditedDuty, apply_to_duties
from domain.plans import Doubt, DutyDraft, PlanDraft, TaskDraft
from domain.reading.plan_doubts import OF_NEIGHBOURS, with_neighbours
from domain.reading.plan_reread import FIELDS, Reading, reread, texts_of
from domain.timeframes import TimeFrame

_EMPTY = TaskDraft("", "", "", "", "", TimeFrame())
#: whose words are put together when a row is joined to the one above, and what stands between them
_JOINED = {"title": " ", "leads": "; ", "coordinators": "; ", "timeframe": "; ", "product": "; "}


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A task of the corrected draft: its key, and which fields a person changed."""

    key: str
    task: TaskDraft
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Edited:
    """The corrected draft, its rows and duties in the same order as there, and the corrections that did nothing."""

    draft: PlanDraft
    rows: tuple[EditedRow, ...]
    duties: tuple[EditedDuty, ...] = ()
    idle: frozenset[int] = frozenset()

    def row(self, key: str) -> EditedRow | None:
        """The row of this key."""
        return next((row for row in self.rows if row.key == key), None)

    def duty(self, key: str) -> EditedDuty | None:
        """The duty of this key."""
        return next((duty for duty in self.duties if duty.key == key), None)

    def item(self, key: str) -> TaskDraft | DutyDraft | None:
        """What the key stands for, a task or a duty, as it is now."""
        if is_of_duty(key):
            return found.duty if (found := self.duty(key)) else None
        return row.task if (row := self.row(key)) else None


@dataclass(slots=True)
class _Row:
    key: str
    read: TaskDraft
    changes: Changes = field(default_factory=Changes)

    def task(self, reading: Reading) -> TaskDraft:
        """As its words are now."""
        texts, meant = self.changes.texts, self.changes.meant
        return reread(self.read, texts, reading, meant) if texts or meant else self.read


def apply_edits(read: PlanDraft, edits: Sequence[Edit], reading: Reading) -> Edited:
    """The draft with the corrections. Without any it is the draft as it was read."""
    rows = [_Row(row_key(index), task) for index, task in enumerate(read.tasks)]
    of_rows = [edit for edit in edits if not is_of_duty(edit.place)]
    idle = {edit.id for edit in of_rows if not _apply(rows, edit, reading)}
    tasks = [row.task(reading) for row in rows]
    if len(idle) < len(of_rows):
        tasks = with_neighbours([_without_neighbours(task) for task in tasks])
    tasks = [_settled(task, row.changes) for task, row in zip(tasks, rows, strict=True)]
    found = tuple(EditedRow(r.key, t, r.changes.fields()) for r, t in zip(rows, tasks, strict=True))
    doubts = _of_document(read.doubts, bool(tasks))
    duties, nothing = apply_to_duties(read.duties, (e for e in edits if is_of_duty(e.place)), reading)
    draft = replace(read, tasks=tuple(tasks), duties=tuple(d.duty for d in duties), doubts=doubts)
    return Edited(draft, found, duties, frozenset(idle | nothing))


def _apply(rows: list[_Row], edit: Edit, reading: Reading) -> bool:
    """Whether there was something to apply it to."""
    index = next((i for i, row in enumerate(rows) if row.key == edit.place), None)
    if edit.act is Act.ADD:
        if index is None and edit.place:
            return False
        below = 0 if index is None else index + 1
        given = dict.fromkeys(("leads", "title"), "") | edit.texts(FIELDS)
        rows.insert(below, _Row(f"a{edit.id}", _EMPTY, Changes(given)))
        return True
    if index is None or (edit.act is Act.JOIN and index == 0):
        return False
    row = rows[index]
    if edit.act is Act.JOIN:
        _join(rows[index - 1], row, reading)
    if edit.act in (Act.DROP, Act.JOIN):
        del rows[index]
        return True
    return row.changes.take(edit, FIELDS)


def _join(above: _Row, below: _Row, reading: Reading) -> None:
    """The words of both, once each; the title of the lower row goes on where the upper one stopped."""
    first = texts_of(above.task(reading), reading.register)
    second = texts_of(below.task(reading), reading.register)
    for name, between in _JOINED.items():
        if second[name] and second[name] not in first[name]:
            above.changes.texts[name] = (
                f"{first[name]}{between}{second[name]}" if first[name] else second[name]
            )
    if not first["number"] and second["number"]:
        above.changes.texts["number"] = second["number"]
    above.changes.meant |= below.changes.meant


def _without_neighbours(task: TaskDraft) -> TaskDraft:
    doubts = tuple(d for d in task.doubts if d.code not in OF_NEIGHBOURS)
    return task if doubts == task.doubts else replace(task, doubts=doubts)


def _settled(task: TaskDraft, changes: Changes) -> TaskDraft:
    return replace(task, doubts=changes.unsettled(task.doubts)) if changes.settled else task


def _of_document(doubts: Iterable[Doubt], any_tasks: bool) -> tuple[Doubt, ...]:
    """A document in which nothing was found has tasks once a person added one."""
    return tuple(d for d in doubts if not (any_tasks and d.code == "no_tasks_found"))
