"""What happens to a message that did not go out: later, elsewhere, or never — with an alarm."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.addressing import choose
from bot.channel import AddressGone, BotRefused, Moved, OutOfReach, RetryAfter, SendError, Unreachable
from bot.saying import tell_admins
from bot.services import Service
from domain.messages import text
from domain.officials import Address
from domain.phrases import say, verbatim
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 900.0


class Forgone(SendError):
    """It was not begun: the service stops, or the claim is no longer ours."""

    def __init__(self) -> None:
        super().__init__("forgone")


def after_error(
    uow: UnitOfWork,
    service: Service,
    row: OutboxRow,
    error: SendError,
    now: datetime,
    *,
    parts: int = 0,
    counts: bool = True,
) -> None:
    """Decide. ``parts`` of the message are out; ``counts`` False: the messenger is down, which says nothing
    about the message. A claim that another process has taken over meanwhile is left to it.
    """
    by = row.claimed_by
    if isinstance(error, Forgone):
        if parts == row.parts_sent:
            uow.outbox.release([row.id], by)
        else:
            uow.outbox.retry(row.id, now, "stopped", counts=False, by=by, parts_sent=parts)
    elif isinstance(error, Moved):
        _move(uow, row, error, now, parts)
    elif isinstance(error, AddressGone):
        _move_on(uow, service, row, error, now)
    elif isinstance(error, OutOfReach):
        _elsewhere(uow, service, row, error.reason, now)
    elif isinstance(error, RetryAfter):
        again = now + timedelta(seconds=error.seconds)
        uow.outbox.retry(row.id, again, "retry_after", counts=False, by=by, parts_sent=parts)
    elif isinstance(error, BotRefused) or (isinstance(error, Unreachable) and not counts):
        again = now + wait_after(row)
        uow.outbox.retry(row.id, again, error.reason, counts=False, by=by, parts_sent=parts)
    elif isinstance(error, Unreachable) and row.attempts < MAX_ATTEMPTS:
        uow.outbox.retry(row.id, now + wait_after(row), error.reason, by=by, parts_sent=parts)
    elif uow.outbox.dead(row.id, error.reason, by=by):
        alarm(uow, service, row, error.reason, now)


def _move(uow: UnitOfWork, row: OutboxRow, error: Moved, now: datetime, parts: int) -> None:
    """The chat's new id is kept, for what waits as well; the message goes there at once."""
    if row.address:
        if uow.people.official_at(row.channel, row.bot, error.chat) is None:
            uow.people.move_address(row.address, error.chat)
        else:  # somebody has joined there already: one chat is one address
            uow.people.switch_off(row.address, "moved", now)
    uow.outbox.retry(row.id, now, "moved", counts=False, by=row.claimed_by, parts_sent=parts)
    uow.outbox.move_chat(row.channel, row.bot, row.chat, error.chat)


def _move_on(uow: UnitOfWork, service: Service, row: OutboxRow, error: AddressGone, now: datetime) -> None:
    """The address is off; what waits for it goes to the person's next one, and admins learn of it once."""
    if row.address:
        uow.people.switch_off(row.address, error.reason, now)
    if not row.official:
        uow.outbox.dead(row.id, error.reason, by=row.claimed_by)
        return
    uow.session.flush()
    other = other_address(uow, service, row)
    if other is not None:
        uow.outbox.readdress(row.id, other, by=row.claimed_by)
        uow.outbox.readdress_chat(row.channel, row.bot, row.chat, other)
    else:
        uow.outbox.dead(row.id, error.reason, by=row.claimed_by)
        uow.outbox.bury_chat(row.channel, row.bot, row.chat, error.reason)
    person = uow.people.get(row.official)
    lost = say(
        "{name} can no longer be reached on {channel}.", name=verbatim(person.name), channel=row.channel
    )
    next_step = (
        say("Messages go by another channel now.")
        if other
        else say("No other channel is known: please send a new invitation.")
    )
    key = f"address_off:{row.address or row.chat}"
    tell_admins(uow, service, text(lost, next_step), now, kind="alarm", key=key)


def _elsewhere(uow: UnitOfWork, service: Service, row: OutboxRow, reason: str, now: datetime) -> None:
    """This message goes another way; who has none must write first, and admins learn of it once a day."""
    other = other_address(uow, service, row)
    if other is not None:
        uow.outbox.readdress(row.id, other, by=row.claimed_by)
        return
    if not uow.outbox.dead(row.id, reason, by=row.claimed_by) or not row.official or row.kind == "alarm":
        return
    person = uow.people.get(row.official)
    must = say(
        "{name} cannot be written to on {channel} before they write there again. Please call, or link another "
        "channel; what could not be sent stands on the board.",
        name=verbatim(person.name),
        channel=row.channel,
    )
    key = f"out_of_reach:{row.address or row.chat}:{service.calendar.local_date(now)}"
    tell_admins(uow, service, text(must), now, kind="alarm", key=key)


def other_address(
    uow: UnitOfWork, service: Service, row: OutboxRow, among: Collection[tuple[str, str]] | None = None
) -> Address | None:
    """Where else the message's reader can be reached, by a bot that works (one of ``among``, if given); None when
    nowhere."""
    if not row.official:
        return None
    person = uow.people.get(row.official)
    lines = uow.bots.lines()
    bots = [bot for bot in service.bots if bot not in lines or lines[bot].usable]
    known = uow.people.addresses([person.id]).get(person.id, ())
    rest = [a for a in known if (a.channel, a.bot, a.chat) != (row.channel, row.bot, row.chat)]
    rest = [a for a in rest if (a.channel, a.bot) not in lines or lines[a.channel, a.bot].usable]
    if among is not None:
        rest = [a for a in rest if (a.channel, a.bot) in among]
    return choose(rest, person, bots)


def alarm(uow: UnitOfWork, service: Service, row: OutboxRow, reason: str, now: datetime) -> None:
    """Tell admins that messages are given up: once a day for each channel and reason."""
    log.error("a message was given up", extra={"row": row.id, "reason": reason})
    if row.kind == "alarm":
        return  # an alarm about an alarm would go round in circles
    day = service.calendar.local_date(now)
    what = say(
        "Messages could not be delivered on {channel} ({reason}). See dondoc doctor.",
        channel=row.channel,
        reason=reason,
    )
    key = f"dead:{row.channel}:{reason}:{day}"
    tell_admins(uow, service, text(what), now, kind="alarm", key=key)


def wait_after(row: OutboxRow) -> timedelta:
    """Twice as long after each try, capped; spread by the row so that a crowd does not return at once."""
    seconds = min(_FIRST_WAIT * 2 ** max(0, row.attempts - 1), _LONGEST_WAIT)
    return timedelta(seconds=seconds * (1 + (row.id * 7919 % 100) / 400))
