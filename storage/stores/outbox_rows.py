"""Outbox rows as nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from domain.messages import Message, Priority
from domain.officials import Address
from domain.receipts import Receipt
from storage.tables.talk import OutboxRowTable


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
    claimed_by: str = ""
    parts_sent: int = 0
    receipt: Receipt | None = None


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


def to_noun(row: OutboxRowTable | Row[Any]) -> OutboxRow:
    """A stored row as the noun that leaves the storage. Raises for one that cannot be read."""
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
        claimed_by=row.claimed_by,
        parts_sent=row.parts_sent,
        receipt=Receipt(row.receipt) if row.receipt else None,
    )


#: the columns of a row that has not gone out
CLAIMED = (
    "id", "key", "official", "address", "channel", "bot", "chat", "priority", "kind", "message", "reply_to", "late",
    "state", "created", "not_before", "attempts", "reason", "closed", "claimed_by", "parts_sent",
)  # fmt: skip


def claimed_noun(row: Sequence[Any]) -> OutboxRow:
    """A row of :data:`CLAIMED` as the noun; what is known only of sent messages is empty. Raises as :func:`to_noun`."""
    (id, key, official, address, channel, bot, chat, priority, kind, message, reply_to, late, state, created,
     not_before, attempts, reason, closed, claimed_by, parts_sent) = row  # fmt: skip
    return OutboxRow(
        id, key, official, address, channel, bot, chat, priority, kind, Message.from_json(message), reply_to, late,
        state, created, not_before, attempts, None, "", "", reason, closed, claimed_by, parts_sent,
    )  # fmt: skip


def to_values(item: ToSay, now: datetime, message: dict[str, Any] | None = None) -> dict[str, Any]:
    """A new row's columns, all of them; ``message`` where it has been made into data. Raises ValueError for a priority nobody looks for."""
    return new_row(item.kind, item.priority, now, item.not_before or now) | {
        "key": item.key,
        "official": item.address.official or None,
        "address": item.address.id or None,
        "channel": item.address.channel,
        "bot": item.address.bot,
        "chat": item.address.chat,
        "message": item.message.as_json() if message is None else message,
        "reply_to": item.reply_to,
        "late": item.late,
    }


def new_row(kind: str, priority: int, now: datetime, not_before: datetime) -> dict[str, Any]:
    """Columns of a new row that do not tell what is said to whom. Raises ValueError for a priority nobody looks for."""
    return {
        "priority": Priority(priority).value,
        "kind": kind,
        "reply_to": "",
        "late": False,
        "state": "queued",
        "created": now,
        "not_before": not_before,
        "claimed_by": "",
        "attempts": 0,
        "external_id": "",
        "final_text": "",
        "reason": "",
        "closed": False,
        "parts_sent": 0,
        "receipt": "",
    }
