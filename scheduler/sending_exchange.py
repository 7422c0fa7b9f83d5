"""A pipeline's meetings with the database: outcomes in, the next messages out, in one transaction.

Runs in a thread; its methods are called one at a time.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import Channel, QuotaSpent
from bot.delivery import Delivery, Outcome, Prepared
from bot.delivery_outages import divert
from bot.delivery_quotas import spare
from bot.services import Service
from domain.messages import Priority
from domain.outages import Line, allowance
from domain.quotas import Quota
from scheduler.clock import Clock
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
_BEAT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Leases:
    """How long a silent process keeps a bot, and what it has claimed, to itself: the fail-over time."""

    bot: timedelta = timedelta(seconds=15)
    row: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """At most ``room`` rows of priority ``most`` or more urgent, none of a chat in ``avoid``."""

    room: int
    most: int = max(Priority)
    avoid: Collection[str] = ()
    #: when chats were served, by the loop's clock: who waited longest has the next turn
    lately: Mapping[str, float] = field(default_factory=dict)
    #: nothing is under way, so a messenger that is down may be probed
    probing: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What one exchange brought. ``asked``: how many rows could have been claimed."""

    ready: list[Prepared] = field(default_factory=list)
    claimed: int = 0
    asked: int = 0
    owner: bool = True
    held: float = 0.0  # seconds for which the messenger asked the bot to wait


class Exchange:
    """One bot's. ``delivery`` says what outcomes mean."""

    def __init__(
        self,
        channel: Channel,
        service: Service,
        clock: Clock,
        worker: str,
        leases: Leases,
        delivery: Delivery,
    ) -> None:
        self._channel, self._service, self._clock = channel, service, clock
        self._worker, self._leases, self._delivery = worker, leases, delivery
        self._needs_owner = bool(channel.traits.rate or channel.traits.chat_gap)
        self._beaten: datetime | None = None
        self._extended: datetime | None = None

    @property
    def good_for(self) -> float:
        """For how long after an exchange began calls may start, seconds: what is sure of the leases."""
        row = self._leases.row.total_seconds() * 0.7
        return min(row, self._leases.bot.total_seconds() * 0.6) if self._needs_owner else row

    def make(self, outcomes: list[Outcome], playing: Collection[int], wanted: Wanted) -> Taken:
        """Record what happened, keep what is ours, claim and prepare what comes next. All of it or nothing."""
        now = self._clock.now()
        with self._service.db.begin() as uow:
            claimant, line = self._claimant(uow, now)
            line, quota = self._record(uow, outcomes, line, now)
            self._beat(uow, now)
            if claimant is None:
                return Taken(owner=False)
            self._extend(uow, playing, claimant, now)
            return self._take(uow, claimant, line, now, wanted, quota)

    def record_each(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Record one by one what could not be recorded together; what is left when the database is away."""
        for n, outcome in enumerate(outcomes):
            now = self._clock.now()
            try:
                self._in_transaction(lambda uow: self._record(uow, [outcome], self._line(uow), now))  # noqa: B023
            except Exception:
                log.exception("an outcome cannot be recorded", extra={"row": outcome.prepared.row.id})
                try:
                    self._in_transaction(lambda uow: self._delivery.set_aside(uow, outcome, now))  # noqa: B023
                except Exception:
                    return outcomes[n:]
        return []

    def let_go(self, outcomes: list[Outcome]) -> None:
        """The last outcomes, and the bot is free for the next process at once."""
        with contextlib.suppress(Exception):  # the database is away: leases end by themselves
            self.record_each(outcomes)
            if self._needs_owner:
                self._in_transaction(
                    lambda uow: uow.bots.disown(self._channel.name, self._channel.bot, self._worker)
                )

    def _line(self, uow: UnitOfWork) -> Line:
        return uow.bots.line(self._channel.name, self._channel.bot)

    def _record(
        self, uow: UnitOfWork, outcomes: list[Outcome], before: Line, now: datetime
    ) -> tuple[Line, Quota | None]:
        """What happened: how the line stands, and the bot's month, if its messages are counted."""
        held = before.held_until is not None and before.held_until > now
        line = self._delivery.record(uow, outcomes, before, now)
        most = self._channel.traits.month_quota
        if not most:
            return line, None
        sent = sum(outcome.parts - outcome.prepared.sent for outcome in outcomes)
        bot = (self._channel.name, self._channel.bot)
        told = [o.error for o in outcomes if o.error is None or isinstance(o.error, QuotaSpent)]
        refused = told[-1] is not None if told else None
        if refused and held:
            refused = None  # calls that were under way together are refused together: that is one refusal
        days = self._service.calendar
        return line, uow.quotas.add(*bot, days.local_date(now), sent, most, refused, days=days)

    def _take(
        self,
        uow: UnitOfWork,
        claimant: str,
        line: Line,
        now: datetime,
        wanted: Wanted,
        quota: Quota | None,
    ) -> Taken:
        bot = (self._channel.name, self._channel.bot)
        held = (line.held_until - now).total_seconds() if line.held_until else 0.0
        if not line.usable:
            divert(uow, self._service, *bot, now)
        elif quota:
            spare(uow, self._service, bot, quota, now)
        most = min(wanted.most, quota.least) if quota else wanted.most
        room = min(wanted.room, 1) if quota and quota.refusals else wanted.room
        asked = allowance(line, now, room) if line.usable or wanted.probing else 0
        if asked <= 0:
            return Taken(held=max(0.0, held))
        seconds = self._leases.row.total_seconds()
        rows = uow.outbox.claim(
            claimant,
            [bot],
            now,
            lease_seconds=seconds,
            limit=asked,
            avoid=wanted.avoid,
            most=most,
            lately=wanted.lately,
        )
        ready = self._delivery.prepare(uow, rows, self._channel.traits, now)
        return Taken(ready, len(rows), asked)

    def _claimant(self, uow: UnitOfWork, now: datetime) -> tuple[str | None, Line]:
        """The name claims are made under, which changes with every change of owner (None: not ours to send), and
        how the line stands."""
        if not self._needs_owner:
            return self._worker, self._line(uow)
        bot = (self._channel.name, self._channel.bot)
        term, line = uow.bots.own_line(*bot, self._worker, now, self._leases.bot)
        return (None if term is None else f"{self._worker}.{term}"), line

    def _extend(self, uow: UnitOfWork, playing: Collection[int], claimant: str, now: datetime) -> None:
        if self._extended is None or not timedelta(0) <= now - self._extended < self._leases.row / 5:
            self._extended = now
            uow.outbox.extend(playing, claimant, now + self._leases.row)

    def _beat(self, uow: UnitOfWork, now: datetime) -> None:
        if self._beaten is None or not timedelta(0) <= now - self._beaten < _BEAT:
            self._beaten = now
            uow.heartbeats.beat("sender", now)

    def _in_transaction(self, work: Callable[[UnitOfWork], object]) -> None:
        with self._service.db.begin() as uow:
            work(uow)
