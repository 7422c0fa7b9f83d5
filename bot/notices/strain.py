"""What a bot's monthly quota does not bear of a notice, said before it goes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.addressing import choose
from bot.rooms import Bot, bot_name
from bot.services import Service
from domain.audience import Resolved
from domain.notices import Notice, NoticeState
from domain.phrases import Phrase, say
from domain.quotas import Quota
from storage.unit_of_work import UnitOfWork

_BEFORE = (NoticeState.DRAFT, NoticeState.AWAITING, NoticeState.READY)


def readers_by_bot(uow: UnitOfWork, service: Service, resolved: Resolved) -> Counter[Bot]:
    """How many of the readers each bot is to reach."""
    addresses = uow.people.addresses(c.official.id for c in resolved.people)
    chosen = (choose(addresses.get(c.official.id, ()), c.official, service.bots) for c in resolved.people)
    return Counter((address.channel, address.bot) for address in chosen if address)


def strain(
    uow: UnitOfWork, service: Service, notice: Notice, resolved: Resolved, now: datetime
) -> list[Phrase]:
    """A line for each bot that has fewer messages left this month than readers; none once the notice goes.

    What other notices have waiting there is not counted, so that it may be worse, never better.
    """
    limits = {bot: service.traits[bot[0]].month_quota for bot in service.bots if bot[0] in service.traits}
    if notice.state not in _BEFORE or not any(limits.values()):
        return []
    today = service.calendar.local_date(now)
    known = uow.quotas.latest(today.replace(day=1), service.calendar)
    lines = []
    for bot, readers in sorted(readers_by_bot(uow, service, resolved).items()):
        most = limits.get(bot, 0)
        room = known.get(bot, Quota(most, 0, today)).room
        if most and readers > room:
            lines.append(
                say(
                    "{bot}: {readers} recipients, but only {room} messages are left for notices this month; "
                    "the others get it by another channel, or next month",
                    bot=bot_name(bot),
                    readers=readers,
                    room=room,
                )
            )
    return lines
