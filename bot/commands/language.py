"""/ngonngu: Vietnamese or English."""

from bot.turn import Command, Reply, Turn, reply
from domain.messages import Choice
from domain.phrases import say, verbatim
from locales.speech import available

NAMES = {"vi": "Tiếng Việt", "en": "English"}


def language(turn: Turn) -> Reply:
    """Ask, or set what was picked; it holds from the next message on, on every channel."""
    wanted = turn.args.get("locale") or turn.words.strip().lower()
    if wanted in available():
        turn.uow.people.set_locale(turn.who.id, wanted)
        return reply(say("From now on I write in this language."))
    choices = tuple(Choice(verbatim(NAMES.get(x, x)), "language", {"locale": x}) for x in available())
    return reply(say("Which language do you want to read?"), choices=choices)


COMMAND = Command(
    "language", language, say("choose the language"), ("ngonngu", "language"), (), ("language",)
)
