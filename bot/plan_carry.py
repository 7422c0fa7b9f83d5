"""A plan comes again: what people corrected in its earlier draft is taken over, where the document has not changed.

A correction whose words the new document changed is not applied by itself; it is listed, and a person may
apply it. Nothing that was written by hand is lost, and nothing of the new document is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.plan_correct import Working, in_hand, item_texts, save
from bot.plan_reading import Office
from domain.corrections import NEW_DUTY, Act
from domain.plan_rekey import GONE, row_places
from domain.plans import DutyDraft, PlanDraft, TaskDraft
from domain.reading.fold import fold
from storage.stores.draft_edits import KeptEdit
from storage.unit_of_work import UnitOfWork

#: how many earlier drafts with corrections are looked at for one of the same plan
_LOOKED_AT = 30


def carry_over(uow: UnitOfWork, service: Office, draft_id: int, *, by: int | None, now: datetime) -> int:
    """Take over the corrections of the plan's latest earlier draft; how many there were."""
    work = in_hand(uow, service, draft_id)
    earlier = _earlier(uow, service, work)
    if earlier is None:
        return 0
    live = [e for e in earlier.edits if not e.undone and e.id not in earlier.edited.idle]
    places = row_places(earlier.read, work.read)
    for edit in live:
        own = edit.place in ("", NEW_DUTY)  # no row's: at the beginning, or behind all duties
        place = edit.place if own else places.get(edit.place, f"{GONE}{edit.place}")
        applies = _applies(edit, earlier, work, place)
        new = uow.draft_edits.add(
            draft_id,
            edit.act,
            place,
            edit.values,
            edit.before,
            now,
            edit.by,
            undone=not applies,
            carried_from=edit.id,
        )
        if edit.act == Act.ADD:
            places |= {f"a{edit.id}": f"a{new}", f"b{edit.id}": f"b{new}"}
    if live:
        save(uow, service, work.kept, work.read, by, now, {"act": "carry_over", "draft": earlier.kept.id})
    return len(live)


def _earlier(uow: UnitOfWork, service: Office, work: Working) -> Working | None:
    """The latest draft of the same number, date and issuer that has corrections."""
    head = work.read.head
    if not head.number:
        return None
    corrected = sorted((d for d in uow.draft_edits.counts() if d < work.kept.id), reverse=True)
    for draft in corrected[:_LOOKED_AT]:
        found = in_hand(uow, service, draft)
        its = found.read.head
        if (its.number, its.issued_on, fold(its.issuer)) == (head.number, head.issued_on, fold(head.issuer)):
            return found
    return None


def _applies(edit: KeptEdit, earlier: Working, work: Working, place: str) -> bool:
    """Whether what the document says there is still what was corrected."""
    if edit.act == Act.ADD and edit.place == NEW_DUTY:
        what = fold(str(edit.values.get("what", "")))
        return all(fold(duty.what) != what for duty in work.read.duties)
    if not edit.place or edit.place[:1] in ("a", "b"):
        return not place.startswith(GONE)
    was, now = _read(earlier.read, edit.place), _read(work.read, place)
    if was is None or now is None:
        return False
    register = work.reading.register
    old, new = item_texts(was, register), item_texts(now, register)
    known = ("what", "who") if isinstance(was, DutyDraft) else ("title", "leads")
    names = [name for name in edit.values if name in old] if edit.act == Act.SET else known
    if edit.act == Act.ADD:
        added = fold(str(edit.values.get("title", "")))
        return all(fold(task.title) != added for task in work.read.tasks)
    return all(fold(old[name]) == fold(new[name]) for name in names)


def _read(draft: PlanDraft, place: str) -> TaskDraft | DutyDraft | None:
    items: Sequence[TaskDraft | DutyDraft] = draft.tasks if place[:1] == "r" else draft.duties
    number = place[1:] if place[:1] in ("r", "d") else ""
    return items[int(number)] if number.isdecimal() and int(number) < len(items) else None
