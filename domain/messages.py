"""What is said, the messenger unknown.

A :class:`Message` is blocks of phrases and, at its end, choices. A channel shows choices as buttons or as
numbered lines; either way a pick comes back as ``(outbox row, index)`` and resolves to the same choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from domain.phrases import Phrase, from_json, to_json


class Priority(IntEnum):
    """Lower goes first. A notice to thousands never stands before an answer to one."""

    REPLY = 0
    URGENT = 10
    REMINDER = 20
    DIGEST = 30
    NOTICE = 40


class Tone(StrEnum):
    """How a choice is meant; a channel may colour it."""

    PLAIN = "plain"
    GOOD = "good"
    CAREFUL = "careful"


#: the kind of a message that takes the place of the one its ``reply_to`` names
WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the reader can pick. ``act`` names who handles it (see ``bot.commands``); ``args`` is data."""

    label: Phrase
    act: str
    args: Mapping[str, Any] = field(default_factory=dict)
    tone: Tone = Tone.PLAIN


class Look(StrEnum):
    """How a block is set: heading (bold), text, item (a numbered or bulleted line), quiet (small print),
    struck (what was said and does not hold any more)."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    QUIET = "quiet"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a message. ``number`` is shown before an item and may be used in the answer.

    ``about`` names what the block is about (``assignment:12@1``: id and deadline version), so that a block
    overtaken by events can be left out when the message is sent.
    """

    phrase: Phrase
    look: Look = Look.TEXT
    number: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, then choices. ``expects`` says that free text is awaited, and by which act it is taken."""

    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    expects: str = ""
    expects_args: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""  # id of a stored file that goes along
    #: assignments numbered 1.. in this message, so that "2 xong" in answer to it is understood
    numbered: tuple[int, ...] = ()
    #: the one assignment spoken of, if one
    assignment: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data for the outbox; :meth:`from_json` is the inverse."""
        data: dict[str, Any] = {
            "blocks": [
                {"t": to_json(b.phrase), "l": b.look.value}
                | ({"n": b.number} if b.number is not None else {})
                | ({"b": b.about} if b.about else {})
                for b in self.blocks
            ]
        }
        if self.choices:
            data["choices"] = [
                {"t": to_json(c.label), "act": c.act, "args": dict(c.args), "tone": c.tone.value}
                for c in self.choices
            ]
        for name in ("expects", "file", "assignment"):
            if getattr(self, name):
                data[name] = getattr(self, name)
        if self.expects_args:
            data["expects_args"] = dict(self.expects_args)
        if self.numbered:
            data["numbered"] = list(self.numbered)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Message:
        """Rebuild what :meth:`as_json` wrote."""
        return cls(
            blocks=tuple(
                Block(from_json(b["t"]), Look(b["l"]), b.get("n"), b.get("b", "")) for b in data["blocks"]
            ),
            choices=tuple(
                Choice(from_json(c["t"]), c["act"], c["args"], Tone(c["tone"]))
                for c in data.get("choices", ())
            ),
            expects=data.get("expects", ""),
            expects_args=data.get("expects_args", {}),
            file=data.get("file", ""),
            numbered=tuple(data.get("numbered", ())),
            assignment=data.get("assignment"),
        )


def text(*phrases: Phrase) -> Message:
    """A plain message, one block a phrase."""
    return Message(tuple(Block(p) for p in phrases))
