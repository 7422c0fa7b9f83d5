"""The month's list of late dossiers behind the door: agencies object, the office decides, approves and corrects."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.dossier_duty import codes_of
from bot.late_list_forms import about, summary
from bot.late_lists import draft, may_approve, object_to, office, publish, settle
from bot.on_time import month_named
from domain.access import Act, require
from domain.dossiers.late_list import Doubt, LateList, LateRow, ListState, public_lines
from domain.dossiers.late_list_words import STATES, counts_words, row_words, version_words
from domain.officials import Role
from storage.stores.core import LARGEST_ID
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.public_late import month_text

#: rows shown to the office, objections first
MOST = 500


def routes(door: Door) -> list[BaseRoute]:
    """For whoever sees the board; what each may do is asked by what it is done to."""
    return [
        Route("/dossiers/late", door.page(lists)),
        Route("/dossiers/late", door.page(correct), methods=["POST"]),
        Route("/dossiers/late/{id:int}", door.page(one)),
        Route("/dossiers/late/{id:int}/object", door.page(objection), methods=["POST"]),
        Route("/dossiers/late/{id:int}/decide", door.page(decision), methods=["POST"]),
        Route("/dossiers/late/{id:int}/approve", door.page(approve), methods=["POST"]),
    ]


def lists(visit: Visit, uow: UnitOfWork) -> Shown:
    """Every version of every month."""
    return Shown(
        "late_lists.html",
        {
            "versions": uow.late_lists.versions(),
            "states": STATES,
            "version": version_words,
            "month_text": month_text,
            "approves": may_approve(uow, visit.who, visit.today),
        },
    )


def one(visit: Visit, uow: UnitOfWork) -> Shown:
    """One version: what is the reader's own, and everything once it is out; all of it for the office."""
    lately = _list(visit, uow)
    register = uow.agencies.register()
    approves = may_approve(uow, visit.who, visit.today)
    own = codes_of(visit.who.agencies(Role.FOCAL, Role.HEAD), register, visit.today)
    codes = {code for some in own.values() for code in some}
    is_out = lately.state in (ListState.PUBLISHED, ListState.REPLACED)
    rows = list(lately.rows if approves else lately.of(codes))
    rows.sort(key=lambda row: (row.doubt is not Doubt.CONTESTED, row.agency, row.code))
    return Shown(
        "late_list.html",
        {
            "lately": lately,
            "month": month_text(lately.month),
            "state": STATES[lately.state],
            "about": about(lately),
            "version": version_words(lately),
            "summary": summary(lately) if approves or is_out else None,
            "lines": [x for x in public_lines(lately) if approves or is_out or x.agency in codes],
            "rows": rows[:MOST],
            "more": max(0, len(rows) - MOST),
            "row_words": row_words,
            "counts": counts_words,
            "register": register,
            "may_object": lately.state is ListState.CONTEST and visit.today <= lately.contest_until,
            "own": codes,
            "decides": approves and lately.state in (ListState.CONTEST, ListState.WAITING),
            "approves": approves and lately.state is ListState.WAITING,
            "is_out": lately.state is ListState.PUBLISHED,
        },
    )


def objection(visit: Visit, uow: UnitOfWork) -> Response:
    """An agency doubts a row."""
    row = _row(visit, _list(visit, uow))
    object_to(uow, visit.context.service, visit.who, row.id, visit.text("reason"), visit.now)
    return _back(visit)


def decision(visit: Visit, uow: UnitOfWork) -> Response:
    """The office takes a row out, or keeps it."""
    row = _row(visit, _list(visit, uow))
    accepted = visit.text("decision", 10) == "out"
    settle(uow, visit.context.service, visit.who, row.id, visit.now, accepted=accepted)
    visit.context.wake()
    return _back(visit)


def approve(visit: Visit, uow: UnitOfWork) -> Response:
    """The list is out."""
    publish(uow, visit.context.service, visit.who, _list(visit, uow), visit.now)
    visit.context.wake()
    return _back(visit)


def correct(visit: Visit, uow: UnitOfWork) -> Response:
    """A month's list is drafted by hand, or corrected with a reason."""
    require(visit.who, Act.APPROVE_LATE, office(uow.agencies.register(), visit.today))
    month = month_named(visit.text("month", 20), visit.today)
    number = draft(uow, visit.context.service, month, visit.now, reason=visit.text("reason"), by=visit.who.id)
    visit.context.wake()
    return go(f"/dossiers/late/{number}")


def _back(visit: Visit) -> Response:
    return go(f"/dossiers/late/{visit.id()}")


def _list(visit: Visit, uow: UnitOfWork) -> LateList:
    found = uow.late_lists.get(visit.id())
    if found is None:
        raise HTTPException(404)
    return found


def _row(visit: Visit, lately: LateList) -> LateRow:
    number = visit.text("row", 10)
    if not number.isdecimal() or int(number) > LARGEST_ID:
        raise HTTPException(404)
    found = next((row for row in lately.rows if row.id == int(number)), None)
    if found is None:
        raise HTTPException(404)
    return found
