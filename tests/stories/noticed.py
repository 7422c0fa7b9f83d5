"""A town in which one admin writes notices to the people of one agency."""

from __future__ import annotations

import dataclasses

import pytest

from bot.channel import Traits
from bot.notices.desk import address, begin, change, submit
from domain.notices import Notice
from domain.officials import Official, Post, Role
from storage import seed
from storage.unit_of_work import Database
from tests.town import Town, Wireless

TEXT = "Họp trực tuyến 14h chiều nay."
MANY = 40


@pytest.fixture
def town(database: Database) -> Town:
    """An admin, forty focal persons of Sở Nội vụ, and their head; nobody need approve."""
    return settled(database, MANY)


@pytest.fixture
def few(sqlite_database: Database) -> Town:
    """The same with three focal persons."""
    return settled(sqlite_database, 3)


def settled(database: Database, many: int) -> Town:
    town = Town(database, "2026-01-05 08:00", [Wireless(traits=Traits(replaces=True))])
    agencies, groups = seed.load_agencies("kontum-2024")
    now = town.clock.now()
    with database.begin() as uow:
        uow.agencies.save_agencies(agencies)
        uow.agencies.save_groups(groups)
        people = [("admin", "vp-ubnd", Role.ADMIN), ("head", "snv", Role.HEAD)]
        people += [(f"p{n:02}", "snv", Role.FOCAL) for n in range(many)]
        for key, agency, role in people:
            person = uow.people.save(key, key.title(), [Post(agency, role)])
            uow.people.add_address(person.id, "telegram", "1", key, now)
    service = dataclasses.replace(town.service, notice_approve_above=1000)
    town.service = town.runtime.service = service
    return town


def the(town: Town, key: str) -> Official:
    with town.db.begin() as uow:
        person = uow.people.by_key(key)
    assert person is not None
    return person


def ready(town: Town, audience: str = "sở nội vụ", **changes: object) -> Notice:
    """A submitted notice."""
    author, now = the(town, "admin"), town.clock.now()
    with town.db.begin() as uow:
        notice = address(uow, town.service, author, begin(uow, author, TEXT, now), audience, now)
        if changes:
            notice = change(uow, author, notice, **changes)
        return submit(uow, town.service, author, notice, now).notice


def got(town: Town) -> int:
    return sum(w.text.startswith("Thông báo\n\n") for _, w in town.channels[0].sent)


def now_is(town: Town, notice: Notice) -> Notice:
    with town.db.begin() as uow:
        found = uow.notices.get(notice.id)
    assert found is not None
    return found


def plan_only(town: Town) -> None:
    town.runtime.run_jobs(town.clock.now())
