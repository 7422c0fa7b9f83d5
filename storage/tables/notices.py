"""Notices, whom each is for, and audiences kept for the next time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class NoticeRow(SQLModel, table=True):
    """One notice (``domain.notices.Notice``); ``content`` holds what only its readers look at."""

    __tablename__ = "notice"
    id: int | None = Field(default=None, primary_key=True)
    author: int = Field(foreign_key="official.id", index=True)
    state: str = Field(default="draft", index=True)
    version: int = 1  # grows with every change, so that of two editors the second is told
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    head_count: int = 0
    forgiven: int = 0
    approved_by: int | None = None
    reason: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    send_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeRecipientRow(SQLModel, table=True):
    """One person a notice is for. ``state``: waiting (for its outbox row), queued (it has one), left_out.

    ``key`` is the outbox row's, so that the same person is never written to twice for one notice.
    """

    __tablename__ = "notice_recipient"
    __table_args__ = (Index("notice_recipient_waiting", "notice", "state", "official"),)
    notice: int = Field(primary_key=True, foreign_key="notice.id")
    official: int = Field(primary_key=True, foreign_key="official.id")
    agency: str
    key: str = Field(unique=True)
    state: str = "waiting"
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: int | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    nudges: int = 0
    nudged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AudienceRow(SQLModel, table=True):
    """An audience kept under a name."""

    __tablename__ = "audience"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    rules: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    kept_by: int | None = None
    kept_at: datetime = Field(sa_type=UtcDateTime)
