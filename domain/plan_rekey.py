"""Where rows are after a document, or a newer one, was read again: corrections stay with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.corrections import NEW_DUTY, duty_key, row_key
from domain.plans import PlanDraft
from domain.reading.plan_diff import matched

#: before the key of a row that is not there any more
GONE = "gone-"


def row_places(old: PlanDraft, new: PlanDraft) -> dict[str, str]:
    """Key of a row or duty in the old reading → its key in the new one, of those that are in both."""
    tasks, duties = matched(old, new)
    if [(t.number, t.title) for t in old.tasks] == [(t.number, t.title) for t in new.tasks]:
        tasks = {i: i for i in range(len(old.tasks))}
    if [(d.who, d.what) for d in old.duties] == [(d.who, d.what) for d in new.duties]:
        duties = {i: i for i in range(len(old.duties))}
    found = {row_key(was): row_key(now) for now, was in tasks.items()}
    return found | {duty_key(was): duty_key(now) for now, was in duties.items()}


def rekeyed(old: PlanDraft, new: PlanDraft, edits: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Corrections (id, place) whose place changes, with the new one; a row that is gone gets a place no row has."""
    places = row_places(old, new)
    for edit, place in edits:
        if place == NEW_DUTY or place[:1] not in ("r", "d"):
            continue
        now = places.get(place, f"{GONE}{place}")
        if now != place:
            yield edit, now
