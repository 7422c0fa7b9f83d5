"""Leaving an open question."""

from bot.turn import Command, Reply, Turn, reply
from domain.phrases import say


def cancel(turn: Turn) -> Reply:
    """Nothing is changed; the question is forgotten."""
    return reply(say("All right, nothing was changed."))


COMMAND = Command("cancel", cancel, acts=("cancel",))
