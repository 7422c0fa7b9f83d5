"""Answers to what came in: kept while several messages are taken in together, then written in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.incoming import Incoming
from bot.saying import say_to_others
from bot.services import Service
from bot.turn import Reply
from domain.conversations import after_saying
from domain.messages import Priority
from domain.officials import Address
from storage.stores.arrivals import Arrival
from storage.stores.outbox_rows import ToSay
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Answer:
    incoming: Incoming
    arrival: Arrival
    item: ToSay


class Answers:
    """What one transaction answers, at most one thing to a person before :meth:`write`."""

    def __init__(self, uow: UnitOfWork, service: Service, now: datetime) -> None:
        self._uow, self._service, self._now = uow, service, now
        self._kept: list[_Answer] = []

    def add(self, incoming: Incoming, arrival: Arrival, reply: Reply) -> bool:
        """Keep an answer for where it was asked, and queue what others are told; whether there is an answer."""
        stem = f"reply:{incoming.channel}:{incoming.bot}:{incoming.update_id}"
        if reply.also:
            say_to_others(self._uow, self._service, reply.also, self._now, stem=stem)
        if reply.message is None:
            return False
        here = Address(arrival.address, arrival.who.id, incoming.channel, incoming.bot, incoming.chat)
        item = ToSay(stem, here, Priority.REPLY, reply.kind, reply.message, reply_to=incoming.message_id)
        self._kept.append(_Answer(incoming, arrival, item))
        return True

    def write(self) -> None:
        """Queue the answers, in the order in which they were asked for, and remember where each talk stands."""
        rows = self._uow.outbox.put_many([one.item for one in self._kept], self._now)
        self._uow.conversations.save_many(
            after_saying(one.arrival.conversation, one.item.message, rows.get(one.item.key))
            for one in self._kept
        )
        self._kept = []
