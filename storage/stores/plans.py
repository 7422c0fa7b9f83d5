"""Documents, drafts, plans and tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.plans import DocumentHead, Ladder, Plan, Task
from storage.stores.core import look, run
from storage.stores.task_rows import BY_ID, EVERY, OF_PLANS, read_task
from storage.tables.work import DocumentRow, DraftRow, PlanRow, TaskRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored draft. ``content`` is what ``bot.planning`` put there."""

    id: int
    document: int
    filename: str
    state: str
    content: dict[str, Any]
    made_at: datetime
    plan: int | None
    as_read: dict[str, Any] | None = None
    version: int = 0


class Plans:
    """Everything from a file to its tasks."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, Task] = {}  # read in this transaction, and not changed in it since

    def save_document(self, data: bytes, filename: str, sha256: str, now: datetime, by: int | None) -> int:
        """Keep the original; its id."""
        row = DocumentRow(sha256=sha256, filename=filename, data=data, imported_at=now, imported_by=by)
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def draft_by_sha(self, sha256: str) -> Draft | None:
        """The latest draft of this very file, if it was read before and not rejected."""
        query = (
            select(DraftRow, DocumentRow.filename)
            .join(DocumentRow, col(DocumentRow.id) == DraftRow.document)
            .where(DocumentRow.sha256 == sha256, DraftRow.state != "rejected")
            .order_by(col(DraftRow.id).desc())
        )
        found = self._session.exec(query).first()
        return _draft(*found) if found else None

    def document_by_sha(self, sha256: str) -> int | None:
        """The id of this very file."""
        return self._session.exec(select(DocumentRow.id).where(DocumentRow.sha256 == sha256)).first()

    def original(self, document: int) -> tuple[str, bytes]:
        """File name and bytes as they came."""
        row = self._session.get_one(DocumentRow, document)
        return row.filename, row.data

    def save_draft(self, document: int, content: dict[str, Any], now: datetime) -> int:
        """Keep what was read; its id."""
        row = DraftRow(document=document, content=content, made_at=now)
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def draft(self, draft_id: int) -> Draft | None:
        """One draft."""
        row = self._session.get(DraftRow, draft_id)
        return _draft(row, self._session.get_one(DocumentRow, row.document).filename) if row else None

    def drafts(self, *, open_only: bool = True) -> list[Draft]:
        """Drafts, newest first."""
        query = (
            select(DraftRow, DocumentRow.filename)
            .join(DocumentRow, col(DocumentRow.id) == DraftRow.document)
            .order_by(col(DraftRow.id).desc())
        )
        if open_only:
            query = query.where(DraftRow.state == "open")
        return [_draft(row, name) for row, name in self._session.exec(query).all()]

    def decide_draft(self, draft_id: int, state: str, by: int | None, now: datetime) -> bool:
        """Confirm or reject an open draft; False when somebody already has. The condition settles a race."""
        done = run(
            self._session,
            update(DraftRow)
            .where(col(DraftRow.id) == draft_id, col(DraftRow.state) == "open")
            .values(state=state, decided_by=by, decided_at=now),
        )
        return done.rowcount == 1

    def correct_draft(
        self, draft_id: int, version: int, content: dict[str, Any], as_read: dict[str, Any]
    ) -> bool:
        """Keep an open draft with its corrections; False when it has changed since ``version`` was seen."""
        done = run(
            self._session,
            update(DraftRow)
            .where(
                col(DraftRow.id) == draft_id,
                col(DraftRow.version) == version,
                col(DraftRow.state) == "open",
            )
            .values(content=content, as_read=as_read, version=version + 1),
        )
        return done.rowcount == 1

    def rewrite_draft(self, draft_id: int, content: dict[str, Any], *, plan: int | None = None) -> None:
        """Keep what a draft has become, and the plan it went into."""
        row = self._session.get_one(DraftRow, draft_id)
        row.content, row.plan = content, plan
        self._session.flush()

    def add_plan(self, document: int, head: DocumentHead, ladder: Ladder, now: datetime) -> Plan:
        """A confirmed plan. The head must have its date."""
        assert head.issued_on is not None
        row = PlanRow(
            document=document,
            number=head.number,
            title=head.title,
            issuer=head.issuer,
            issued_on=head.issued_on,
            ladder=ladder.as_json(),
            confirmed_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return _plan(row)

    def add_task(self, task: Task) -> Task:
        """Keep a task (its id is ignored); the task with its id."""
        row = TaskRow(plan=task.plan, **_columns(task))
        self._session.add(row)
        self._session.flush()
        return self.task(row.id or 0)

    def update_task(self, task: Task) -> None:
        """Write what the document says of a task that is there; an event that was declared stays declared."""
        self._known.pop(task.id, None)
        row = self._session.get_one(TaskRow, task.id)
        for name, value in _columns(task).items():
            setattr(row, name, value)
        self._session.flush()

    def all(self) -> list[Plan]:
        """Plans, the oldest first."""
        return [_plan(row) for row in self._session.exec(select(PlanRow).order_by(col(PlanRow.id))).all()]

    def get(self, plan_id: int) -> Plan | None:
        """One plan."""
        row = self._session.get(PlanRow, plan_id)
        return _plan(row) if row else None

    def by_number(self, number: str, issued_on: date) -> Plan | None:
        """The plan with this number and date."""
        query = select(PlanRow).where(PlanRow.number == number, PlanRow.issued_on == issued_on)
        row = self._session.exec(query).first()
        return _plan(row) if row else None

    def amend_plan(self, plan_id: int, document: int, title: str) -> Plan:
        """Another document of the same number and date has taken the place of the first."""
        row = self._session.get_one(PlanRow, plan_id)
        row.document, row.title = document, title
        self._session.flush()
        return _plan(row)

    def document_of(self, plan_id: int) -> int:
        """The plan's document."""
        return self._session.get_one(PlanRow, plan_id).document

    def tasks(self, plans: Iterable[int] | None = None) -> list[Task]:
        """Tasks in the document's order, of some plans or all."""
        query, values = (EVERY, {}) if plans is None else (OF_PLANS, {"plans": list(plans)})
        return [read_task(*row) for row in look(self._session, query, values)]

    def task(self, task_id: int) -> Task:
        """One task; raises when there is none."""
        found = self._known.get(task_id)
        if found is None:
            row = look(self._session, BY_ID, {"task": task_id}).one()
            found = self._known[task_id] = read_task(*row)
        return found

    def declare_event(self, task_id: int, on: date) -> bool:
        """The event a task waits for has come; False when that was known."""
        self._known.pop(task_id, None)
        row = self._session.get_one(TaskRow, task_id)
        if row.event_on is not None:
            return False
        row.event_on = on
        self._session.flush()
        return True


def _columns(task: Task) -> dict[str, Any]:
    """What a document says of a task, as columns."""
    return {
        "number": task.number,
        "section": task.section,
        "title": task.title,
        "clause": task.clause,
        "is_duty": task.is_duty,
        "asked": task.asked,
        "frame": task.frame.as_json(),
        "leads": list(task.leads),
        "coordinators": list(task.coordinators),
        "monitors": list(task.monitors),
        "focus": list(task.focus),
        "condition": task.condition,
        "product": task.product,
        "targets": [asdict(t) for t in task.targets],
        "extra": task.extra,
    }


def _draft(row: DraftRow, filename: str) -> Draft:
    return Draft(
        row.id or 0,
        row.document,
        filename,
        row.state,
        row.content,
        row.made_at,
        row.plan,
        row.as_read,
        row.version,
    )


def _plan(row: PlanRow) -> Plan:
    return Plan(row.id or 0, row.number, row.title, row.issuer, row.issued_on, Ladder.from_json(row.ladder))
