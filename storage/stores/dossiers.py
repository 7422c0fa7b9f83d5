"""Dossiers, read: one by its code, lists to warn of and to publish, and counts by agency and procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, false, func, or_
from sqlmodel import Session, col, select

from domain.dossiers.counting import Tally
from domain.dossiers.dossier import Channel, Deadlines, Dossier, Outcome, Procedure, State
from domain.dossiers.months import NEVER, end_of, last_day, month_of, months, shift
from storage.stores.core import CHUNK, chunks
from storage.stores.dossier_terms import reckon_again
from storage.tables.dossiers import DossierPastRow, DossierRow, DossierRunRow, Facts, ProcedureRow

ROW = DossierRow
DAYS = ("received_on", "promised_on", "latest_on", "apology_on", "stopped_on", "resumed_on", "result_on", "returned_on")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One agency's month in one field of procedures ("" where the source names none)."""

    agency: str
    field: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Past:
    """What a dossier was until a source said otherwise ``at`` an instant; ``run`` is the reading that did."""

    dossier: Dossier
    run: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """How many dossiers of an agency closed in a month, in time and late."""

    agency: str
    month: int
    in_time: int
    late: int


class Dossiers:
    """What is known of dossiers. Writing goes through ``storage.stores.dossier_intake``, in bulk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """All of them."""
        return self._session.exec(select(func.count()).select_from(ROW)).one()

    def get(self, code: str) -> Dossier | None:
        """One dossier by its (tidy) code."""
        return next(self._dossiers(col(ROW.code) == code), None)

    def past(self, code: str) -> list[Past]:
        """What it was before each change, the newest change first."""
        query = (
            select(DossierPastRow, ProcedureRow, DossierRunRow.ended)
            .join(ROW, col(ROW.id) == DossierPastRow.dossier)
            .join(ProcedureRow, col(ProcedureRow.id) == DossierPastRow.procedure, isouter=True)
            .join(DossierRunRow, col(DossierRunRow.id) == DossierPastRow.run, isouter=True)
            .where(ROW.code == code)
            .order_by(col(DossierPastRow.id).desc())
        )
        found = self._session.exec(query).all()
        return [Past(to_dossier(code, row, procedure), row.run, at) for row, procedure, at in found]

    def running(self, due_by: date, agencies: Iterable[str] | None = None) -> list[Dossier]:
        """Open ones whose clock runs and whose last day in time is ``due_by`` or before, the longest due first.

        Those that stopped only after they were late are among them.
        """
        wanted = [
            ROW.closed_month == NEVER,
            col(ROW.late_from).is_not(None),
            col(ROW.due_on) <= due_by,
            *_of(agencies),
        ]
        return sorted(self._dossiers(*wanted), key=lambda d: (d.late_from or date.max, d.code))

    def owed(self, codes: Iterable[str]) -> dict[str, date]:
        """The last day in time of each of these that is open with its clock running."""
        found: dict[str, date] = {}
        for some in chunks(codes):
            query: Any = select(col(ROW.code), col(ROW.due_on)).where(
                ROW.closed_month == NEVER, col(ROW.late_from).is_not(None), col(ROW.code).in_(some)
            )
            found.update((code, due) for code, due in self._session.exec(query).all() if due is not None)
        return found

    def open_of(self, agency: str) -> list[Dossier]:
        """Everything an agency has open, the soonest due first, what has no day last."""
        found = self._dossiers(ROW.closed_month == NEVER, ROW.agency == agency)
        return sorted(found, key=lambda d: (d.late_from or date.max, d.code))

    def late_in(self, month: int, as_of: date, agencies: Iterable[str] | None = None) -> list[Dossier]:
        """The month's late ones, by agency and code: resolved late in it, or open and overdue at its end."""
        resolved = and_(col(ROW.closed_month) == month, col(ROW.outcome) == Outcome.LATE.value)
        overdue = and_(col(ROW.closed_month) > month, col(ROW.late_from) <= end_of(month, as_of))
        counted = col(ROW.received_month) <= month
        found = self._dossiers(
            col(ROW.closed_month) >= month, or_(resolved, overdue), counted, *_of(agencies)
        )
        return sorted(found, key=lambda d: (d.agency, d.code))

    def counted(self, month: int, as_of: date, agencies: Iterable[str] | None = None) -> list[Counted]:
        """Every agency's month by field (domain.dossiers.counting), from the index alone. One query."""
        sums = [column.label(f"n{place}") for place, column in enumerate(_sums(month, end_of(month, as_of)))]
        by_procedure = (
            select(col(ROW.agency), col(ROW.procedure), *sums)
            .where(col(ROW.closed_month) >= month, col(ROW.received_month) <= month, *_of(agencies))
            .group_by(col(ROW.agency), col(ROW.procedure))
            .subquery()
        )
        found = by_procedure.c
        field_ = func.coalesce(ProcedureRow.field, "")
        query = (
            select(found.agency, field_, *(func.sum(found[column.name]) for column in sums))
            .join_from(by_procedure, ProcedureRow, col(ProcedureRow.id) == found.procedure, isouter=True)
            .group_by(found.agency, field_)
        )
        rows: Iterable[Any] = self._session.exec(query).all()
        return [Counted(agency, field, Tally(*map(int, numbers))) for agency, field, *numbers in rows]

    def closed(self, first: int, last: int, agencies: Iterable[str] | None = None) -> list[Closed]:
        """What each agency resolved in each month from ``first`` to ``last``. One query on the index."""
        late, ended = (
            func.count().filter(col(ROW.outcome) == o.value) for o in (Outcome.LATE, Outcome.ENDED)
        )
        query = (
            select(col(ROW.closed_month), col(ROW.agency), func.count() - ended, late)
            .where(col(ROW.closed_month).between(first, last), *_of(agencies))
            .group_by(col(ROW.closed_month), col(ROW.agency))
        )
        return [
            Closed(agency, month, resolved - late, late)
            for month, agency, resolved, late in self._session.exec(query).all()
            if resolved
        ]

    def due_days(self, agencies: Iterable[str] | None = None) -> dict[str, dict[date, int]]:
        """How many open dossiers with a running clock each agency owes by each ``late_from`` day. One query."""
        query = (
            select(col(ROW.agency), col(ROW.late_from), func.count())
            .where(col(ROW.closed_month) == NEVER, col(ROW.late_from).is_not(None), *_of(agencies))
            .group_by(col(ROW.agency), col(ROW.late_from))
        )
        found: dict[str, dict[date, int]] = {}
        for agency, day, number in self._session.exec(query).all():
            if day is not None:
                found.setdefault(agency, {})[day] = number
        return found

    def debtors(self) -> set[str]:
        """Agencies that have anything open."""
        return set(self._session.exec(select(ROW.agency).where(ROW.closed_month == NEVER).distinct()).all())

    def overdue_at_ends(
        self, first: int, last: int, now: int, agencies: Iterable[str]
    ) -> dict[tuple[str, int], int]:
        """How many dossiers each of these agencies had open and late at the end of each month; ``now`` is this month.

        Months, agencies and outcomes are named one by one, so that the index leads to the late ones alone.
        """
        late = [Outcome.LATE.value, Outcome.RUNNING.value, Outcome.STOPPED.value]
        closing = [*months(shift(first, 1), now), NEVER]
        found: dict[tuple[str, int], int] = {}
        for part in chunks(agencies, CHUNK - len(closing) - 10):
            query = (
                select(col(ROW.agency), col(ROW.closed_month), col(ROW.late_from), func.count())
                .where(col(ROW.closed_month).in_(closing), col(ROW.agency).in_(part))
                .where(col(ROW.outcome).in_(late), col(ROW.late_from) <= last_day(last))
                .group_by(col(ROW.agency), col(ROW.closed_month), col(ROW.late_from))
            )
            for agency, closed, day, number in self._session.exec(query).all():
                if day is not None:
                    for month in months(
                        max(first, month_of(day)), last if closed > last else shift(closed, -1)
                    ):
                        found[agency, month] = found.get((agency, month), 0) + number
        return found

    def months(self) -> tuple[int, int] | None:
        """The first and last month anything was received in or closed in; None without dossiers."""
        query = select(func.min(ROW.received_month), func.max(ROW.received_month))
        first, last = self._session.exec(query).one()
        return (first, last) if first and last else None

    def procedures(self) -> dict[int, Procedure]:
        """Every procedure met, by its number."""
        rows = self._session.exec(select(ProcedureRow)).all()
        return {row.id or 0: Procedure(row.code, row.name, row.field) for row in rows}

    def reckon_again(self, deadlines: Deadlines) -> int:
        """After a change of the days off: how many dossiers have another last day in time."""
        return reckon_again(self._session, deadlines)

    def _dossiers(self, *wanted: Any) -> Iterator[Dossier]:
        query = (
            select(ROW, ProcedureRow)
            .join(ProcedureRow, col(ProcedureRow.id) == ROW.procedure, isouter=True)
            .where(*wanted)
        )
        for row, procedure in self._session.exec(query).all():
            yield to_dossier(row.code, row, procedure)


