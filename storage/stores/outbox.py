"""What is to be said: kept before it is spoken, claimed by one, recorded when done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, func, or_, update
from sqlmodel import Session, SQLModel, col, select

from domain.messages import Message
from domain.officials import Address
from storage.stores.core import chunks, insert_once, run
from storage.stores.outbox_rows import OutboxRow, ToSay, due_query, to_noun, to_values
from storage.tables.talk import OutboxRowTable, SaidRow

__all__ = ["Outbox", "OutboxRow", "ToSay"]

ROW = OutboxRowTable
OUTBOX: Table = SQLModel.metadata.tables["outbox"]
UNENDED = ["queued", "claimed"]


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
        item = ToSay(key, address, priority, kind, message, not_before, late, reply_to)
        return self.put_many([item], now).get(key)

    def put_many(self, items: Iterable[ToSay], now: datetime) -> dict[str, int]:
        """Keep many things to say in one batch; the ids of the new ones by key."""
        values = [to_values(item, now) for item in items]
        if not values:
            return {}
        statement = insert_once(self._session, ROW).returning(col(ROW.key), col(ROW.id))
        return {row.key: row.id for row in run(self._session, statement, values).all()}

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
        if not bots:
            return []
        self._one_claimer(bots)
        abandoned = update(ROW).where(col(ROW.state) == "claimed", col(ROW.lease_until) < now)
        run(self._session, abandoned.values(state="queued", lease_until=None, claimed_by=""))
        query = due_query(bots, now).order_by(col(ROW.priority), col(ROW.id)).limit(limit * 4)
        chosen: dict[tuple[str, str, str], OutboxRowTable] = {}
        for row in self._session.exec(query.with_for_update(skip_locked=True, of=ROW)).all():
            if len(chosen) < limit:
                chosen.setdefault((row.channel, row.bot, row.chat), row)
        claimed = [
            replace(to_noun(row), attempts=row.attempts + 1, state="claimed") for row in chosen.values()
        ]
        lease = now + timedelta(seconds=lease_seconds)
        change = update(ROW).where(col(ROW.id).in_([row.id for row in claimed]))
        if claimed:
            attempts = col(ROW.attempts) + 1
            run(
                self._session,
                change.values(state="claimed", claimed_by=worker, lease_until=lease, attempts=attempts),
            )
        return claimed

    def _one_claimer(self, bots: Sequence[tuple[str, str]]) -> None:
        """Let claims of one bot follow each other until commit.

        SKIP LOCKED alone would let two workers take two rows of one chat. SQLite has one writer anyway.
        """
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for channel, bot in sorted(bots):
            name = func.hashtextextended(f"outbox {channel} {bot}", 0)
            self._session.connection().execute(select(func.pg_advisory_xact_lock(name)))

    def _end(self, row_id: int, **values: Any) -> bool:
        """Move a row that has not ended; False when it had."""
        done = run(
            self._session,
            update(ROW)
            .where(col(ROW.id) == row_id, col(ROW.state).in_(UNENDED))
            .values(**values, lease_until=None, claimed_by=""),
        )
        return done.rowcount == 1

    def sent(self, row_id: int, now: datetime, external_id: str, final_text: str) -> bool:
        """It was said, in these words."""
        return self._end(row_id, state="sent", sent_at=now, external_id=external_id, final_text=final_text)

    def sent_many(self, rows: Iterable[tuple[int, str, str]], now: datetime) -> None:
        """These (row, external id, final text) were said; a row that had ended stays as it was."""
        values = [{"row": row, "external": external, "said": said} for row, external, said in rows]
        if not values:
            return
        statement = (
            update(OUTBOX)
            .where(OUTBOX.c.id == bindparam("row"), or_(*(OUTBOX.c.state == s for s in UNENDED)))
            .values(
                state="sent",
                sent_at=now,
                external_id=bindparam("external"),
                final_text=bindparam("said"),
                lease_until=None,
                claimed_by="",
            )
        )
        run(self._session, statement, values)

    def retry(self, row_id: int, next_try: datetime, reason: str, *, counts: bool = True) -> bool:
        """Not now; again at ``next_try``. A try that says nothing about the message does not count."""
        again: dict[str, Any] = {} if counts else {"attempts": col(ROW.attempts) - 1}
        return self._end(row_id, state="queued", not_before=next_try, reason=reason, **again)

    def dead(self, row_id: int, reason: str) -> bool:
        """Given up, with the reason."""
        return self._end(row_id, state="dead", reason=reason)

    def supersede(self, row_id: int, reason: str) -> bool:
        """No longer true, so not said."""
        return self._end(row_id, state="superseded", reason=reason)

    def rewrite(self, row_id: int, message: Message) -> bool:
        """Say this instead; its choices are those a press means from now on."""
        change = update(ROW).where(col(ROW.id) == row_id, col(ROW.state).in_(UNENDED))
        return run(self._session, change.values(message=message.as_json())).rowcount == 1

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
        run(
            self._session,
            update(ROW)
            .where(
                col(ROW.channel) == channel,
                col(ROW.bot) == bot,
                col(ROW.chat) == old,
                col(ROW.state).in_(UNENDED),
            )
            .values(chat=new),
        )

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        row = self._session.get(ROW, row_id)
        return to_noun(row) if row else None

    def close(self, row_id: int) -> bool:
        """Use up a message's choices; False when they were used before (a second press)."""
        done = run(
            self._session,
            update(ROW).where(col(ROW.id) == row_id, col(ROW.closed).is_(False)).values(closed=True),
        )
        return done.rowcount == 1

    def by_external(self, channel: str, bot: str, chat: str, external_id: str) -> OutboxRow | None:
        """The message a person replied to, by the messenger's id."""
        query = select(ROW).where(
            ROW.channel == channel, ROW.bot == bot, ROW.chat == chat, ROW.external_id == external_id
        )
        row = self._session.exec(query).first()
        return to_noun(row) if row else None

    def for_chat(self, channel: str, chat: str, *, after_id: int = 0, limit: int = 200) -> list[OutboxRow]:
        """What was said in a chat, oldest first."""
        query = (
            select(ROW)
            .where(ROW.channel == channel, ROW.chat == chat, ROW.state == "sent", col(ROW.id) > after_id)
            .order_by(col(ROW.sent_at).desc(), col(ROW.id).desc())
            .limit(limit)
        )
        return [to_noun(row) for row in reversed(self._session.exec(query).all())]

    def oldest_due(self, now: datetime) -> datetime | None:
        """When the longest waiting due message became due."""
        query = select(func.min(ROW.not_before)).where(ROW.state == "queued", col(ROW.not_before) <= now)
        return self._session.exec(query).one()

    def dead_letters(self) -> list[OutboxRow]:
        """Messages given up."""
        return [to_noun(r) for r in self._session.exec(select(ROW).where(ROW.state == "dead")).all()]

    def count_by_state(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(self._session.exec(select(ROW.state, func.count()).group_by(ROW.state)).all())

    # --- what was decided about reminders

    def said(self, keys: Iterable[str] | None = None) -> set[str]:
        """Keys decided before (of these, or all)."""
        query = select(SaidRow.key)
        if keys is None:
            return set(self._session.exec(query).all())
        found: set[str] = set()
        for some in chunks(keys):
            found.update(self._session.exec(query.where(col(SaidRow.key).in_(some))).all())
        return found

    def note_said(self, rows: Sequence[tuple[str, str, str, int | None]], now: datetime) -> None:
        """Decide (key, outcome planned or skipped, reason, outbox row) once; a known key stays as it was."""
        if not rows:
            return
        values = [{"key": k, "outcome": o, "reason": r, "outbox": x, "at": now} for k, o, r, x in rows]
        run(self._session, insert_once(self._session, SaidRow), values)
