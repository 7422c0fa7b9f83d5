"""Who would be told what, when and why: mornings walked in memory, nothing written, nothing sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.addressing import choose
from bot.services import Service
from domain.assignments import Assignment
from domain.mornings import digest_moment
from domain.occurrences import opened_in_memory, to_open
from domain.phrases import Phrase
from domain.reminders import all_owed
from domain.situation import Owed, Situation
from locales.speech import Speech
from storage.stores.situation import read_situation
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Told:
    """One line one person would read. ``channel`` is empty for somebody who cannot be reached yet."""

    day: date
    official: str
    channel: str
    kind: str
    phrase: Phrase
    why: Phrase

    @property
    def joined(self) -> bool:
        """Whether it would really arrive."""
        return bool(self.channel)

    def as_json(self, speech: Speech) -> dict[str, Any]:
        """What ``dondoc simulate --json`` prints."""
        return {
            "day": self.day.isoformat(),
            "official": self.official,
            "channel": self.channel,
            "joined": self.joined,
            "kind": self.kind,
            "text": speech.text(self.phrase),
            "why": speech.text(self.why),
        }


def simulate(db: Database, service: Service, first: date, last: date) -> Iterator[Told]:
    """Every line of the working mornings in [first, last] (local days), as long as nobody answers.

    The picture is read once. What was really said before is not said again. Work assigned after ``first``
    counts from its plan's own date, so that a plan can be tried out on days gone by.
    """
    morning = digest_moment(service.calendar, first, "", service.digest_at)
    with db.begin() as uow:
        situation = read_situation(uow, morning, service.calendar)
        said = uow.outbox.said()
        addresses = uow.people.addresses(situation.officials)
    bots = frozenset(service.bots)
    chosen = {i: choose(some, situation.officials[i], bots) for i, some in addresses.items()}
    channels = {i: address.channel for i, address in chosen.items() if address is not None}
    yield from _Walk(service, _brought_forward(situation, service, first), said, channels).days(first, last)


def _brought_forward(situation: Situation, service: Service, first: date) -> Situation:
    """Work and plans confirmed after ``first`` begin on that day, or on the plan's date where that is later."""
    calendar = service.calendar
    starts = {plan.id: max(first, plan.issued_on) for plan in situation.plans.values()}
    instants = {plan: calendar.at(day, time(0)) for plan, day in starts.items()}

    def earlier(a: Assignment) -> Assignment:
        start = instants[situation.tasks[a.task].plan]
        return replace(a, assigned_at=start) if a.assigned_at > start else a

    return replace(
        situation,
        assignments=tuple(earlier(a) for a in situation.assignments),
        confirmed={plan: min(day, starts[plan]) for plan, day in situation.confirmed.items()},
    )


class _Walk:
    """What is remembered from one morning to the next."""

    def __init__(
        self, service: Service, situation: Situation, said: set[str], channels: Mapping[int, str]
    ) -> None:
        self._service, self._situation, self._said, self._channels = service, situation, said, channels
        self._next_id = max((a.id for a in situation.assignments), default=0) + 1

    def days(self, first: date, last: date) -> Iterator[Told]:
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            if self._service.calendar.is_workday(day):
                yield from self._day(day)

    def _day(self, day: date) -> Iterator[Told]:
        morning = digest_moment(self._service.calendar, day, "", self._service.digest_at)
        self._situation = replace(self._situation, now=morning, today=day)
        openings = to_open(self._situation)
        if openings:
            self._situation = opened_in_memory(self._situation, openings, self._next_id)
            self._next_id += sum(len(o.agencies) for o in openings)
        begun = tuple(a for a in self._situation.assignments if a.assigned_at <= morning)
        owed = self._fresh(replace(self._situation, assignments=begun))
        self._remember(owed, morning)
        for one in owed:
            person = self._situation.officials[one.official]
            channel = self._channels.get(one.official, "")
            yield Told(day, person.name, channel, one.kind, one.phrase, one.why)

    def _fresh(self, situation: Situation) -> list[Owed]:
        wishes = {o.key: o for o in all_owed(situation) if isinstance(o, Owed) and o.key not in self._said}
        overtaken = {key for one in wishes.values() for key in one.overtakes}
        left = (one for key, one in wishes.items() if key not in overtaken)
        self._said |= wishes.keys() | overtaken
        return sorted(left, key=lambda o: (o.official, o.urgency, o.due or date.max, o.key))

    def _remember(self, owed: list[Owed], morning: datetime) -> None:
        """Whoever was really reached owes an answer from now on."""
        asked = {o.assignment for o in owed if o.asks and o.official in self._channels}
        if asked:
            waiting = tuple(
                replace(a, unanswered_since=morning) if a.id in asked and a.unanswered_since is None else a
                for a in self._situation.assignments
            )
            self._situation = replace(self._situation, assignments=waiting)
