"""Decides what is owed now and puts it into the outbox: once, however often it is asked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.addressing import choose
from bot.services import Service
from domain.bundling import Bundle, bundle
from domain.mornings import digest_moment
from domain.occurrences import as_rows, to_open
from domain.officials import Address, Official
from domain.quotas import Quota, Stage
from domain.reminders import all_owed
from domain.situation import Owed, Situation, Skipped
from scheduler.office_days import follow
from scheduler.planning_gate import may_be_owed
from storage.stores.outbox_rows import ToSay
from storage.stores.situation import one_planner, open_assignments, read_situation
from storage.unit_of_work import Database, UnitOfWork

#: the heartbeat that tells when planning last ended well, hence what is late
HEARTBEAT = "planner"


@dataclass(frozen=True, slots=True)
class Planned:
    """How many messages were put into the outbox, how many lines they say, and what was passed over, why."""

    messages: int = 0
    lines: int = 0
    late: int = 0
    opened: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)


def plan(db: Database, service: Service, now: datetime) -> Planned:
    """Plan what is owed at ``now`` (aware UTC), in one transaction; twice, or twice at once, doubles nothing."""
    new_days = follow(service, now)
    with db.begin() as uow:
        one_planner(uow)
        before = uow.heartbeats.all().get(HEARTBEAT)
        if before is not None and not new_days and not may_be_owed(uow, service, before, now):
            return Planned()
        situation = read_situation(uow, now, service.calendar)
        rows = as_rows(to_open(situation), situation)
        if rows:
            uow.assignments.add_many(rows)
            situation = replace(situation, assignments=tuple(open_assignments(uow)))
        planned = _Planning(uow, service, situation, before).run()
        uow.heartbeats.beat(HEARTBEAT, now)
    return replace(planned, opened=len(rows))


class _Planning:
    """One planning: from wishes to outbox rows."""

    def __init__(
        self, uow: UnitOfWork, service: Service, situation: Situation, before: datetime | None
    ) -> None:
        self._uow, self._service, self._situation, self._before = uow, service, situation, before
        self._skipped: Counter[str] = Counter()
        self._promises: dict[tuple[str, date], datetime] = {}
        self._frugal: set[int] = set()  # people whose day is one message, to save their bot's quota
        self._held: set[int] = set()  # people whose bot says only what is urgent until the next month
        self._moment = service.calendar.next_office_moment(situation.now)

    def run(self) -> Planned:
        addresses = self._addresses()
        owed = self._fresh(self._reachable(addresses))
        by_person: dict[int, list[Owed]] = {}
        for one in owed:
            by_person.setdefault(one.official, []).append(one)
        had = self._uow.outbox.said(self._digest_key(person) for person in by_person)
        bundles = {
            key: made
            for person, lines in by_person.items()
            for key, made in self._bundles(self._situation.officials[person], lines, had)
        }
        self._write(bundles, addresses)
        lines_said = sum(len(b.owed) for b in bundles.values())
        late = sum(self._is_late(b) for b in bundles.values())
        return Planned(len(bundles), lines_said, late, skipped=dict(self._skipped))

    def _addresses(self) -> dict[int, Address]:
        """Where each person is reached: a bot that keeps its last messages comes after every other."""
        people, bots = self._situation.officials, frozenset(self._service.bots)
        stages = {bot: quota.stage for bot, quota in self._quotas().items()}
        saving = {bot for bot, stage in stages.items() if stage is Stage.SAVING}
        found = self._uow.people.addresses(people)
        chosen: dict[int, Address] = {}
        for i, some in found.items():
            address = choose(some, people[i], bots - saving) or choose(some, people[i], bots)
            if address is not None:
                chosen[i] = address
        by_bot = {i: (a.channel, a.bot) for i, a in chosen.items()}
        self._frugal = {i for i, bot in by_bot.items() if stages.get(bot, Stage.FREE) is not Stage.FREE}
        self._held = {i for i, bot in by_bot.items() if bot in saving}
        return chosen

    def _quotas(self) -> dict[tuple[str, str], Quota]:
        """This month's; none where nothing is counted."""
        if not any(traits.month_quota for traits in self._service.traits.values()):
            return {}
        days = self._service.calendar
        return self._uow.quotas.latest(days.local_date(self._situation.now).replace(day=1), days)

    def _reachable(self, addresses: Mapping[int, Address]) -> Iterable[Owed]:
        """Wishes for people who can be reached. The others keep theirs: once they join, or their bot's next
        month begins, what is still true is said."""
        for one in all_owed(self._situation):
            if isinstance(one, Skipped):
                self._skipped[one.reason] += 1
            elif one.official in self._held:
                self._skipped["quota"] += 1
            elif one.official in addresses:
                yield one
            else:
                self._skipped["not_joined"] += 1

    def _fresh(self, wishes: Iterable[Owed]) -> list[Owed]:
        """What has not been said, nor is said with something else."""
        by_key: dict[str, Owed] = {}
        for one in wishes:
            by_key.setdefault(one.key, one)
        said = self._uow.outbox.said(by_key)
        fresh = [one for key, one in by_key.items() if key not in said]
        overtaken = {key for one in fresh for key in one.overtakes}
        return [one for one in fresh if one.key not in overtaken]

    def _bundles(self, person: Official, lines: list[Owed], had: set[str]) -> Iterable[tuple[str, Bundle]]:
        """The morning's digest when its hour has come, else what is prompt; the rest waits for a morning.

        A planning after that hour has made the day's digests, so what becomes owed later is tomorrow's.
        """
        situation, digest = self._situation, self._digest_key(person.id)
        hour = self._promised(person, situation.today)
        made_before = self._before is not None and hour <= self._before <= situation.now
        is_due = hour <= situation.now and not made_before and digest not in had
        if not is_due:
            lines = [one for one in lines if one.prompt and person.id not in self._frugal]
        if not lines:
            return
        made = bundle(lines, situation.today, situation.plans, situation.register, digest=is_due)
        yield digest if is_due else _prompt_key(person.id, lines), made

    def _digest_key(self, person: int) -> str:
        return f"digest:{person}:{self._situation.today.isoformat()}"

    def _write(self, bundles: Mapping[str, Bundle], addresses: Mapping[int, Address]) -> None:
        """Rows and decisions in one commit."""
        rows = [
            ToSay(
                key=key,
                address=addresses[made.official],
                priority=made.priority,
                kind="digest" if key.startswith("digest:") else "reminder",
                message=made.message,
                not_before=self._moment,
                late=self._is_late(made),
            )
            for key, made in bundles.items()
        ]
        ids = self._uow.outbox.put_many(rows, self._situation.now)
        known = self._situation.said
        decided = [(key, "planned", "", ids.get(key)) for key in bundles if key.startswith("digest:")]
        for key, made in bundles.items():
            decided += [(one.key, "planned", "", ids.get(key)) for one in made.owed]
        for key, made in bundles.items():
            passed = dict.fromkeys(k for one in made.owed for k in one.overtakes if k not in known)
            decided += [(k, "skipped", "overtaken", ids.get(key)) for k in passed]
        self._uow.outbox.note_said(decided, self._situation.now)

    def _is_late(self, made: Bundle) -> bool:
        """Whether a line should have been said on an earlier day, and nobody was planning then.

        Without a planning before this one nothing was promised. A line that became true only now (a person
        joined, a deadline moved) is not late either: plannings went on since its day.
        """
        if self._before is None:
            return False
        situation = self._situation
        person = situation.officials[made.official]
        return any(
            one.due_since < situation.today and self._before < self._promised(person, one.due_since)
            for one in made.owed
        )

    def _promised(self, person: Official, day: date) -> datetime:
        key = (person.digest_at, day)
        if key not in self._promises:
            calendar, default = self._situation.calendar, self._service.digest_at
            self._promises[key] = digest_moment(calendar, day, person.digest_at, default)
        return self._promises[key]


def _prompt_key(person: int, lines: Sequence[Owed]) -> str:
    """The same lines have the same key."""
    keys = "\n".join(sorted(one.key for one in lines))
    return f"prompt:{person}:{hashlib.sha256(keys.encode()).hexdigest()[:24]}"
