"""The kinds of reminder: one file each, one constant ``KIND``, found at start-up."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.situation import Owed, Situation, Skipped

#: Outbox rows of these kinds ask their reader about assignments: when one is sent, an answer is awaited for
#: ``bot.still_true.asked_of(message)``, and what is no longer true is left out of it first.
ASKS: frozenset[str] = frozenset({"digest", "reminder", "nudge"})


@dataclass(frozen=True, slots=True)
class ReminderKind:
    """A rule: who is owed what in a situation, and why not. Pure; it may be asked as often as one likes."""

    name: str
    owes: Callable[[Situation], Iterable[Owed | Skipped]]


class ReminderError(Exception):
    """A file of this folder is missing its constant, or two kinds have one name."""


@lru_cache
def kinds() -> tuple[ReminderKind, ...]:
    """Every kind there is a file for, by name."""
    return gather(
        (module.name, importlib.import_module(f"{__name__}.{module.name}"))
        for module in pkgutil.iter_modules(__path__)
    )


def gather(modules: Iterable[tuple[str, object]]) -> tuple[ReminderKind, ...]:
    """The modules' kinds; raises ReminderError for a file without one and for a name used twice."""
    found: dict[str, ReminderKind] = {}
    for name, module in modules:
        kind = getattr(module, "KIND", None)
        if not isinstance(kind, ReminderKind):
            raise ReminderError(f"domain/reminders/{name}.py has no KIND")
        if kind.name in found:
            raise ReminderError(f"two kinds of reminder are named {kind.name!r}")
        found[kind.name] = kind
    return tuple(found[name] for name in sorted(found))


def all_owed(situation: Situation) -> Iterator[Owed | Skipped]:
    """What every kind wishes and passes over."""
    for kind in kinds():
        yield from kind.owes(situation)
