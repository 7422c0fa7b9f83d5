"""What an agency asks of its monitor: more time, another agency, or not to be in it at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked."""

    EXTENSION = "extension"
    HANDOVER = "handover"
    NOT_MINE = "not_mine"


class RequestState(StrEnum):
    """Open until the monitor decides, once."""

    OPEN = "open"
    GRANTED = "granted"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """One request about one assignment. ``until`` is the day asked for (extension)."""

    id: int
    kind: RequestKind
    assignment: int
    official: int
    until: date | None
    reason: str
    state: RequestState
    asked_at: datetime
    decided_by: int | None = None
    decided_until: date | None = None
