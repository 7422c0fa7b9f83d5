"""Which bots have room for one more person: invitations and a bot that is full name them, most room first."""

from __future__ import annotations

from bot.channel_names import channel_name
from bot.services import Service
from domain.phrases import Phrase, say
from storage.unit_of_work import UnitOfWork

Bot = tuple[str, str]


def with_room(uow: UnitOfWork, service: Service) -> list[tuple[Bot, int]]:
    """Bots whose messenger limits their people, with how many more they may have; one query, none without limits."""
    limits = {bot: service.traits[bot[0]].people for bot in service.bots if bot[0] in service.traits}
    limited = {bot: most for bot, most in limits.items() if most}
    known = uow.people.count_by_bot() if limited else {}
    left = {bot: most - known.get(bot, 0) for bot, most in limited.items()}
    return sorted(((b, n) for b, n in left.items() if n > 0), key=lambda one: (-one[1], one[0]))


def room_words(uow: UnitOfWork, service: Service) -> list[Phrase]:
    """One line for each bot that people may be sent to; one that says so when all are full."""
    lines = [
        say("{bot}: room for {room} more people", bot=bot_name(bot), room=room)
        for bot, room in with_room(uow, service)
    ]
    limited = any(service.traits[b[0]].people for b in service.bots if b[0] in service.traits)
    return lines or ([say("Every bot with a limit of people is full.")] if limited else [])


def bot_name(bot: Bot) -> Phrase:
    """Zalo 123."""
    return say("{channel} {bot}", channel=channel_name(bot[0]), bot=bot[1])
