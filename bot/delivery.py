"""The one way out: is it still true? render, send, record — and what to do when a messenger says no.

``prepare`` and ``record`` work in their caller's transaction for a whole batch; nothing is sent inside one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.carried_file import carried
from bot.channel import Channel, OutOfReach, SendError, Traits, Unreachable, Wire
from bot.delivery_errors import Forgone, after_error, alarm
from bot.delivery_outages import follow
from bot.rendering import plain_text, render
from bot.services import Service
from bot.still_true import asked_of, assignments_of, freshen
from bot.still_true_dossiers import KIND as DOSSIERS
from bot.still_true_dossiers import dossiers_of, without_closed
from domain.assignments import Assignment
from domain.conversations import after_saying
from domain.messages import WITHDRAWAL, Message, Priority
from domain.officials import Official
from domain.outages import Line
from domain.reminders import ASKS
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
#: an answer that could not be given for longer is still given, and says that it is late
LATE = timedelta(days=1)
#: waits for one's turn on entering, for each part of a message; raises :class:`Forgone`
Pace = Callable[[], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A claimed row, ready to go over the wire. ``message`` is what is still true of it.

    ``sent`` of its wires went out at an earlier try.
    """

    row: OutboxRow
    message: Message
    wires: tuple[Wire, ...]
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How sending ended: the messenger's id of the last part, or the error and how many parts are out."""

    prepared: Prepared
    external_id: str = ""
    error: SendError | None = None
    parts: int = 0


class Delivery:
    """What happens to a row between claim and record."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def prepare(
        self, uow: UnitOfWork, rows: Sequence[OutboxRow], traits: Traits, now: datetime
    ) -> list[Prepared]:
        """Render what is still true; what events have overtaken is superseded with a reason.

        A row that cannot be rendered is given up with an alarm and does not stop the others.
        """
        rows = self._within_reach(uow, rows, traits, now)
        ready = []
        assignments = uow.assignments.many({a for row in rows for a in assignments_of(row.message)})
        people = {o.id: o for o in uow.people.several({row.official for row in rows if row.official})}
        for row in rows:
            try:
                prepared = self._prepared(uow, row, assignments, people.get(row.official or 0), traits, now)
            except Exception:  # whatever is wrong in this one
                log.exception("a message cannot be rendered", extra={"row": row.id})
                uow.outbox.dead(row.id, "unrenderable")
                alarm(uow, self._service, row, "unrenderable", now)
            else:
                ready += prepared
        return ready

    def _within_reach(
        self, uow: UnitOfWork, rows: Sequence[OutboxRow], traits: Traits, now: datetime
    ) -> list[OutboxRow]:
        """The rows whose readers may be written to now; the others go another way without a try."""
        if traits.window is None or not rows:
            return list(rows)
        first = rows[0]
        heard = uow.inbox.last_heard(first.channel, first.bot, {row.chat for row in rows})
        near = [row for row in rows if row.chat in heard and heard[row.chat] > now - traits.window]
        for row in rows:
            if row not in near:
                after_error(uow, self._service, row, OutOfReach("window"), now)
        return near

    def _prepared(
        self,
        uow: UnitOfWork,
        row: OutboxRow,
        assignments: Mapping[int, Assignment],
        person: Official | None,
        traits: Traits,
        now: datetime,
    ) -> list[Prepared]:
        message = freshen(row.message, assignments) if row.kind in ASKS else row.message
        if row.kind == DOSSIERS:
            message = without_closed(row.message, uow.dossiers.owed(dossiers_of(row.message)))
        if message is None:
            uow.outbox.supersede(row.id, "overtaken")
            return []
        sent = row.parts_sent
        if message != row.message:
            uow.outbox.rewrite(row.id, message)  # a press names a choice of what was really said
            sent = 0
        wires = self._render(uow, row, message, person, traits, now)
        return [Prepared(row, message, wires, min(sent, len(wires) - 1))]

    def _render(
        self,
        uow: UnitOfWork,
        row: OutboxRow,
        message: Message,
        person: Official | None,
        traits: Traits,
        now: datetime,
    ) -> tuple[Wire, ...]:
        speech = self._service.speech(person.locale if person else "")
        message, file = carried(uow, self._service, message, traits, now)
        late = row.late or (row.priority == Priority.REPLY and now - row.created > LATE)
        replaces = row.reply_to if row.kind == WITHDRAWAL and traits.replaces else ""
        return render(
            message,
            speech,
            traits,
            row=row.id,
            late=late,
            file=file,
            reply_to=row.reply_to,
            replaces=replaces,
        )

    async def send(self, channel: Channel, prepared: Prepared, pace: Pace) -> Outcome:
        """Send every part that is not out yet, in order; an error of a later part is the whole message's."""
        external, parts = "", prepared.sent
        try:
            for wire in prepared.wires[prepared.sent :]:
                async with pace():
                    external = await channel.send(prepared.row.chat, wire)
                parts += 1
        except SendError as error:
            return Outcome(prepared, error=error, parts=parts)
        except Exception:  # a channel's own mistake must not stop the loop for everybody else
            log.exception("a channel failed unexpectedly", extra={"channel": channel.name})
            return Outcome(prepared, error=Unreachable("channel_failed"), parts=parts)
        return Outcome(prepared, external, parts=parts)

    def record(self, uow: UnitOfWork, outcomes: Sequence[Outcome], line: Line, now: datetime) -> Line:
        """Write down what happened to messages of one bot, and decide what happens to what did not go out.

        ``line`` is how the bot's line stood; how it stands now.
        """
        if not outcomes:
            return line
        gone = [o for o in outcomes if o.error is None]
        uow.outbox.sent_many(
            ((o.prepared.row.id, o.external_id, plain_text(o.prepared.wires)) for o in gone), now
        )
        for outcome in gone:
            self._after_sending(uow, outcome.prepared, now)
        first = outcomes[0].prepared.row
        tried = [o.error for o in outcomes if not isinstance(o.error, Forgone)]
        line = follow(uow, first.channel, first.bot, line, tried, now)
        for outcome in outcomes:
            if outcome.error is not None:
                counts = line.down_since is None
                row, parts = outcome.prepared.row, outcome.parts
                after_error(uow, self._service, row, outcome.error, now, parts=parts, counts=counts)
        return line

    def set_aside(self, uow: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        """The least that must be kept of an outcome whose recording fails: whether the message went out."""
        row = outcome.prepared.row
        if outcome.error is None:
            uow.outbox.sent(row.id, now, outcome.external_id, plain_text(outcome.prepared.wires))
        else:
            uow.outbox.dead(row.id, "not_recordable", by=row.claimed_by)

    def _after_sending(self, uow: UnitOfWork, prepared: Prepared, now: datetime) -> None:
        row, message = prepared.row, prepared.message
        if row.kind in ASKS:
            uow.assignments.mark_reminded(asked_of(message), now)
        if row.official and row.priority != Priority.REPLY:  # an answer was noted when it was queued
            if not (message.choices or message.numbered or message.assignment):
                return
            before = uow.conversations.get(row.official)
            if before.expects and self._asked_today(uow, before.last_outbox, now):
                return  # somebody is in the middle of answering a question
            uow.conversations.save(after_saying(before, message, row.id))

    def _asked_today(self, uow: UnitOfWork, row_id: int | None, now: datetime) -> bool:
        row = uow.outbox.get(row_id) if row_id else None
        local = self._service.calendar.local_date
        return row is not None and local(row.created) == local(now)
