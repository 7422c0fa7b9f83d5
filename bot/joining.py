"""Joining by a one-time code, and the polite word for somebody who has not."""

from __future__ import annotations

import re
from datetime import datetime

from bot.asides import say_here
from bot.channel import Accepted
from bot.commands.start import greeting
from bot.incoming import Incoming
from bot.notices.catching_up import catch_up
from bot.rooms import room_words
from bot.services import Service
from domain.conversations import after_saying
from domain.messages import text
from domain.officials import Official
from domain.phrases import say
from storage.stores.people import ALPHABET, CODE_LENGTH, MAX_ATTEMPTS
from storage.unit_of_work import UnitOfWork

_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}", re.IGNORECASE)


def looks_like_code(words: str) -> bool:
    """Whether a stranger's words may be a join code, typed or pasted."""
    return bool(_CODE.fullmatch(words.strip()))


def join(uow: UnitOfWork, service: Service, incoming: Incoming, code: str, now: datetime) -> Accepted:
    """Redeem a code: this chat reaches its person from now on. Wrong codes are counted and limited."""
    here = (incoming.channel, incoming.bot, incoming.chat)
    if uow.people.failed_joins(incoming.channel, incoming.chat, now) >= MAX_ATTEMPTS:
        many = say("Too many wrong codes. Please try again in an hour, or ask the administrator.")
        say_here(uow, incoming, text(many), now)
        return Accepted("stranger")
    known = uow.people.official_at(*here)
    if (
        known is None
        and looks_like_code(code)
        and uow.people.peek_invite(code, now)
        and _full(uow, service, here)
    ):
        full = say(
            "This bot has no room for more people. Your code is still good: please join by another channel, or ask the "
            "administrator."
        )
        say_here(uow, incoming, text(full, *room_words(uow, service)), now)
        return Accepted("stranger")
    who = uow.people.redeem(code, now) if looks_like_code(code) else None
    if who is None and known is not None and known.active:
        _greet(uow, incoming, known, now)
        return Accepted("done")
    if who is None or not who.active:
        uow.people.note_failed_join(incoming.channel, incoming.chat, now)
        wrong = say("This code is not valid or has been used. Please ask the administrator for a new one.")
        say_here(uow, incoming, text(wrong), now)
        return Accepted("stranger")
    uow.people.add_address(who.id, *here, now)
    catch_up(uow, service, who, now)
    uow.audit.note(now, who.id, "join", f"official:{who.id}", {"channel": incoming.channel})
    _greet(uow, incoming, who, now)
    return Accepted("done")


def _full(uow: UnitOfWork, service: Service, here: tuple[str, str, str]) -> bool:
    """Whether the messenger lets no more people to this bot."""
    traits = service.traits.get(here[0])
    return traits is not None and 0 < traits.people <= uow.people.count_at(*here[:2])


def _greet(uow: UnitOfWork, incoming: Incoming, who: Official, now: datetime) -> None:
    """Welcome them; what the greeting offers can be answered by its number."""
    hello = greeting(uow, who)
    row = say_here(uow, incoming, hello, now, who)
    uow.conversations.save(after_saying(uow.conversations.get(who.id), hello, row))


def greet_stranger(uow: UnitOfWork, service: Service, incoming: Incoming, now: datetime) -> Accepted:
    """One polite sentence a day to a chat that belongs to nobody; nothing else is said or shown."""
    day = service.calendar.local_date(now)
    hello = say(
        "This chat reminds officials of the work assigned to their agencies. To take part, please send the "
        "code you were given, or ask your administrator for one."
    )
    key = f"stranger:{incoming.channel}:{incoming.bot}:{incoming.chat}:{day}"
    say_here(uow, incoming, text(hello), now, key=key)
    return Accepted("stranger")
