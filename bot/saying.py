"""Putting what a turn says into the outbox: the answer where it was asked, the rest where each is reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.addressing import choose
from bot.services import Service
from bot.turn import Also
from domain.messages import Message, Priority
from storage.stores.outbox_rows import ToSay
from storage.unit_of_work import UnitOfWork


def say_to_others(
    uow: UnitOfWork, service: Service, also: Sequence[Also], now: datetime, *, stem: str
) -> int:
    """Queue messages to other people at the first office moment; how many have an address.

    ``stem`` makes keys unique where a message brings none of its own. Who has no address is passed over:
    the monitor's digest shows who has not joined.
    """
    addresses = uow.people.addresses(a.official for a in also)
    officials = {person.id: person for person in uow.people.several({a.official for a in also})}
    moment = service.calendar.next_office_moment(now)
    items = []
    for n, one in enumerate(also):
        official = officials[one.official]
        address = choose(addresses.get(one.official, ()), official, service.bots)
        if address is None or not official.active:
            continue
        key = one.key or f"{stem}:also:{n}"
        items.append(ToSay(key, address, one.priority, one.kind, one.message, not_before=moment))
    uow.outbox.put_many(items, now)
    return len(items)


def tell_admins(
    uow: UnitOfWork, service: Service, message: Message, now: datetime, *, kind: str, key: str
) -> int:
    """Something admins must know; each once for the key."""
    admins = uow.people.admins()
    also = [Also(o.id, message, kind, Priority.URGENT, f"{key}:{o.id}") for o in admins]
    return say_to_others(uow, service, also, now, stem=key)
