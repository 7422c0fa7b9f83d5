"""What a person does to a draft: one correction, the row or duty it is about, and how both are known again.

A row has a key that stays: "r3" is the fourth task the reader found, "a17" the one that correction 17 added;
"d3" and "b17" likewise are duties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from domain.plans import Doubt, DutyDraft, TaskDraft

#: the place a duty that was missed is added at: behind all others
NEW_DUTY = "duty"


class Act(StrEnum):
    """What a person does to a row."""

    SET = "set"  # values: field → new words
    MEANT = "meant"  # values: name, agency — what a name means in this row
    DROP = "drop"  # it is no task
    JOIN = "join"  # it belongs to the row above; of tasks only
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

    def texts(self, fields: Sequence[str]) -> dict[str, str]:
        """Those of the fields that a person gave words for."""
        return {name: self.text(name) for name in fields if name in self.values}


@dataclass(slots=True)
class Changes:
    """What people said of one row or duty: other words, what names mean in it, the doubts they have looked at."""

    texts: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)

    def take(self, edit: Edit, fields: Sequence[str]) -> bool:
        """Whether this correction is one of those that leave the item in its place; then it is taken in."""
        match edit.act:
            case Act.SET:
                self.texts |= edit.texts(fields)
            case Act.MEANT:
                self.meant[edit.text("name")] = edit.text("agency")
            case Act.SETTLE:
                self.settled |= set(edit.values.get("doubts", []))
            case _:
                return False
        return True

    def fields(self) -> frozenset[str]:
        """The fields a person changed, and "agency" where a name was given its meaning."""
        return frozenset(self.texts) | ({"agency"} if self.meant else frozenset())

    def unsettled(self, doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
        """The doubts that nobody has looked at."""
        return tuple(d for d in doubts if doubt_key(d) not in self.settled)


def doubt_key(doubt: Doubt) -> str:
    """What makes a doubt the same one again."""
    return f"{doubt.field}/{doubt.code}/{doubt.detail}"


def row_mark(item: TaskDraft | DutyDraft) -> str:
    """Tells whether a row is still what somebody was shown: a short digest of all of it."""
    return sha256(repr(item).encode()).hexdigest()[:16]


def row_key(index: int) -> str:
    """The key of a task by its place among those the reader found."""
    return f"r{index}"


def duty_key(index: int) -> str:
    """The key of a duty by its place among those the reader found."""
    return f"d{index}"


def is_of_duty(place: str) -> bool:
    """Whether a place is that of a duty, not of a task."""
    return place == NEW_DUTY or place[:1] in ("d", "b")
