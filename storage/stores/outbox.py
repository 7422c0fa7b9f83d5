"""What is to be said: kept before it is spoken, claimed by one, recorded when done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from domain.messages import Message
from domain.officials import Address
from storage.tables.talk import OutboxRowTable, SaidRow

ROW = OutboxRowTable


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One thing to say, to one chat."""

    id: int
    key: str
    official: int | None
    address: int | None
    channel: str
    bot: str
    chat: str
    priority: int
    kind: str
    message: Message
    reply_to: str
    late: bool
    state: str
    created: datetime
    not_before: datetime
    attempts: int
    sent_at: datetime | None
    external_id: str
    final_text: str
    reason: str
    closed: bool


class Outbox:
    """Rows go queued → claimed → sent, or dead, or superseded with a reason; never backwards from an end."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(
        self,
        *,
        key: str,
        address: Address,
        priority: int,
        kind: str,
        message: Message,
        now: datetime,
        not_before: datetime | None = None,
        late: bool = False,
        reply_to: str = "",
    ) -> int | None:
        """Keep something to say; its id, or None when the key is there already (planned before)."""
        values = {
            "key": key,
            "official": address.official or None,
            "address": address.id or None,
            "channel": address.channel,
            "bot": address.bot,
            "chat": address.chat,
            "priority": int(priority),
            "kind": kind,
            "message": message.as_json(),
            "reply_to": reply_to,
            "late": late,
            "state": "queued",
            "created": now,
            "not_before": not_before or now,
            "claimed_by": "",
            "attempts": 0,
            "external_id": "",
            "final_text": "",
            "reason": "",
            "closed": False,
        }
        dialect = self._session.get_bind().dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        statement = make(ROW).values(**values).on_conflict_do_nothing().returning(col(ROW.id))
        return self._session.connection().execute(statement).scalar()

    def claim(
        self,
        worker: str,
        bots: Sequence[tuple[str, str]],
        now: datetime,
        *,
        lease_seconds: int = 60,
        limit: int = 30,
    ) -> list[OutboxRow]:
        """Claim what is due for these bots, most urgent first, at most one a chat.

        A claim whose lease ran out (its process died) is claimable again. Waiting for the answer of an
        earlier row of the same chat keeps the order within a chat.
        """
        bot_is = or_(*(and_(col(ROW.channel) == c, col(ROW.bot) == b) for c, b in bots))
        due = or_(
            and_(col(ROW.state) == "queued", col(ROW.not_before) <= now),
            and_(col(ROW.state) == "claimed", col(ROW.lease_until) < now),
        )
        query = (
            select(ROW).where(due, bot_is).order_by(col(ROW.priority), col(ROW.id)).limit(limit * 4)
        ).with_for_update(skip_locked=True)
        chosen: dict[tuple[str, str, str], OutboxRowTable] = {}
        busy = self._busy(now)
        for row in self._session.exec(query).all():
            place = (row.channel, row.bot, row.chat)
            if place not in busy and place not in chosen and len(chosen) < limit:
                chosen[place] = row
        for row in chosen.values():
            row.state, row.claimed_by, row.lease_until = (
                "claimed",
                worker,
                now + timedelta(seconds=lease_seconds),
            )
            row.attempts += 1
            self._session.add(row)
        self._session.flush()
        return [_row(row) for row in chosen.values()]

    def _busy(self, now: datetime) -> set[tuple[str, str, str]]:
        query = select(ROW.channel, ROW.bot, ROW.chat).where(
            col(ROW.state) == "claimed", col(ROW.lease_until) >= now
        )
        return set(self._session.exec(query).all())

    def _end(self, row_id: int, **values: Any) -> bool:
        """Move a row that has not ended; False when it had."""
        done = self._session.connection().execute(
            update(ROW)
            .where(col(ROW.id) == row_id, col(ROW.state).in_(["queued", "claimed"]))
            .values(**values, lease_until=None, claimed_by="")
        )
        self._session.expire_all()
        return done.rowcount == 1

    def sent(self, row_id: int, now: datetime, external_id: str, final_text: str) -> bool:
        """It was said, in these words."""
        return self._end(row_id, state="sent", sent_at=now, external_id=external_id, final_text=final_text)

    def retry(self, row_id: int, next_try: datetime, reason: str) -> bool:
        """Not now; again at ``next_try``."""
        return self._end(row_id, state="queued", not_before=next_try, reason=reason)

    def dead(self, row_id: int, reason: str) -> bool:
        """Given up, with the reason."""
        return self._end(row_id, state="dead", reason=reason)

    def supersede(self, row_id: int, reason: str) -> bool:
        """No longer true, so not said."""
        return self._end(row_id, state="superseded", reason=reason)

    def readdress(self, row_id: int, address: Address) -> bool:
        """Say it there instead."""
        return self._end(
            row_id,
            state="queued",
            address=address.id,
            channel=address.channel,
            bot=address.bot,
            chat=address.chat,
        )

    def move_chat(self, channel: str, bot: str, old: str, new: str) -> None:
        """A chat has a new id: what waits for it goes there."""
        self._session.connection().execute(
            update(ROW)
            .where(
                col(ROW.channel) == channel,
                col(ROW.bot) == bot,
                col(ROW.chat) == old,
                col(ROW.state).in_(["queued", "claimed"]),
            )
            .values(chat=new)
        )
        self._session.expire_all()

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        row = self._session.get(ROW, row_id)
        return _row(row) if row else None

    def close(self, row_id: int) -> bool:
        """Use up a message's choices; False when they were used before (a second press)."""
        done = self._session.connection().execute(
            update(ROW).where(col(ROW.id) == row_id, col(ROW.closed).is_(False)).values(closed=True)
        )
        self._session.expire_all()
        return done.rowcount == 1

    def by_external(self, channel: str, bot: str, chat: str, external_id: str) -> OutboxRow | None:
        """The message a person replied to, by the messenger's id."""
        query = select(ROW).where(
            ROW.channel == channel, ROW.bot == bot, ROW.chat == chat, ROW.external_id == external_id
        )
        row = self._session.exec(query).first()
        return _row(row) if row else None

    def for_chat(self, channel: str, chat: str, *, after_id: int = 0, limit: int = 200) -> list[OutboxRow]:
        """What was said in a chat, oldest first."""
        query = (
            select(ROW)
            .where(ROW.channel == channel, ROW.chat == chat, ROW.state == "sent", col(ROW.id) > after_id)
            .order_by(col(ROW.sent_at).desc(), col(ROW.id).desc())
            .limit(limit)
        )
        return [_row(row) for row in reversed(self._session.exec(query).all())]

    def oldest_due(self, now: datetime) -> datetime | None:
        """When the longest waiting due message became due."""
        query = select(func.min(ROW.not_before)).where(ROW.state == "queued", col(ROW.not_before) <= now)
        return self._session.exec(query).one()

    def dead_letters(self) -> list[OutboxRow]:
        """Messages given up."""
        return [_row(r) for r in self._session.exec(select(ROW).where(ROW.state == "dead")).all()]

    def count_by_state(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(self._session.exec(select(ROW.state, func.count()).group_by(ROW.state)).all())

    # --- what was decided about reminders

    def said(self, keys: Iterable[str] | None = None) -> set[str]:
        """Keys decided before (of these, or all)."""
        query = select(SaidRow.key)
        if keys is not None:
            query = query.where(col(SaidRow.key).in_(list(keys)))
        return set(self._session.exec(query).all())

    def note_said(self, rows: Sequence[tuple[str, str, str, int | None]], now: datetime) -> None:
        """Decide (key, outcome planned or skipped, reason, outbox row) once; a known key stays as it was."""
        if not rows:
            return
        dialect = self._session.get_bind().dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        values = [{"key": k, "outcome": o, "reason": r, "outbox": x, "at": now} for k, o, r, x in rows]
        self._session.connection().execute(make(SaidRow).on_conflict_do_nothing(), values)


def _row(row: OutboxRowTable) -> OutboxRow:
    return OutboxRow(
        id=row.id or 0,
        key=row.key,
        official=row.official,
        address=row.address,
        channel=row.channel,
        bot=row.bot,
        chat=row.chat,
        priority=row.priority,
        kind=row.kind,
        message=Message.from_json(row.message),
        reply_to=row.reply_to,
        late=row.late,
        state=row.state,
        created=row.created,
        not_before=row.not_before,
        attempts=row.attempts,
        sent_at=row.sent_at,
        external_id=row.external_id,
        final_text=row.final_text,
        reason=row.reason,
        closed=row.closed,
    )
