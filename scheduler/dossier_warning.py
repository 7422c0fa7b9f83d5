"""Puts the morning's lists of dossiers into the outbox: one for each person whose hour has come, and only news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.addressing import choose
from bot.dossier_duty import codes_of
from bot.on_time import gather_on_time
from bot.services import Service
from bot.still_true_dossiers import KIND
from domain.agencies import Register
from domain.dossiers.dossier import Dossier
from domain.dossiers.months import month_of
from domain.dossiers.warning_words import morning_message
from domain.dossiers.warnings import AHEAD, AtRisk, Morning, is_at_risk, morning, rungs
from domain.messages import Priority
from domain.mornings import digest_moment
from domain.officials import Official, Role
from storage.stores.outbox_rows import ToSay
from storage.stores.situation import one_planner
from storage.unit_of_work import Database, UnitOfWork

#: the heartbeat that tells whose morning has been
HEARTBEAT = "dossier_warnings"


def warn(db: Database, service: Service, now: datetime) -> int:
    """How many lists were put into the outbox at ``now`` (aware UTC); a second time, or at once, doubles none.

    A morning that was missed is made good at the next office moment. Who cannot be reached keeps their news.
    """
    calendar = service.calendar
    today = calendar.local_date(calendar.next_office_moment(now))
    with db.begin() as uow:
        one_planner(uow)
        before = uow.heartbeats.all().get(HEARTBEAT)
        moments = (
            digest_moment(calendar, today, hour, service.digest_at) for hour in uow.people.digest_hours()
        )
        if not any(_is_due(moment, before, now) for moment in moments):
            return 0  # a look a minute is not to read a province of thousands
        everybody = uow.people.all()
        people = [
            person
            for person in everybody
            if person.active
            and person.agencies(Role.FOCAL, Role.HEAD)
            and _is_due(digest_moment(calendar, today, person.digest_at, service.digest_at), before, now)
        ]
        if not people:
            return 0
        uow.heartbeats.beat(HEARTBEAT, now)
        joined = uow.people.joined()
        looked_after = {
            code for p in everybody if p.active and p.id in joined for code in p.agencies(Role.FOCAL)
        }
        return _Warning(uow, service, now, today, frozenset(looked_after)).tell(people)


def _is_due(hour: datetime, before: datetime | None, now: datetime) -> bool:
    return hour <= now and (before is None or before < hour)


@dataclass(frozen=True)
class _Warning:
    """One morning's warning. ``looked_after`` are agencies with a focal person who has joined."""

    uow: UnitOfWork
    service: Service
    now: datetime
    today: date
    looked_after: frozenset[str]

    def answers_for(self, person: Official) -> list[str]:
        """Agencies whose dossiers the person is told of: a head's as long as no focal person there has joined."""
        heads = (code for code in person.agencies(Role.HEAD) if code not in self.looked_after)
        return list(dict.fromkeys((*person.agencies(Role.FOCAL), *heads)))

    def tell(self, people: Sequence[Official]) -> int:
        bots = frozenset(self.service.bots)
        found = self.uow.people.addresses(p.id for p in people)
        chosen = {p.id: choose(found.get(p.id, ()), p, bots) for p in people}
        reachable = [p for p in people if chosen[p.id] is not None]
        register = self.uow.agencies.register()
        news = self._news(reachable, register)
        rows = []
        for person in reachable:
            address, one = chosen[person.id], news[person.id]
            if address is None or not one.says_something:
                continue
            message = morning_message(
                one,
                self.today,
                self.service.calendar,
                register,
                person.agencies(Role.FOCAL, Role.HEAD),
            )
            urgent = one.lacking or one.late or one.at_risk
            rows.append(
                ToSay(
                    key=f"dossiers:{person.id}:{self.today.isoformat()}",
                    address=address,
                    priority=Priority.REMINDER if urgent else Priority.DIGEST,
                    kind=KIND,
                    message=message,
                    not_before=self.service.calendar.next_office_moment(self.now),
                )
            )
        ids = self.uow.outbox.put_many(rows, self.now)
        said = {p.id: row for p in reachable if (row := ids.get(f"dossiers:{p.id}:{self.today.isoformat()}"))}
        self._remember({person: news[person] for person in said}, said)
        return len(said)

    def _news(self, people: Sequence[Official], register: Register) -> dict[int, Morning]:
        """What each of these people is told: focal persons of dossiers, heads of their months."""
        focal = codes_of({a for p in people for a in self.answers_for(p)}, register, self.today)
        due_by = self.service.calendar.add(self.today, AHEAD)
        running: dict[str, list[Dossier]] = {}
        if focal:
            for dossier in self.uow.dossiers.running(
                due_by, sorted({c for some in focal.values() for c in some})
            ):
                running.setdefault(dossier.agency, []).append(dossier)
        told = self.uow.dossier_warnings.told(p.id for p in people)
        rung = rungs(self.today, self.service.calendar)
        risks = self._risks(people)
        news = {}
        for person in people:
            codes = dict.fromkeys(c for a in self.answers_for(person) for c in focal[a])
            own = [dossier for code in codes for dossier in running.get(code, ())]
            one = morning(own, rung, told.get(person.id, {}))
            news[person.id] = replace(one, at_risk=risks.get(person.id, ()))
        return news

    def _risks(self, people: Sequence[Official]) -> dict[int, tuple[AtRisk, ...]]:
        """Months at risk that heads have not been told of."""
        heads = {p.id: p.agencies(Role.HEAD) for p in people if p.agencies(Role.HEAD)}
        if not heads or self.uow.dossiers.months() is None:
            return {}
        agencies = sorted({code for codes in heads.values() for code in codes})
        month = month_of(self.today)
        report = gather_on_time(self.uow, self.service.calendar, month, self.today, agencies)
        found = {
            line.agency.code: AtRisk(line.agency.code, month, line.forecast)
            for line in report.lines
            if line.forecast and is_at_risk(line.forecast)
        }
        keys = {
            _risk_key(found[c], person): (person, c)
            for person, codes in heads.items()
            for c in codes
            if c in found
        }
        said = self.uow.outbox.said(keys)
        fresh: dict[int, list[AtRisk]] = {}
        for key, (person, code) in keys.items():
            if key not in said:
                fresh.setdefault(person, []).append(found[code])
        return {person: tuple(some) for person, some in fresh.items()}

    def _remember(self, news: Mapping[int, Morning], rows: Mapping[int, int]) -> None:
        rung = rungs(self.today, self.service.calendar)
        decided = []
        for person, one in news.items():
            reached = ((dossier, rung(dossier)) for dossier in one.dossiers)
            self.uow.dossier_warnings.note(person, [(d, r) for d, r in reached if r is not None])
            decided += [(_risk_key(risk, person), "planned", "", rows[person]) for risk in one.at_risk]
        self.uow.outbox.note_said(decided, self.now)
        self.uow.dossier_warnings.forget_closed()


def _risk_key(risk: AtRisk, person: int) -> str:
    return f"dossier_risk:{risk.agency}:{risk.month}:{person}"
