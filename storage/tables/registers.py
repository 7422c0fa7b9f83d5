"""Agencies and their groups, people and how they are reached."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class AgencyRow(SQLModel, table=True):
    """One agency."""

    __tablename__ = "agency"
    code: str = Field(primary_key=True)
    position: int = 0
    name: str
    level: str
    kind: str
    parent: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    official_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class GroupRow(SQLModel, table=True):
    """A group as a rule."""

    __tablename__ = "agency_group"
    code: str = Field(primary_key=True)
    names: list[str] = Field(sa_column=Column(JSON, nullable=False))
    levels: list[str] = Field(sa_column=Column(JSON, nullable=False))
    kinds: list[str] = Field(sa_column=Column(JSON, nullable=False))
    include: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    exclude: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    valid_from: date | None = None
    valid_to: date | None = None


class OfficialRow(SQLModel, table=True):
    """One person."""

    __tablename__ = "official"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    locale: str = "vi"
    digest_at: str = ""
    prefers: str = ""
    active: bool = True


class PostRow(SQLModel, table=True):
    """A role held at an agency."""

    __tablename__ = "post"
    official: int = Field(primary_key=True, foreign_key="official.id")
    agency: str = Field(primary_key=True)
    role: str = Field(primary_key=True)


class AddressRow(SQLModel, table=True):
    """Where a person is reached."""

    __tablename__ = "address"
    __table_args__ = (
        Index(
            "address_in_use",
            "channel",
            "bot",
            "chat",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    official: int = Field(foreign_key="official.id", index=True)
    channel: str
    bot: str
    chat: str
    active: bool = True
    since: datetime = Field(sa_type=UtcDateTime)
    off_reason: str = ""
    off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InviteRow(SQLModel, table=True):
    """A one-time code; only its hash is kept. ``purpose`` is join or signin."""

    __tablename__ = "invite"
    code_hash: str = Field(primary_key=True)
    purpose: str
    official: int = Field(foreign_key="official.id")
    expires: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class JoinAttemptRow(SQLModel, table=True):
    """A code that was wrong, to limit guessing."""

    __tablename__ = "join_attempt"
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    chat: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class WebSessionRow(SQLModel, table=True):
    """A signed-in browser; only the token's hash is kept."""

    __tablename__ = "web_session"
    token_hash: str = Field(primary_key=True)
    official: int = Field(foreign_key="official.id", index=True)
    expires: datetime = Field(sa_type=UtcDateTime)
    revoked: bool = False


class DayRow(SQLModel, table=True):
    """An office's own day off or day worked, with its source document."""

    __tablename__ = "office_day"
    day: date = Field(primary_key=True)
    works: bool
    reason: str = ""
    source: str = ""


class AuditRow(SQLModel, table=True):
    """Who did what to what."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    who: int | None = None
    act: str
    thing: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class HeartbeatRow(SQLModel, table=True):
    """When a loop was last alive."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


class NudgeRow(SQLModel, table=True):
    """A monitor's follow-up; at most one a day to each agency and task."""

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("task", "agency", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    task: int
    agency: str
    day: date
    by: int
