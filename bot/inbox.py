"""The one door in: seen before? who is it? what is meant? do it, and queue the answer — in one transaction.

The messenger is acknowledged after the commit (docs/adr/0003). When a command refuses or fails, its
transaction is rolled back and a second, small one remembers the update and queues a sentence.

Messages of different chats that wait at the same time share a transaction, so that one commit is paid for all.
When one of them fails, nothing of it stays and each is taken in alone, as if there had been no others.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.answers import Answers
from bot.asides import ask_again, beg_words
from bot.channel import Accepted
from bot.dialog import Step, next_step, step_of
from bot.incoming import Incoming
from bot.joining import greet_stranger, join, looks_like_code
from bot.registry import commands
from bot.services import Service
from bot.turn import Reply, Turn, own_agencies
from domain.access import Act, may
from domain.conversations import crossed
from domain.errors import Refusal
from domain.messages import text
from domain.officials import Official
from domain.phrases import Phrase, say
from storage.stores.arrivals import Arrival
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
#: longer words are cut: nobody reports in more, and a reader's time is bounded
LONGEST = 4000
#: so many that cannot be stored, one after the other, are not each one's own fault
_AWAY = 2


class Inbox:
    """Takes in what comes; safe to call from several threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        #: how many transactions may go on side by side
        self.lanes = service.db.writers

    def accept_many(self, several: Sequence[Incoming], now: datetime) -> list[Accepted | Exception]:
        """Take in what came from different chats. What could not be stored has its error in its place."""
        if len(several) > 1:
            try:
                return [*self._together([_cut(one) for one in several], now)]
            except Exception as error:  # whatever it is: each has its own chance, and its own words for it
                log.info("taken in one by one", extra={"error": type(error).__name__})
        taken: list[Accepted | Exception] = []
        in_a_row = 0
        for one in several:
            if in_a_row >= _AWAY:  # the database is away: the others need not wait for that, too
                taken.append(taken[-1])
                continue
            try:
                taken.append(self.accept(one, now))
                in_a_row = 0
            except Exception as error:
                taken.append(error)
                in_a_row += 1
        return taken

    def accept(self, incoming: Incoming, now: datetime) -> Accepted:
        """Take something in. Never raises for what a person sent; a database that is away does raise."""
        incoming = _cut(incoming)
        try:
            return self._together([incoming], now)[0]
        except Refusal as refusal:
            return self._after_failure(incoming, now, refusal.phrase, refusal.code)
        except LookupError as error:  # a choice about something that is gone
            log.warning("stale choice", extra={"what": type(error).__name__})
            gone = say("This no longer exists, so nothing was changed. /viec shows your tasks.")
            return self._after_failure(incoming, now, gone, "gone")
        except Exception as error:
            if _is_database_trouble(error):
                raise
            log.exception("a command failed")
            sorry = say("Something went wrong on our side and nothing was recorded. Please send it again.")
            return self._after_failure(incoming, now, sorry, "failed")

    def wants_file(self, incoming: Incoming) -> bool:
        """Whether the file that came along is worth fetching: for somebody who writes a notice just now."""
        with self._service.db.begin() as uow:
            who = uow.people.official_at(incoming.channel, incoming.bot, incoming.chat)
            if who is None or not incoming.is_private or not may(who, Act.WRITE_NOTICE):
                return False
            word = incoming.text.split()[0] if incoming.text.startswith("/") else ""
            command = commands().of_word(word.split("@")[0]) if word else None
            if command is not None:
                return command.name == "notice"
            return uow.conversations.get(who.id).expects.startswith("notice.")

    def _together(self, several: Sequence[Incoming], now: datetime) -> list[Accepted]:
        with self._service.db.begin() as uow:
            new = _first_times(uow, several, now)
            arrivals = _arrivals(uow, [one for one in several if _key(one) in new])
            if len(arrivals) > 1:
                uow.assignments.expect(a for one in arrivals.values() for a in own_agencies(one.who))
            answers = Answers(uow, self._service, now)
            taken: dict[int, Accepted] = {}
            spoken: set[int] = set()
            for n, incoming in enumerate(several):
                here = arrivals.get((incoming.channel, incoming.bot, incoming.chat))
                if _key(incoming) not in new:
                    taken[n] = Accepted("duplicate")
                elif not incoming.is_private:
                    taken[n] = Accepted("ignored")
                elif here and here.who.id not in spoken and _is_plain(incoming, here):
                    spoken.add(here.who.id)
                    taken[n] = self._converse(uow, answers, incoming, here, now)
            answers.write()
            for n, incoming in enumerate(several):  # what changes who is where, and who spoke twice
                if n not in taken:
                    taken[n] = self._singly(uow, answers, incoming, now)
                    answers.write()
            return [taken[n] for n in range(len(several))]

    def _singly(self, uow: UnitOfWork, answers: Answers, incoming: Incoming, now: datetime) -> Accepted:
        if incoming.start_code:
            return join(uow, self._service, incoming, incoming.start_code, now)
        here = uow.arrivals.at(incoming.channel, incoming.bot, [incoming.chat]).get(incoming.chat)
        if here is None or not here.who.active:
            if here is None and looks_like_code(incoming.text):
                return join(uow, self._service, incoming, incoming.text, now)
            return greet_stranger(uow, self._service, incoming, now)
        if incoming.unreadable and incoming.attached is None:
            return beg_words(uow, incoming, here.who, now)
        return self._converse(uow, answers, incoming, here, now)

    def _converse(
        self, uow: UnitOfWork, answers: Answers, incoming: Incoming, here: Arrival, now: datetime
    ) -> Accepted:
        who, conversation = here.who, here.conversation
        speech = self._service.speech(who.locale)
        pressed = None
        if incoming.token:
            pressed, step = self._pressed(uow, incoming, who)
            if step is None:
                return self._stale(answers, incoming, here)
        elif incoming.attached and incoming.unreadable:  # a file without words, while one is awaited
            step = Step(commands().by_act["notice.file"], "notice.file", conversation.expects_args)
        else:
            turn = Turn(uow, self._service, who, now, incoming, conversation)
            step = next_step(
                incoming.text, conversation, commands(), here.question, speech, lambda words: turn.read(words)
            )
            if step.choice is not None and conversation.last_outbox:
                pressed = uow.outbox.get(conversation.last_outbox)
                if pressed and crossed(pressed.sent_at, incoming.at):
                    return ask_again(uow, incoming, who, now)
        used_up = step.act in step.command.once
        if pressed and (pressed.closed or (used_up and not uow.outbox.close(pressed.id))):
            return self._stale(answers, incoming, here)
        reply = self._run(uow, incoming, here, step, pressed, now)
        said = answers.add(incoming, here, reply)
        return Accepted("done", toast=speech.text(say("Received")) if said else "", used_up=used_up)

    def _pressed(
        self, uow: UnitOfWork, incoming: Incoming, who: Official
    ) -> tuple[OutboxRow | None, Step | None]:
        """The message a token names and the step of its choice; None when it is not (any more) theirs."""
        row_id, _, index = incoming.token.partition(":")
        if not (row_id.isdecimal() and index.isdecimal() and len(row_id) < 19 and len(index) < 4):
            return None, None
        row = uow.outbox.get(int(row_id))
        if row is None or row.official != who.id or int(index) >= len(row.message.choices):
            return None, None
        choice = row.message.choices[int(index)]
        if choice.act not in commands().by_act:  # a button of an older version of the service
            return row, None
        return row, step_of(choice, commands(), "", int(index))

    def _run(
        self,
        uow: UnitOfWork,
        incoming: Incoming,
        here: Arrival,
        step: Step,
        pressed: OutboxRow | None,
        now: datetime,
    ) -> Reply:
        who, replied = here.who, pressed
        if replied is None and incoming.reply_to:
            replied = uow.outbox.by_external(incoming.channel, incoming.bot, incoming.chat, incoming.reply_to)
        message = replied.message if replied and replied.official == who.id else None
        turn = Turn(
            uow=uow,
            service=self._service,
            who=who,
            now=now,
            incoming=incoming,
            conversation=here.conversation,
            words=step.words,
            act=step.act,
            args=step.args,
            reading=step.reading,
            replied=message,
        )
        return step.command.handle(turn)

    def _stale(self, answers: Answers, incoming: Incoming, here: Arrival) -> Accepted:
        old = say("This button is old and was not used. /viec shows where things stand.")
        answers.add(incoming, here, Reply(text(old)))
        return Accepted("stale", toast=self._service.speech(here.who.locale).text(old), used_up=True)

    def _after_failure(self, incoming: Incoming, now: datetime, phrase: Phrase, outcome: str) -> Accepted:
        with self._service.db.begin() as uow:
            seen = _first_times(uow, [incoming], now).get(_key(incoming))
            here = uow.arrivals.at(incoming.channel, incoming.bot, [incoming.chat]).get(incoming.chat)
            if seen is None or here is None:
                return Accepted("failed")
            uow.inbox.failed(seen, outcome)
            answers = Answers(uow, self._service, now)
            answers.add(incoming, here, Reply(text(phrase)))
            answers.write()
            return Accepted("failed", toast=self._service.speech(here.who.locale).text(phrase))


