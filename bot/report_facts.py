"""Gathers what an agency's report is made of, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.errors import BadInput
from domain.phrases import say
from domain.plans import Plan
from domain.reports.agency import AgencyReport, agency_report
from domain.workdays import WorkCalendar
from storage.unit_of_work import UnitOfWork


class Office(Protocol):
    """What a report needs of ``bot.services.Service``: the calendar in force."""

    @property
    def calendar(self) -> WorkCalendar:
        """Working days and the province's zone."""
        ...


def gather(uow: UnitOfWork, service: Office, code: str, plan: Plan, now: datetime) -> AgencyReport:
    """The agency's report on the plan as things stand. Raises BadInput for an agency nobody knows."""
    register = uow.agencies.register()
    agency = register.by_code.get(code)
    if agency is None:
        raise BadInput(say("There is no agency with the code {code}.", code=code), code="no_agency")
    tasks = uow.plans.tasks([plan.id])
    ids = {t.id for t in tasks}
    own = [a for a in uow.assignments.of_agencies([code], open_only=False) if a.task in ids]
    return agency_report(
        plan,
        agency,
        register,
        tasks,
        own,
        uow.requests.pending([a.id for a in own]),
        today=service.calendar.local_date(now),
        calendar=service.calendar,
    )


def concerned(uow: UnitOfWork, agencies: tuple[str, ...]) -> list[tuple[str, Plan]]:
    """Which of these agencies has a share in which plan, the newest plan first."""
    plan_of = {t.id: t.plan for t in uow.plans.tasks()}
    shares = uow.assignments.of_agencies(agencies, open_only=False)
    pairs = {(a.agency, plan_of[a.task]) for a in shares}
    newest = reversed(uow.plans.all())
    return [(code, plan) for plan in newest for code in agencies if (code, plan.id) in pairs]
