"""What is to be said: kept before it is spoken, claimed by one, recorded when done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, case, literal_column, null, update
from sqlmodel import Session, SQLModel, col, select

from domain.messages import Message, Priority
from domain.officials import Address
from storage.stores.core import chunks, insert_once, put_once, run
from storage.stores.outbox_claims import claim_rows
from storage.stores.outbox_moves import OutboxMoves
from storage.stores.outbox_reads import OutboxReads
from storage.stores.outbox_rows import OutboxRow, ToSay, to_values
from storage.tables.talk import OutboxRowTable, SaidRow

__all__ = ["Outbox", "OutboxRow", "ToSay"]

ROW = OutboxRowTable
OUTBOX: Table = SQLModel.metadata.tables["outbox"]
UNENDED = ("queued", "claimed", "failed")
_CLOSE = update(OUTBOX).where(OUTBOX.c.id == bindparam("row"), OUTBOX.c.closed.is_(False)).values(closed=True)

_SENT = (  # what is the same for all is part of the statement, not bound for each
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row"), OUTBOX.c.state.in_([literal_column(f"'{s}'") for s in UNENDED]))
    .values(
        state=literal_column("'sent'"),
        sent_at=bindparam("at"),
        external_id=bindparam("external"),
        final_text=bindparam("said"),
        receipt=literal_column("'sent'"),
        receipt_at=bindparam("at"),
        lease_until=null(),
        claimed_by=literal_column("''"),
    )
)


class Outbox(OutboxReads, OutboxMoves):
    """Rows go queued → claimed → sent, or failed and claimed again, or dead, or superseded with a reason;
    never backwards from an end (docs/delivery.md)."""

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
        made: Any = run(self._session, put_once(self._session, ROW, "key", "id"), values)
        return {row[0]: row[1] for row in made}

    def claim(
        self,
        worker: str,
        bots: Sequence[tuple[str, str]],
        now: datetime,
        *,
        lease_seconds: float = 60,
        limit: int = 30,
        avoid: Collection[str] = (),
        most: int = max(Priority),
        lately: Mapping[str, float] | None = None,
    ) -> list[OutboxRow]:
        """Claim what is due for these bots, most urgent first, at most one a chat and none in ``avoid``.

        ``most`` leaves out what is less urgent. ``lately`` says when chats were served: the longest ago first. A claim whose lease ran out (its process died) is claimable
        again. Waiting for the answer of an earlier row of the same chat keeps the order within a chat.
        """
        rows: list[OutboxRow] = []
        lease = timedelta(seconds=lease_seconds)
        for bot in sorted(bots):
            left = limit - len(rows)
            rows += claim_rows(
                self._session, worker, bot, now, lease, left, avoid=avoid, most=most, lately=lately or {}
            )
        return rows

    def extend(self, ids: Collection[int], worker: str, until: datetime) -> set[int]:
        """Keep claims for longer; the rows that are still this worker's."""
        held: set[int] = set()
        for some in chunks(ids):
            change = update(ROW).where(
                col(ROW.id).in_(some), col(ROW.state) == "claimed", col(ROW.claimed_by) == worker
            )
            held |= set(run(self._session, change.values(lease_until=until).returning(col(ROW.id))).scalars())
        return held

    def release(self, ids: Collection[int], worker: str) -> None:
        """Give back claims that were not begun, as if they had not been made."""
        for some in chunks(ids):
            change = update(ROW).where(
                col(ROW.id).in_(some), col(ROW.state) == "claimed", col(ROW.claimed_by) == worker
            )
            state = case((col(ROW.reason) != "", "failed"), else_="queued")
            back = {"state": state, "lease_until": None, "claimed_by": "", "attempts": col(ROW.attempts) - 1}
            run(self._session, change.values(**back))

    def _end(self, row_id: int, *, by: str = "", **values: Any) -> bool:
        """Move a row that has not ended; False when it had, or when it is no longer the claim of ``by``."""
        change = update(ROW).where(col(ROW.id) == row_id, col(ROW.state).in_(UNENDED))
        if by:
            change = change.where(col(ROW.state) == "claimed", col(ROW.claimed_by) == by)
        done = run(self._session, change.values(**values, lease_until=None, claimed_by=""))
        return done.rowcount == 1

    def sent(self, row_id: int, now: datetime, external_id: str, final_text: str) -> bool:
        """It was said, in these words."""
        what: dict[str, Any] = {
            "external_id": external_id,
            "final_text": final_text,
            "receipt": "sent",
            "receipt_at": now,
        }
        return self._end(row_id, state="sent", sent_at=now, **what)

    def sent_many(self, rows: Iterable[tuple[int, str, str]], now: datetime) -> None:
        """These (row, external id, final text) were said; a row that had ended stays as it was.

        Whoever claimed it: that it was said is a fact.
        """
        values = [{"row": row, "external": external, "said": said, "at": now} for row, external, said in rows]
        if not values:
            return
        run(self._session, _SENT, values)

    def retry(
        self,
        row_id: int,
        next_try: datetime,
        reason: str,
        *,
        counts: bool = True,
        by: str = "",
        parts_sent: int = 0,
    ) -> bool:
        """Not now; again at ``next_try``. A try that says nothing about the message does not count.

        ``by``: only while it is still this worker's claim. ``parts_sent`` need not be said again.
        """
        again: dict[str, Any] = {} if counts else {"attempts": col(ROW.attempts) - 1}
        again |= {"not_before": next_try, "reason": reason, "parts_sent": parts_sent}
        return self._end(row_id, by=by, state="failed", **again)

    def dead(self, row_id: int, reason: str, *, by: str = "") -> bool:
        """Given up, with the reason."""
        return self._end(row_id, by=by, state="dead", reason=reason)

    def supersede(self, row_id: int, reason: str) -> bool:
        """No longer true, so not said."""
        return self._end(row_id, state="superseded", reason=reason)

    def rewrite(self, row_id: int, message: Message) -> bool:
        """Say this instead; its choices are those a press means from now on."""
        change = update(ROW).where(col(ROW.id) == row_id, col(ROW.state).in_(UNENDED))
        return run(self._session, change.values(message=message.as_json(), parts_sent=0)).rowcount == 1

    def close(self, row_id: int) -> bool:
        """Use up a message's choices; False when they were used before (a second press)."""
        return run(self._session, _CLOSE, {"row": row_id}).rowcount == 1

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
