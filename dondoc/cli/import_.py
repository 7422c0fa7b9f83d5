"""Bring in plans and records: what is read is shown first, nothing is guessed, nothing doubled."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bot.intake import read_document
from domain.agencies import Register
from domain.phrases import say
from domain.plans import PlanDraft, draft_json
from domain.reading.plan import read_plan
from dondoc.calendars import work_calendar
from dondoc.compose import open_database
from dondoc.terminal import print_json, settings, tell
from storage import seed

JSON = click.option("--json", "as_json", is_flag=True)


@click.group(name="import")
def COMMAND() -> None:
    """Bring in a plan or agencies."""


@COMMAND.command(name="plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="read and show; write nothing")
@JSON
def plan(file: Path, dry_run: bool, as_json: bool) -> None:
    """Read a plan document into a draft of tasks and show it."""
    show_draft(dry_reading(file.read_bytes(), file.name), as_json)
    if not dry_run:
        tell(say("Only shown: drafts are not kept yet."), err=True)


def dry_reading(data: bytes, name: str) -> PlanDraft:
    """Read against the office's register, or the seed's where nothing has been imported yet."""
    document = read_document(data, name)
    today = datetime.now(settings().zone).date()
    return read_plan(document, register=known_register(), calendar=work_calendar(settings()), today=today)


def known_register() -> Register:
    """The office's register; the seed's where there is none."""
    url = settings().database_url.get_secret_value()
    if not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists():
        with open_database(settings()).begin() as uow:
            register = uow.agencies.register()
        if register.agencies:
            return register
    agencies, groups = seed.load_agencies("kontum-2024")
    return Register.of(agencies, groups)


def show_draft(draft: PlanDraft, as_json: bool) -> None:
    """The draft as JSON, or as lines a clerk can read."""
    data = draft_json(draft)
    if as_json:
        print_json(data)
        return
    head = data["document"]
    click.echo(f"{head['number']} · {head['issued_on']} · {head['issuer']}\n{head['title']}\n")
    for task in data["tasks"]:
        due = task["due_on"] or task["timeframe_kind"]
        click.echo(f"{task['number'] or '–':>6}  {task['title'][:90]}")
        click.echo(f"        {task['leads'][:70]} · {task['timeframe']} → {due}")
        for problem in task["problems"]:
            click.echo(f"        ! {problem}")
    for duty in data["duties"]:
        when = duty["timeframe"] or duty["timeframe_kind"]
        click.echo(f"     *  {duty['who'][:50]}: {duty['what'][:60]} · {when}")
    for problem in data["problems"]:
        click.echo(f"! {problem}")


@COMMAND.command(name="agencies")
@click.option("--seed", "seed_name", required=True, help="a province the project brings along: kontum-2024")
def agencies(seed_name: str) -> None:
    """Bring in the agencies and groups of a seed."""
    found, groups = seed.load_agencies(seed_name)
    with open_database(settings()).begin() as uow:
        uow.agencies.save_agencies(found)
        uow.agencies.save_groups(groups)
    tell(say("Agencies in the register now: {number}.", number=len(found)))
