"""Documents come in here: a draft beside its doubts and the original, for an administrator to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_correct import Working, in_hand
from bot.plan_reading import Corrections, Office
from bot.plan_standing import Reach, Standing, plan_differences, standing
from bot.planning import confirm_draft, import_draft, reject_draft
from domain.access import Act
from domain.agencies import Register
from domain.citations import cite
from domain.corrections import row_mark
from domain.draft_words import edit_words, field_words, frame_words, place_words, sureness_words
from domain.errors import BadInput
from domain.phrases import Phrase, say
from domain.plan_drafts import unpack
from domain.plan_words import changed_fields, doubt_words, short
from domain.plans import Doubt, PlanDraft
from domain.reading.plan_diff import Change, Difference
from domain.reading.plan_targets import target_lines
from storage.stores.draft_edits import KeptEdit
from storage.stores.plans import Draft
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.guard import UPLOAD_LIMIT
from web.originals import Original, anchor


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


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """One draft: every row with its doubts, or only those to look at, and the original beside it."""
    work = in_hand(uow, visit.context.service, visit.id())
    kept, draft = work.kept, work.draft
    register = work.reading.register or Register()
    which = visit.request.query_params.get("show", "")
    rows = [row for row in work.edited.rows if row.task.doubts or which != "doubts"]
    return Shown(
        "draft.html",
        {
            "kept": kept,
            "open": kept.state == "open",
            "draft": draft,
            "duties": [
                (d, row_mark(d.duty)) for d in work.edited.duties if d.duty.doubts or which != "doubts"
            ],
            "rows": [(row, row_mark(row.task)) for row in rows],
            "last": work.edited.rows[-1].key if work.edited.rows else "",
            "which": "doubts" if which == "doubts" else "",
            "doubtful": sum(bool(row.task.doubts) for row in work.edited.rows),
            "register": register,
            "doubts": count(draft),
            "doubt_words": doubt_words,
            "sureness_words": sureness_words,
            "field_words": field_words,
            "frame_words": frame_words,
            "place_words": place_words,
            "of_field": of_field,
            "anchor": anchor,
            "target_lines": target_lines,
            "cite": cite,
            "changes": _changes(uow, visit.context.service, draft) if kept.state == "open" else None,
            "short": short,
            "changed_fields": changed_fields,
            "corrections": _corrections(uow, work, register),
            "original": Original(*uow.plans.original(kept.document)),
        },
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What confirming does to a plan that is confirmed. ``withdrawn`` are tasks the document does not name."""

    standing: Standing
    added: list[Difference]
    changed: list[Difference]
    withdrawn: list[Difference]


def _changes(uow: UnitOfWork, service: Office, draft: PlanDraft) -> Changes | None:
    """None for a new plan."""
    found = standing(uow, draft)
    if found.plan is None:
        return None
    every = plan_differences(uow, service, draft)
    by = {which: [d for d in every if d.change is which] for which in Change}
    gone = plan_differences(uow, service, draft, Reach.WHOLE)
    removed = [d for d in gone if d.change is Change.REMOVED]
    return Changes(found, by[Change.ADDED], by[Change.CHANGED], removed)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction in the list below the draft."""

    edit: KeptEdit
    who: str
    words: tuple[Phrase, ...]
    idle: bool


def _corrections(uow: UnitOfWork, work: Working, register: Register) -> list[Correction]:
    """What people changed, the newest first."""
    people = {o.id: o.name for o in uow.people.several({e.by for e in work.edits if e.by})}
    return [
        Correction(
            e,
            people.get(e.by or 0, ""),
            edit_words(e.act, e.values, e.before, register),
            e.id in work.edited.idle,
        )
        for e in reversed(work.edits)
    ]


def of_field(doubts: Sequence[Doubt], *names: str) -> list[Doubt]:
    """The doubts about one field of a row."""
    return [doubt for doubt in doubts if doubt.field in names]


def confirm(visit: Visit, uow: UnitOfWork) -> Response:
    """Make it binding; what the document does not say of itself may be given with it."""
    reach = visit.text("reach", 10)
    given = Corrections(
        number=visit.text("number", 60),
        issued_on=_day(visit.text("issued_on", 10)),
        reach=reach if reach in list(Reach) else "",
    )
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
