"""Plans as a document gives them (drafts) and as the service keeps them (plans, tasks)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from domain.documents import Origin
from domain.timeframes import TimeFrame


class Part(StrEnum):
    """What an agency is in a task; each part has messages of its own."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    MONITOR = "monitor"
    FOCUS = "focus"  # named as "đặc biệt … như:"


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable aim: ``op`` is one of >= <= = > <; ``unit`` "%" or a noun; ``scope`` for whom it counts."""

    metric: str
    op: str
    value: float
    unit: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: a field, a machine code of why, and how sure the reader was (0–1)."""

    field: str
    code: str
    detail: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One row of a plan, in the words of docs' import contract."""

    section: str
    number: str
    title: str
    leads: str
    coordinators: str
    frame: TimeFrame
    lead_agencies: tuple[str, ...] = ()
    coordinating_agencies: tuple[str, ...] = ()
    monitoring_agencies: tuple[str, ...] = ()
    focus_agencies: tuple[str, ...] = ()
    focus_agencies_named: tuple[str, ...] = ()
    lead_groups: tuple[str, ...] = ()
    lead_condition: str = ""
    product: str = ""
    targets: tuple[Target, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    origin: Origin = Origin()

    def confidence(self, field: str) -> float:
        """How sure the reader is of a field, 0–1: as sure as the worst doubt about it or about the whole row."""
        return min((d.confidence for d in self.doubts if d.field in (field, "row")), default=1.0)


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A duty found in the prose or inside a cell. ``asked``: a request ("đề nghị"), worded politely."""

    who: str
    what: str
    where: str
    frame: TimeFrame
    agencies: tuple[str, ...] = ()
    asked: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What the document says of itself."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    appendices_announced: tuple[str, ...] = ()
    appendices_found: tuple[str, ...] = ()
    signer_post: str = ""
    amends: str = ""  # number of the document this one changes ("Sửa đổi, bổ sung Kế hoạch số …"), else ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A document read: nothing is assigned before a person confirms it."""

    head: DocumentHead
    tasks: tuple[TaskDraft, ...] = ()
    duties: tuple[DutyDraft, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def frame_json(frame: TimeFrame) -> dict[str, Any]:
    """The time fields of the import contract."""
    return {
        "timeframe": frame.text,
        "timeframe_kind": frame.kind.value,
        "due_on": frame.due_on.isoformat() if frame.due_on else None,
        "strict": frame.strict,
        "act_by": frame.act_by.isoformat() if frame.act_by else None,
        "period_end": frame.period_end.isoformat() if frame.period_end else None,
        "recurs": frame.recurs,
        "recurs_on": list(frame.recurs_on),
    }


def draft_json(draft: PlanDraft) -> dict[str, Any]:
    """The document ``import plan --dry-run --json`` prints."""
    head = asdict(draft.head)
    head["issued_on"] = draft.head.issued_on.isoformat() if draft.head.issued_on else None
    return {
        "document": {k: list(v) if isinstance(v, tuple) else v for k, v in head.items()},
        "tasks": [_task_json(task) for task in draft.tasks],
        "duties": [
            {"who": d.who, "what": d.what, "where": d.where, "agencies": list(d.agencies)}
            | {"asked": d.asked, "problems": [x.code for x in d.doubts]}
            | frame_json(d.frame)
            for d in draft.duties
        ],
        "problems": [problem_text(d) for d in draft.doubts],
    }


def _task_json(task: TaskDraft) -> dict[str, Any]:
    names = ("section", "number", "title", "leads", "coordinators", "lead_condition", "product")
    lists = ("lead_agencies", "coordinating_agencies", "monitoring_agencies", "focus_agencies")
    more = ("focus_agencies_named", "lead_groups")
    return (
        {name: getattr(task, name) for name in names}
        | {name: list(getattr(task, name)) for name in (*lists, *more)}
        | frame_json(task.frame)
        | {"targets": [asdict(t) for t in task.targets]}
        | {"problems": [problem_text(d) for d in task.doubts]}
    )


def problem_text(doubt: Doubt) -> str:
    """``code`` or ``code: detail``."""
    return f"{doubt.code}: {doubt.detail}" if doubt.detail else doubt.code


@dataclass(frozen=True, slots=True)
class Ladder:
    """When people are reminded, as data of a plan. All counts are working days unless said otherwise."""

    before: tuple[int, ...] = (10, 5, 3, 1, 0)
    recurring_before: tuple[int, ...] = (3, 1, 0)
    overdue_first: int = 1
    overdue_every: int = 3
    overdue_times: int = 3
    overdue_then_weeks: int = 1
    silent_after: int = 10
    unanswered_head_after: int = 2
    unanswered_monitor_after: int = 2

    def as_json(self) -> dict[str, Any]:
        """Plain data for the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Ladder:
        """Rebuild; unknown keys are refused loudly by the constructor."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Plan:
    """A confirmed plan."""

    id: int
    number: str
    title: str
    issuer: str
    issued_on: date
    ladder: Ladder = Ladder()


@dataclass(frozen=True, slots=True)
class Task:
    """A confirmed task or duty of a plan. ``agencies`` maps each part to codes."""

    id: int
    plan: int
    number: str
    section: str
    title: str
    frame: TimeFrame
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    condition: str = ""
    product: str = ""
    targets: tuple[Target, ...] = ()
    is_duty: bool = False
    asked: bool = False
    clause: str = ""
    event_on: date | None = None  # an on_event task: the day its event was declared
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def withdrawn(self) -> bool:
        """Whether a newer text of the plan no longer has it: kept for its reports, nothing new is opened."""
        return "withdrawn" in self.extra
