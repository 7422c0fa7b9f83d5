"""A consistent copy of everything, while the service runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from dondoc.compose import open_engine
from dondoc.importing import watching
from dondoc.terminal import settings, tell
from storage.backup import backup


@click.command(name="backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def COMMAND(file: Path) -> None:
    """Write everything the database holds to FILE; the service may go on running."""
    url = settings().database_url.get_secret_value()
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise BadInput(say("There is no database yet, so there is nothing to keep."))
    try:
        kept = backup(open_engine(settings()), file, datetime.now(UTC), watching(say("Writing")))
    except OSError as error:
        raise Refusal(
            say("{file} cannot be written; there is no new backup.", file=verbatim(str(file)))
        ) from error
    tell(say("Backed up: {rows} rows in {file}.", rows=kept.total, file=verbatim(str(file))))
    if url.startswith("sqlite"):
        tell(say("The key file beside the database (.key) is not in it: please keep a copy of that, too."))
