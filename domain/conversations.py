"""Where a conversation stands: kept in the database, the same on every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from domain.messages import Message

#: two clocks that differ by more than this say nothing of what was first
_APART = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the next words of a person may refer to.

    ``last_outbox`` is the last message with choices or numbers; ``numbered`` its assignments, 1-based;
    ``expects`` the act that takes the next free text (a reason, a date), with ``expects_args``.
    """

    official: int
    last_assignment: int | None = None
    last_outbox: int | None = None
    numbered: tuple[int, ...] = ()
    expects: str = ""
    expects_args: Mapping[str, Any] = field(default_factory=dict)


def after_saying(conversation: Conversation, message: Message, row: int | None) -> Conversation:
    """Where a conversation stands once a message has been said in it.

    A message that offers nothing closes the question before it, so that a later number is no answer to it;
    the numbers of the last list stay good for "2 xong".
    """
    offers = bool(message.choices or message.numbered)
    return Conversation(
        official=conversation.official,
        last_assignment=message.assignment or (None if message.numbered else conversation.last_assignment),
        last_outbox=row if offers else None,
        numbered=message.numbered or conversation.numbered,
        expects=message.expects,
        expects_args=message.expects_args,
    )


def crossed(asked: datetime | None, answered: datetime) -> bool:
    """Whether an answer was written before its question was out, so that it answers an earlier one.

    ``answered`` is the messenger's own time of writing, ``asked`` ours of sending.
    """
    return asked is not None and asked - _APART < answered < asked
