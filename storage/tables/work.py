"""Documents, plans, tasks, assignments and what was reported on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class DocumentRow(SQLModel, table=True):
    """An imported file, as it came."""

    __tablename__ = "document"
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    filename: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    imported_at: datetime = Field(sa_type=UtcDateTime)
    imported_by: int | None = None


class DraftRow(SQLModel, table=True):
    """What was read from a document, waiting for a person. ``state``: open, confirmed, rejected.

    ``content`` is the draft with its corrections; ``as_read`` what the reader made of the document, kept once
    somebody corrects it. ``version`` counts the changes, so that of two at once one is refused.
    """

    __tablename__ = "draft"
    id: int | None = Field(default=None, primary_key=True)
    document: int = Field(foreign_key="document.id", index=True)
    state: str = "open"
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = None
    plan: int | None = None
    as_read: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PlanRow(SQLModel, table=True):
    """A confirmed plan."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("number", "issued_on", "issuer"),)
    id: int | None = Field(default=None, primary_key=True)
    document: int = Field(foreign_key="document.id")
    number: str
    title: str
    issuer: str
    issued_on: date
    ladder: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    confirmed_at: datetime = Field(sa_type=UtcDateTime)


class TaskRow(SQLModel, table=True):
    """A task or duty of a plan; ``frame`` and ``targets`` as the domain's nouns in JSON."""

    __tablename__ = "task"
    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="plan.id", index=True)
    number: str
    section: str
    title: str
    clause: str = ""
    is_duty: bool = False
    asked: bool = False
    frame: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    leads: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    coordinators: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    monitors: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    focus: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    condition: str = ""
    product: str = ""
    targets: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    extra: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    event_on: date | None = None


class AssignmentRow(SQLModel, table=True):
    """One agency's share of a task."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("task", "agency", "occurrence"),)
    id: int | None = Field(default=None, primary_key=True)
    task: int = Field(foreign_key="task.id", index=True)
    agency: str = Field(index=True)
    occurrence: str = ""
    state: str = Field(index=True)
    assigned_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date | None = None
    strict: bool = False
    act_by: date | None = None
    overdue_from: date | None = None
    percent: int | None = None
    deadline_version: int = 1
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_on: date | None = None
    last_report_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_note: str = ""
    waits_for: str = ""
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    unanswered_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ProgressRow(SQLModel, table=True):
    """One report; ``before`` is the assignment as it was, so that it can be undone."""

    __tablename__ = "progress"
    id: int | None = Field(default=None, primary_key=True)
    assignment: int = Field(foreign_key="assignment.id", index=True)
    official: int = Field(foreign_key="official.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    act: str = "report"
    status: str | None = None
    percent: int | None = None
    note: str = ""
    before: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RequestRow(SQLModel, table=True):
    """Something asked of the monitor."""

    __tablename__ = "request"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    assignment: int = Field(foreign_key="assignment.id", index=True)
    official: int = Field(foreign_key="official.id")
    until: date | None = None
    reason: str = ""
    state: str = "open"
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = None
    decided_until: date | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
