"""The monthly lists of agencies with late dossiers, each version as it was drafted, contested and published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class LateListRow(SQLModel, table=True):
    """One version. ``tallies``: agency → a Tally's numbers in their order. A version is never changed once it is out."""

    __tablename__ = "late_list"
    __table_args__ = (UniqueConstraint("month", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    month: int
    version: int
    state: str
    as_of: date
    contest_until: date
    figures_of: date | None = None
    tallies: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    reason: str = ""
    drafted_at: datetime = Field(sa_type=UtcDateTime)
    approved_by: int | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LateListEntry(SQLModel, table=True):
    """One dossier on a version, and what was said about it."""

    __tablename__ = "late_list_entry"
    __table_args__ = (UniqueConstraint("list", "code"),)
    id: int | None = Field(default=None, primary_key=True)
    list: int = Field(foreign_key="late_list.id")
    code: str = Field(index=True)
    agency: str
    due_on: date | None = None
    closed_on: date | None = None
    doubt: str = ""
    reason: str = ""
    contested_by: int | None = None
