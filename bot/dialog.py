"""Which command answers: a command word, a picked choice, awaited text, or free words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.picks import named, numbered, picked
from bot.registry import Commands
from bot.turn import Command
from domain.conversations import Conversation
from domain.messages import Choice, Message
from domain.reading.fold import plain
from domain.reading.replies.replies import Reading
from locales.speech import Speech

#: what leaves an open question, in both languages
_LEAVE = {"huy", "thoi", "bo qua", "cancel", "khong", "dung"}
#: what was read in words that say nothing of a task, and may name a choice
_SAYS_NOTHING = {"unknown"}
#: a longer text is an answer in words, not a command's name
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next. ``choice`` is the index of the open question's choice that was picked, if one was."""

    command: Command
    act: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    reading: Reading | None = None
    choice: int | None = None


def next_step(
    text: str,
    conversation: Conversation,
    commands: Commands,
    question: Message | None,
    speech: Speech,
    understand: Callable[[str], Reading],
) -> Step:
    """The next step for a text. ``question`` is the last message that is still open to a pick."""
    text = text.strip()
    if text.startswith("/"):
        word, _, rest = text.partition(" ")
        command = commands.of_word(word.split("@")[0])
        return Step(command or commands.by_name["help"], words=rest.strip())
    index = picked(text, question, speech)
    if index is not None and question is not None:
        return step_of(question.choices[index], commands, text, index)
    if conversation.expects in commands.by_act:
        if plain(text) in _LEAVE:
            return Step(commands.by_name["cancel"], words=text)
        command = commands.by_act[conversation.expects]
        return Step(command, conversation.expects, conversation.expects_args, text)
    if assignment := numbered(text, question):
        return Step(commands.by_act["task.show"], "task.show", {"assignment": assignment}, text)
    if command := commands.of_word(text) if len(text) < _LONGEST_WORD else None:
        return Step(command)
    reading = understand(text)
    index = named(text, question, speech) if reading.intent in _SAYS_NOTHING else None
    if index is not None and question is not None:
        return step_of(question.choices[index], commands, text, index)
    return Step(commands.by_intent[reading.intent], words=text, reading=reading)


def step_of(choice: Choice, commands: Commands, words: str, index: int) -> Step:
    """The step a picked choice stands for."""
    return Step(commands.by_act[choice.act], choice.act, choice.args, words, choice=index)
