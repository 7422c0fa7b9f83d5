"""A notice into the outbox: its readers fixed once, their rows in batches that may stop and go on."""

from __future__ import annotations

from datetime import datetime

from bot.addressing import ELSEWHERE, PLACES
from bot.notice_message import notice_message
from bot.services import Service
from domain.audience import Resolved
from domain.messages import Priority
from domain.notices import Notice
from storage.stores.notice_filling import Ranking
from storage.unit_of_work import UnitOfWork

BATCH = 5_000


def fix_readers(uow: UnitOfWork, notice: Notice, resolved: Resolved) -> None:
    """Keep whom the notice is for, those without an address too: they get it when they join."""
    uow.notices.add_readers(notice.id, ((c.official.id, c.agency) for c in resolved.everyone))


def fan_out(uow: UnitOfWork, service: Service, notice: Notice, now: datetime, limit: int = BATCH) -> int:
    """Write outbox rows for the next waiting readers; how many readers were looked at (0: none is left).

    Idempotent: a row's key is the reader's for ever. Who has no address is left out, and gets the notice on
    joining. The rows go in office hours unless the notice is urgent, at the lowest priority either way.
    """
    last, count, locales = uow.notices.next_readers(notice.id, limit)
    if count:
        messages = {locale: notice_message(notice, locale) for locale in locales}
        moment = now if notice.urgent else service.calendar.next_office_moment(now)
        ranking = Ranking(service.ways, PLACES, ELSEWHERE)
        uow.notices.fill(notice.id, last, messages, Priority.NOTICE, ranking, now, moment)
    return count
