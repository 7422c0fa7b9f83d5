"""Bring in plans and records: what is read is shown first, nothing is guessed, nothing doubled."""

from __future__ import annotations

import click

from dondoc.import_dossiers import dossiers
from dondoc.import_plan import plan
from dondoc.import_records import agencies, days_off, people


@click.group(name="import")
def COMMAND() -> None:
    """Bring in a plan, agencies, people, days off or dossiers."""


for sub_command in (plan, agencies, people, days_off, dossiers):
    COMMAND.add_command(sub_command)