def _cut(incoming: Incoming) -> Incoming:
    if max(len(incoming.text), len(incoming.quoted)) <= LONGEST:
        return incoming
    return replace(incoming, text=incoming.text[:LONGEST], quoted=incoming.quoted[:LONGEST])


def _is_plain(incoming: Incoming, here: Arrival) -> bool:
    """Words or a press of somebody who is known here: nothing that changes who is reached where."""
    readable = not incoming.unreadable or incoming.attached is not None
    return here.who.active and readable and not incoming.start_code


def _key(incoming: Incoming) -> tuple[str, str, str]:
    return incoming.channel, incoming.bot, incoming.update_id


def _first_times(
    uow: UnitOfWork, several: Sequence[Incoming], now: datetime
) -> dict[tuple[str, str, str], int]:
    rows = [
        {"channel": i.channel, "bot": i.bot, "update_id": i.update_id, "chat": i.chat, "said": i.text}
        for i in several
    ]
    return uow.inbox.first_times(rows, now)


def _arrivals(uow: UnitOfWork, several: Sequence[Incoming]) -> dict[tuple[str, str, str], Arrival]:
    """Who is reached in these chats, by (channel, bot, chat)."""
    chats: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in several:
        if one.is_private:
            chats[one.channel, one.bot].append(one.chat)
    return {
        (*bot, chat): arrival
        for bot, some in chats.items()
        for chat, arrival in uow.arrivals.at(*bot, some).items()
    }


def _is_database_trouble(error: Exception) -> bool:
    """Whether to let the messenger deliver again later rather than answer."""
    return type(error).__module__.startswith("sqlalchemy") and type(error).__name__ in (
        "OperationalError",
        "InterfaceError",
        "TimeoutError",
        "InternalError",  # PostgreSQL after a fail-over: it takes no writes
    )
