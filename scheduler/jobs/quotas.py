"""Bots whose months are counted: what waited goes when it may; admins learn whom reminders do not reach."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.delivery_outages import working_bots
from bot.rooms import Bot, bot_name
from bot.saying import tell_admins
from bot.services import Service
from domain.messages import Block, Look, Message
from domain.phrases import say, verbatim
from domain.quotas import Stage, month_of, next_month
from scheduler.clock import Job
from storage.stores.outbox_moves import POSTPONED
from storage.unit_of_work import UnitOfWork

EVERY = timedelta(seconds=60)
_NAMED = 20


def look(service: Service, now: datetime) -> None:
    """One look; no query where nothing is counted."""
    if not any(traits.month_quota for traits in service.traits.values()):
        return
    today = service.calendar.local_date(now)
    with service.db.begin() as uow:
        quotas = uow.quotas.latest(today.replace(day=1), service.calendar)
        saving = {bot for bot, quota in quotas.items() if quota.stage is Stage.SAVING}
        for bot in quotas:
            if bot in saving:
                _tell(uow, service, bot, saving, today, now)
            else:
                uow.outbox.resume(*bot, now, POSTPONED)


def _tell(uow: UnitOfWork, service: Service, bot: Bot, saving: set[Bot], today: date, now: datetime) -> None:
    """Once a month and bot: whom reminders will not reach before the next month, and why."""
    elsewhere = [b for b in working_bots(uow, service, without=bot) if b not in saving]
    names = uow.people.names_only_at(bot, elsewhere)
    if not names:
        return
    shown = [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]
    heading = say("Not reached with reminders before {day}", day=next_month(today))
    why = say(
        "{bot} keeps its last messages of the month for answers and what is urgent, and these people ({number}) "
        "have no other channel: {names}. What is still due is said to them next month; they can add a channel with "
        "/lienket.",
        bot=bot_name(bot),
        number=len(names),
        names=tuple(verbatim(name) for name in shown),
    )
    message = Message((Block(heading, Look.HEADING), Block(why)))
    key = f"quota_alone:{bot[0]}:{bot[1]}:{month_of(today)}"
    tell_admins(uow, service, message, now, kind="alarm", key=key)


JOB = Job("quotas", EVERY, look)
