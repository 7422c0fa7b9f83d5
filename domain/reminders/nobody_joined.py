"""Agencies whose reminders reach nobody: told to whoever follows their tasks up and to administrators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain import urgency
from domain.asking import key
from domain.assignments import Assignment
from domain.phrases import say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation
from domain.wording import agency_names

NAME = "nobody_joined"
#: working days after its confirmation in which a plan still counts as new
_NEW = 5


def owes(situation: Situation) -> Iterator[Owed]:
    """At once when a plan is new, and again each week while a deadline there is near or past."""
    shares: dict[tuple[str, int], list[Assignment]] = {}
    told: dict[tuple[str, ...], frozenset[int]] = {}
    for a in situation.open:
        rung = "" if situation.recipients.reachable(a.agency) else _rung(situation, a)
        if not rung:
            continue
        task = situation.tasks[a.task]
        if task.monitors not in told:
            people = (*situation.recipients.monitors(task), *situation.recipients.admins)
            told[task.monitors] = frozenset(o.id for o in people)
        for person in told[task.monitors]:
            shares.setdefault((rung, person), []).append(a)
    for (rung, person), some in shares.items():
        yield _line(situation, rung, person, some)


def _rung(situation: Situation, a: Assignment) -> str:
    plan = situation.tasks[a.task].plan
    if situation.rungs.since(_confirmed(situation, a)) < _NEW:
        return f"plan{plan}"
    monday = situation.today - timedelta(days=situation.today.weekday())
    told_lately = situation.calendar.count(_confirmed(situation, a), monday) < _NEW
    return "" if told_lately or not situation.near(a) else f"{monday:%GW%V}"


def _confirmed(situation: Situation, a: Assignment) -> date:
    return situation.confirmed.get(situation.tasks[a.task].plan) or situation.day_of(a.assigned_at)


def _line(situation: Situation, rung: str, person: int, shares: list[Assignment]) -> Owed:
    task = situation.tasks[shares[0].task]
    names = agency_names(situation.register, [a.agency for a in shares])
    phrase = say(
        "Nobody can be reached yet at: {agencies}. Tasks they are not reminded of: {number}. Please invite someone there.",
        agencies=names,
        number=len(shares),
    )
    new = rung.startswith("plan")
    return Owed(
        kind=NAME,
        key=key(NAME, "all", rung, 1, person),
        official=person,
        phrase=phrase,
        why=situation.recipients.why_monitor(situation.officials[person], task),
        due_since=_confirmed(situation, shares[0]) if new else situation.today,
        urgency=urgency.NOBODY_JOINED,
        plan=task.plan if new else None,
        section="service",
        prompt=new,
    )


KIND = ReminderKind(NAME, owes)
