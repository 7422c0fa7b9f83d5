"""Days off have changed: deadlines of dossiers that go by them are reckoned again."""

from __future__ import annotations

from sqlalchemy import and_, case, null, or_, select, update
from sqlmodel import Session

from domain.dossiers.dossier import Deadlines, Outcome
from storage.stores.core import run
from storage.tables.dossiers import DossierRow

_ROW = DossierRow.__table__  # type: ignore[attr-defined]
_RESOLVED = (Outcome.EARLY.value, Outcome.ON_TIME.value, Outcome.LATE.value)


def reckon_again(session: Session, deadlines: Deadlines) -> int:
    """How many dossiers have another last day in time now. One query for all promises, one for each that moves."""
    terms = (_ROW.c.promised_on, _ROW.c.stopped_on, _ROW.c.resumed_on, _ROW.c.due_on)
    query = select(*terms).where(_ROW.c.promised_on.is_not(None)).distinct()
    moved = 0
    for promised, stopped, resumed, due_on in session.connection().execute(query).all():
        term = deadlines.term(promised, stopped, resumed)
        if term.due == due_on:
            continue
        same = [
            column.is_not_distinct_from(value)
            for column, value in zip(terms, (promised, stopped, resumed, due_on), strict=True)
        ]
        stands = and_(
            _ROW.c.outcome == Outcome.STOPPED.value,
            or_(_ROW.c.stopped_on.is_(None), _ROW.c.stopped_on <= term.due),
        )
        judged = case(
            (_ROW.c.closed_on < term.promised, Outcome.EARLY.value),
            (_ROW.c.closed_on <= term.due, Outcome.ON_TIME.value),
            else_=Outcome.LATE.value,
        )
        values = {
            "due_on": term.due,
            "late_from": case((stands, null()), else_=term.late_from),
            "outcome": case((_ROW.c.outcome.in_(_RESOLVED), judged), else_=_ROW.c.outcome),
        }
        moved += run(session, update(_ROW).where(*same).values(**values)).rowcount
    return moved
