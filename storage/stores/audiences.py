"""Audiences kept under names, and the picture one is resolved against, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from domain.assignments import State
from domain.audience import Audience, AudienceFacts
from storage.tables.notices import AudienceRow
from storage.tables.work import AssignmentRow, TaskRow

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

OPEN = [state.value for state in State if state.is_open]


@dataclass(frozen=True, slots=True)
class Kept:
    """An audience under a name."""

    id: int
    name: str
    audience: Audience


class KeptAudiences:
    """Audiences by name."""

    _session: Session

    def keep_audience(self, name: str, audience: Audience, by: int, now: datetime) -> None:
        """Keep an audience under a name; the same name is replaced."""
        row = self._session.exec(select(AudienceRow).where(AudienceRow.name == name)).first()
        row = row or AudienceRow(name=name, rules={}, kept_at=now)
        row.rules, row.kept_by, row.kept_at = audience.as_json(), by, now
        self._session.add(row)
        self._session.flush()

    def audiences(self) -> list[Kept]:
        """Every kept audience, by name."""
        rows = self._session.exec(select(AudienceRow).order_by(AudienceRow.name)).all()
        return [Kept(row.id or 0, row.name, Audience.from_json(row.rules)) for row in rows]

    def forget_audience(self, audience_id: int) -> None:
        """Forget a kept audience; notices that used it keep their own copy."""
        row = self._session.get(AudienceRow, audience_id)
        if row:
            self._session.delete(row)


def read_audience_facts(uow: UnitOfWork, today: date) -> AudienceFacts:
    """Register, people and plans on the province's day. Ten queries, however much there is."""
    coordinates: dict[int, set[str]] = defaultdict(set)
    monitors: dict[int, set[str]] = defaultdict(set)
    for task in uow.plans.tasks():
        coordinates[task.plan].update(task.coordinators)
        monitors[task.plan].update(task.monitors)
    opened = select(TaskRow.plan, AssignmentRow.agency).where(
        AssignmentRow.task == TaskRow.id, col(AssignmentRow.state).in_(OPEN)
    )
    led = select(TaskRow.plan, AssignmentRow.agency).where(
        AssignmentRow.task == TaskRow.id,
        col(AssignmentRow.state).in_([*OPEN, State.DONE.value]),
    )
    reported = led.where(col(AssignmentRow.last_report_at).is_not(None)).distinct()
    late = select(AssignmentRow.agency).where(
        col(AssignmentRow.state).in_(OPEN), col(AssignmentRow.overdue_from) <= today
    )
    month = today.replace(day=1)
    done_late = select(AssignmentRow.agency).where(
        AssignmentRow.state == State.DONE.value,
        col(AssignmentRow.done_on) >= month,
        col(AssignmentRow.overdue_from) <= col(AssignmentRow.done_on),
    )
    overdue = frozenset(uow.session.exec(late.distinct()).all())
    heard = _by_plan(uow.session.exec(reported).all())
    waiting = _by_plan(uow.session.exec(opened.distinct()).all())
    return AudienceFacts(
        register=uow.agencies.register(today),
        people=tuple(person for person in uow.people.all() if person.active),
        joined=frozenset(uow.people.joined()),
        leads=_by_plan(uow.session.exec(led.distinct()).all()),
        coordinates={plan: frozenset(codes) for plan, codes in coordinates.items()},
        monitors={plan: frozenset(codes) for plan, codes in monitors.items()},
        silent={plan: codes - heard.get(plan, frozenset()) for plan, codes in waiting.items()},
        late=overdue,
        late_this_month=overdue | frozenset(uow.session.exec(done_late.distinct()).all()),
        plans={plan.id: plan.number for plan in uow.plans.all()},
    )


def _by_plan(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for plan, agency in pairs:
        found[plan].add(agency)
    return {plan: frozenset(codes) for plan, codes in found.items()}
