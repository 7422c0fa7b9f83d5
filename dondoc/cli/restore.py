"""Bring back what a backup holds."""

from __future__ import annotations

from pathlib import Path

import click

from domain.phrases import say
from dondoc.compose import open_engine
from dondoc.importing import watching
from dondoc.terminal import settings, tell
from storage.backup import restore


@click.command(name="restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="replace what the database holds")
def COMMAND(file: Path, force: bool) -> None:
    """Fill an empty database from FILE, all of it or nothing. Stop the service first."""
    kept = restore(open_engine(settings()), file, force=force, watch=watching(say("Writing")))
    tell(say("Restored: {rows} rows, as they were at {at}.", rows=kept.total, at=kept.made_at))
