"""The list of commands that Telegram shows beside the text field, in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

from bot.commands.help import ORDER
from bot.registry import Commands
from locales.speech import available, speech_for

#: what a client shows whose language has no list of its own
FALLBACK = "en"
#: what is opened rather than said in one's own words, the most used first; the rest follows as in the help
FIRST = ("viec", "han", "watch", "report", "board", "undo")
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST = 256

Menu = Mapping[str, tuple[tuple[str, str], ...]]


def menus(commands: Commands) -> Menu:
    """Language code → (name, what it does) of each command with a word, the most used first.

    The code "" stands for every language without a list of its own.
    """
    names = list(dict.fromkeys((*FIRST, *ORDER, *sorted(commands.by_name))))
    found = {}
    for locale in {*available(), FALLBACK}:
        speech = speech_for(locale, UTC)
        lines = []
        for command in (commands.by_name[name] for name in names if name in commands.by_name):
            if command.help and not command.needs and command.words and _NAME.fullmatch(command.words[0]):
                what = speech.text(command.help)[:_LONGEST]
                lines.append((command.words[0], what[:1].upper() + what[1:]))
        found["" if locale == FALLBACK else locale] = tuple(lines)
    return found
