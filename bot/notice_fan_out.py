"""A notice into the outbox: its readers fixed once, their rows in batches that may stop and go on."""

from __future__ import annotations

from datetime import datetime

from bot.addressing import choose
from bot.notice_message import notice_message
from bot.services import Service
from domain.audience import Resolved
from domain.messages import Message, Priority
from domain.notices import Notice
from storage.stores.outbox_rows import ToSay
from storage.unit_of_work import UnitOfWork

BATCH = 2_000


def fix_readers(uow: UnitOfWork, notice: Notice, resolved: Resolved) -> None:
    """Keep whom the notice is for, those without an address too: they get it when they join."""
    uow.notices.add_readers(notice.id, ((c.official.id, c.agency) for c in resolved.everyone))


def fan_out(uow: UnitOfWork, service: Service, notice: Notice, now: datetime, limit: int = BATCH) -> int:
    """Write outbox rows for the next waiting readers; how many readers were looked at (0: none is left).

    Idempotent: a row's key is the reader's for ever. Who has no address is left out, and gets the notice on
    joining. The rows go in office hours unless the notice is urgent, at the lowest priority either way.
    """
    readers = uow.notices.waiting(notice.id, limit)
    if not readers:
        return 0
    addresses = uow.people.addresses(r.official.id for r in readers)
    moment = now if notice.urgent else service.calendar.next_office_moment(now)
    messages: dict[str, Message] = {}
    items: list[ToSay] = []
    without: list[int] = []
    for reader in readers:
        who = reader.official
        address = choose(addresses.get(who.id, ()), who, service.bots) if who.active else None
        if address is None:
            without.append(who.id)
            continue
        if who.locale not in messages:
            messages[who.locale] = notice_message(notice, who.locale)
        items.append(ToSay(reader.key, address, Priority.NOTICE, "notice", messages[who.locale], moment))
    uow.outbox.put_crowd(items, now)
    uow.notices.leave_waiting(notice.id, readers[-1].official.id, without)
    return len(readers)
