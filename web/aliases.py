"""The names that people taught the register: whom each means, where it comes from, and a way to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.plan_names_taught import forget
from domain.access import Act
from domain.errors import Refusal
from domain.phrases import say
from storage.stores.aliases import Alias
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go


def routes(door: Door) -> list[BaseRoute]:
    """For administrators."""
    return [
        Route("/names", door.page(show, Act.TEACH_NAMES)),
        Route("/names/forget", door.page(remove, Act.TEACH_NAMES), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class NameLine:
    """A remembered name in the list."""

    alias: Alias
    agency: str
    who: str


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """Every name in force, the newest first."""
    register, names = uow.agencies.register(), uow.aliases.all()
    people = {o.id: o.name for o in uow.people.several({a.by for a in names if a.by})}
    lines = [NameLine(a, register.name(a.agency), people.get(a.by or 0, "")) for a in names]
    return Shown("names.html", {"lines": lines})


def remove(visit: Visit, uow: UnitOfWork) -> Response:
    """Take a name back."""
    alias = visit.text("alias", 12)
    if not alias.isdecimal():
        raise Refusal(say("Nothing was changed."), code="no_alias")
    forget(uow, int(alias), by=visit.who.id, now=visit.now)
    return go("/names")
