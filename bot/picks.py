"""Buttons ⇄ numbers: how a choice is named, and how a named one is found again. Pure.

A message that numbers tasks gives its choices letters, so that "2" always means the second task there and
the second choice elsewhere; on a channel with buttons both ways work too.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from domain.messages import Choice, Message
from domain.reading.fold import plain
from locales.speech import Speech

#: fewer letters are no part of a label said in short
_SHORTEST = 3
#: words that say little of which choice is meant
_SMALL = frozenset(
    [
        "khong",
        "co",
        "phai",
        "chua",
        "da",
        "roi",
        "duoc",
        "dang",
        "cua",
        "toi",
        "viec",
        "xin",
        "cho",
        "se",
        "thi",
        "la",
        "va",
        "the",
        "not",
        "yes",
        "all",
        "my",
        "the",
    ]
)
_ONE = re.compile(r"#?(?:(\d{1,2})|([a-z]))\s*[.)]?")


def keys(message: Message) -> tuple[str, ...]:
    """The sign of each choice: 1, 2, 3 … or a, b, c …"""
    if message.numbered:
        return tuple(ascii_lowercase[: len(message.choices)])
    return tuple(str(n) for n in range(1, len(message.choices) + 1))


def picked(text: str, question: Message | None, speech: Speech) -> int | None:
    """The index of the choice a text names by its sign or its label, or None."""
    if question is None or not question.choices or len(text) > 80:
        return None
    words = plain(text)
    if one := _ONE.fullmatch(words):
        sign = one[1] or one[2]
        return keys(question).index(sign) if sign in keys(question) else None
    hits = [i for i, choice in enumerate(question.choices) if _label(choice, speech) == words]
    return hits[0] if len(hits) == 1 else None


def named(text: str, question: Message | None, speech: Speech) -> int | None:
    """The index of the only choice whose label has these words side by side, or None.

    Only a label's own words count, so "chưa xong" never names "Xong"; two choices that could both be meant
    are none, and a bare yes or no names nothing that merely contains it.
    """
    words = plain(text)
    if question is None or len(words) < _SHORTEST or _SMALL.issuperset(words.split()):
        return None
    hits = [i for i, choice in enumerate(question.choices) if f" {words} " in f" {_label(choice, speech)} "]
    return hits[0] if len(hits) == 1 else None


def numbered(text: str, question: Message | None) -> int | None:
    """The assignment whose number alone was typed in answer to a numbered list."""
    one = _ONE.fullmatch(plain(text))
    if question is None or one is None or not one[1]:
        return None
    index = int(one[1]) - 1
    return question.numbered[index] if 0 <= index < len(question.numbered) else None


def opens_a_line(choice: Choice, message: Message) -> bool:
    """Whether a choice only opens a task the message numbers: as a line it would say the same once more."""
    return choice.act == "task.show" and choice.args.get("assignment") in message.numbered


def _label(choice: Choice, speech: Speech) -> str:
    return plain(speech.text(choice.label))
