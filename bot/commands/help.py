"""Help: every command's own line."""

from bot.registry import commands
from bot.turn import Command, Reply, Turn
from domain.messages import Block, Look, Message
from domain.phrases import say

ORDER = (
    "viec",
    "han",
    "progress",
    "undo",
    "extension",
    "snooze",
    "handover",
    "not_mine",
    "report",
    "language",
    "help",
)


def show_help(turn: Turn) -> Reply:
    """What can be done here, and what to type."""
    by_name = commands().by_name
    blocks = [Block(say("What you can do here"), Look.HEADING)]
    for name in (*ORDER, *sorted(by_name.keys() - set(ORDER))):
        command = by_name.get(name)
        if command is None or command.help is None:
            continue
        line = say("/{word} — {what}", word=command.words[0], what=command.help) if command.words else say("{what}", what=command.help)  # fmt: skip
        blocks.append(Block(line, Look.TEXT))
    blocks.append(Block(say("You can also simply answer a reminder in your own words."), Look.QUIET))
    return Reply(Message(tuple(blocks)))


COMMAND = Command("help", show_help, say("this help"), ("help", "trogiup", "huongdan"), ("help",), ("help",))
