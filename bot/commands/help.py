"""Help: every command's own line."""

from bot.registry import commands
from bot.turn import Command, Reply, Turn
from domain.access import may
from domain.messages import Block, Look, Message
from domain.phrases import say

#: what people simply say
_SPOKEN = {"progress", "acknowledge", "extension", "snooze", "handover", "not_mine", "ask"}
#: what is needed most comes first; a command that is not named here comes last
ORDER = (
    "progress",
    "acknowledge",
    "extension",
    "snooze",
    "handover",
    "not_mine",
    "ask",
    "viec",
    "han",
    "undo",
    "watch",
    "report",
    "board",
    "my_channels",
    "language",
    "help",
    "start",
)


def show_help(turn: Turn) -> Reply:
    """What can be said in one's own words, then what can be called by a word."""
    known = commands().by_name
    names = (*ORDER, *sorted(known.keys() - set(ORDER)))
    shown = [known[name] for name in names if name in known and _shown(known[name], turn)]
    own_words, called = [], []
    for command in shown:
        assert command.help is not None
        if command.name in _SPOKEN:
            own_words.append(Block(command.help, Look.ITEM))
        elif command.words:
            line = say("/{word} — {what}", word=command.words[0], what=command.help)
            called.append(Block(line, Look.ITEM))
    blocks = (
        Block(say("In your own words, as an answer to a reminder:"), Look.HEADING),
        *own_words,
        Block(say("Or by a command:"), Look.HEADING),
        *called,
    )
    return Reply(Message(blocks))


def _shown(command: Command, turn: Turn) -> bool:
    return command.help is not None and (command.needs is None or may(turn.who, command.needs))


COMMAND = Command("help", show_help, say("this help"), ("trogiup", "help", "huongdan"), ("help",), ("help",))
