""" "Not ours": to the monitor, who decides."""

from bot.requests import ask_in_words
from bot.turn import Command, Reply, Turn
from domain.phrases import say
from domain.requests import RequestKind


def not_mine(turn: Turn) -> Reply:
    """File the request with the words it was said in."""
    question = say("Why is it not yours? The monitoring agency will decide.")
    return ask_in_words(turn, RequestKind.NOT_MINE, "not_mine", question)


COMMAND = Command(
    "not_mine",
    not_mine,
    say("say that a task is not yours: “this is not our task”"),
    ("khongphai", "notmine"),
    ("not_mine",),
    ("not_mine", "not_mine.words"),
)
