"""Where a conversation stands: kept in the database, the same on every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the next words of a person may refer to.

    ``last_outbox`` is the last message with choices or numbers; ``numbered`` its assignments, 1-based;
    ``expects`` the act that takes the next free text (a reason, a date), with ``expects_args``.
    """

    official: int
    last_assignment: int | None = None
    last_outbox: int | None = None
    numbered: tuple[int, ...] = ()
    expects: str = ""
    expects_args: Mapping[str, Any] = field(default_factory=dict)
