"""Who has a notice: reached, received, answered, and who is missing; by agency and person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.notices import Notice


class Standing(StrEnum):
    """How far one reader is. The messenger tells "read" only where it can be known."""

    UNREACHED = "unreached"  # no channel
    WAITING = "waiting"  # has not gone yet
    STOPPED = "stopped"  # cancelled before it went
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    RECEIVED = "received"  # pressed "đã nhận"
    ANSWERED = "answered"


REACHED = frozenset({Standing.DELIVERED, Standing.READ, Standing.RECEIVED, Standing.ANSWERED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One reader as the database knows them. ``reader``: waiting, queued, left_out, stopped, withdrawn;
    ``outbox``: the state of their message, "" without one; instants are aware."""

    official: int
    name: str
    locale: str
    agency: str
    reader: str
    outbox: str
    channel: str
    sent_at: datetime | None
    receipt: str
    received_at: datetime | None
    answer: int | None
    answered_at: datetime | None
    nudges: int
    nudged_at: datetime | None

    @property
    def standing(self) -> Standing:
        """How far they are."""
        if self.answer is not None:
            return Standing.ANSWERED
        if self.received_at is not None:
            return Standing.RECEIVED
        if self.outbox == "sent":
            return Standing.READ if self.receipt in ("read", "acknowledged") else Standing.DELIVERED
        if self.outbox == "dead":
            return Standing.FAILED
        if self.outbox == "superseded" or self.reader == "stopped":
            return Standing.STOPPED
        return Standing.UNREACHED if self.reader == "left_out" else Standing.WAITING

    def is_late(self, notice: Notice) -> bool:
        """Whether they answered after the time to answer."""
        return bool(notice.answer_by and self.answered_at and self.answered_at > notice.answer_by)


def wants_something(notice: Notice) -> bool:
    """Whether readers are to press anything at all."""
    return notice.is_question or notice.wants_ack


def is_missing(entry: Entry, notice: Notice) -> bool:
    """Whether the notice reached them and what is wanted has not come."""
    if not wants_something(notice) or entry.standing not in REACHED:
        return False
    return entry.answer is None if notice.is_question else entry.received_at is None


@dataclass(frozen=True, slots=True)
class AgencyRoll:
    """One agency's readers."""

    agency: str
    entries: tuple[Entry, ...]
    missing: tuple[Entry, ...]

    @property
    def reached(self) -> int:
        """How many of them have it."""
        return sum(e.standing in REACHED for e in self.entries)


@dataclass(frozen=True, slots=True)
class RollCall:
    """Everybody, in the order given."""

    notice: Notice
    entries: tuple[Entry, ...]

    def count(self, *standings: Standing) -> int:
        """How many stand so."""
        return sum(e.standing in standings for e in self.entries)

    @property
    def missing(self) -> tuple[Entry, ...]:
        """Whom it reached and who has not done what is wanted."""
        return tuple(e for e in self.entries if is_missing(e, self.notice))

    @property
    def by_agency(self) -> tuple[AgencyRoll, ...]:
        """By agency, in the order in which agencies come."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.agency, []).append(entry)
        return tuple(
            AgencyRoll(code, tuple(some), tuple(e for e in some if is_missing(e, self.notice)))
            for code, some in groups.items()
        )

    def answers(self) -> list[tuple[str, int]]:
        """Each choice and how many chose it."""
        return [
            (option, sum(e.answer == n for e in self.entries)) for n, option in enumerate(self.notice.options)
        ]


def in_order(entries: Iterable[Entry], agencies: Sequence[str]) -> tuple[Entry, ...]:
    """Entries in the register's order of agencies; those of no agency of it last."""
    place = {code: n for n, code in enumerate(agencies)}
    return tuple(sorted(entries, key=lambda e: (place.get(e.agency, len(place)), e.name, e.official)))
