"""A file → a draft, with what a person adds to a document that does not say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from bot.intake import read_document
from domain.agencies import Register
from domain.plans import PlanDraft
from domain.reading.plan import read_plan
from domain.workdays import WorkCalendar


class Office(Protocol):
    """What planning needs of ``bot.services.Service``: the calendar in force."""

    @property
    def calendar(self) -> WorkCalendar:
        """Working days and the province's zone."""
        ...


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person adds to a document that does not say it. The document's own words are not overruled."""

    number: str = ""
    issued_on: date | None = None
    reach: str = ""  # of a document that amends another: see bot.plan_standing.Reach; "" as it looks


def read_file(
    data: bytes,
    filename: str,
    register: Register,
    calendar: WorkCalendar,
    now: datetime,
    corrections: Corrections,
) -> PlanDraft:
    """A draft of the file. Raises BadInput, and ClassifiedDocument for a secrecy mark."""
    draft = read_plan(
        read_document(data, filename),
        register=register if register.agencies else None,
        calendar=calendar,
        today=calendar.local_date(now),
        issued_on=corrections.issued_on,
    )
    return numbered(draft, corrections)


def numbered(draft: PlanDraft, corrections: Corrections) -> PlanDraft:
    """With the number a person gave, where the document bears none."""
    number = corrections.number.strip()
    if draft.head.number or not number:
        return draft
    doubts = tuple(d for d in draft.doubts if d.code != "no_number")
    return replace(draft, head=replace(draft.head, number=number), doubts=doubts)
