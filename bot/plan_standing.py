"""How a draft stands to the plans that are confirmed: the same plan again, one that amends another, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.plan_amend import drafted
from bot.plan_reading import Office
from domain.plans import Plan, PlanDraft, Task, TaskDraft
from domain.reading.fold import fold
from domain.reading.plan import written_for
from domain.reading.plan_diff import Change, Difference, differences, matched
from domain.reading.plan_reread import Reading, reread
from storage.unit_of_work import UnitOfWork

_KEPT = ("section", "number", "leads", "coordinators", "product")
#: a document that names so much of a plan again is its new text; one that names less changes only what it names
_WHOLE = 0.8


class Reach(StrEnum):
    """What confirming does to the plan the document is about."""

    WHOLE = "whole"  # it is the plan's new text: what it does not name is withdrawn
    PART = "part"  # it changes and adds what it names, the rest stands
    APART = "apart"  # it is a plan of its own


@dataclass(frozen=True, slots=True)
class Standing:
    """``plan``: the confirmed plan a draft is about, None for a new one. ``amends``: by another number.

    ``reach`` is what the document looks like; a person may say otherwise where it amends.
    """

    plan: Plan | None = None
    amends: bool = False
    reach: Reach = Reach.APART


def standing(uow: UnitOfWork, draft: PlanDraft) -> Standing:
    """Look for the plan of the same number, date and issuer, else for the one the document says it changes."""
    if plan := same_plan(uow, draft):
        return Standing(plan, reach=Reach.WHOLE)
    if not draft.head.amends:
        return Standing()
    plan = _amended(uow, draft)
    if plan is None:
        return Standing()
    old = drafted(draft.head, uow.plans.tasks([plan.id])).draft
    tasks, _ = matched(old, draft)
    named = len(tasks) >= _WHOLE * len(old.tasks) if old.tasks else False
    return Standing(plan, amends=True, reach=Reach.WHOLE if named else Reach.PART)


def same_plan(uow: UnitOfWork, draft: PlanDraft) -> Plan | None:
    """The confirmed plan of the same number, date and issuer."""
    head = draft.head
    if not head.number or head.issued_on is None:
        return None
    plan = uow.plans.by_number(head.number, head.issued_on)
    return plan if plan and fold(plan.issuer) == fold(head.issuer) else None


def _amended(uow: UnitOfWork, draft: PlanDraft) -> Plan | None:
    """The newest plan of the number the document names, of the same issuer, that is not younger than it."""
    head = draft.head
    found = [
        plan
        for plan in uow.plans.all()
        if plan.number.upper() == head.amends.upper()
        and (head.issued_on is None or plan.issued_on <= head.issued_on)
        and (not head.issuer or not plan.issuer or fold(plan.issuer) == fold(head.issuer))
    ]
    return max(found, key=lambda plan: plan.issued_on, default=None)


def plan_differences(
    uow: UnitOfWork, service: Office, draft: PlanDraft, reach: Reach | None = None
) -> tuple[Difference, ...]:
    """What confirming the draft would change in the plan it is about; nothing where there is none."""
    found = standing(uow, draft)
    reach = reach or found.reach
    if found.plan is None or reach is Reach.APART:
        return ()
    old = drafted(draft.head, uow.plans.tasks([found.plan.id])).draft
    if reach is Reach.WHOLE:
        return differences(old, draft)
    every = differences(old, completed(uow, service, found.plan, draft))
    return tuple(d for d in every if d.change is not Change.REMOVED)


def completed(uow: UnitOfWork, service: Office, plan: Plan, draft: PlanDraft) -> PlanDraft:
    """The draft of a document that changes a part of a plan: what it does not say of a task it names (its
    section, who helps, a product) is as the plan says."""
    old = drafted(draft.head, uow.plans.tasks([plan.id]))
    reading = Reading(uow.agencies.register(draft.head.issued_on), service.calendar, written_for(draft.head))
    pairs, _ = matched(old.draft, draft)
    tasks = [
        _filled(task, old.draft.tasks[pairs[i]], old.tasks[pairs[i]], reading) if i in pairs else task
        for i, task in enumerate(draft.tasks)
    ]
    return replace(draft, tasks=tuple(tasks))


def _filled(task: TaskDraft, was: TaskDraft, kept: Task, reading: Reading) -> TaskDraft:
    texts = {name: getattr(was, name) for name in _KEPT if not getattr(task, name) and getattr(was, name)}
    filled = reread(task, texts, reading) if texts else task
    return replace(
        filled,
        frame=filled.frame if filled.frame.text else was.frame,
        targets=filled.targets or was.targets,
        monitoring_agencies=filled.monitoring_agencies or kept.monitors,
    )
