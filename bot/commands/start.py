"""Joining: /start with a code, or greeting somebody who has joined."""

from bot.turn import Command, Reply, Turn
from domain.messages import Block, Choice, Message
from domain.officials import Official, Role
from domain.phrases import say, verbatim
from storage.unit_of_work import UnitOfWork


def welcome(turn: Turn) -> Reply:
    """What somebody sees who has joined, whenever they greet."""
    return Reply(greeting(turn.uow, turn.who))


def greeting(uow: UnitOfWork, who: Official) -> Message:
    """Who one is here, what the service does, and what a reply in it is worth."""
    register = uow.agencies.register()
    names = ", ".join(register.name(code) for code in who.agencies(Role.FOCAL, Role.HEAD, Role.MONITOR))
    blocks = (
        Block(
            say("Hello {name}. You answer for: {agencies}.", name=verbatim(who.name), agencies=names or "–")
        ),
        Block(
            say(
                "I remind you of tasks and deadlines, and you can answer in your own words, for example: “80% "
                "done, waiting for the Department of Finance”. A reply here is a working report; the signed "
                "paper remains the formal one."
            )
        ),
    )
    choices = (
        Choice(say("My tasks"), "list"),
        Choice(say("Deadlines"), "deadlines"),
        Choice(say("Help"), "help"),
    )
    return Message(blocks, choices)


COMMAND = Command("start", welcome, say("say hello and show whom you answer for"), words=("start", "batdau"))
