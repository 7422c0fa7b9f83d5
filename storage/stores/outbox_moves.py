"""Rows that go another way than planned: to another address, to a chat's new id, back after an outage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, case, update
from sqlmodel import Session, col, select

from domain.messages import Priority
from domain.officials import Address
from domain.receipts import Receipt, below
from storage.stores.core import run
from storage.tables.talk import OutboxRowTable

ROW = OutboxRowTable
WAITING = ("failed", "queued")
UNENDED = (*WAITING, "claimed")
#: why a message waits for the next month: the bot keeps its last ones for answers and what is urgent
POSTPONED = "quota"


class OutboxMoves:
    """Conditional updates; a row that has ended is never touched."""

    _session: Session

    def readdress(self, row_id: int, address: Address, *, by: str = "") -> bool:
        """Say it there instead, from the beginning; with ``by`` only while it is still this worker's claim.

        What it answers has another id there, so it is no longer shown as an answer to that.
        """
        change = update(ROW).where(col(ROW.id) == row_id, col(ROW.state).in_(UNENDED))
        if by:
            change = change.where(col(ROW.state) == "claimed", col(ROW.claimed_by) == by)
        return run(self._session, change.values(_anew(address))).rowcount == 1

    def readdress_chat(self, channel: str, bot: str, chat: str, address: Address) -> int:
        """Everything that waits for a chat is said there instead; how many rows."""
        change = update(ROW).where(
            col(ROW.channel) == channel,
            col(ROW.bot) == bot,
            col(ROW.chat) == chat,
            col(ROW.state).in_(WAITING),
        )
        return run(self._session, change.values(_anew(address))).rowcount

    def bury_chat(self, channel: str, bot: str, chat: str, reason: str) -> int:
        """Everything that waits for a chat is given up: nobody is there any more; how many rows."""
        change = update(ROW).where(
            col(ROW.channel) == channel,
            col(ROW.bot) == bot,
            col(ROW.chat) == chat,
            col(ROW.state).in_(WAITING),
        )
        return run(self._session, change.values(state="dead", reason=reason)).rowcount

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

    def postpone(
        self, channel: str, bot: str, least: int, now: datetime, until: datetime, reason: str
    ) -> int:
        """What is due and of priority ``least`` or less urgent waits until then, and says then that it is late."""
        change = update(ROW).where(
            col(ROW.channel) == channel,
            col(ROW.bot) == bot,
            col(ROW.state).in_(WAITING),
            col(ROW.priority).in_([p.value for p in Priority if p >= least]),
            col(ROW.not_before) <= now,
        )
        later = {"state": "queued", "reason": reason, "not_before": until, "late": True}
        return run(self._session, change.values(**later)).rowcount

    def moments_ahead(self, now: datetime) -> list[datetime]:
        """The future moments that unasked messages wait for: mostly the next office's opening, so a few."""
        query = select(ROW.not_before).where(*_unasked(), col(ROW.not_before) > now).distinct()
        return list(self._session.exec(query).all())

    def move_moment(self, old: datetime, new: datetime) -> int:
        """What waits for one moment waits for another; how many rows."""
        change = update(ROW).where(*_unasked(), col(ROW.not_before) == old)
        return run(self._session, change.values(not_before=new)).rowcount

    def resume(self, channel: str, bot: str, now: datetime, reason: str) -> int:
        """What was to wait for that reason goes now; how many rows."""
        change = update(ROW).where(
            col(ROW.channel) == channel,
            col(ROW.bot) == bot,
            col(ROW.state) == "queued",
            col(ROW.reason) == reason,
            col(ROW.not_before) > now,
        )
        return run(self._session, change.values(not_before=now)).rowcount

    def revive(self, channel: str, bot: str, now: datetime) -> int:
        """The messenger answers again: what was waiting for a next try may be tried now; how many rows."""
        change = update(ROW).where(
            col(ROW.channel) == channel,
            col(ROW.bot) == bot,
            col(ROW.state) == "failed",
            col(ROW.not_before) > now,
        )
        return run(self._session, change.values(not_before=now)).rowcount

    def received(self, row_id: int, receipt: Receipt, now: datetime) -> bool:
        """How far a sent message got; False when as much was known already."""
        return self._receive(col(ROW.id) == row_id, receipt, now)

    def received_at(
        self, channel: str, bot: str, chat: str, external_id: str, receipt: Receipt, now: datetime
    ) -> bool:
        """The same by the messenger's own id; False also for a message that is not ours."""
        where = (
            (col(ROW.channel) == channel)
            & (col(ROW.bot) == bot)
            & (col(ROW.chat) == chat)
            & (col(ROW.external_id) == external_id)
        )
        return self._receive(where, receipt, now)

    def _receive(self, where: object, receipt: Receipt, now: datetime) -> bool:
        news = update(ROW).where(
            where,  # type: ignore[arg-type]
            col(ROW.state) == "sent",
            col(ROW.receipt).in_([r.value for r in below(receipt)]),
        )
        return run(self._session, news.values(receipt=receipt.value, receipt_at=now)).rowcount > 0


def _unasked() -> tuple[ColumnElement[bool], ...]:
    """What nobody waits for at the moment, and what was not tried yet."""
    return (
        col(ROW.state) == "queued",
        col(ROW.priority).in_([p.value for p in Priority if p > Priority.REPLY]),
    )


def _anew(address: Address) -> dict[str, object]:
    """The columns of a row that starts again at another address."""
    return {
        "state": "queued",
        "address": address.id or None,
        "channel": address.channel,
        "bot": address.bot,
        "chat": address.chat,
        "not_before": case((col(ROW.reason) == POSTPONED, col(ROW.created)), else_=col(ROW.not_before)),
        "reply_to": "",
        "parts_sent": 0,
        "attempts": 0,
        "reason": "",
        "lease_until": None,
        "claimed_by": "",
    }
