"""Bring in plans and records: what is read is shown first, nothing is guessed, nothing doubled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.intake import read_document, records
from bot.planning import confirm_draft, import_draft
from dondoc.calendars import work_calendar
from dondoc.compose import make_service, open_database
from dondoc.terminal import print_json, settings, speak, tell
from domain.agencies import Register
from domain.errors import BadInput
from domain.phrases import say
from domain.plans import PlanDraft, draft_json
from domain.reading.plan import read_plan
from storage import seed

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
DRY = click.option("--dry-run", is_flag=True, help="read and show; write nothing")
JSON = click.option("--json", "as_json", is_flag=True)


@click.group(name="import")
def COMMAND() -> None:
    """Bring in a plan, agencies, people or days off from a file."""


@COMMAND.command(name="plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DRY
@JSON
@click.option("--yes", is_flag=True, help="confirm the draft at once")
def plan(file: Path, dry_run: bool, as_json: bool, yes: bool) -> None:
    """Read a plan document into a draft of tasks; a person confirms it on the board (or --yes)."""
    data, now = file.read_bytes(), datetime.now(UTC)
    if dry_run:
        show_draft(dry_reading(data, file.name), as_json)
        return
    db = open_database(settings())
    service = make_service(settings(), db, ())
    with db.begin() as uow:
        result = import_draft(uow, service, data, file.name, by=None, now=now)
    show_draft(result.draft, as_json)
    if result.known:
        tell(say("This very document is already imported; nothing was written."), err=True)
    elif yes or (not as_json and click.confirm(speak(say("Confirm this draft and assign the tasks?")))):
        with db.begin() as uow:
            confirm_draft(uow, service, result.draft_id, by=None, now=now)
        tell(say("Confirmed: the tasks are assigned."), err=True)
    else:
        tell(say("Kept as draft {id}: confirm it on the board.", id=str(result.draft_id)), err=True)


def dry_reading(data: bytes, name: str) -> PlanDraft:
    """Read without a database of one's own: against its register when there is one, else the seed's."""
    calendar = work_calendar(settings())
    document = read_document(data, name)
    today = datetime.now(settings().zone).date()
    return read_plan(document, register=known_register(), calendar=calendar, today=today)


def known_register() -> Register | None:
    """The office's register; None where nothing has been imported yet."""
    url = settings().database_url.get_secret_value()
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        agencies, groups = seed.load_agencies("kontum-2024")
        return Register.of(agencies, groups)
    with open_database(settings()).begin() as uow:
        register = uow.agencies.register()
    return register if register.agencies else None


def show_draft(draft: PlanDraft, as_json: bool) -> None:
    """The draft as JSON, or as lines a clerk can read."""
    data = draft_json(draft)
    if as_json:
        print_json(data)
        return
    head = data["document"]
    click.echo(f"{head['number']} · {head['issued_on']} · {head['issuer']}\n{head['title']}\n")
    for task in data["tasks"]:
        click.echo(f"{task['number'] or '–':>6}  {task['title'][:90]}")
        click.echo(f"        {task['leads'][:70]} · {task['timeframe']} → {task['due_on'] or task['timeframe_kind']}")
        for problem in task["problems"]:
            click.echo(f"        ! {problem}")
    for duty in data["duties"]:
        click.echo(f"     *  {duty['who'][:50]}: {duty['what'][:60]} · {duty['timeframe'] or duty['timeframe_kind']}")
    for problem in data["problems"]:
        click.echo(f"! {problem}")


def _template(kind: str, file: Path | None) -> None:
    if file is None:
        raise BadInput(say("Name the file to write the template to."))
    file.write_bytes(records.template(kind))
    tell(say("An empty example was written to {file}.", file=str(file)))


TEMPLATE = click.option("--template", "template", is_flag=True, help="write an empty example to FILE instead")


@COMMAND.command(name="agencies")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--seed", "seed_name", help="a province the project brings along: kontum-2024")
@TEMPLATE
@DRY
@JSON
def agencies(
    file: Path | None, seed_name: str | None, template: bool, dry_run: bool, as_json: bool
) -> None:
    """Bring in agencies from .xlsx or .csv, or a seed."""
    if template:
        _template("agencies", file)
        return
    db = open_database(settings())
    if seed_name:
        found, groups = seed.load_agencies(seed_name)
        draft = records.RecordsDraft(tuple(found), ())
    else:
        draft, groups = records.read_agencies(_bytes(file), _name(file)), []
    with db.begin() as uow:
        outcome = records.apply_agencies(uow, draft, dry_run=dry_run)
        if not dry_run and groups:
            uow.agencies.save_groups(groups)
    show_records(outcome, as_json, dry_run)


@COMMAND.command(name="people")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--seed", "seed_name", help="invented posts for trying things: kontum-2024")
@TEMPLATE
@DRY
@JSON
def people(file: Path | None, seed_name: str | None, template: bool, dry_run: bool, as_json: bool) -> None:
    """Bring in people and their posts from .xlsx or .csv."""
    if template:
        _template("people", file)
        return
    with open_database(settings()).begin() as uow:
        if seed_name:
            draft = records.seed_people(seed_name)
        else:
            draft = records.read_people(_bytes(file), _name(file), uow.agencies.register())
        outcome = records.apply_people(uow, draft, now=datetime.now(UTC), dry_run=dry_run)
    show_records(outcome, as_json, dry_run)


@COMMAND.command(name="holidays")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@TEMPLATE
@DRY
@JSON
def holidays(file: Path | None, template: bool, dry_run: bool, as_json: bool) -> None:
    """Bring in the office's own days off and days worked, each with its source document."""
    if template:
        _template("holidays", file)
        return
    draft = records.read_holidays(_bytes(file), _name(file))
    with open_database(settings()).begin() as uow:
        outcome = records.apply_holidays(uow, draft, dry_run=dry_run)
    show_records(outcome, as_json, dry_run)


def show_records(outcome: records.Outcome, as_json: bool, dry_run: bool) -> None:
    """Every change and every problem; the bad rows were left out."""
    if as_json:
        print_json(outcome.as_json() | {"dry_run": dry_run})
        return
    for line in outcome.lines():
        tell(line)
    if dry_run:
        tell(say("This was a dry run: nothing was written."))


def _bytes(file: Path | None) -> bytes:
    if file is None or not file.exists():
        raise BadInput(say("Name an existing .xlsx or .csv file."))
    return file.read_bytes()


def _name(file: Path | None) -> str:
    return file.name if file else ""
