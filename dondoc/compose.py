"""Puts the parts together: settings → engine → database."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from domain.errors import Refusal
from domain.phrases import say
from dondoc.settings import Settings
from storage.engine import make_engine
from storage.migrate import current, head, upgrade
from storage.unit_of_work import Database


def open_engine(settings: Settings) -> Engine:
    """The engine of the database in the settings."""
    return make_engine(settings.database_url.get_secret_value())


def open_database(settings: Settings) -> Database:
    """The database, at this version. An empty one is made; an older one asks to be migrated first."""
    engine = open_engine(settings)
    found = current(engine)
    if found is None:
        upgrade(engine)
    elif found != head():
        raise Refusal(say("The database is of another version. Run: dondoc migrate"), code="migrate")
    return Database(engine)
