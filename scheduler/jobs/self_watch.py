"""The service looks at itself; admins are told what is amiss once, again after a day, and when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.saying import tell_admins
from bot.services import Service
from domain.health import Finding, Level, findings, named, of_month
from domain.messages import Block, Look, Message
from domain.phrases import say
from scheduler.clock import Job
from storage.stores.bots import Incident
from storage.stores.health import read_health
from storage.unit_of_work import UnitOfWork

EVERY = timedelta(seconds=60)
#: what is over by itself within this is nobody's business
LASTS = timedelta(minutes=2)
AGAIN = timedelta(hours=24)
#: between two looks further apart nobody knows what was (stopped, or the clock was moved)
UNSEEN = 3 * EVERY
#: told at the moment it happens
_TOLD_ELSEWHERE = ("dead letters",)


def watch(service: Service, now: datetime) -> None:
    """One look. Nothing is said of a database that is away: it could not be kept to be said."""
    facts = read_health(service.db, now, service.calendar)
    if not facts.database or not facts.migrated:
        return
    off = {f"bot:{channel}:{bot}" for (channel, bot), line in facts.lines.items() if line.off}
    amiss = {
        f.code: f
        for f in findings(facts)
        if f.level > Level.OK and f.code not in _TOLD_ELSEWHERE and f.code not in off
    }
    if "sender" in amiss:
        amiss.pop("queue", None)  # nothing is sent while nobody sends: one trouble, said once
    with service.db.begin() as uow:
        last = uow.heartbeats.all().get("self_watch")
        uow.heartbeats.beat("self_watch", now)
        if last is None or not timedelta(0) <= now - last <= UNSEEN:
            uow.incidents.restart(now)
        known = uow.incidents.all()
        for code, finding in amiss.items():
            _seen(uow, service, known.get(code), finding, now)
        months = tuple(of_month(*bot, quota) for bot, quota in facts.quotas.items())
        for code in known.keys() - amiss.keys():
            if not _of_a_month(code):
                _over(uow, service, known[code], now)
            elif not code.startswith(months):
                uow.incidents.close(code)


def _of_a_month(code: str) -> bool:
    """Whether it is told once in the month its code names, however the forecast comes and goes."""
    return code.startswith("quota:")


def _seen(
    uow: UnitOfWork, service: Service, incident: Incident | None, finding: Finding, now: datetime
) -> None:
    if incident is None:
        uow.incidents.open(finding.code, now)
        return
    if incident.told_at is None:
        due = now - incident.since >= LASTS
    else:
        due = now - incident.told_at >= AGAIN and not _of_a_month(finding.code)
    if due and uow.incidents.tell(incident, now):
        heading = Block(say("The service needs attention"), Look.HEADING)
        message = Message((heading, Block(finding.says)))
        key = f"incident:{finding.code}:{incident.since.isoformat()}:{now.isoformat()}"
        tell_admins(uow, service, message, now, kind="alarm", key=key)


def _over(uow: UnitOfWork, service: Service, incident: Incident, now: datetime) -> None:
    if uow.incidents.close(incident.code) and incident.told_at is not None:
        message = Message(
            (
                Block(say("In order again: {what}.", what=named(incident.code)), Look.HEADING),
                Block(say("It lasted from {start} to {end}.", start=incident.since, end=now), Look.QUIET),
            )
        )
        key = f"incident:{incident.code}:{incident.since.isoformat()}:over"
        tell_admins(uow, service, message, now, kind="alarm", key=key)


JOB = Job("self_watch", EVERY, watch)
