"""One row of a draft beside the text it was read from, and everything a person may do to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_correct import Working, choose_agency, correct, in_hand, take_back, take_up
from domain.access import Act
from domain.agencies import Agency, Register
from domain.corrections import Act as Do
from domain.corrections import doubt_key, row_mark
from domain.draft_words import field_words, frame_words, place_words, sureness_words
from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from domain.plan_edits import EditedRow
from domain.plan_words import doubt_words
from domain.plans import Doubt, TaskDraft
from domain.reading.plan_names import find_agency
from domain.reading.plan_reread import FIELDS, texts_of
from domain.reading.plan_taught import bare_name, likely, with_words
from domain.timeframes import TimeFrame
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.originals import Original

#: which doubts stand under which field of the form; the others stand above it
ABOUT = {"leads": ("leads", "agency", "focus"), "timeframe": ("timeframe",)} | {
    name: (name,) for name in ("section", "number", "title", "coordinators", "monitors", "product")
}
#: doubts about a name that a person may say the agency of
NAMES = ("unknown_agency", "ambiguous_agency", "outside_agency")
LONGEST = 8000
_NEW = TaskDraft("", "", "", "", "", TimeFrame())


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/drafts/{id:int}/rows/{key}", door.page(show, Act.CORRECT_DRAFT)),
        Route("/drafts/{id:int}/rows/{key}", door.page(change, Act.CORRECT_DRAFT), methods=["POST"]),
        Route("/drafts/{id:int}/undo", door.page(undo, Act.CORRECT_DRAFT), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that was not understood, and the agencies it may mean."""

    doubt: Doubt
    name: str
    candidates: tuple[Agency, ...]

    @property
    def remembered(self) -> bool:
        """Whether what is chosen holds for later plans, too, unless the person says otherwise."""
        return self.doubt.code == "unknown_agency"


def unclear(doubts: Sequence[Doubt], register: Register, find: str = "") -> Iterator[Unclear]:
    """The names to ask about; ``find`` are words somebody looked for an agency by."""
    for doubt in doubts:
        if doubt.code in NAMES:
            name = doubt.detail
            if doubt.code == "ambiguous_agency":
                name = name.partition(": ")[0]
            name = bare_name(name)
            named = find_agency(name, register).agencies
            yield Unclear(doubt, name, named or with_words(find, register) or likely(name, register))


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
    find = visit.request.query_params.get("find", "")[:100]
    row = EditedRow("new", _new(rows, index)) if key == "new" else rows[index]
    register = work.reading.register or Register()
    return Shown(
        "draft_row.html",
        {
            "kept": work.kept,
            "head": work.draft.head,
            "row": row,
            "task": row.task,
            "below": below,
            "which": visit.request.query_params.get("show", "") == "doubts",
            "texts": texts_of(row.task, register),
            "read": _as_read(work, row),
            "mark": row_mark(row.task),
            "unclear": list(unclear(row.task.doubts, register, find)),
            "find": find,
            "doubts": {name: [d for d in row.task.doubts if d.field in ABOUT[name]] for name in ABOUT},
            "of_row": [d for d in row.task.doubts if not any(d.field in of for of in ABOUT.values())],
            "register": register,
            "original": Original(*uow.plans.original(work.kept.document)),
            "shown": rows[max(index, 0)].task if rows else _NEW,
        }
        | _words()
        | _around(rows, index, key),
    )


