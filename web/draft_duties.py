"""One duty of a draft beside the sentence it was read from: whom it binds, its words, its deadline or rhythm."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_correct import Working, correct, in_hand
from domain.access import Act
from domain.agencies import Register
from domain.citations import cite
from domain.corrections import NEW_DUTY, doubt_key, row_mark
from domain.corrections import Act as Do
from domain.draft_words import field_words, frame_words, sureness_words
from domain.duty_edits import FIELDS, EditedDuty, duty_texts
from domain.errors import BadInput
from domain.phrases import say
from domain.plan_words import doubt_words
from domain.plans import DutyDraft
from domain.timeframes import TimeFrame
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.draft_rows import LONGEST, name_agency, several_agencies, unclear
from web.originals import Original

#: which doubts stand under which field of the form
ABOUT = {"who": ("who", "agency", "focus"), "what": ("what",), "timeframe": ("timeframe",)}
_NEW = EditedDuty("new", DutyDraft("", "", "", TimeFrame()))


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/drafts/{id:int}/duties/{key}", door.page(show, Act.CORRECT_DRAFT)),
        Route("/drafts/{id:int}/duties/{key}", door.page(change, Act.CORRECT_DRAFT), methods=["POST"]),
    ]


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """One duty, or the form for one that was missed ("new")."""
    work = in_hand(uow, visit.context.service, visit.id())
    key = visit.request.path_params["key"]
    found = _NEW if key == "new" else work.edited.duty(key)
    if work.kept.state != "open" or found is None:
        raise HTTPException(404)
    duty, register = found.duty, work.reading.register or Register()
    find = visit.request.query_params.get("find", "")[:100]
    return Shown(
        "draft_duty.html",
        {
            "kept": work.kept,
            "head": work.draft.head,
            "key": key,
            "duty": duty,
            "where": cite(work.draft.head, where=duty.where) if duty.where else "",
            "texts": duty_texts(duty),
            "read": _as_read(work, found),
            "mark": row_mark(duty),
            "which": visit.request.query_params.get("show", "") == "doubts",
            "unclear": list(unclear(duty.doubts, register, find)),
            "doubts": {name: [d for d in duty.doubts if d.field in ABOUT[name]] for name in ABOUT},
            "of_row": [d for d in duty.doubts if not any(d.field in of for of in ABOUT.values())],
            "original": Original(*uow.plans.original(work.kept.document)),
            "register": register,
            "doubt_words": doubt_words,
            "sureness_words": sureness_words,
            "field_words": field_words,
            "frame_words": frame_words,
        },
    )


def _as_read(work: Working, found: EditedDuty) -> dict[str, str]:
    """What the reader had found, of the fields that are others now."""
    if not found.key.startswith("d"):
        return {}
    read = duty_texts(work.read.duties[int(found.key[1:])])
    return {name: read[name] for name in found.changed if name in read}


def change(visit: Visit, uow: UnitOfWork) -> Response:
    """What the pressed button says; afterwards the list at this duty."""
    draft, key = visit.id(), visit.request.path_params["key"]
    do = visit.text("do", 20)
    if do == "name" and (several := several_agencies(visit, in_hand(uow, visit.context.service, draft))):
        return go(f"/drafts/{draft}/duties/{key}?find={quote(several)}")
    work = _done(visit, uow, draft, key, do)
    if do == "name" and (found := work.edited.duty(key)) and found.duty.doubts:
        return go(f"/drafts/{draft}/duties/{key}")
    if do == "add":
        key = next((d.key for d in reversed(work.edited.duties) if d.key.startswith("b")), key)
    shown = "?show=doubts" if visit.text("show", 10) == "doubts" else ""
    return go(f"/drafts/{draft}{shown}#{key if work.edited.duty(key) else 'duties'}")


def _done(visit: Visit, uow: UnitOfWork, draft: int, key: str, do: str) -> Working:
    service, mark = visit.context.service, visit.text("mark", 40)

    def act(what: Do, place: str, values: dict[str, Any], seen: str = mark) -> Working:
        return correct(uow, service, draft, what, place, values, mark=seen, by=visit.who.id, now=visit.now)

    if do == "name":
        return name_agency(visit, uow, draft, key)
    given = {name: visit.text(name, LONGEST).replace("\r", "") for name in FIELDS if name in visit.form}
    if do == "add":
        if not given.get("what", "").strip() or not given.get("who", "").strip():
            raise BadInput(
                say("A duty needs somebody it binds and its words; nothing was added."), code="no_duty"
            )
        return act(Do.ADD, NEW_DUTY, given)
    if do == "drop":
        return act(Do.DROP, key, {})
    if do not in ("save", "settle"):
        raise HTTPException(400)
    work = act(Do.SET, key, given)
    found = work.edited.duty(key)
    if do == "settle" and found and found.duty.doubts:
        settled = [doubt_key(d) for d in found.duty.doubts]
        return act(Do.SETTLE, key, {"doubts": settled}, row_mark(found.duty))
    return work
