"""The board: plans, their tasks, and where every agency stands. Each page asks a fixed number of times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.dossier_targets import measure
from domain.access import Act, Thing
from domain.agencies import Register
from domain.assignments import Assignment, State
from domain.dossiers.targets import measured_words
from domain.health import named
from domain.officials import Role
from domain.plans import Plan, Task
from domain.wording import deadline
from domain.workdays import why_this_date
from storage.stores.assignments import Report
from storage.stores.board import Attention
from storage.stores.bots import Incident
from storage.unit_of_work import UnitOfWork
from web.board_view import (
    ShareLine,
    Tally,
    leads,
    names,
    sections,
    share_line,
    target_words,
    task_line,
)
from web.door import Door, Shown, Visit

#: "soon" is within a week's work
SOON_DAYS = 5
#: working days after which a reminder without an answer is worth somebody's attention
SILENT_DAYS = 2
LISTED, OWN, LATEST = 10, 30, 100
_OUTSIDE = (State.CANDIDATE, State.RELEASED, State.HANDED_OVER)
PLAN_FILTERS = ("late", "open", "done", "undecided")
SHARE_FILTERS = ("open_late", "open_on_time", "done_on_time", "done_late", "held_up", "silent", "undecided")


def routes(door: Door) -> list[BaseRoute]:
    """The board's pages."""
    return [
        Route("/", door.page(board)),
        Route("/plans/{id:int}", door.page(plan)),
        Route("/tasks/{id:int}", door.page(task)),
    ]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan on the board."""

    plan: Plan
    tally: Tally


def board(visit: Visit, uow: UnitOfWork) -> Shown | Response:
    """Plans with the four national cells, one's own work, and what needs attention."""
    counts = uow.board.by_plan(visit.today)
    plans = [
        PlanLine(plan, Tally.of(c for c in counts if c.plan == plan.id)) for plan in reversed(uow.plans.all())
    ]
    calendar = visit.context.service.calendar
    soon = calendar.add(visit.today, SOON_DAYS)
    silent_since = calendar.at(calendar.add(visit.today, -SILENT_DAYS), time.max)
    attention = uow.board.attention(visit.today, soon, silent_since, limit=LISTED)
    own = uow.assignments.of_agencies(visit.who.agencies(Role.FOCAL, Role.HEAD))
    tasks = {t.id: t for t in _tasks(uow, attention, own[:OWN])}
    mine = [
        (tasks[a.task], a, deadline(tasks[a.task], a, visit.today, calendar), a.is_late(visit.today))
        for a in own[:OWN]
    ]
    return Shown(
        "board.html",
        {
            "plans": plans,
            "attention": [(tasks[a.task], a) for a in attention],
            "mine": mine,
            "mine_more": len(own) - len(mine),
            "incidents": [(named(i.code), i.since) for i in _incidents(visit, uow)],
            "drafts": len(uow.plans.drafts()) if visit.may(Act.CONFIRM_DRAFT) else 0,
            "cells": [(code, words) for code, words, _ in Tally().cells()],
        },
    )


def _incidents(visit: Visit, uow: UnitOfWork) -> list[Incident]:
    """What admins were told of and what is not over."""
    if not visit.may(Act.SWITCH_CHANNEL):
        return []
    return [i for i in uow.incidents.all().values() if i.told_at is not None]


def _tasks(uow: UnitOfWork, attention: Sequence[Attention], own: Sequence[Assignment]) -> list[Task]:
    wanted = {a.task for a in attention} | {a.task for a in own}
    return uow.board.tasks(wanted)


