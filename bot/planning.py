"""From a file to assigned work: a draft is kept, a person confirms it, every agency gets its share.

Whoever calls this for a person checks ``domain.access`` first; ``by`` None is the command line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.plan_amend import amend
from bot.plan_assign import open_work
from bot.plan_carry import carry_over
from bot.plan_correct import in_hand, read_again
from bot.plan_reading import Corrections, Office, numbered, read_file
from bot.plan_standing import Reach, completed, plan_differences, standing
from domain.agencies import Register
from domain.assigning import assign
from domain.errors import BadInput, Refusal
from domain.phrases import say
from domain.plan_drafts import pack, unpack
from domain.plans import Ladder, Plan, PlanDraft
from domain.reading.plan_diff import Difference
from storage.stores.plans import Draft
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft, and how it stands to what is there.

    ``known``: this very file was read before. ``plan`` is the confirmed plan of the same number and date, if
    there is one; ``differences`` are what confirming would change in it.
    """

    draft_id: int
    draft: PlanDraft
    known: bool
    differences: tuple[Difference, ...]
    plan: Plan | None


def import_draft(
    uow: UnitOfWork,
    service: Office,
    data: bytes,
    filename: str,
    *,
    by: int | None,
    now: datetime,
    corrections: Corrections = Corrections(),
) -> Imported:
    """Read a file into a draft and keep both; the same bytes again write nothing.

    Raises BadInput for what cannot be read and ClassifiedDocument for a secrecy mark: then nothing of the
    file has been stored, its name neither.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    register = uow.agencies.register()
    if (kept := uow.plans.draft_by_sha(sha256)) and not _read_too_early(kept, register):
        return _imported(uow, service, kept.id, unpack(kept.content), known=True)
    draft = read_file(data, filename, register, service.calendar, now, corrections)
    if kept and kept.as_read:
        draft = read_again(uow, service, kept.id, by, now, corrections).draft
        return _imported(uow, service, kept.id, draft, known=True)
    if kept:
        uow.plans.rewrite_draft(kept.id, pack(draft))
        return _imported(uow, service, kept.id, draft, known=True)
    document = uow.plans.document_by_sha(sha256)
    if document is None:
        document = uow.plans.save_document(data, filename, sha256, now, by)
    draft_id = uow.plans.save_draft(document, pack(draft), now)
    uow.audit.note(
        now, by, "import_plan", f"draft:{draft_id}", {"number": draft.head.number, "sha256": sha256}
    )
    if carry_over(uow, service, draft_id, by=by, now=now):
        draft = in_hand(uow, service, draft_id).draft
    return _imported(uow, service, draft_id, draft, known=False)


def confirm_draft(
    uow: UnitOfWork,
    service: Office,
    draft_id: int,
    *,
    by: int | None,
    now: datetime,
    corrections: Corrections = Corrections(),
) -> Plan:
    """Make the draft's tasks binding and open the agencies' shares; the plan.

    Where the plan is confirmed already it is brought to what this document says. Confirming twice is
    confirming once. Raises Refusal, and BadInput for a draft that lacks what a plan needs.
    """
    kept = _draft(uow, draft_id)
    if kept.state == "confirmed" and kept.plan and (plan := uow.plans.get(kept.plan)):
        return plan
    register = uow.agencies.register()
    draft = _corrected(uow, service, kept, by, now, corrections)
    _refuse_unready(draft, register)
    if not uow.plans.decide_draft(draft_id, "confirmed", by, now):
        raise _closed()
    plan, changes = _written(uow, service, kept, draft, register, now, corrections)
    uow.plans.rewrite_draft(draft_id, pack(draft), plan=plan.id)
    uow.audit.note(now, by, "confirm_plan", f"plan:{plan.id}", {"draft": draft_id} | changes)
    return plan


def _written(
    uow: UnitOfWork,
    service: Office,
    kept: Draft,
    draft: PlanDraft,
    register: Register,
    now: datetime,
    corrections: Corrections,
) -> tuple[Plan, dict[str, Any]]:
    """The plan as it is now, and what was done: a new one, the same brought up to date, or one amended."""
    found = standing(uow, draft)
    reach = Reach(corrections.reach) if corrections.reach and found.amends else found.reach
    if found.plan is None or reach is Reach.APART:
        plan = uow.plans.add_plan(kept.document, draft.head, Ladder(), now)
        return plan, open_work(uow, plan.id, assign(draft, register, service.calendar), now)
    whole = reach is Reach.WHOLE
    draft = draft if whole else completed(uow, service, found.plan, draft)
    works = assign(draft, register, service.calendar)
    changes = amend(uow, service.calendar, found.plan, draft, works, now, whole=whole)
    if found.amends:
        return found.plan, changes | {"amended_by": draft.head.number, "reach": reach.value}
    return uow.plans.amend_plan(found.plan.id, kept.document, draft.head.title), changes


def reject_draft(uow: UnitOfWork, draft_id: int, *, by: int | None, now: datetime) -> None:
    """Put a draft aside; the file is kept, and importing it again makes a new draft. Raises Refusal."""
    _draft(uow, draft_id)
    if not uow.plans.decide_draft(draft_id, "rejected", by, now):
        raise _closed()
    uow.audit.note(now, by, "reject_plan", f"draft:{draft_id}")


def _imported(uow: UnitOfWork, service: Office, draft_id: int, draft: PlanDraft, *, known: bool) -> Imported:
    return Imported(draft_id, draft, known, plan_differences(uow, service, draft), standing(uow, draft).plan)


def _read_too_early(kept: Draft, register: Register) -> bool:
    """An open draft read before the office had any agencies names nobody: it is read again."""
    if kept.state != "open" or not register.agencies:
        return False
    draft = unpack(kept.content)
    named = any(t.lead_agencies or t.focus_agencies or t.lead_groups for t in draft.tasks)
    return not named and not any(d.agencies for d in draft.duties)


def _corrected(
    uow: UnitOfWork,
    service: Office,
    kept: Draft,
    by: int | None,
    now: datetime,
    corrections: Corrections,
) -> PlanDraft:
    """The draft with what people corrected and added; a date changes how time phrases and agencies are read."""
    work = in_hand(uow, service, kept.id)
    if corrections.issued_on and work.read.head.issued_on is None:
        work = read_again(uow, service, kept.id, by, now, corrections)
    return numbered(work.draft, corrections)


def _refuse_unready(draft: PlanDraft, register: Register) -> None:
    if not register.agencies:
        raise BadInput(
            say(
                "There are no agencies in the register yet, so nothing was assigned. "
                "Import the agencies first, then this document again."
            ),
            code="no_agencies",
        )
    if not draft.head.number:
        raise BadInput(
            say(
                "The document bears no number, so nothing was assigned. "
                "Please give it (on the command line: --number)."
            ),
            code="no_number",
        )
    if draft.head.issued_on is None:
        raise BadInput(
            say(
                "The document bears no date, and its deadlines and agencies go by that date, so nothing was "
                "assigned. Please give it (on the command line: --issued-on YYYY-MM-DD)."
            ),
            code="no_date",
        )
    if not draft.tasks and not draft.duties:
        raise BadInput(
            say("No task was found in this document, so nothing was assigned."), code="no_tasks_found"
        )


def _draft(uow: UnitOfWork, draft_id: int) -> Draft:
    kept = uow.plans.draft(draft_id)
    if kept is None:
        raise BadInput(say("There is no draft {id}; nothing was changed.", id=str(draft_id)), code="no_draft")
    return kept


def _closed() -> Refusal:
    return Refusal(say("This draft has been decided on already; nothing was changed."), code="decided")
