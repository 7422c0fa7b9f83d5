"""Gathers the on-time report and its forecast, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from domain.dossiers.counting import Tally, month_is_over
from domain.dossiers.forecast import Forecast, Month, Running, foresee, learn
from domain.dossiers.months import last_day, month_of, months, shift
from domain.errors import BadInput
from domain.phrases import say
from domain.reports.on_time import OnTime, on_time
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork

#: months a forecast learns from
BEHIND = 12


def gather_on_time(
    uow: UnitOfWork, calendar: WorkCalendar, month: int, as_of: date, agencies: Sequence[str] | None = None
) -> OnTime:
    """The month of some agencies, or of all, counted at ``as_of`` or at the month's end. Raises BadInput for a
    month yet to come."""
    if month > month_of(as_of):
        raise BadInput(say("This month has not begun; there is nothing to count."), code="month")
    counted = uow.dossiers.counted(month, as_of, agencies)
    past = _past(uow, month, month_of(as_of))
    known = past.keys() if agencies is None else [code for code in agencies if code in past]
    tallies: dict[str, Tally] = {}
    for one in counted:
        tallies[one.agency] = tallies.get(one.agency, Tally()) + one.tally
    forecasts: Mapping[str, Forecast] = {}
    if not month_is_over(month, as_of):
        wanted = {*tallies, *known}
        forecasts = _forecasts(
            uow, calendar, month, as_of, past, {c: tallies.get(c, Tally()) for c in wanted}
        )
    read = uow.dossier_runs.last_good()
    return on_time(
        month,
        as_of,
        calendar.local_date(read) if read else None,
        [(one.agency, one.field, one.tally) for one in counted],
        uow.agencies.register(),
        known,
        forecasts,
    )


def _past(uow: UnitOfWork, month: int, now: int) -> dict[str, list[Month]]:
    """Each agency's months before this one, the oldest first, from its first one on."""
    first, last = shift(month, -BEHIND), shift(month, -1)
    closed = {(c.agency, c.month): (c.in_time, c.late) for c in uow.dossiers.closed(first, last)}
    agencies = sorted({agency for agency, _ in closed} | uow.dossiers.debtors())
    overdue = uow.dossiers.overdue_at_ends(first, last, now, agencies)
    found: dict[str, list[Month]] = {}
    for agency in agencies:
        rows = []
        for one in months(first, last):
            in_time, late = closed.get((agency, one), (0, 0))
            rows.append(Month(in_time + late, late, overdue.get((agency, one), 0)))
        begun = next((i for i, row in enumerate(rows) if row.resolved or row.overdue), len(rows))
        found[agency] = rows[begun:]
    return found


def _forecasts(
    uow: UnitOfWork,
    calendar: WorkCalendar,
    month: int,
    as_of: date,
    past: Mapping[str, Sequence[Month]],
    tallies: Mapping[str, Tally],
) -> dict[str, Forecast]:
    model, end = learn(past), last_day(month)
    left = calendar.count(as_of, end)
    owed = uow.dossiers.due_days(list(tallies))
    found = {}
    for agency, tally in tallies.items():
        due: dict[int, int] = {}
        for day, number in owed.get(agency, {}).items():
            if as_of < day <= end:  # late from then on, with so many working days left to close it in
                spare = calendar.count(day - timedelta(days=1), end)
                due[spare] = due.get(spare, 0) + number
        running = Running(tally.resolved, tally.late, tally.overdue, tally.open, left, due)
        found[agency] = foresee(model, past.get(agency, ()), running)
    return found


def month_named(text: str, today: date) -> int:
    """A month as a person writes it: 6/2024, 06/2024, 2024-06; this month for "". Raises BadInput."""
    parts = text.strip().replace("-", "/").split("/")
    if not text.strip():
        return month_of(today)
    if len(parts) == 2 and all(part.isdecimal() and len(part) <= 4 for part in parts):
        year, month = (int(part) for part in (parts if len(parts[0]) == 4 else reversed(parts)))
        if 2000 <= year <= 2099 and 1 <= month <= 12:
            return year * 100 + month
    raise BadInput(say("{text} is not a month; please write it as 6/2024.", text=text[:20]), code="month")
