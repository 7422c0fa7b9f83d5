"""One turn of a conversation: what a command is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.incoming import Incoming
from bot.services import Service
from domain.access import Act, Thing
from domain.assignments import Assignment
from domain.conversations import Conversation
from domain.messages import Block, Choice, Message, Priority
from domain.officials import Official, Role
from domain.phrases import Phrase
from domain.plans import Task
from domain.reading.dates import read_day
from domain.reading.replies.replies import Reading, read_reply
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Turn:
    """Everything a command needs. ``act``/``args`` are set when a choice was picked or text was awaited."""

    uow: UnitOfWork
    service: Service
    who: Official
    now: datetime
    incoming: Incoming
    conversation: Conversation
    words: str = ""
    act: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    reading: Reading | None = None
    replied: Message | None = None

    @property
    def today(self) -> date:
        """The province's day."""
        return self.service.calendar.local_date(self.now)

    def task_of(self, assignment: Assignment) -> Task:
        """The assignment's task."""
        return self.uow.plans.task(assignment.task)

    def thing(self, assignment: Assignment) -> Thing:
        """What rights are checked against."""
        return Thing(assignment.agency, self.task_of(assignment).monitors)

    def own_agencies(self) -> tuple[str, ...]:
        """Agencies the person answers for."""
        return own_agencies(self.who)

    def read(self, words: str, assignment: Assignment | None = None) -> Reading:
        """What somebody's words mean, as an answer about the assignment where one is meant."""
        return read_reply(
            words,
            lexicon=self.service.lexicon,
            now=self.now,
            due_on=assignment.due_on if assignment else None,
            calendar=self.service.calendar,
        )

    def read_day(self, words: str, base: date | None = None) -> date | None:
        """The day named in answer to "until which day?"; None when there is none, or it is doubtful."""
        when = read_day(
            words, lexicon=self.service.lexicon, now=self.now, base=base, calendar=self.service.calendar
        )
        return when.day if when and not when.doubts else None


@dataclass(frozen=True, slots=True)
class Also:
    """Something said to somebody else because of this turn."""

    official: int
    message: Message
    kind: str
    priority: Priority = Priority.URGENT
    key: str = ""  # unique for ever, where twice would be wrong


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers, to the speaker and to others."""

    message: Message | None = None
    also: tuple[Also, ...] = ()
    kind: str = "reply"


def own_agencies(who: Official) -> tuple[str, ...]:
    """Agencies somebody answers for."""
    return who.agencies(Role.FOCAL, Role.HEAD)


Handler = Callable[[Turn], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the words it is called by, the intents and acts it answers, and its line in the help.

    ``once`` are the acts that use up the message they are picked from: a second press says that it is old.
    ``needs``: the right without which the help does not name it; it is checked again by the command itself.
    """

    name: str
    handle: Handler
    help: Phrase | None = None
    words: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    needs: Act | None = None


def reply(*phrases: Phrase, choices: tuple[Choice, ...] = (), assignment: int | None = None) -> Reply:
    """A plain answer, one block a phrase."""
    return Reply(Message(tuple(Block(p) for p in phrases), choices, assignment=assignment))


def ask(phrase: Phrase, act: str, args: Mapping[str, Any], choices: tuple[Choice, ...] = ()) -> Reply:
    """A question whose next free text goes to ``act``."""
    return Reply(Message((Block(phrase),), choices, expects=act, expects_args=args))