def _of(agencies: Iterable[str] | None) -> list[Any]:
    if agencies is None:
        return []
    return [or_(*(col(ROW.agency).in_(part) for part in chunks(agencies)), false())]


def _sums(month: int, end: date) -> list[Any]:
    """The columns of a Tally, in its order."""
    closed, received, late_from = col(ROW.closed_month), col(ROW.received_month), col(ROW.late_from)
    outcome = col(ROW.outcome)
    in_month = [and_(closed == month, outcome == o.value) for o in (Outcome.EARLY, Outcome.ON_TIME, Outcome.LATE, Outcome.ENDED)]  # fmt: skip
    within = and_(closed > month, or_(late_from.is_(None), late_from > end))
    wanted = [
        received < month,
        received == month,
        *in_month,
        within,
        and_(closed > month, late_from <= end),
        and_(within, outcome == Outcome.STOPPED.value),
    ]
    return [func.count().filter(condition) for condition in wanted]


def to_dossier(code: str, row: Facts, procedure: ProcedureRow | None) -> Dossier:
    """A stored dossier, or what it was, as the noun that leaves the storage."""
    named = Procedure(procedure.code, procedure.name, procedure.field) if procedure else Procedure()
    return Dossier(
        code=code,
        agency=row.agency,
        state=State(row.state),
        receiving=row.receiving,
        procedure=named,
        channel=Channel(row.channel),
        **{day: getattr(row, day) for day in DAYS},
        due_on=getattr(row, "due_on", None),
        late_from=getattr(row, "late_from", None),
        closed_on=getattr(row, "closed_on", None),
        outcome=Outcome(getattr(row, "outcome", Outcome.RUNNING)),
    )
