"""Words about something else: never logged, answered once, politely."""

from bot.turn import Command, Reply, Turn, reply
from domain.messages import Choice
from domain.phrases import say


def chatter(turn: Turn) -> Reply:
    """Say what can be done here; nothing is recorded."""
    return reply(
        say(
            "Nothing was recorded. To report on a task, write for example “80% done”; /viec shows your tasks."
        ),
        choices=(Choice(say("My tasks"), "list", {}), Choice(say("Help"), "help", {})),
    )


COMMAND = Command("chatter", chatter, intents=("unknown",))
