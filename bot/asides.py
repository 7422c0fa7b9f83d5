"""Answers in the chat something came from that leave the conversation, and an open question in it, as they stand."""

from __future__ import annotations

from datetime import datetime

from bot.channel import Accepted
from bot.incoming import Incoming
from bot.notices.incoming_file import why_lost
from domain.messages import Message, Priority, text
from domain.officials import Address, Official
from domain.phrases import say
from storage.unit_of_work import UnitOfWork


def beg_words(uow: UnitOfWork, incoming: Incoming, who: Official, now: datetime) -> Accepted:
    """A picture, a sticker, a voice message: ask for words. An open question stays open, also one for a file that
    could not be had."""
    sorry = say(
        'Only written words can be read here, so nothing was recorded. Please write it, for example: "done 80%".'
    )
    if incoming.lost:
        sorry = why_lost(incoming)
    say_here(uow, incoming, text(sorry), now, who)
    return Accepted("unreadable")


def ask_again(uow: UnitOfWork, incoming: Incoming, who: Official, now: datetime) -> Accepted:
    """A number or word was written while another question was on its way: it is taken for neither."""
    again = say(
        "A new message came while you were answering, so nothing was recorded. Please answer again in a few words."
    )
    say_here(uow, incoming, text(again), now, who)
    return Accepted("crossed")


def say_here(
    uow: UnitOfWork,
    incoming: Incoming,
    message: Message,
    now: datetime,
    who: Official | None = None,
    key: str = "",
) -> int | None:
    """Answer in the chat it came from, and leave the conversation as it stands; the outbox row."""
    known = uow.people.addresses([who.id]).get(who.id, ()) if who else ()
    here = next((a.id for a in known if (a.channel, a.chat) == (incoming.channel, incoming.chat)), 0)
    address = Address(here, who.id if who else 0, incoming.channel, incoming.bot, incoming.chat)
    return uow.outbox.put(
        key=key or f"reply:{incoming.channel}:{incoming.bot}:{incoming.update_id}",
        address=address,
        priority=Priority.REPLY,
        kind="reply",
        message=message,
        now=now,
        reply_to=incoming.message_id,
    )
