"""The state of the service for its administrators: everything that is looked at, what is fine as well."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from domain.access import Act
from domain.health import Finding, HealthFacts, Level, findings, named
from domain.phrases import Phrase
from domain.quotas import Quota, Stage
from storage.stores.health import health_facts
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit

#: how a level or a stage is coloured
CLASSES = {Level.OK: "", Level.WARN: "soon", Level.RED: "late"}
STAGES = {Stage.FREE: "", Stage.TIGHT: "soon", Stage.SAVING: "late"}


def routes(door: Door) -> list[BaseRoute]:
    """For who may switch channels."""
    return [Route("/service", door.page(show, Act.SWITCH_CHANNEL))]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at."""

    what: Phrase
    finding: Finding

    @property
    def look(self) -> str:
        """The class of its words."""
        return CLASSES[self.finding.level]


@dataclass(frozen=True, slots=True)
class Month:
    """A bot's month where its messenger counts: shown also when nothing is amiss."""

    channel: str
    bot: str
    quota: Quota

    @property
    def look(self) -> str:
        """The class of its words."""
        return STAGES[self.quota.stage]


def months(facts: HealthFacts) -> list[Month]:
    """Each counted bot's, by name."""
    return [Month(channel.title(), bot, quota) for (channel, bot), quota in sorted(facts.quotas.items())]


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """As of now; the worst first."""
    service = visit.context.service
    facts = health_facts(uow, service.db.engine, visit.now, service.calendar)
    found = [f for f in findings(facts) if not f.code.startswith("quota:")]
    lines = [Line(named(f.code), f) for f in sorted(found, key=lambda f: -f.level)]
    return Shown("service.html", {"lines": lines, "months": months(facts)})
