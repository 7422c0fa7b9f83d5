"""Offices that dossiers come in to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.records.dossier_import import Office
from domain.workdays import WorkCalendar
from storage import seed
from storage.unit_of_work import Database
from tests.bot.records.dossier_export import ZONE


@pytest.fixture
def office(database: Database) -> Office:
    agencies, groups = seed.load_agencies("kontum-2024")
    with database.begin() as uow:
        uow.agencies.save_agencies(
            [
                *agencies,
                replace(agencies[0], code="cu", name="Sở Cũ", aliases=(), valid_to=date(2023, 12, 31)),
            ]
        )
        uow.agencies.save_groups(groups)
    return Office(database, WorkCalendar(ZONE))


@pytest.fixture
def sqlite_office(sqlite_database: Database) -> Office:
    agencies, _ = seed.load_agencies("kontum-2024")
    with sqlite_database.begin() as uow:
        uow.agencies.save_agencies(agencies)
    return Office(sqlite_database, WorkCalendar(ZONE))
