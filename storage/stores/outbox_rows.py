"""Outbox rows as nouns, and which of them are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from domain.messages import Message
from domain.officials import Address
from storage.tables.talk import OutboxRowTable

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


@dataclass(frozen=True, slots=True)
class ToSay:
    """Something to keep for sending. ``not_before`` None means at once."""

    key: str
    address: Address
    priority: int
    kind: str
    message: Message
    not_before: datetime | None = None
    late: bool = False
    reply_to: str = ""


def to_noun(row: OutboxRowTable) -> OutboxRow:
    """A stored row as the noun that leaves the storage."""
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


def due_query(bots: Sequence[tuple[str, str]], now: datetime) -> Any:
    """Rows that may be claimed: due, of these bots, in chats where nothing is being sent."""
    other = aliased(ROW)
    busy = exists().where(
        col(other.channel) == col(ROW.channel),
        col(other.bot) == col(ROW.bot),
        col(other.chat) == col(ROW.chat),
        col(other.state) == "claimed",
        col(other.lease_until) >= now,
    )
    due = and_(col(ROW.state) == "queued", col(ROW.not_before) <= now)
    mine = or_(*(and_(col(ROW.channel) == c, col(ROW.bot) == b) for c, b in bots))
    return select(ROW).where(due, mine, ~busy)


def to_values(item: ToSay, now: datetime) -> dict[str, Any]:
    """A new row's columns, all of them."""
    return {
        "key": item.key,
        "official": item.address.official or None,
        "address": item.address.id or None,
        "channel": item.address.channel,
        "bot": item.address.bot,
        "chat": item.address.chat,
        "priority": int(item.priority),
        "kind": item.kind,
        "message": item.message.as_json(),
        "reply_to": item.reply_to,
        "late": item.late,
        "state": "queued",
        "created": now,
        "not_before": item.not_before or now,
        "claimed_by": "",
        "attempts": 0,
        "external_id": "",
        "final_text": "",
        "reason": "",
        "closed": False,
    }
