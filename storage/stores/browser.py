"""What the browser chat reads: a person's page is two lists, what they wrote and what was said to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.stores.outbox_rows import OutboxRow, to_noun
from storage.tables.talk import IncomingRow, OutboxRowTable, StoredFileRow

ROW = OutboxRowTable


@dataclass(frozen=True, slots=True)
class Written:
    """Something a person wrote or pressed. ``update_id`` is what the answer to it is keyed by."""

    id: int
    at: datetime
    text: str
    update_id: str


class BrowserChat:
    """The channel's rows, oldest first."""

    def __init__(self, session: Session, channel: str = "browser", bot: str = "web") -> None:
        self._session, self._channel, self._bot = session, channel, bot

    def written(self, chat: str, limit: int) -> list[Written]:
        """The newest lines the person wrote."""
        query = (
            select(IncomingRow)
            .where(IncomingRow.channel == self._channel, IncomingRow.chat == chat, IncomingRow.said != "")
            .order_by(col(IncomingRow.id).desc())
            .limit(limit)
        )
        rows = reversed(self._session.exec(query).all())
        return [Written(r.id or 0, r.at, r.said, r.update_id) for r in rows]

    def sent(self, chat: str, limit: int) -> list[OutboxRow]:
        """The newest messages that went out to the person."""
        query = (
            select(ROW)
            .where(ROW.channel == self._channel, ROW.bot == self._bot, ROW.chat == chat, ROW.state == "sent")
            .order_by(col(ROW.sent_at).desc(), col(ROW.id).desc())
            .limit(limit)
        )
        return [to_noun(row) for row in reversed(self._session.exec(query).all())]

    def sent_since(self, chats: Iterable[str], since: datetime) -> list[OutboxRow]:
        """Messages that went out at or after an instant to any of these people, by the time they went."""
        query = (
            select(ROW)
            .where(
                ROW.channel == self._channel,
                ROW.bot == self._bot,
                col(ROW.chat).in_(list(chats)),
                ROW.state == "sent",
                col(ROW.sent_at) >= since,
            )
            .order_by(col(ROW.sent_at), col(ROW.id))
        )
        return [to_noun(row) for row in self._session.exec(query).all()]

    def file_names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names of stored files, without their contents."""
        query = select(StoredFileRow.id, StoredFileRow.name).where(col(StoredFileRow.id).in_(list(ids)))
        return {found: name for found, name in self._session.exec(query).all() if found is not None}
