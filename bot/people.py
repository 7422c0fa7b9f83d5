"""Whom something goes to."""

from __future__ import annotations

from collections.abc import Iterable

from bot.turn import Turn
from domain.officials import Official, Role
from domain.plans import Task


def of_agencies(turn: Turn, codes: Iterable[str], *roles: Role) -> list[Official]:
    """Active people holding one of the roles (any, if none is named) at the agencies."""
    wanted = set(codes)
    return [o for o in turn.uow.people.all() if o.active and wanted & set(o.agencies(*roles))]


def deciders(turn: Turn, task: Task) -> list[Official]:
    """Who decides on requests about a task: its monitors' focal people, else the admins."""
    found = of_agencies(turn, task.monitors, Role.FOCAL, Role.MONITOR)
    joined = turn.uow.people.joined()
    found = [o for o in found if o.id in joined and o.id != turn.who.id]
    return found or turn.uow.people.admins()
