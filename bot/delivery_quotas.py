"""What a bot's monthly quota does not bear: it goes another way, or waits for the next month and says so then."""

from __future__ import annotations

import logging
from datetime import datetime, time

from bot.delivery_outages import divert
from bot.services import Service
from domain.messages import Priority
from domain.quotas import Quota, Stage, next_month
from storage.stores.outbox_moves import POSTPONED
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
#: as many as are diverted at a time; when more wait, the rest still has its turn
_AT_ONCE = 100


def spare(uow: UnitOfWork, service: Service, bot: tuple[str, str], quota: Quota, now: datetime) -> None:
    """Before a bot takes messages up. After a refusal what presses goes another way, as from a bot that is down."""
    if quota.refusals:
        divert(uow, service, *bot, now, spare=Priority.REPLY, pressing=True)
    if quota.elsewhere is None:
        return
    moved = divert(uow, service, *bot, now, spare=quota.elsewhere)
    if quota.stage is Stage.SAVING and moved < _AT_ONCE:
        calendar = service.calendar
        first = calendar.at(next_month(calendar.local_date(now)), time(0))
        until = calendar.next_office_moment(first)
        if count := uow.outbox.postpone(*bot, Priority.REMINDER, now, until, POSTPONED):
            log.warning("messages wait for the next month", extra={"bot": bot[1], "count": count})
