"""What people correct in a draft, and the names they teach the register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class DraftEditRow(SQLModel, table=True):
    """One correction of a draft. ``act`` and ``place`` are those of ``domain.corrections``; ``values`` is what
    was given, ``before`` what stood there. One that was undone stays, and may be taken up again."""

    __tablename__ = "draft_edit"
    id: int | None = Field(default=None, primary_key=True)
    draft: int = Field(foreign_key="draft.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: int | None = None
    act: str
    place: str
    values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    before: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: int | None = None
    carried_from: int | None = None


class AliasRow(SQLModel, table=True):
    """A name that a person said means an agency. ``key`` is the name folded; one that was removed stays."""

    __tablename__ = "agency_alias"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(index=True)
    agency: str
    at: datetime = Field(sa_type=UtcDateTime)
    by: int | None = None
    source: str = ""
    draft: int | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_by: int | None = None
