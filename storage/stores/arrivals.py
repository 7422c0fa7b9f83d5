"""What is known of the chats something came in from: read together, because a reply needs all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, select, text
from sqlmodel import Session, SQLModel

from domain.conversations import Conversation
from domain.messages import Message
from domain.officials import Official, Post, Role
from storage.stores.core import chunks, look
from storage.stores.inbox import TALK, conversation_of
from storage.tables.registers import AddressRow  # noqa: F401  (fills the metadata)

ADDRESS: Table = SQLModel.metadata.tables["address"]
OFFICIAL: Table = SQLModel.metadata.tables["official"]
POST: Table = SQLModel.metadata.tables["post"]
TALKS: Table = SQLModel.metadata.tables["conversation"]
OUTBOX: Table = SQLModel.metadata.tables["outbox"]
#: in SQLite's own words the index of addresses in use is found; "active = 1" would read every address
IN_USE = text("address.active")
_NAMES = ("id", "key", "name", "locale", "digest_at", "prefers", "active")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who is reached in a chat, active or not, by which address, and how the talk with them stands.

    ``question`` is the last message with choices or numbers, unless its choices have been used up.
    """

    who: Official
    address: int
    conversation: Conversation
    question: Message | None


_WHERE = (ADDRESS.c.channel == bindparam("in_channel"), ADDRESS.c.bot == bindparam("of_bot"), IN_USE)
_WHO = (
    select(
        ADDRESS.c.chat,
        ADDRESS.c.id,
        OUTBOX.c.message,
        OUTBOX.c.closed,
        TALKS.c.official.is_not(None),
        *TALK,
        *(OFFICIAL.c[name] for name in _NAMES),
    )
    .select_from(
        ADDRESS.join(OFFICIAL, OFFICIAL.c.id == ADDRESS.c.official)
        .outerjoin(TALKS, TALKS.c.official == OFFICIAL.c.id)
        .outerjoin(OUTBOX, OUTBOX.c.id == TALKS.c.last_outbox)
    )
    .where(*_WHERE, ADDRESS.c.chat.in_(bindparam("chats", expanding=True)))
)
_POSTS = (
    select(POST.c.official, POST.c.agency, POST.c.role)
    .where(POST.c.official.in_(bindparam("whose", expanding=True)))
    .order_by(POST.c.agency, POST.c.role)
)


class Arrivals:
    """Who is where, and what was last said with them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at(self, channel: str, bot: str, chats: Iterable[str]) -> dict[str, Arrival]:
        """Those of one bot's chats that belong to somebody. Two queries for up to :data:`CHUNK` chats."""
        found: dict[str, Arrival] = {}
        for some in chunks(chats):
            values = {"in_channel": channel, "of_bot": bot, "chats": some}
            rows: Any = look(self._session, _WHO, values).all()
            posts = self._posts([row[10] for row in rows])
            for chat, address, message, closed, talks, *rest in rows:
                talk, (number, key, name, *wishes) = rest[:5], rest[5:]
                who = Official(number, key, name, tuple(posts.get(number, ())), *wishes)
                conversation = conversation_of(number, talk) if talks else Conversation(number)
                asked = Message.from_json(message) if message is not None and not closed else None
                found[chat] = Arrival(who, address, conversation, asked)
        return found

    def _posts(self, officials: list[int]) -> dict[int, list[Post]]:
        posts: dict[int, list[Post]] = {}
        if officials:
            rows: Any = look(self._session, _POSTS, {"whose": officials})
            for official, agency, role in rows:
                posts.setdefault(official, []).append(Post(agency, Role(role)))
        return posts
