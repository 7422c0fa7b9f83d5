"""Messages that were not read as they were meant."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ReadingCaseRow(SQLModel, table=True):
    """One case. Nothing in it says who wrote it: no person, no agency, no task, no hour."""

    __tablename__ = "reading_case"
    id: int | None = Field(default=None, primary_key=True)
    said: str
    read: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    meant: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    day: date
    state: str = "open"
