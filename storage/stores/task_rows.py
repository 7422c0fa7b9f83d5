"""Task rows as nouns. A task changes once in a while and is read with every reply, so what was read is kept —
by the row's own words, which are compared each time: a changed row is read anew."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import JSON, Text, bindparam, cast, select

from domain.plans import Target, Task
from domain.timeframes import TimeFrame
from storage.tables.work import TaskRow

#: a province's plans of some years have a few thousand tasks
_KEPT = 5000
C = TaskRow.__table__.c  # type: ignore[attr-defined]
_NAMES = (
    "id", "plan", "number", "section", "title", "clause", "is_duty", "asked", "condition", "product", "event_on",
    "frame", "leads", "coordinators", "monitors", "focus", "targets", "extra",
)  # fmt: skip
EVERY = select(*(cast(C[n], Text) if isinstance(C[n].type, JSON) else C[n] for n in _NAMES)).order_by(C.id)
BY_ID = EVERY.where(C.id == bindparam("task"))
SEVERAL = EVERY.where(C.id.in_(bindparam("tasks", expanding=True)))
OF_PLANS = EVERY.where(C.plan.in_(bindparam("plans", expanding=True)))


@lru_cache(_KEPT)
def read_task(
    number: int,
    plan: int,
    name: str,
    section: str,
    title: str,
    clause: str,
    is_duty: bool,
    asked: bool,
    condition: str,
    product: str,
    event_on: date | None,
    *written: str,
) -> Task:
    """A stored task as the noun that leaves the storage; ``written`` are its lists and rules as JSON."""
    frame, leads, coordinators, monitors, focus, targets, extra = map(json.loads, written)
    return Task(
        id=number,
        plan=plan,
        number=name,
        section=section,
        title=title,
        frame=TimeFrame.from_json(frame),
        leads=tuple(leads),
        coordinators=tuple(coordinators),
        monitors=tuple(monitors),
        focus=tuple(focus),
        condition=condition,
        product=product,
        targets=tuple(Target(**t) for t in targets),
        is_duty=is_duty,
        asked=asked,
        clause=clause,
        event_on=event_on,
        extra=extra,
    )
