"""What is known about a message after it went out. Knowledge only grows: a receipt that comes late, twice or in
the wrong order never takes anything back."""

from __future__ import annotations

from enum import StrEnum


class Receipt(StrEnum):
    """How far a message got: taken by the messenger, on the person's device, seen, answered or pressed."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"


_ORDER = tuple(Receipt)


def later(known: Receipt, news: Receipt) -> Receipt:
    """The one that says more."""
    return max(known, news, key=_ORDER.index)


def below(receipt: Receipt) -> tuple[Receipt, ...]:
    """Everything that ``receipt`` goes beyond."""
    return _ORDER[: _ORDER.index(receipt)]
