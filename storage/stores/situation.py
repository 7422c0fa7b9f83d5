"""The picture every reminder rule reads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from domain.officials import Official
from domain.situation import Situation
from domain.workdays import WorkCalendar

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork


def read_situation(uow: UnitOfWork, now: datetime, calendar: WorkCalendar) -> Situation:
    """What is true at ``now`` (aware UTC), in nine queries however much there is.

    The register holds ended agencies too, because open work may still stand in their name.
    """
    today = now.astimezone(calendar.zone).date()
    officials = [person for person in uow.people.all() if person.active]
    by_agency: dict[str, list[Official]] = {}
    for person in officials:
        for code in dict.fromkeys(post.agency for post in person.posts):
            by_agency.setdefault(code, []).append(person)
    return Situation(
        now=now,
        today=today,
        calendar=calendar,
        register=uow.agencies.register(),
        plans={plan.id: plan for plan in uow.plans.all()},
        tasks={task.id: task for task in uow.plans.tasks()},
        assignments=tuple(uow.assignments.open()),
        officials={person.id: person for person in officials},
        by_agency={code: tuple(people) for code, people in by_agency.items()},
        joined=frozenset(uow.people.joined()),
        said=frozenset(uow.outbox.said()),
    )
