"""Updates seen, and where conversations stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.conversations import Conversation
from storage.stores.core import insert_once, run
from storage.tables.talk import ConversationRow, IncomingRow


@dataclass(frozen=True, slots=True)
class Line:
    """Something a person wrote in the browser chat."""

    id: int
    at: datetime
    text: str


class Inbox:
    """Deduplication by (channel, bot, update id)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def first_time(
        self, channel: str, bot: str, update_id: str, chat: str, now: datetime, *, said: str = ""
    ) -> int | None:
        """Remember the update; its row id, or None when it has been seen before."""
        values = {"channel": channel, "bot": bot, "update_id": update_id, "chat": chat}
        statement = insert_once(self._session, IncomingRow).values(**values, at=now, said=said, outcome="")
        found: int | None = run(self._session, statement.returning(col(IncomingRow.id))).scalar()
        return found

    def failed(self, row_id: int, outcome: str) -> None:
        """Note how handling ended, when not well."""
        self._session.get_one(IncomingRow, row_id).outcome = outcome

    def lines(self, channel: str, chat: str, limit: int = 200) -> list[Line]:
        """The person's own lines in a chat, oldest first."""
        query = (
            select(IncomingRow)
            .where(IncomingRow.channel == channel, IncomingRow.chat == chat, IncomingRow.said != "")
            .order_by(col(IncomingRow.id).desc())
            .limit(limit)
        )
        return [Line(row.id or 0, row.at, row.said) for row in reversed(self._session.exec(query).all())]

    def last_heard(self, channel: str, bot: str, chats: Collection[str]) -> dict[str, datetime]:
        """When each of these chats last said anything; a chat that never did is not named."""
        query = (
            select(IncomingRow.chat, func.max(IncomingRow.at))
            .where(
                IncomingRow.channel == channel, IncomingRow.bot == bot, col(IncomingRow.chat).in_(list(chats))
            )
            .group_by(col(IncomingRow.chat))
        )
        return dict(self._session.exec(query).all())

    def count(self) -> int:
        """How many updates have been seen."""
        return self._session.exec(select(func.count()).select_from(IncomingRow)).one()


class Conversations:
    """One a person, the same on every channel."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, official: int) -> Conversation:
        """Where the conversation stands; a fresh one when nothing was said yet."""
        row = self._session.get(ConversationRow, official)
        if row is None:
            return Conversation(official)
        return Conversation(
            official=official,
            last_assignment=row.last_assignment,
            last_outbox=row.last_outbox,
            numbered=tuple(row.numbered),
            expects=row.expects,
            expects_args=row.expects_args,
        )

    def save(self, conversation: Conversation) -> None:
        """Remember where it stands."""
        self._session.merge(
            ConversationRow(
                official=conversation.official,
                last_assignment=conversation.last_assignment,
                last_outbox=conversation.last_outbox,
                numbered=list(conversation.numbered),
                expects=conversation.expects,
                expects_args=dict(conversation.expects_args),
            )
        )
        self._session.flush()
