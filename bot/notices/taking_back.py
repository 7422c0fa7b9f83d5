"""A withdrawn notice is taken back: changed where it stands, or followed by a word where that cannot be."""

from __future__ import annotations

from datetime import datetime

from bot.services import Service
from domain.messages import WITHDRAWAL, Block, Look, Message, Priority
from domain.notices import Notice
from domain.officials import Address
from domain.phrases import say
from storage.stores.outbox_rows import ToSay
from storage.unit_of_work import UnitOfWork

BATCH = 2_000


def take_back(uow: UnitOfWork, service: Service, notice_id: int, now: datetime) -> int:
    """Queue the next batch; how many. ``reply_to`` of such a row names the message it replaces."""
    notice = uow.notices.get(notice_id)
    lines = uow.notices.not_taken_back(notice_id, BATCH)
    if notice is None or not lines:
        return 0
    items = []
    for line in lines:
        address = Address(line.address, line.official, line.channel, line.bot, line.chat)
        message = withdrawal(notice, Message.from_json(line.message))
        key = f"notice:{notice_id}:{line.official}:back"
        items.append(
            ToSay(key, address, Priority.URGENT, WITHDRAWAL, message, now, reply_to=line.external_id)
        )
    uow.outbox.put_many(items, now)
    uow.notices.took_back(notice_id, (line.official for line in lines))
    return len(lines)


def withdrawal(notice: Notice, said: Message) -> Message:
    """What stands in its place: that it was withdrawn, why, and its words struck through."""
    blocks = [Block(say("This notice was withdrawn. Please disregard it."), Look.HEADING)]
    if notice.reason:
        blocks.append(Block(say("Reason: {reason}", reason=notice.reason)))
    blocks += [Block(block.phrase, Look.STRUCK) for block in said.blocks]
    return Message(tuple(blocks))
