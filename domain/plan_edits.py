"""Corrections of a draft: the draft as it was read, and the list of what people changed, give the draft.

A row has a key that stays: "r3" is the fourth task the reader found, "a17" the one that correction 17 added.
Corrections are applied in order; one whose row is not there (any more) is idle and does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from domain.plans import Doubt, PlanDraft, TaskDraft
from domain.reading.plan_doubts import OF_NEIGHBOURS, with_neighbours
from domain.reading.plan_reread import FIELDS, Reading, reread, texts_of
from domain.timeframes import TimeFrame

_EMPTY = TaskDraft("", "", "", "", "", TimeFrame())
#: whose words are put together when a row is joined to the one above, and what stands between them
_JOINED = {"title": " ", "leads": "; ", "coordinators": "; ", "timeframe": "; ", "product": "; "}


class Act(StrEnum):
    """What a person does to a row."""

    SET = "set"  # values: field → new words
    MEANT = "meant"  # values: name, agency — what a name means in this row
    DROP = "drop"  # it is no task
    JOIN = "join"  # it belongs to the row above
    ADD = "add"  # a row that was missed, below this one ("" is the beginning); values: field → words
    SETTLE = "settle"  # values: doubts, as :func:`doubt_key` names them — looked at, and right


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction. ``values`` as the act says; a list of strings only for SETTLE."""

    id: int
    act: Act
    place: str
    values: Mapping[str, str | list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A value that is words."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self) -> dict[str, str]:
        """The fields a person gave words for."""
        return {name: self.text(name) for name in FIELDS if name in self.values}


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A task of the corrected draft: its key, and which fields a person changed."""

    key: str
    task: TaskDraft
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Edited:
    """The corrected draft, its rows in the same order as its tasks, and the corrections that did nothing."""

    draft: PlanDraft
    rows: tuple[EditedRow, ...]
    idle: frozenset[int] = frozenset()

    def row(self, key: str) -> EditedRow | None:
        """The row of this key."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(slots=True)
class _Row:
    key: str
    read: TaskDraft
    texts: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    joined: bool = False

    def task(self, reading: Reading) -> TaskDraft:
        """As its words are now."""
        return reread(self.read, self.texts, reading, self.meant) if self.texts or self.meant else self.read

    def changed(self) -> frozenset[str]:
        """The fields a person changed, and "agency" where a name was given its meaning."""
        return frozenset(self.texts) | ({"agency"} if self.meant else frozenset())


def doubt_key(doubt: Doubt) -> str:
    """What makes a doubt the same one again."""
    return f"{doubt.field}/{doubt.code}/{doubt.detail}"


def row_mark(task: TaskDraft) -> str:
    """Tells whether a row is still what somebody was shown: a short digest of all of it."""
    return sha256(repr(task).encode()).hexdigest()[:16]


def row_key(index: int) -> str:
    """The key of a task by its place among those the reader found."""
    return f"r{index}"


def apply_edits(read: PlanDraft, edits: Sequence[Edit], reading: Reading) -> Edited:
    """The draft with the corrections. Without any it is the draft as it was read."""
    rows = [_Row(row_key(index), task) for index, task in enumerate(read.tasks)]
    idle = {edit.id for edit in edits if not _apply(rows, edit, reading)}
    tasks = [row.task(reading) for row in rows]
    if len(idle) < len(edits):
        tasks = with_neighbours([_without_neighbours(task) for task in tasks])
    tasks = [_settled(task, row.settled) for task, row in zip(tasks, rows, strict=True)]
    found = tuple(EditedRow(r.key, t, r.changed()) for r, t in zip(rows, tasks, strict=True))
    doubts = _of_document(read.doubts, bool(tasks))
    return Edited(replace(read, tasks=tuple(tasks), doubts=doubts), found, frozenset(idle))


def _apply(rows: list[_Row], edit: Edit, reading: Reading) -> bool:
    """Whether there was something to apply it to."""
    index = next((i for i, row in enumerate(rows) if row.key == edit.place), None)
    if edit.act is Act.ADD:
        if index is None and edit.place:
            return False
        below = 0 if index is None else index + 1
        row = _Row(f"a{edit.id}", _EMPTY, dict.fromkeys(("leads", "title"), "") | edit.texts())
        rows.insert(below, row)
        return True
    if index is None or (edit.act is Act.JOIN and index == 0):
        return False
    row = rows[index]
    match edit.act:
        case Act.SET:
            row.texts |= edit.texts()
        case Act.MEANT:
            row.meant[edit.text("name")] = edit.text("agency")
        case Act.SETTLE:
            listed = edit.values.get("doubts", [])
            row.settled |= set(listed)
        case Act.DROP:
            del rows[index]
        case Act.JOIN:
            _join(rows[index - 1], row, reading)
            del rows[index]
    return True


def _join(above: _Row, below: _Row, reading: Reading) -> None:
    """The words of both, once each; the title of the lower row goes on where the upper one stopped."""
    first = texts_of(above.task(reading), reading.register)
    second = texts_of(below.task(reading), reading.register)
    for name, between in _JOINED.items():
        if second[name] and second[name] not in first[name]:
            above.texts[name] = f"{first[name]}{between}{second[name]}" if first[name] else second[name]
    if not first["number"] and second["number"]:
        above.texts["number"] = second["number"]
    above.meant |= below.meant


def _without_neighbours(task: TaskDraft) -> TaskDraft:
    doubts = tuple(d for d in task.doubts if d.code not in OF_NEIGHBOURS)
    return task if doubts == task.doubts else replace(task, doubts=doubts)


def _settled(task: TaskDraft, settled: set[str]) -> TaskDraft:
    if not settled:
        return task
    return replace(task, doubts=tuple(d for d in task.doubts if doubt_key(d) not in settled))


def _of_document(doubts: Iterable[Doubt], any_tasks: bool) -> tuple[Doubt, ...]:
    """A document in which nothing was found has tasks once a person added one."""
    return tuple(d for d in doubts if not (any_tasks and d.code == "no_tasks_found"))