def _words() -> dict[str, Any]:
    return {
        "doubt_words": doubt_words,
        "sureness_words": sureness_words,
        "field_words": field_words,
        "frame_words": frame_words,
        "place_words": place_words,
    }


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
    draft, key = visit.id(), visit.request.path_params["key"]
    do = visit.text("do", 20)
    work = in_hand(uow, visit.context.service, draft)
    index = next((i for i, row in enumerate(work.edited.rows) if row.key == key), -1)
    following = _around(work.edited.rows, index, key)["next_doubtful"] if index >= 0 else ""
    if do == "name" and (several := several_agencies(visit, work)):
        return go(f"/drafts/{draft}/rows/{key}?find={quote(several)}")
    work = _done(visit, uow, draft, key, do)
    if do == "add":
        key = next((r.key for r in reversed(work.edited.rows) if r.key.startswith("a")), key)
    if do == "settle" and visit.text("then", 10) == "next" and following and work.edited.row(following):
        return go(f"/drafts/{draft}/rows/{following}")
    if do in ("name", "settle_one") and (row := work.edited.row(key)) and row.task.doubts:
        return go(f"/drafts/{draft}/rows/{key}")
    if work.edited.row(key) is None:
        key = work.edited.rows[max(0, index - 1)].key if work.edited.rows else ""
    shown = "?show=doubts" if visit.text("show", 10) == "doubts" else ""
    return go(f"/drafts/{draft}{shown}#{key}")


def _done(visit: Visit, uow: UnitOfWork, draft: int, key: str, do: str) -> Working:
    service, mark = visit.context.service, visit.text("mark", 40)

    def act(what: Do, place: str, values: dict[str, Any], seen: str = mark) -> Working:
        return correct(uow, service, draft, what, place, values, mark=seen, by=visit.who.id, now=visit.now)

    if do == "name":
        return name_agency(visit, uow, draft, key)
    if do == "add":
        given = {name: text for name, text in _given(visit).items() if text.strip()}
        if not given.get("title", "").strip():
            raise BadInput(say("A task needs a title; nothing was added."), code="no_title")
        return act(Do.ADD, visit.text("below", 20), given)
    if do in ("drop", "join"):
        return act(Do(do), key, {})
    if do not in ("save", "settle"):
        raise HTTPException(400)
    work = act(Do.SET, key, _given(visit))
    row = work.edited.row(key)
    if do == "settle" and row and row.task.doubts:
        settled = [doubt_key(d) for d in row.task.doubts]
        return act(Do.SETTLE, key, {"doubts": settled}, row_mark(row.task))
    return work


def _given(visit: Visit) -> dict[str, str]:
    """The fields of the form that were sent."""
    return {name: visit.text(name, LONGEST).replace("\r", "") for name in FIELDS if name in visit.form}


def several_agencies(visit: Visit, work: Working) -> str:
    """The words somebody typed for an agency, where several have them: then they are offered to choose from."""
    typed, register = visit.text("other", 100).strip(), work.reading.register or Register()
    if visit.text("agency", 300) or find_agency(typed, register).only:
        return ""
    return typed if len(with_words(typed, register)) > 1 else ""


def name_agency(visit: Visit, uow: UnitOfWork, draft: int, key: str) -> Working:
    """An agency chosen for a name: by its code from the list, or by its name as somebody typed it."""
    work = in_hand(uow, visit.context.service, draft)
    register = work.reading.register or Register()
    chosen = visit.text("agency", 300).strip() or visit.text("other", 300).strip()
    agency = chosen if chosen in register.by_code else ""
    if not agency:
        worded = with_words(chosen, register)
        found = find_agency(chosen, register).only or (worded[0] if len(worded) == 1 else None)
        if found is None:
            raise BadInput(
                say(
                    "“{name}” is not one agency of the register; nothing was changed. Please choose from the list.",
                    name=verbatim(chosen),
                ),
                code="no_agency",
            )
        agency = found.code
    return choose_agency(
        uow,
        visit.context.service,
        draft,
        key,
        visit.text("name", 300),
        agency,
        remember=bool(visit.text("remember", 5)),
        mark=visit.text("mark", 40),
        by=visit.who.id,
        now=visit.now,
    )


def undo(visit: Visit, uow: UnitOfWork) -> Response:
    """Take a correction back, or up again."""
    draft, edit = visit.id(), visit.text("edit", 12)
    if not edit.isdecimal():
        raise Refusal(say("Nothing was changed."), code="no_edit")
    change_it = take_up if visit.text("do", 10) == "redo" else take_back
    change_it(uow, visit.context.service, draft, int(edit), by=visit.who.id, now=visit.now)
    return go(f"/drafts/{draft}#corrections")
