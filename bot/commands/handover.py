"""Handing a task over: to the monitor, who decides."""

from bot.requests import ask_in_words
from bot.turn import Command, Reply, Turn
from domain.phrases import say
from domain.requests import RequestKind


def handover(turn: Turn) -> Reply:
    """File the request with the words it was said in."""
    question = say("To whom, and why? The monitoring agency will decide.")
    return ask_in_words(turn, RequestKind.HANDOVER, "handover", question)


COMMAND = Command(
    "handover",
    handover,
    say("hand a task over: “please pass this to …”"),
    ("chuyen", "handover"),
    ("handover",),
    ("handover", "handover.words"),
)
