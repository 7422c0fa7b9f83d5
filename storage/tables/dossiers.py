"""Dossiers as their systems report them, what they were before, and each time a source was read.

No column here can hold anything about an applicant: see bot/records/dossier_columns.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class ProcedureRow(SQLModel, table=True):
    """A procedure as a source names it."""

    __tablename__ = "dossier_procedure"
    __table_args__ = (UniqueConstraint("code", "name", "field"),)
    id: int | None = Field(default=None, primary_key=True)
    code: str
    name: str
    field: str


class Facts(SQLModel):
    """What a source says of a dossier (domain.dossiers.dossier.Dossier)."""

    agency: str
    receiving: str = ""
    procedure: int
    state: str
    channel: str = ""
    received_on: date | None = None
    promised_on: date | None = None
    latest_on: date | None = None
    apology_on: date | None = None
    stopped_on: date | None = None
    resumed_on: date | None = None
    result_on: date | None = None
    returned_on: date | None = None


class DossierRow(Facts, table=True):
    """One dossier: what its source says, then what is reckoned from it, with the run that wrote it last.

    The index answers every count without the rows: what matters to a month has closed in it or later.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        Index(
            "dossier_counted",
            "closed_month",
            "agency",
            "outcome",
            "procedure",
            "received_month",
            "late_from",
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    due_on: date | None = None
    late_from: date | None = None
    closed_on: date | None = None
    outcome: str
    received_month: int | None = None
    closed_month: int
    run: int


class DossierPastRow(Facts, table=True):
    """What a dossier was before a run changed it; ``due_on`` and ``outcome`` as they were reckoned then."""

    __tablename__ = "dossier_past"
    id: int | None = Field(default=None, primary_key=True)
    dossier: int = Field(foreign_key="dossier.id", index=True)
    run: int
    due_on: date | None = None
    closed_on: date | None = None
    outcome: str


class DossierRunRow(SQLModel, table=True):
    """One reading of a source. ``state``: running (at most one), done, failed. ``beat`` shows that a running one is alive.

    ``counts`` are rows read, new, changed …; ``report`` holds problems by row and notes, cut to what a person
    reads. Neither repeats a cell that might be an applicant's.
    """

    __tablename__ = "dossier_run"
    __table_args__ = (
        Index(
            "dossier_run_at_work",
            "state",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    source: str  # file, upload, folder, pull
    name: str
    by: int | None = None
    state: str = "running"
    started: datetime = Field(sa_type=UtcDateTime)
    beat: datetime = Field(sa_type=UtcDateTime)
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)
    counts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    report: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class DossierSourceRow(SQLModel, table=True):
    """An address that is asked for dossiers: what it answered last. ``key`` is a hash of the address."""

    __tablename__ = "dossier_source"
    key: str = Field(primary_key=True)
    etag: str = ""
    asked: datetime = Field(sa_type=UtcDateTime)
    failures: int = 0
    reason: str = ""


class DossierWarnedRow(SQLModel, table=True):
    """How far somebody was warned of an open dossier: the rung (domain.dossiers.warnings), and the day it was for."""

    __tablename__ = "dossier_warned"
    official: int = Field(primary_key=True, foreign_key="official.id")
    code: str = Field(primary_key=True)
    rung: str
    due_on: date
