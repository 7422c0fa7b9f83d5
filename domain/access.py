"""Who may do what: the one table of permissions. Rights are checked on the person, wherever they speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotAllowed
from domain.officials import Official, Role
from domain.phrases import say


class Act(StrEnum):
    """What can be done."""

    SEE_TASKS = "see_tasks"
    SEE_BOARD = "see_board"
    SEE_AGENCY = "see_agency"
    REPORT_PROGRESS = "report_progress"
    ASK_MONITOR = "ask_monitor"  # extension, handover, "not ours"
    DECIDE_REQUEST = "decide_request"
    NUDGE = "nudge"
    DECLARE_EVENT = "declare_event"
    DECIDE_CONDITION = "decide_condition"
    IMPORT_PLAN = "import_plan"
    CONFIRM_DRAFT = "confirm_draft"
    CORRECT_DRAFT = "correct_draft"
    TEACH_NAMES = "teach_names"
    MANAGE_PEOPLE = "manage_people"
    DRAFT_REPORT = "draft_report"
    IMPORT_DOSSIERS = "import_dossiers"
    CONTEST_LATE = "contest_late"  # a row of the draft list of late dossiers
    APPROVE_LATE = "approve_late"  # that list, for everybody to read
    SWITCH_CHANNEL = "switch_channel"
    WRITE_NOTICE = "write_notice"
    APPROVE_NOTICE = "approve_notice"  # somebody else's


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is done to: the agency that owes the work, and those that monitor it."""

    agency: str = ""
    monitors: tuple[str, ...] = ()


def _admin(who: Official, thing: Thing) -> bool:
    return who.holds(Role.ADMIN)


def _own(who: Official, thing: Thing) -> bool:
    return who.holds(Role.FOCAL, thing.agency) or who.holds(Role.HEAD, thing.agency)


def _monitor(who: Official, thing: Thing) -> bool:
    return any(a in thing.monitors for a in who.agencies())


def _monitor_or_admin(who: Official, thing: Thing) -> bool:
    return _monitor(who, thing) or _admin(who, thing)


def _admin_or_head(who: Official, thing: Thing) -> bool:
    return _admin(who, thing) or who.holds(Role.HEAD, thing.agency)


def _concerned(who: Official, thing: Thing) -> bool:
    return thing.agency in who.agencies() or _monitor_or_admin(who, thing)


def _office(who: Official, thing: Thing) -> bool:
    """Head or monitor of the People's Committee's office: ``thing.monitors`` names it."""
    return any(who.holds(Role.HEAD, a) or who.holds(Role.MONITOR, a) for a in thing.monitors)


def _anyone(who: Official, thing: Thing) -> bool:
    return bool(who.posts)


TABLE: dict[Act, Callable[[Official, Thing], bool]] = {
    Act.SEE_TASKS: _anyone,
    Act.SEE_BOARD: _anyone,
    Act.SEE_AGENCY: _concerned,
    Act.REPORT_PROGRESS: _own,
    Act.ASK_MONITOR: _own,
    Act.DECIDE_REQUEST: _monitor_or_admin,
    Act.NUDGE: _monitor_or_admin,
    Act.DECLARE_EVENT: _monitor_or_admin,
    Act.DECIDE_CONDITION: _monitor_or_admin,
    Act.IMPORT_PLAN: _admin,
    Act.CONFIRM_DRAFT: _admin,
    Act.CORRECT_DRAFT: _admin,
    Act.TEACH_NAMES: _admin,
    Act.MANAGE_PEOPLE: _admin,
    Act.DRAFT_REPORT: _own,
    Act.IMPORT_DOSSIERS: _admin,
    Act.CONTEST_LATE: _own,
    Act.APPROVE_LATE: _office,
    Act.SWITCH_CHANNEL: _admin,
    Act.WRITE_NOTICE: _admin,
    Act.APPROVE_NOTICE: _admin_or_head,
}


def may(who: Official, act: Act, thing: Thing | None = None) -> bool:
    """Whether the person may do this. An inactive person may do nothing."""
    return who.active and TABLE[act](who, thing or Thing())


def require(who: Official, act: Act, thing: Thing | None = None) -> None:
    """Raise NotAllowed unless the person may."""
    if not may(who, act, thing):
        raise NotAllowed(
            say("This is not within your role, so nothing was changed. Please ask the administrator."),
            code="not_allowed",
        )
