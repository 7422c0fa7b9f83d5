"""What an import would do, or did: every change and every problem by row of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from domain.phrases import Phrase

T = TypeVar("T")
R = TypeVar("R")
#: Lets the caller show how far a loop is; the default shows nothing.
Watch = Callable[[Sequence[T]], Iterable[T]]


class What(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is replaced; both as a person writes them."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one record; ``row`` is the first row of the file that speaks of it."""

    row: int
    key: str
    name: str
    what: What
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is left out, and what to do about it. ``column`` is "" for the row as a whole."""

    row: int
    column: str
    says: Phrase
    todo: Phrase


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of it. ``notes`` are sentences about the file as a whole; ``left`` is how many records the database
    has that the file does not speak of: those are not touched."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Phrase, ...] = ()
    left: int = 0

    def count(self, what: What) -> int:
        """How many records become this."""
        return sum(change.what is what for change in self.changes)

    def counts(self) -> dict[str, int]:
        """For JSON: new, changed, unchanged, problems (rows left out) and not_in_file."""
        bad = len({p.row for p in self.problems})
        return {w.value: self.count(w) for w in What} | {"problems": bad, "not_in_file": self.left}


@dataclass(frozen=True, slots=True)
class Imported(Generic[R]):
    """An outcome and the records to write, only new and changed ones."""

    outcome: Outcome
    records: tuple[R, ...] = ()


@dataclass(slots=True)
class Findings:
    """Collects an outcome while rows are gone through."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)

    def bad(self, row: int, column: str, says: Phrase, todo: Phrase) -> None:
        """Leave a row out."""
        self.problems.append(Problem(row, column, says, todo))

    def bad_rows(self) -> set[int]:
        """Rows left out so far."""
        return {problem.row for problem in self.problems}

    def compare(
        self, row: int, key: str, name: str, old: Mapping[str, str] | None, new: Mapping[str, str]
    ) -> What:
        """Note what becomes of a record whose fields were ``old`` (None: it is new) and are ``new`` now."""
        fields = tuple(FieldChange(c, old[c], new[c]) for c in new if old and old[c] != new[c])
        what = What.NEW if old is None else What.CHANGED if fields else What.UNCHANGED
        self.changes.append(Change(row, key, name, what, fields))
        return what

    def outcome(self, left: int = 0) -> Outcome:
        """What was found, in the order of the file."""
        return Outcome(
            tuple(sorted(self.changes, key=lambda c: c.row)),
            tuple(sorted(self.problems, key=lambda p: p.row)),
            tuple(dict.fromkeys(self.notes)),
            left,
        )


def unwatched(items: Sequence[Any]) -> Iterable[Any]:
    """The default :data:`Watch`."""
    return items
