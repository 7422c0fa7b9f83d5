"""The one way out: is it still true? render, send, record — and what to do when a messenger says no.

``prepare`` and ``record`` are each one transaction for a whole batch; nothing is sent inside one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.addressing import choose
from bot.channel import (
    AddressGone,
    BotRefused,
    Channel,
    Moved,
    RetryAfter,
    SendError,
    Traits,
    Unreachable,
    Wire,
    WireFile,
)
from bot.inbox import after_saying
from bot.rendering import plain_text, render
from bot.saying import tell_admins
from bot.services import Service
from bot.still_true import asked_of, assignments_of, freshen
from domain.messages import Message, Priority, text
from domain.officials import Official
from domain.phrases import say, verbatim
from domain.reminders import ASKS
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 900.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A claimed row, ready to go over the wire. ``message`` is what is still true of it."""

    row: OutboxRow
    message: Message
    wires: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How sending ended: the messenger's id of the last part, or the error."""

    prepared: Prepared
    external_id: str = ""
    error: SendError | None = None


class Delivery:
    """What happens to a row between claim and record."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def prepare(self, rows: Sequence[OutboxRow], traits: Mapping[tuple[str, str], Traits]) -> list[Prepared]:
        """Render what is still true; what events have overtaken is superseded with a reason."""
        ready = []
        with self._service.db.begin() as uow:
            wanted = {a for row in rows for a in assignments_of(row.message)}
            assignments = uow.assignments.many(wanted)
            people = {o.id: o for o in uow.people.several({row.official for row in rows if row.official})}
            for row in rows:
                message = freshen(row.message, assignments) if row.kind in ASKS else row.message
                if message is None:
                    uow.outbox.supersede(row.id, "overtaken")
                    continue
                if message != row.message:
                    uow.outbox.rewrite(row.id, message)  # a press names a choice of what was really said
                wires = self._render(uow, row, message, people, traits[row.channel, row.bot])
                ready.append(Prepared(row, message, wires))
        return ready

    def _render(
        self,
        uow: UnitOfWork,
        row: OutboxRow,
        message: Message,
        people: Mapping[int, Official],
        traits: Traits,
    ) -> tuple[Wire, ...]:
        person = people.get(row.official or 0)
        speech = self._service.speech(person.locale if person else "")
        file = None
        if message.file and traits.files and (kept := uow.files.get(int(message.file))):
            file = WireFile(kept.name, kept.media_type, kept.data)
        return render(message, speech, traits, row=row.id, late=row.late, file=file, reply_to=row.reply_to)

    async def send(self, channel: Channel, prepared: Prepared) -> Outcome:
        """Send every part in order; an error of a later part is the whole message's."""
        external = ""
        try:
            for wire in prepared.wires:
                external = await channel.send(prepared.row.chat, wire)
        except SendError as error:
            return Outcome(prepared, error=error)
        except Exception:  # a channel's own mistake must not stop the loop for everybody else
            log.exception("a channel failed unexpectedly", extra={"channel": channel.name})
            return Outcome(prepared, error=Unreachable("channel_failed"))
        return Outcome(prepared, external)

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write down what happened, and decide what happens to what did not go out."""
        with self._service.db.begin() as uow:
            gone = [o for o in outcomes if o.error is None]
            uow.outbox.sent_many(
                ((o.prepared.row.id, o.external_id, plain_text(o.prepared.wires)) for o in gone), now
            )
            for outcome in gone:
                self._after_sending(uow, outcome.prepared, now)
            for outcome in outcomes:
                if outcome.error is not None:
                    self._after_error(uow, outcome.prepared.row, outcome.error, now)

    def _after_sending(self, uow: UnitOfWork, prepared: Prepared, now: datetime) -> None:
        row, message = prepared.row, prepared.message
        if row.kind in ASKS:
            uow.assignments.mark_reminded(asked_of(message), now)
        if row.official and row.priority != Priority.REPLY:  # an answer was noted when it was queued
            before = uow.conversations.get(row.official)
            if before.expects and self._asked_today(uow, before.last_outbox, now):
                return  # somebody is in the middle of answering a question
            if message.choices or message.numbered or message.assignment:
                uow.conversations.save(after_saying(before, message, row.id))

    def _asked_today(self, uow: UnitOfWork, row_id: int | None, now: datetime) -> bool:
        row = uow.outbox.get(row_id) if row_id else None
        local = self._service.calendar.local_date
        return row is not None and local(row.created) == local(now)

    def _after_error(self, uow: UnitOfWork, row: OutboxRow, error: SendError, now: datetime) -> None:
        if isinstance(error, Moved):
            if row.address:
                uow.people.move_address(row.address, error.chat)
            uow.outbox.move_chat(row.channel, row.bot, row.chat, error.chat)
            uow.outbox.retry(row.id, now, "moved")
        elif isinstance(error, AddressGone):
            self._move_on(uow, row, error, now)
        elif isinstance(error, RetryAfter):
            uow.outbox.retry(row.id, now + timedelta(seconds=error.seconds), "retry_after", counts=False)
        elif isinstance(error, Unreachable | BotRefused) and row.attempts < MAX_ATTEMPTS:
            uow.outbox.retry(row.id, now + _wait(row), error.reason)
        else:
            uow.outbox.dead(row.id, error.reason)
            self._alarm(uow, row, error, now)

    def _move_on(self, uow: UnitOfWork, row: OutboxRow, error: SendError, now: datetime) -> None:
        """The address is off; the message goes to the person's next one, and admins learn of it once."""
        if row.address:
            uow.people.switch_off(row.address, error.reason, now)
        if not row.official:
            uow.outbox.dead(row.id, error.reason)
            return
        person = uow.people.get(row.official)
        uow.session.flush()
        rest = uow.people.addresses([person.id]).get(person.id, ())
        other = choose(rest, person, self._service.bots)
        if other is not None:
            uow.outbox.readdress(row.id, other)
        else:
            uow.outbox.dead(row.id, error.reason)
        lost = say(
            "{name} can no longer be reached on {channel}.", name=verbatim(person.name), channel=row.channel
        )
        next_step = (
            say("Messages go by another channel now.")
            if other
            else say("No other channel is known: please send a new invitation.")
        )
        key = f"address_off:{row.address or row.chat}"
        tell_admins(uow, self._service, text(lost, next_step), now, kind="alarm", key=key)

    def _alarm(self, uow: UnitOfWork, row: OutboxRow, error: SendError, now: datetime) -> None:
        log.error("a message was given up", extra={"row": row.id, "reason": error.reason})
        if row.kind == "alarm":
            return  # an alarm about an alarm would go round in circles
        day = self._service.calendar.local_date(now)
        what = say(
            "Messages could not be delivered on {channel} ({reason}). See dondoc doctor.",
            channel=row.channel,
            reason=error.reason,
        )
        key = f"dead:{row.channel}:{error.reason}:{day}"
        tell_admins(uow, self._service, text(what), now, kind="alarm", key=key)


def _wait(row: OutboxRow) -> timedelta:
    """Twice as long after each try, capped; spread by the row so that a crowd does not return at once."""
    seconds = min(_FIRST_WAIT * 2 ** (row.attempts - 1), _LONGEST_WAIT)
    return timedelta(seconds=seconds * (1 + (row.id * 7919 % 100) / 400))
