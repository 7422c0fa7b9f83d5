"""Which of the days an answer names is the one it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.reading.dates import When, settle
from domain.reading.replies.reply_words import Item
from domain.workdays import WorkCalendar

_NOT_ASKED_FOR = frozenset({"FROM", "tu", "BEFORE", "PAST"})


@dataclass(frozen=True, slots=True)
class Moment:
    """When and about what the answer was given; ``now`` is local and naive."""

    now: datetime
    due_on: date | None
    plan_end: date | None
    calendar: WorkCalendar


def settle_day(
    items: Sequence[Item], moment: Moment, *, extension: bool
) -> tuple[When | None, tuple[str, ...]]:
    """The day asked for, and the doubts about it; (None, ()) where none is named.

    A duration counts from the due date for an extension, from today for a snooze.
    """
    today = moment.now.date()
    base = (moment.due_on or today) if extension else today
    found: list[When] = []
    vague = False
    for index, item in enumerate(items):
        before = items[index - 1].term if index else ""
        if item.term != "DAY" or before in _NOT_ASKED_FOR:
            continue
        after = moment.due_on if extension else None
        when = settle(item.value, base=base, now=moment.now, calendar=moment.calendar, after=after)
        if when is None:
            vague = True
        else:
            found.append(when)
    if not found:
        return None, ("which_day",) if vague else ()
    if extension and len({w.day for w in found}) > 1:
        found = [w for w in found if w.day > base] or found
    when = found[-1]
    return when, tuple(_doubts(when, found, moment, extension))


def _doubts(when: When, found: list[When], moment: Moment, extension: bool) -> list[str]:
    doubts = [d for d in when.doubts if extension or d != "which_day"]
    if len({w.day for w in found}) > 1:
        doubts.append("two_days")
    if extension and moment.due_on and when.day <= moment.due_on and "date_in_past" not in doubts:
        doubts.append("not_after_due")
    if moment.plan_end and when.day > moment.plan_end:
        doubts.append("after_plan_end")
    return doubts
