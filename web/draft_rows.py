"""One row of a draft beside the text it was read from, and everything a person may do to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_correct import Working, in_hand, take_back, take_up
from domain.access import Act
from domain.agencies import Register
from domain.corrections import Act as Do
from domain.draft_words import place_words
from domain.errors import BadInput, Refusal
from domain.phrases import say
from domain.plan_edits import Edited, EditedRow
from domain.plans import TaskDraft
from domain.reading.plan_reread import FIELDS, texts_of
from domain.timeframes import TimeFrame
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.draft_form import CorrectionForm, Kind, shown

#: which doubts stand under which field of the form; the others stand above it
ABOUT = {"leads": ("leads", "agency", "focus"), "timeframe": ("timeframe",)} | {
    name: (name,) for name in ("section", "number", "title", "coordinators", "monitors", "product")
}
_NEW = TaskDraft("", "", "", "", "", TimeFrame())


def _task(edited: Edited, key: str) -> TaskDraft | None:
    return row.task if (row := edited.row(key)) else None


ROWS = Kind("rows", FIELDS, _task)


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/drafts/{id:int}/rows/{key}", door.page(show, Act.CORRECT_DRAFT)),
        Route("/drafts/{id:int}/rows/{key}", door.page(change, Act.CORRECT_DRAFT), methods=["POST"]),
        Route("/drafts/{id:int}/undo", door.page(undo, Act.CORRECT_DRAFT), methods=["POST"]),
    ]


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """One row, or the form for one that was missed ("new", below the row named in the query)."""
    work = in_hand(uow, visit.context.service, visit.id())
    key = visit.request.path_params["key"]
    if work.kept.state != "open":
        raise HTTPException(404)
    rows = work.edited.rows
    below = visit.request.query_params.get("below", "")
    index = next((i for i, row in enumerate(rows) if row.key == (below if key == "new" else key)), -1)
    if index < 0 and (key != "new" or below):
        raise HTTPException(404)
    row = EditedRow("new", _new(rows, index)) if key == "new" else rows[index]
    return Shown(
        "draft_row.html",
        {
            "row": row,
            "task": row.task,
            "below": below,
            "texts": texts_of(row.task, work.reading.register or Register()),
            "read": _as_read(work, row),
            "shown": rows[max(index, 0)].task if rows else _NEW,
            "place_words": place_words,
        }
        | shown(visit, uow, work, row.task, ABOUT)
        | _around(rows, index, key),
    )


def _around(rows: Sequence[EditedRow], index: int, key: str) -> dict[str, Any]:
    """Where the row stands among the others."""
    here = index if key != "new" else index + 1
    after = index + 1
    doubtful = [i for i, row in enumerate(rows) if row.task.doubts and i != index]
    later = next((i for i in doubtful if i > index), doubtful[0] if doubtful else -1)
    return {
        "place": here + 1,
        "rows": len(rows),
        "before": rows[index - 1].key if index > 0 else "",
        "after": rows[after].key if after < len(rows) else "",
        "following": rows[after].task if after < len(rows) else None,
        "next_doubtful": rows[later].key if later >= 0 else "",
        "doubtful": len(doubtful),
    }


def _new(rows: Sequence[EditedRow], index: int) -> TaskDraft:
    """An empty row in the section of the one above."""
    section = rows[index].task.section if index >= 0 else ""
    return TaskDraft(section, "", "", "", "", TimeFrame())


def _as_read(work: Working, row: EditedRow) -> dict[str, str]:
    """What the reader had found, of the fields that are others now."""
    number = row.key.removeprefix("r")
    if not row.key.startswith("r") or not number.isdecimal() or int(number) >= len(work.read.tasks):
        return {}
    read = texts_of(work.read.tasks[int(number)], work.reading.register)
    return {name: read[name] for name in row.changed if name in read}


def change(visit: Visit, uow: UnitOfWork) -> Response:
    """What the pressed button says. Afterwards the list at this row, or the next row to look at."""
    form = CorrectionForm(visit, uow, ROWS)
    work, key = in_hand(uow, visit.context.service, form.draft), form.key
    index = next((i for i, row in enumerate(work.edited.rows) if row.key == key), -1)
    following = _around(work.edited.rows, index, key)["next_doubtful"] if index >= 0 else ""
    if form.do == "name" and (several := form.several_agencies(work)):
        return form.see(key, several)
    work = _done(form, visit)
    if form.do == "add":
        key = next((r.key for r in reversed(work.edited.rows) if r.key.startswith("a")), key)
    if form.do == "settle" and visit.text("then", 10) == "next" and following and work.edited.row(following):
        return form.see(following)
    if form.do == "name" and form.still_doubted(work):
        return form.see(key)
    if work.edited.row(key) is None:
        key = work.edited.rows[max(0, index - 1)].key if work.edited.rows else ""
    return form.see_list(key)


def _done(form: CorrectionForm, visit: Visit) -> Working:
    if form.do == "name":
        return form.name_agency()
    if form.do == "add":
        given = {name: text for name, text in form.given().items() if text.strip()}
        if "title" not in given:
            raise BadInput(say("A task needs a title; nothing was added."), code="no_title")
        return form.correct(Do.ADD, visit.text("below", 20), given)
    if form.do in ("drop", "join"):
        return form.correct(Do(form.do), form.key, {})
    return form.save()


def undo(visit: Visit, uow: UnitOfWork) -> Response:
    """Take a correction back, or up again."""
    draft, edit = visit.id(), visit.text("edit", 12)
    if not edit.isdecimal():
        raise Refusal(say("Nothing was changed."), code="no_edit")
    change_it = take_up if visit.text("do", 10) == "redo" else take_back
    change_it(uow, visit.context.service, draft, int(edit), by=visit.who.id, now=visit.now)
    return go(f"/drafts/{draft}#corrections")
