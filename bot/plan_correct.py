"""People correct a draft: every correction is kept with who, when, what stood there and what was given, the
rows are read again, and confirming uses what came out.

Whoever calls this for a person checks ``domain.access`` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.plan_names_taught import teach
from bot.plan_reading import Corrections, Office, read_file
from domain.agencies import Register
from domain.corrections import NEW_DUTY, Act, Edit, is_of_duty, row_mark
from domain.duty_edits import duty_texts
from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from domain.plan_drafts import pack, unpack
from domain.plan_edits import Edited, apply_edits
from domain.plan_rekey import rekeyed
from domain.plans import DutyDraft, PlanDraft, TaskDraft
from domain.reading.plan import written_for
from domain.reading.plan_reread import Reading, texts_of
from storage.stores.draft_edits import KeptEdit
from storage.stores.plans import Draft
from storage.unit_of_work import UnitOfWork

Values = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Working:
    """A draft in hand: as it was read, what people changed, and what came of it."""

    kept: Draft
    read: PlanDraft
    edits: tuple[KeptEdit, ...]
    edited: Edited
    reading: Reading

    @property
    def draft(self) -> PlanDraft:
        """With the corrections."""
        return self.edited.draft


def in_hand(uow: UnitOfWork, service: Office, draft_id: int) -> Working:
    """One draft to look at or to correct. What was decided on shows what it was decided on. Raises BadInput."""
    kept = uow.plans.draft(draft_id)
    if kept is None:
        raise BadInput(say("There is no draft {id}; nothing was changed.", id=str(draft_id)), code="no_draft")
    return _worked(uow, service, kept, unpack(kept.as_read or kept.content), uow.draft_edits.of(draft_id))


def _worked(
    uow: UnitOfWork, service: Office, kept: Draft, read: PlanDraft, edits: Sequence[KeptEdit]
) -> Working:
    head = read.head
    register = uow.agencies.register(head.issued_on)
    reading = Reading(register if register.agencies else None, service.calendar, written_for(head))
    if kept.state != "open":
        return Working(kept, read, tuple(edits), apply_edits(unpack(kept.content), (), reading), reading)
    live = [Edit(e.id, Act(e.act), e.place, e.values) for e in edits if not e.undone]
    return Working(kept, read, tuple(edits), apply_edits(read, live, reading), reading)


def correct(
    uow: UnitOfWork,
    service: Office,
    draft_id: int,
    act: Act,
    place: str,
    values: Values,
    *,
    mark: str,
    by: int | None,
    now: datetime,
) -> Working:
    """One correction; the draft as it is then. ``mark`` is the row's as the person saw it: a row that somebody
    else has changed since is left alone. Raises Refusal and BadInput, and then nothing is changed."""
    work = in_hand(uow, service, draft_id)
    item = _seen(work, act, place, mark)
    values = _changes(work, item, values) if act is Act.SET and item else values
    if act is Act.SET and not values:
        return work
    uow.draft_edits.add(draft_id, act, place, dict(values), _before(work, act, item, values), now, by)
    return save(uow, service, work.kept, work.read, by, now, {"act": act.value, "place": place})


def choose_agency(
    uow: UnitOfWork,
    service: Office,
    draft_id: int,
    place: str,
    name: str,
    agency: str,
    *,
    remember: bool,
    mark: str,
    by: int | None,
    now: datetime,
) -> Working:
    """A name of this row means that agency; ``remember``: in every plan from now on, this one included.

    Raises Refusal and BadInput, and then nothing is changed.
    """
    work = in_hand(uow, service, draft_id)
    register, name = work.reading.register, " ".join(name.split())
    if register is None or agency not in register.by_code:
        raise BadInput(say("No such agency is in the register; nothing was changed."), code="no_agency")
    before = work.edited.item(place)
    values: Values = {"name": name, "agency": agency}
    work = correct(uow, service, draft_id, Act.MEANT, place, values, mark=mark, by=by, now=now)
    after = work.edited.item(place)
    if after is None or agency not in _named(after) or before == after:
        raise BadInput(
            say("“{name}” does not stand in this row, so nothing was changed.", name=verbatim(name)),
            code="name_not_in_row",
        )
    if not remember:
        return work
    teach(uow, register, name, agency, now, by, source=work.read.head.number, draft=draft_id)
    return read_again(uow, service, draft_id, by, now)


def take_back(
    uow: UnitOfWork, service: Office, draft_id: int, edit: int, *, by: int | None, now: datetime
) -> Working:
    """Undo one correction, whichever it is; those after it stay. Raises Refusal and BadInput."""
    work = in_hand(uow, service, draft_id)
    if not uow.draft_edits.undo(draft_id, edit, now, by):
        raise _too_late()
    return save(uow, service, work.kept, work.read, by, now, {"act": "undo", "edit": edit})


def take_up(
    uow: UnitOfWork, service: Office, draft_id: int, edit: int, *, by: int | None, now: datetime
) -> Working:
    """Make a correction again that was undone, or that was not carried over by itself. Raises Refusal."""
    work = in_hand(uow, service, draft_id)
    if not uow.draft_edits.redo(draft_id, edit):
        raise _too_late()
    return save(uow, service, work.kept, work.read, by, now, {"act": "redo", "edit": edit})


def read_again(
    uow: UnitOfWork,
    service: Office,
    draft_id: int,
    by: int | None,
    now: datetime,
    corrections: Corrections = Corrections(),
) -> Working:
    """Read the original once more with what the register knows now; corrections stay with their rows."""
    work = in_hand(uow, service, draft_id)
    head = work.read.head
    filename, data = uow.plans.original(work.kept.document)
    given = Corrections(corrections.number or head.number, head.issued_on or corrections.issued_on)
    read = read_file(data, filename, uow.agencies.register(), service.calendar, now, given)
    for edit, place in rekeyed(work.read, read, [(e.id, e.place) for e in work.edits]):
        uow.draft_edits.move(edit, place)
    return save(uow, service, work.kept, read, by, now, {"act": "read_again"})


def _seen(work: Working, act: Act, place: str, mark: str) -> TaskDraft | DutyDraft | None:
    """The row or duty as the person saw it; None for the place above all rows, or behind all duties."""
    if work.kept.state != "open":
        raise Refusal(say("This draft has been decided on already; nothing was changed."), code="decided")
    if act is Act.ADD and place in ("", NEW_DUTY):
        return None
    item = work.edited.item(place)
    if item is None or (act is not Act.ADD and row_mark(item) != mark):
        raise _too_late()
    if act is Act.JOIN and (is_of_duty(place) or item is work.edited.rows[0].task):
        raise BadInput(say("There is no row above this one; nothing was changed."), code="first_row")
    return item


def item_texts(item: TaskDraft | DutyDraft, register: Register | None) -> dict[str, str]:
    """The words of a row or duty as a person may change them."""
    return duty_texts(item) if isinstance(item, DutyDraft) else texts_of(item, register)


def _changes(work: Working, item: TaskDraft | DutyDraft, values: Values) -> dict[str, str]:
    """The fields whose words are others than those that stand there."""
    stands = item_texts(item, work.reading.register)
    given = {name: text for name, text in values.items() if isinstance(text, str) and name in stands}
    return {name: text for name, text in given.items() if _lines(text) != _lines(stands[name])}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def _before(work: Working, act: Act, item: TaskDraft | DutyDraft | None, values: Values) -> dict[str, str]:
    """What stood there, and enough of the row to know it by."""
    if item is None or act is Act.ADD:
        return {}
    stands = item_texts(item, work.reading.register)
    shown = ("number", "title", "who", "what", *(values if act is Act.SET else ()))
    return {name: stands[name] for name in dict.fromkeys(shown) if name in stands}


def _named(task: TaskDraft | DutyDraft) -> tuple[str, ...]:
    if isinstance(task, DutyDraft):
        return task.agencies
    return (
        *task.lead_agencies,
        *task.focus_agencies,
        *task.coordinating_agencies,
        *task.monitoring_agencies,
    )


def save(
    uow: UnitOfWork,
    service: Office,
    kept: Draft,
    read: PlanDraft,
    by: int | None,
    now: datetime,
    noted: dict[str, str | int],
) -> Working:
    """Write the draft as it is now, unless somebody was faster."""
    work = _worked(uow, service, kept, read, uow.draft_edits.of(kept.id))
    if not uow.plans.correct_draft(kept.id, kept.version, pack(work.draft), pack(read)):
        raise _too_late()
    uow.audit.note(now, by, "correct_draft", f"draft:{kept.id}", noted)
    return replace(work, kept=replace(kept, version=kept.version + 1, as_read=pack(read)))


def _too_late() -> Refusal:
    return Refusal(
        say(
            "Somebody else has changed this in the meantime, so your change was not made. "
            "Please look at it again."
        ),
        code="changed_meanwhile",
    )
