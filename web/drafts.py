"""Documents come in here: a draft beside its doubts and the original, for an administrator to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.intake import read_document
from bot.plan_reading import Corrections
from bot.planning import confirm_draft, import_draft, plan_differences, reject_draft
from domain.access import Act
from domain.citations import cite
from domain.documents import Paragraph, Table
from domain.errors import BadInput, Refusal
from domain.phrases import say
from domain.plan_drafts import unpack
from domain.plan_words import difference_words, doubt_words
from domain.plans import Doubt, PlanDraft
from storage.stores.plans import Draft
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.guard import UPLOAD_LIMIT


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/drafts", door.page(show_all, Act.CONFIRM_DRAFT)),
        Route("/drafts/{id:int}", door.page(show, Act.CONFIRM_DRAFT)),
        Route("/drafts/{id:int}/confirm", door.page(confirm, Act.CONFIRM_DRAFT), methods=["POST"]),
        Route("/drafts/{id:int}/reject", door.page(reject, Act.CONFIRM_DRAFT), methods=["POST"]),
        Route("/import", door.page(form, Act.IMPORT_PLAN)),
        Route("/import", upload(door), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list."""

    draft: Draft
    number: str
    title: str
    tasks: int
    doubts: int


def show_all(visit: Visit, uow: UnitOfWork) -> Shown:
    """Drafts that wait for a decision, and those decided on."""
    return Shown("drafts.html", {"lines": [_line(kept) for kept in uow.plans.drafts(open_only=False)]})


def _line(kept: Draft) -> DraftLine:
    draft = unpack(kept.content)
    return DraftLine(
        kept, draft.head.number, draft.head.title, len(draft.tasks) + len(draft.duties), count(draft)
    )


def count(draft: PlanDraft) -> int:
    """How many things a person should look at."""
    of_tasks = sum(len(task.doubts) for task in draft.tasks)
    return len(draft.doubts) + of_tasks + sum(len(duty.doubts) for duty in draft.duties)


@dataclass(frozen=True)
class Original:
    """The document as it came; read when the page is made, after the transaction."""

    filename: str
    data: bytes

    def blocks(self) -> list[tuple[str, Any]]:
        """("paragraph", text) and ("table", rows of cells); empty when it cannot be read any more."""
        try:
            document = read_document(self.data, self.filename)
        except Refusal:
            return []
        return [*_blocks(document.body), *(("note", f"[{n.mark}] {n.text}") for n in document.notes)]


def _blocks(body: Sequence[Paragraph | Table]) -> Iterator[tuple[str, Any]]:
    for piece in body:
        if isinstance(piece, Paragraph):
            yield "paragraph", piece.text
        else:
            yield (
                "table",
                [[(cell.text, cell.colspan, cell.rowspan) for cell in row.cells] for row in piece.rows],
            )


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """One draft."""
    kept = uow.plans.draft(visit.id())
    if kept is None:
        raise HTTPException(404)
    draft = unpack(kept.content)
    register = uow.agencies.register(draft.head.issued_on)
    return Shown(
        "draft.html",
        {
            "kept": kept,
            "draft": draft,
            "register": register,
            "doubts": count(draft),
            "doubt_words": doubt_words,
            "of_field": of_field,
            "cite": cite,
            "differences": [difference_words(d) for d in plan_differences(uow, draft)]
            if kept.state == "open"
            else [],
            "original": Original(*uow.plans.original(kept.document)),
        },
    )


def of_field(doubts: Sequence[Doubt], *names: str) -> list[Doubt]:
    """The doubts about one field of a row."""
    return [doubt for doubt in doubts if doubt.field in names]


def confirm(visit: Visit, uow: UnitOfWork) -> Response:
    """Make it binding; what the document does not say of itself may be given with it."""
    given = Corrections(number=visit.text("number", 60), issued_on=_day(visit.text("issued_on", 10)))
    plan = confirm_draft(
        uow, visit.context.service, visit.id(), by=visit.who.id, now=visit.now, corrections=given
    )
    return go(f"/plans/{plan.id}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(say("{text} is not a date; nothing was changed.", text=text)) from None


def reject(visit: Visit, uow: UnitOfWork) -> Response:
    """Put it aside."""
    reject_draft(uow, visit.id(), by=visit.who.id, now=visit.now)
    return go("/drafts")


def form(visit: Visit, uow: UnitOfWork) -> Shown:
    """Where a document is handed in."""
    return Shown("import.html", {"limit": UPLOAD_LIMIT // 2**20})


def upload(door: Door) -> Any:
    """Read a document into a draft. Only an administrator's body is read at all, and no more than the limit."""

    async def endpoint(request: Request) -> Response:
        visit = await door.enter(request, Act.IMPORT_PLAN)
        file = visit.form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise BadInput(say("No document was chosen; nothing was kept."))
        data = await file.read()
        return go(f"/drafts/{await run_in_threadpool(_import, visit, data, file.filename)}")

    return endpoint


def _import(visit: Visit, data: bytes, filename: str) -> int:
    with visit.context.service.db.begin() as uow:
        imported = import_draft(
            uow, visit.context.service, data, filename[-120:], by=visit.who.id, now=visit.now
        )
    return imported.draft_id
