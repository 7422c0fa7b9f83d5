"""The one door in: seen before? who is it? what is meant? do it, and queue the answer — in one transaction.

The messenger is acknowledged after the commit (docs/adr/0003). When a command refuses or fails, its
transaction is rolled back and a second, small one remembers the update and queues a sentence.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from bot.channel import Accepted
from bot.dialog import Step, next_step, step_of
from bot.incoming import Incoming
from bot.joining import ask_again, beg_words, greet_stranger, join, looks_like_code
from bot.registry import commands
from bot.saying import say_to_others
from bot.services import Service
from bot.turn import Reply, Turn
from domain.access import Act, may
from domain.conversations import Conversation, after_saying, crossed
from domain.errors import Refusal
from domain.messages import Message, Priority, text
from domain.officials import Address, Official
from domain.phrases import Phrase, say
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
#: longer words are cut: nobody reports in more, and a reader's time is bounded
LONGEST = 4000


class Inbox:
    """Takes in one thing at a time; safe to call from several threads."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def accept(self, incoming: Incoming, now: datetime) -> Accepted:
        """Take something in. Never raises for what a person sent; a database that is away does raise."""
        incoming = replace(incoming, text=incoming.text[:LONGEST], quoted=incoming.quoted[:LONGEST])
        try:
            with self._service.db.begin() as uow:
                return self._handle(uow, incoming, now)
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

    def _handle(self, uow: UnitOfWork, incoming: Incoming, now: datetime) -> Accepted:
        seen = uow.inbox.first_time(
            incoming.channel, incoming.bot, incoming.update_id, incoming.chat, now, said=incoming.text
        )
        if seen is None:
            return Accepted("duplicate")
        if not incoming.is_private:
            return Accepted("ignored")
        if incoming.start_code:
            return join(uow, self._service, incoming, incoming.start_code, now)
        who = uow.people.official_at(incoming.channel, incoming.bot, incoming.chat)
        if who is None or not who.active:
            if who is None and looks_like_code(incoming.text):
                return join(uow, self._service, incoming, incoming.text, now)
            return greet_stranger(uow, self._service, incoming, now)
        if incoming.unreadable and incoming.attached is None:
            return beg_words(uow, incoming, who, now)
        return self._converse(uow, incoming, who, now)

    def _converse(self, uow: UnitOfWork, incoming: Incoming, who: Official, now: datetime) -> Accepted:
        conversation = uow.conversations.get(who.id)
        speech = self._service.speech(who.locale)
        pressed, question = None, _open_question(uow, conversation)
        if incoming.token:
            pressed, step = self._pressed(uow, incoming, who)
            if step is None:
                return self._stale(uow, incoming, who, now)
        elif incoming.attached and incoming.unreadable:  # a file without words, while one is awaited
            step = Step(commands().by_act["notice.file"], "notice.file", conversation.expects_args)
        else:
            turn = Turn(uow, self._service, who, now, incoming, conversation)
            step = next_step(
                incoming.text, conversation, commands(), question, speech, lambda words: turn.read(words)
            )
            if step.choice is not None and conversation.last_outbox:
                pressed = uow.outbox.get(conversation.last_outbox)
                if pressed and crossed(pressed.sent_at, incoming.at):
                    return ask_again(uow, incoming, who, now)
        used_up = step.act in step.command.once
        if pressed and (pressed.closed or (used_up and not uow.outbox.close(pressed.id))):
            return self._stale(uow, incoming, who, now)
        reply = self._run(uow, incoming, who, conversation, step, pressed, now)
        said = _answer(uow, self._service, incoming, who, conversation, reply, now)
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
        who: Official,
        conversation: Conversation,
        step: Step,
        pressed: OutboxRow | None,
        now: datetime,
    ) -> Reply:
        replied = pressed
        if replied is None and incoming.reply_to:
            replied = uow.outbox.by_external(incoming.channel, incoming.bot, incoming.chat, incoming.reply_to)
        message = replied.message if replied and replied.official == who.id else None
        turn = Turn(
            uow=uow,
            service=self._service,
            who=who,
            now=now,
            incoming=incoming,
            conversation=conversation,
            words=step.words,
            act=step.act,
            args=step.args,
            reading=step.reading,
            replied=message,
        )
        return step.command.handle(turn)

    def _stale(self, uow: UnitOfWork, incoming: Incoming, who: Official, now: datetime) -> Accepted:
        old = say("This button is old and was not used. /viec shows where things stand.")
        conversation = uow.conversations.get(who.id)
        _answer(uow, self._service, incoming, who, conversation, Reply(text(old)), now)
        return Accepted("stale", toast=self._service.speech(who.locale).text(old), used_up=True)

    def _after_failure(self, incoming: Incoming, now: datetime, phrase: Phrase, outcome: str) -> Accepted:
        with self._service.db.begin() as uow:
            seen = uow.inbox.first_time(
                incoming.channel, incoming.bot, incoming.update_id, incoming.chat, now, said=incoming.text
            )
            who = uow.people.official_at(incoming.channel, incoming.bot, incoming.chat)
            if seen is None or who is None:
                return Accepted("failed")
            uow.inbox.failed(seen, outcome)
            conversation = uow.conversations.get(who.id)
            _answer(uow, self._service, incoming, who, conversation, Reply(text(phrase)), now)
            return Accepted("failed", toast=self._service.speech(who.locale).text(phrase))


def _open_question(uow: UnitOfWork, conversation: Conversation) -> Message | None:
    """The last message with choices or numbers, unless its choices have been used up."""
    row = uow.outbox.get(conversation.last_outbox) if conversation.last_outbox else None
    return row.message if row and not row.closed else None


def _answer(
    uow: UnitOfWork,
    service: Service,
    incoming: Incoming,
    who: Official,
    conversation: Conversation,
    reply: Reply,
    now: datetime,
) -> bool:
    """Queue the answer and what others are told, and remember where the conversation stands now."""
    stem = f"reply:{incoming.channel}:{incoming.bot}:{incoming.update_id}"
    say_to_others(uow, service, reply.also, now, stem=stem)
    message = reply.message
    if message is None:
        return False
    known = uow.people.addresses([who.id]).get(who.id, ())
    here = next((a.id for a in known if (a.channel, a.chat) == (incoming.channel, incoming.chat)), 0)
    address = Address(here, who.id, incoming.channel, incoming.bot, incoming.chat)
    row = uow.outbox.put(
        key=stem,
        address=address,
        priority=Priority.REPLY,
        kind=reply.kind,
        message=message,
        now=now,
        reply_to=incoming.message_id,
    )
    uow.conversations.save(after_saying(conversation, message, row))
    return True


def _is_database_trouble(error: Exception) -> bool:
    """Whether to let the messenger deliver again later rather than answer."""
    return type(error).__module__.startswith("sqlalchemy") and type(error).__name__ in (
        "OperationalError",
        "InterfaceError",
        "TimeoutError",
    )