def plan(visit: Visit, uow: UnitOfWork) -> Shown | Response:
    """One plan: its sections and tasks; duties apart."""
    found = uow.plans.get(visit.id())
    if found is None:
        raise HTTPException(404)
    register, calendar = uow.agencies.register(), visit.context.service.calendar
    counts = uow.board.by_task(visit.today, found.id)
    lines = [
        task_line(t, Tally.of(c for c in counts if c.task == t.id), register, calendar)
        for t in uow.plans.tasks([found.id])
    ]
    which = visit.request.query_params.get("show", "")
    shown = [line for line in lines if line.shows(which)]
    return Shown(
        "plan.html",
        {
            "plan": found,
            "tally": Tally.of(counts),
            "sections": sections(line for line in shown if not line.task.is_duty),
            "duties": [line for line in shown if line.task.is_duty],
            "which": which if which in PLAN_FILTERS else "",
            "numbers": {name: sum(line.shows(name) for line in lines) for name in ("", *PLAN_FILTERS)},
        },
    )


def task(visit: Visit, uow: UnitOfWork) -> Shown | Response:
    """One task: its full text, and where each agency stands."""
    if not uow.board.has_task(visit.id()):
        raise HTTPException(404)
    found = uow.plans.task(visit.id())
    register, calendar = uow.agencies.register(), visit.context.service.calendar
    due = found.frame.due_on
    about = {
        "task": found,
        "plan": uow.plans.get(found.plan),
        "leads": leads(found, register),
        "coordinators": found.extra.get("coordinators") or names(found.coordinators, register),
        "monitors": names(found.monitors, register),
        "targets": [target_words(t) for t in found.targets],
        "why": why_this_date(due, found.frame.strict, calendar) if due else None,
        "tally": Tally.of(uow.board.by_task(visit.today, found.plan, found.id)),
        "may_nudge": visit.may(Act.NUDGE, Thing(monitors=found.monitors)),
    }
    return Shown("task.html", about | _shares(visit, uow, found, register))


def _shares(visit: Visit, uow: UnitOfWork, of: Task, register: Register) -> dict[str, Any]:
    """Each agency's share, the most urgent first. People's own words are shown to those they concern."""
    rows = uow.assignments.of_tasks([of.id])
    concerned = {a.agency for a in rows if visit.may(Act.SEE_AGENCY, Thing(a.agency, of.monitors))}
    joined = _joined_agencies(uow)
    shares = [
        share_line(a, register, visit.today, joined=a.agency in joined, concerns=a.agency in concerned)
        for a in rows
    ]
    shares.sort(key=ShareLine.urgency)
    differ = len({(a.act_by, a.deadline_version, a.done_on) for a in rows}) > 1
    until = {a.id: deadline(of, a, visit.today, visit.context.service.calendar) for a in rows}
    which = visit.request.query_params.get("show", "")
    taking_part = frozenset(a.agency for a in rows if a.state not in _OUTSIDE)
    found = measure(uow, of, taking_part, visit.today)
    return {
        "measured": measured_words(found, {code: register.name(code) for code in taking_part})
        if found
        else None,
        "shares": [share for share in shares if share.shows(which)],
        "which": which if which in SHARE_FILTERS else "",
        "numbers": {name: sum(s.shows(name) for s in shares) for name in SHARE_FILTERS},
        "deadlines": until,
        "differ": differ,
        "common": until[rows[0].id] if rows and not differ else None,
        "history": _history(uow, [a for a in rows if a.agency in concerned], register),
    }


def _joined_agencies(uow: UnitOfWork) -> set[str]:
    """Agencies of which somebody who answers for them can be reached."""
    joined = uow.people.joined()
    answering = (p for p in uow.people.all() if p.active and p.id in joined)
    return {code for p in answering for code in p.agencies(Role.FOCAL, Role.HEAD)}


@dataclass(frozen=True, slots=True)
class Told:
    """One report in a task's history."""

    agency: str
    who: str
    report: Report


def _history(uow: UnitOfWork, rows: Sequence[Assignment], register: Register) -> list[Told]:
    agencies = {a.id: register.name(a.agency) for a in rows}
    reports = uow.assignments.reports_of(agencies)[-LATEST:]
    people = {o.id: o.name for o in uow.people.several({r.official for r in reports})}
    return [Told(agencies[r.assignment], people.get(r.official, ""), r) for r in reversed(reports)]
