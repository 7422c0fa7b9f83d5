"""What came in, what goes out, and where each conversation stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class OutboxRowTable(SQLModel, table=True):
    """Something to be said. States: queued, claimed, failed (to be tried again), sent, dead, superseded."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_due", "channel", "bot", "state", "priority", "not_before", "id"),
        Index("outbox_chat", "channel", "bot", "chat", "state", "sent_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    official: int | None = Field(default=None, foreign_key="official.id")
    address: int | None = None
    channel: str
    bot: str
    chat: str
    priority: int
    kind: str
    message: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    reply_to: str = ""
    late: bool = False
    state: str = "queued"
    created: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str = ""
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    external_id: str = ""
    final_text: str = ""
    reason: str = ""
    closed: bool = False  # its choices have been used
    parts_sent: int = 0  # of a message cut into several: those that went out before a failure
    receipt: str = ""  # sent, delivered, read, acknowledged (domain.receipts); "" before it went out
    receipt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BotRow(SQLModel, table=True):
    """One bot of one messenger: which process speaks for it, and how its line stands (domain.outages).

    ``term`` grows with every change of owner, so that a process that lost the bot is told from its successor.
    """

    __tablename__ = "bot"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    owner: str = ""
    term: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    down_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    probes: int = 0
    probe_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    off: bool = False


class IncidentRow(SQLModel, table=True):
    """Something amiss with the service itself that admins were told of; gone when it is over."""

    __tablename__ = "incident"
    code: str = Field(primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SaidRow(SQLModel, table=True):
    """A reminder that was planned, or skipped with a reason: decided once, for ever."""

    __tablename__ = "said"
    key: str = Field(primary_key=True)
    outcome: str
    reason: str = ""
    outbox: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)


class IncomingRow(SQLModel, table=True):
    """An update seen, so that it is not handled twice. Text is kept for the browser's own history only."""

    __tablename__ = "incoming"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "update_id"),
        Index("incoming_chat", "channel", "chat"),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    update_id: str
    chat: str
    at: datetime = Field(sa_type=UtcDateTime)
    said: str = ""
    outcome: str = ""


class ConversationRow(SQLModel, table=True):
    """Where a conversation stands."""

    __tablename__ = "conversation"
    official: int = Field(primary_key=True, foreign_key="official.id")
    last_assignment: int | None = None
    last_outbox: int | None = None
    numbered: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expects: str = ""
    expects_args: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class StoredFileRow(SQLModel, table=True):
    """A file made for somebody, such as a drafted report."""

    __tablename__ = "stored_file"
    id: int | None = Field(default=None, primary_key=True)
    official: int = Field(foreign_key="official.id")
    name: str
    media_type: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)
