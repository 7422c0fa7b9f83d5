"""Looking at the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, func, not_, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, col, select

from domain.messages import Priority
from storage.stores.core import LARGEST_ID, look
from storage.stores.outbox_rows import OutboxRow, to_noun
from storage.tables.registers import AddressRow
from storage.tables.talk import OutboxRowTable

ROW = OutboxRowTable
WAITING = ("failed", "queued")
OUTBOX: Table = SQLModel.metadata.tables["outbox"]
_ONE = sql_select(*OUTBOX.c).where(OUTBOX.c.id == bindparam("row"))
_BY_EXTERNAL = sql_select(*OUTBOX.c).where(
    OUTBOX.c.channel == bindparam("in_channel"),
    OUTBOX.c.bot == bindparam("of_bot"),
    OUTBOX.c.chat == bindparam("in_chat"),
    OUTBOX.c.external_id == bindparam("external"),
)


class OutboxReads:
    """Rows and counts; nothing is changed."""

    _session: Session

    def get(self, row_id: int) -> OutboxRow | None:
        """One row; None also for a number, from a forged button say, that no row can have."""
        if row_id > LARGEST_ID:
            return None
        row = look(self._session, _ONE, {"row": row_id}).first()
        return to_noun(row) if row else None

    def by_external(self, channel: str, bot: str, chat: str, external_id: str) -> OutboxRow | None:
        """The message a person replied to, by the messenger's id."""
        where = {"in_channel": channel, "of_bot": bot, "in_chat": chat, "external": external_id}
        row = look(self._session, _BY_EXTERNAL, where).first()
        return to_noun(row) if row else None

    def oldest_due(self, now: datetime, *, without: Collection[tuple[str, str]] = ()) -> datetime | None:
        """When the longest waiting due message became due; ``without`` leaves out bots that cannot send."""
        query = select(func.min(ROW.not_before)).where(
            col(ROW.state).in_(WAITING), col(ROW.not_before) <= now
        )
        if without:
            those = or_(*(and_(col(ROW.channel) == c, col(ROW.bot) == b) for c, b in without))
            query = query.where(not_(those))
        return self._session.exec(query).one()

    def dead_letters(self) -> list[OutboxRow]:
        """Messages given up."""
        return [to_noun(r) for r in self._session.exec(select(ROW).where(ROW.state == "dead")).all()]

    def count_by_state(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(self._session.exec(select(ROW.state, func.count()).group_by(ROW.state)).all())

    def stranded(
        self,
        channel: str,
        bot: str,
        elsewhere: Collection[tuple[str, str]],
        now: datetime,
        limit: int,
        *,
        pressing: bool = True,
        least: int = 0,
    ) -> list[OutboxRow]:
        """Rows of a bot whose reader also has an address with one of the bots ``elsewhere``.

        ``pressing``: only what is due and no less urgent than a reminder. ``least``: only this priority and
        what is less urgent.
        """
        if not elsewhere:
            return []
        query = select(ROW).where(*_stranded(channel, bot, elsewhere, now, pressing=pressing))
        query = query.where(col(ROW.priority) >= least)
        query = query.order_by(col(ROW.priority), col(ROW.id)).limit(limit)
        return [to_noun(row) for row in self._session.exec(query).all()]

    def count_waiting(
        self, channel: str, bot: str, elsewhere: Collection[tuple[str, str]], now: datetime
    ) -> tuple[int, int]:
        """How many rows wait for a bot, and how many of them could go elsewhere."""
        here = (ROW.channel == channel, ROW.bot == bot, col(ROW.state).in_(WAITING))
        every = self._session.exec(select(func.count()).select_from(ROW).where(*here)).one()
        if not elsewhere:
            return every, 0
        movable = (
            select(func.count())
            .select_from(ROW)
            .where(*_stranded(channel, bot, elsewhere, now, pressing=False))
        )
        return every, self._session.exec(movable).one()


def _stranded(
    channel: str, bot: str, elsewhere: Collection[tuple[str, str]], now: datetime, *, pressing: bool
) -> list[Any]:
    there = or_(*(and_(col(AddressRow.channel) == c, col(AddressRow.bot) == b) for c, b in elsewhere))
    reachable = select(AddressRow.official).where(col(AddressRow.active), there)
    conditions = [ROW.channel == channel, ROW.bot == bot, col(ROW.official).in_(reachable)]
    if not pressing:
        return [*conditions, col(ROW.state).in_(WAITING)]
    due = or_(col(ROW.state) == "failed", and_(col(ROW.state) == "queued", col(ROW.not_before) <= now))
    return [*conditions, due, col(ROW.priority) <= Priority.REMINDER]
