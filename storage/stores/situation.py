"""The picture every reminder rule reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, text
from sqlmodel import col, select

from domain.assignments import Assignment, State
from domain.officials import Official
from domain.plans import Task
from domain.situation import Situation
from domain.timeframes import TimeFrameKind
from domain.workdays import WorkCalendar
from storage.stores.core import chunks
from storage.tables.registers import AddressRow
from storage.tables.talk import SaidRow
from storage.tables.work import AssignmentRow, PlanRow

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

ROW = AssignmentRow
WANTED = [s.value for s in State if s.is_open or s is State.CANDIDATE]
LEFT = [State.HANDED_OVER.value, State.RELEASED.value]
#: a quarter, and Tết
LATELY = timedelta(days=110)
#: keys of the kind "received" are wished for until somebody answers
ANNOUNCED, ANNOUNCED_END = "received:", "received;"
_STATES = {s.value: s for s in State}
_NAMES = [f.name for f in fields(Assignment)]


def read_situation(uow: UnitOfWork, now: datetime, calendar: WorkCalendar) -> Situation:
    """What is true at ``now`` (aware UTC), in a dozen queries however much there is.

    ``today`` is the day of the first office moment from now on, because that is when it will be said. The
    register holds ended agencies too: open work may still stand in their name.
    """
    officials = [person for person in uow.people.all() if person.active]
    by_agency: dict[str, list[Official]] = {}
    for person in officials:
        for code in dict.fromkeys(post.agency for post in person.posts):
            by_agency.setdefault(code, []).append(person)
    tasks = {task.id: task for task in uow.plans.tasks()}
    confirmed = uow.session.exec(select(PlanRow.id, PlanRow.confirmed_at)).all()
    opened, left = _recurring(uow, tasks.values())
    return Situation(
        now=now,
        today=calendar.local_date(calendar.next_office_moment(now)),
        calendar=calendar,
        register=uow.agencies.register(),
        plans={plan.id: plan for plan in uow.plans.all()},
        tasks=tasks,
        assignments=tuple(open_assignments(uow)),
        officials={person.id: person for person in officials},
        by_agency={code: tuple(people) for code, people in by_agency.items()},
        joined=frozenset(uow.people.joined()),
        done=_done(uow),
        opened=opened,
        left=left,
        said=_said(uow, now),
        confirmed={plan or 0: calendar.local_date(at) for plan, at in confirmed},
    )


def open_assignments(uow: UnitOfWork) -> list[Assignment]:
    """What is owed, and candidates, as plain columns: a hundred thousand of them are read often."""
    columns = [col(getattr(ROW, name)) for name in _NAMES]
    query: Any = select(*columns).where(col(ROW.state).in_(WANTED)).order_by(col(ROW.id))
    state = _NAMES.index("state")
    uow.session.flush()
    rows = uow.session.connection().execute(query)
    make: Any = Assignment  # its fields in their order
    return [make(*row[:state], _STATES[row[state]], *row[state + 1 :]) for row in rows]


def one_planner(uow: UnitOfWork) -> None:
    """Let plannings follow each other until commit, so that the second sees what the first decided.

    SQLite has one writer anyway.
    """
    if uow.session.get_bind().dialect.name == "postgresql":
        uow.session.connection().execute(text("SELECT pg_advisory_xact_lock(hashtextextended('planner', 0))"))


def changed_since(uow: UnitOfWork, since: datetime, now: datetime) -> bool:
    """Whether anything came that is told at once: new work, a new address, the hour of a snooze."""
    new_work = exists().where(col(ROW.assigned_at) >= since)
    new_address = exists().where(col(AddressRow.since) >= since)
    woken = exists().where(col(ROW.snoozed_until) >= since, col(ROW.snoozed_until) <= now)
    query: Any = select(or_(new_work, new_address, woken))
    return bool(uow.session.exec(query).one())


def _said(uow: UnitOfWork, now: datetime) -> frozenset[str]:
    """Keys that are likely wished for again: those of a quarter, and announcements as long as they stand."""
    key = col(SaidRow.key)
    announced = and_(key >= ANNOUNCED, key < ANNOUNCED_END)
    query = select(SaidRow.key).where(or_(col(SaidRow.at) >= now - LATELY, announced))
    return frozenset(uow.session.exec(query))


def _done(uow: UnitOfWork) -> dict[tuple[int, str], int]:
    query = (
        select(ROW.task, ROW.occurrence, func.count())
        .where(ROW.state == State.DONE.value)
        .group_by(col(ROW.task), col(ROW.occurrence))
    )
    return {(task, occurrence): count for task, occurrence, count in uow.session.exec(query).all()}


def _recurring(
    uow: UnitOfWork, tasks: Iterable[Task]
) -> tuple[dict[int, frozenset[str]], frozenset[tuple[int, str]]]:
    """Occurrences of recurring tasks there are rows for, and who left them. Two queries for 900 such tasks."""
    opened: dict[int, set[str]] = {}
    left: set[tuple[int, str]] = set()
    for some in chunks(t.id for t in tasks if t.frame.kind is TimeFrameKind.RECURRING):
        of_these = col(ROW.task).in_(some)
        for task, occurrence in uow.session.exec(select(ROW.task, ROW.occurrence).where(of_these).distinct()):
            opened.setdefault(task, set()).add(occurrence)
        gone = select(ROW.task, ROW.agency).where(of_these, col(ROW.state).in_(LEFT)).distinct()
        left.update((task, agency) for task, agency in uow.session.exec(gone))
    return {task: frozenset(some) for task, some in opened.items()}, frozenset(left)
