"""Updates seen, and where conversations stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from domain.conversations import Conversation
from storage.stores.core import look, put_once, put_over, run
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
        one = {"channel": channel, "bot": bot, "update_id": update_id, "chat": chat, "said": said}
        return self.first_times([one], now).get((channel, bot, update_id))

    def first_times(
        self, several: Sequence[Mapping[str, str]], now: datetime
    ) -> dict[tuple[str, str, str], int]:
        """Remember updates (channel, bot, update_id, chat, said); the new ones' row ids by their first three."""
        values = [{**one, "at": now, "outcome": ""} for one in several]
        statement = put_once(self._session, IncomingRow, "channel", "bot", "update_id", "id")
        made: Any = run(self._session, statement, values)
        return {(row[0], row[1], row[2]): row[3] for row in made}

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
        row = look(self._session, _TALK, {"whose": official}).first()
        return conversation_of(official, row) if row else Conversation(official)

    def save(self, conversation: Conversation) -> None:
        """Remember where it stands."""
        self.save_many([conversation])

    def save_many(self, conversations: Iterable[Conversation]) -> None:
        """Remember where these stand, each person's once."""
        values = [
            {
                "official": c.official,
                "last_assignment": c.last_assignment,
                "last_outbox": c.last_outbox,
                "numbered": list(c.numbered),
                "expects": c.expects,
                "expects_args": dict(c.expects_args),
            }
            for c in conversations
        ]
        if values:
            run(self._session, put_over(self._session, ConversationRow), values)


#: the columns of a conversation, in the order in which :func:`conversation_of` looks for them
TALK = [ConversationRow.__table__.c[n] for n in ("last_assignment", "last_outbox", "numbered", "expects", "expects_args")]  # type: ignore[attr-defined]  # fmt: skip
_TALK = sql_select(*TALK).where(col(ConversationRow.official) == bindparam("whose"))


def conversation_of(official: int, row: Any) -> Conversation:
    """Stored columns as the noun that leaves the storage."""
    last_assignment, last_outbox, numbered, expects, expects_args = row
    return Conversation(official, last_assignment, last_outbox, tuple(numbered), expects, expects_args)
