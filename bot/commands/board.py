"""/bang: a one-time link into the board."""

from datetime import timedelta

from bot.turn import Command, Reply, Turn, reply
from domain.phrases import say, verbatim

#: long enough to walk to a desk, short enough that a forwarded link is worth nothing
VALID = timedelta(minutes=15)


def board(turn: Turn) -> Reply:
    """The link signs in who asked for it, once."""
    code = turn.uow.sessions.link(turn.who.id, turn.now, minutes=int(VALID.total_seconds() // 60))
    link = verbatim(f"{turn.service.public_url}/signin/{code}")
    return reply(
        say("Open the board within {minutes} minutes: {link}", minutes=VALID.seconds // 60, link=link),
        say("The link works once and is yours alone; please do not pass it on."),
    )


COMMAND = Command("board", board, say("open the board in a browser"), ("bang", "board"), (), ("board",))
