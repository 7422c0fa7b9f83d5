"""One duty of a draft beside the sentence it was read from: whom it binds, its words, its deadline or rhythm."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_correct import Working, in_hand
from domain.access import Act
from domain.citations import cite
from domain.corrections import NEW_DUTY
from domain.corrections import Act as Do
from domain.duty_edits import FIELDS, EditedDuty, duty_texts
from domain.errors import BadInput
from domain.phrases import say
from domain.plan_edits import Edited
from domain.plans import DutyDraft
from domain.timeframes import TimeFrame
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit
from web.draft_form import CorrectionForm, Kind, shown

#: which doubts stand under which field of the form
ABOUT = {"who": ("who", "agency", "focus"), "what": ("what",), "timeframe": ("timeframe",)}
_NEW = EditedDuty("new", DutyDraft("", "", "", TimeFrame()))


def _duty(edited: Edited, key: str) -> DutyDraft | None:
    return found.duty if (found := edited.duty(key)) else None


DUTIES = Kind("duties", FIELDS, _duty)


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
    duty = found.duty
    return Shown(
        "draft_duty.html",
        {
            "key": key,
            "duty": duty,
            "where": cite(work.draft.head, where=duty.where) if duty.where else "",
            "texts": duty_texts(duty),
            "read": _as_read(work, found),
        }
        | shown(visit, uow, work, duty, ABOUT),
    )


def _as_read(work: Working, found: EditedDuty) -> dict[str, str]:
    """What the reader had found, of the fields that are others now."""
    if not found.key.startswith("d"):
        return {}
    read = duty_texts(work.read.duties[int(found.key[1:])])
    return {name: read[name] for name in found.changed if name in read}


def change(visit: Visit, uow: UnitOfWork) -> Response:
    """What the pressed button says; afterwards the list at this duty."""
    form = CorrectionForm(visit, uow, DUTIES)
    key, service = form.key, visit.context.service
    if form.do == "name" and (several := form.several_agencies(in_hand(uow, service, form.draft))):
        return form.see(key, several)
    work = _done(form)
    if form.do == "name" and form.still_doubted(work):
        return form.see(key)
    if form.do == "add":
        key = next((d.key for d in reversed(work.edited.duties) if d.key.startswith("b")), key)
    return form.see_list(key if work.edited.duty(key) else "duties")


def _done(form: CorrectionForm) -> Working:
    if form.do == "name":
        return form.name_agency()
    if form.do == "add":
        given = form.given()
        if not given.get("what", "").strip() or not given.get("who", "").strip():
            raise BadInput(
                say("A duty needs somebody it binds and its words; nothing was added."), code="no_duty"
            )
        return form.correct(Do.ADD, NEW_DUTY, given)
    if form.do == "drop":
        return form.correct(Do.DROP, form.key, {})
    return form.save()
