"""When a messenger, not a message, is the trouble: noticing it, going round it, switching a bot by hand."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.channel import BotRefused, RetryAfter, SendError, Unreachable
from bot.delivery_errors import other_address
from bot.services import Service
from domain.messages import Priority
from domain.outages import Line, answered, failed, held
from domain.quotas import Stage
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
#: an error of our own says nothing about the messenger
_OURS = frozenset({"channel_failed"})
_AT_ONCE = 100


def follow(
    uow: UnitOfWork, channel: str, bot: str, before: Line, tried: Iterable[SendError | None], now: datetime
) -> Line:
    """How the bot's line, which stood so ``before``, stands after these tries (None: went out), in the order they ended.

    When it is up again, what waited for a next try may be tried at once; pacing keeps it from being a flood.
    """
    line = before
    for error in tried:
        if isinstance(error, BotRefused):
            line = failed(line, now, error.reason, refused=True)
        elif isinstance(error, Unreachable):
            line = line if error.reason in _OURS else failed(line, now, error.reason)
        else:
            line = answered(line)
            if isinstance(error, RetryAfter):
                line = held(line, now + timedelta(seconds=error.seconds))
    if line != before:
        uow.bots.save_line(channel, bot, line)
    if before.down_since is None and line.down_since is not None:
        log.error("a messenger is down", extra={"channel": channel, "bot": bot, "reason": line.reason})
    if before.down_since is not None and line.down_since is None:
        count = uow.outbox.revive(channel, bot, now)
        log.warning("a messenger is back", extra={"channel": channel, "bot": bot, "waiting": count})
    return line


def divert(
    uow: UnitOfWork,
    service: Service,
    channel: str,
    bot: str,
    now: datetime,
    *,
    spare: Priority | None = None,
    pressing: bool = False,
) -> int:
    """What presses goes by the other channels of its readers while a bot is down; how many rows. Of a bot that
    was switched off everything goes: nobody knows until when. ``spare``: the bot works, and this and what is
    less urgent is kept from it to save its quota (``pressing``: only what is due and no less urgent than a reminder).

    A row has one address at a time, so each thing is said once. The rest waits where it is.
    """
    off = uow.bots.line(channel, bot).off
    elsewhere = working_bots(uow, service, without=(channel, bot))
    if spare is not None:  # what one bot spares is no business of another that spares it too
        since = service.calendar.local_date(now).replace(day=1)
        quotas = uow.quotas.latest(since, service.calendar)
        full = {
            b
            for b, q in quotas.items()
            if q.refusals or (q.stage is Stage.SAVING if pressing else q.elsewhere is not None)
        }
        elsewhere = [b for b in elsewhere if b not in full]
    moved = 0
    for row in uow.outbox.stranded(
        channel,
        bot,
        elsewhere,
        now,
        _AT_ONCE,
        pressing=pressing or (not off and spare is None),
        least=spare or Priority.REPLY,
    ):
        other = other_address(uow, service, row, elsewhere)
        if other is not None:
            moved += uow.outbox.readdress(row.id, other)
    if moved:
        log.warning("messages go another way", extra={"channel": channel, "bot": bot, "count": moved})
    return moved


def working_bots(uow: UnitOfWork, service: Service, *, without: tuple[str, str]) -> list[tuple[str, str]]:
    """The other bots that messages may be entrusted to, the browser chat among them."""
    lines = uow.bots.lines()
    return [b for b in sorted(service.ways) if b != without and (b not in lines or lines[b].usable)]


def switch(uow: UnitOfWork, channel: str, bot: str, *, on: bool, by: int | None, now: datetime) -> bool:
    """An admin switches a bot off or on; False when it was so already. Its messages wait, or go another way."""
    changed = uow.bots.switch(channel, bot, on=on)
    if changed:
        uow.audit.note(now, by, "switch_on" if on else "switch_off", f"bot:{channel}:{bot}")
    return changed
