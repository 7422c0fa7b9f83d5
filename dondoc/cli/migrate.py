"""Bring the database to this version."""

from __future__ import annotations

import click

from domain.phrases import say
from dondoc.compose import open_engine
from dondoc.terminal import settings, tell
from storage.migrate import current, head, upgrade


@click.command(name="migrate")
def COMMAND() -> None:
    """Bring the database to this version; safe to repeat."""
    engine = open_engine(settings())
    before = current(engine)
    upgrade(engine)
    if before == head():
        tell(say("The database is up to date."))
    else:
        tell(say("The database was brought to version {version}.", version=head()))
