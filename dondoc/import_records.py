"""``dondoc import agencies|people|holidays``: an office's own spreadsheets, shown first, taken without doubles."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.records import agency_columns, holidays, people_columns
from bot.records.agencies import plan_agencies, read_agencies
from bot.records.deadlines import Moved, moved_deadlines, notices, recompute_deadlines
from bot.records.outcome import Outcome
from bot.records.people import plan_people, read_people
from bot.saying import say_to_others
from domain.dossiers.dossier import Deadlines
from domain.errors import BadInput
from domain.phrases import Phrase, say
from dondoc.calendars import work_calendar
from dondoc.compose import compose, open_database
from dondoc.importing import Kind, open_for, open_to_look, read_file, show, watching, write_template
from dondoc.terminal import print_json, settings, tell
from storage import seed
from storage.unit_of_work import UnitOfWork

AGENCIES = Kind("agencies", say("Agencies"), agency_columns.COLUMNS, agency_columns.EXAMPLES)
PEOPLE = Kind("people", say("People"), people_columns.COLUMNS, people_columns.EXAMPLES)
HOLIDAYS = Kind("holidays", say("Days off"), holidays.COLUMNS, holidays.EXAMPLES)

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
_DRY_RUN = click.option("--dry-run", is_flag=True, help="read, compare and show; write nothing")
_JSON = click.option("--json", "as_json", is_flag=True)
_TEMPLATE = click.option(
    "--template", "as_template", is_flag=True, help="write an example to FILE (.xlsx or .csv)"
)
_SEED = click.option("--seed", "seed_name", help="a province the project brings along: kontum-2024")


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    return _FILE(_DRY_RUN(_JSON(_TEMPLATE(command))))


def _named(file: Path | None) -> Path:
    if file is None:
        raise BadInput(say("Please name the file: .xlsx or .csv."))
    return file


@click.command(name="agencies")
@_options
@_SEED
def agencies(
    file: Path | None, dry_run: bool, as_json: bool, as_template: bool, seed_name: str | None
) -> None:
    """Bring in agencies from FILE, or agencies and groups of a seed."""
    if seed_name:
        _seed_agencies(seed_name, dry_run=dry_run, as_json=as_json)
        return
    file = _named(file)
    if as_template:
        write_template(file, AGENCIES)
        return
    table = read_agencies(read_file(file))
    with open_for(settings(), dry_run=dry_run).begin() as uow:
        found = plan_agencies(table, uow.agencies.register(), watching(say("Reading rows")))
        if not dry_run:
            uow.agencies.save_agencies(watching(say("Writing"))(found.records))
            _audit(uow, AGENCIES, file, found.outcome)
    show(found.outcome, AGENCIES, file, dry_run=dry_run, as_json=as_json)
    _exit(found.outcome)


@click.command(name="people")
@_options
@_SEED
def people(file: Path | None, dry_run: bool, as_json: bool, as_template: bool, seed_name: str | None) -> None:
    """Bring in people and their posts from FILE, or the invented ones of a seed."""
    if seed_name:
        _seed_people(seed_name, dry_run=dry_run, as_json=as_json)
        return
    file = _named(file)
    if as_template:
        write_template(file, PEOPLE)
        return
    table = read_people(read_file(file))
    today = datetime.now(settings().zone).date()
    with open_for(settings(), dry_run=dry_run).begin() as uow:
        register, known = uow.agencies.register(), uow.people.all()
        reading = watching(say("Reading rows"))
        found = plan_people(table, register, known, today, locale=settings().locale, watch=reading)
        if not dry_run:
            uow.people.save_all(watching(say("Writing"))(found.records))
            _audit(uow, PEOPLE, file, found.outcome)
    show(found.outcome, PEOPLE, file, dry_run=dry_run, as_json=as_json)
    _exit(found.outcome)


@click.command(name="holidays")
@_options
def days_off(file: Path | None, dry_run: bool, as_json: bool, as_template: bool) -> None:
    """Bring in days off and swapped days from FILE; running deadlines move with them, and people are told."""
    file = _named(file)
    if as_template:
        write_template(file, HOLIDAYS)
        return
    table = holidays.read_holidays(read_file(file))
    service = None if dry_run else compose(settings()).service
    with (service.db if service else open_to_look(settings())).begin() as uow:
        known = uow.calendar.overrides()
        found = holidays.plan_holidays(table, known, watching(say("Reading rows")))
        calendar = work_calendar(settings(), holidays.merged_days(known, found.records))
        if service is None:
            moved, told = moved_deadlines(uow.assignments.open(), calendar), 0
        else:
            uow.calendar.save_overrides(found.records)
            moved = recompute_deadlines(uow, calendar)
            uow.dossiers.reckon_again(Deadlines(calendar, settings().dossier_rolls))
            told = say_to_others(
                uow,
                replace(service, days=calendar),
                notices(uow, moved),
                datetime.now(UTC),
                stem="deadline_moved",
            )
            _audit(uow, HOLIDAYS, file, found.outcome, moved=len(moved))
        lines = [_moved(one, uow) for one in moved]
    show(found.outcome, HOLIDAYS, file, dry_run=dry_run, as_json=as_json, moved=lines, told=told)
    if not as_json:
        _tell_moved(lines, told, dry_run=dry_run)
    _exit(found.outcome)


def _moved(one: Moved, uow: UnitOfWork) -> dict[str, Any]:
    before, after = one.before.act_by, one.after.act_by
    return {
        "assignment": one.after.id,
        "agency": one.after.agency,
        "task_number": uow.plans.task(one.after.task).number,
        "act_by": {"old": before.isoformat() if before else "", "new": after.isoformat() if after else ""},
    }


def _tell_moved(lines: list[dict[str, Any]], told: int, *, dry_run: bool) -> None:
    for line in lines:
        act_by = line["act_by"]
        click.echo(
            f"  {line['task_number'] or '–':>6}  {line['agency']}: {act_by['old'] or '–'} → {act_by['new']}"
        )
    if dry_run:
        tell(say("Deadlines that would move: {number}.", number=len(lines)))
    else:
        tell(say("Deadlines moved: {number}. People to be told: {told}.", number=len(lines), told=told))


def _audit(uow: UnitOfWork, kind: Kind, file: Path, outcome: Outcome, **more: int) -> None:
    detail = {"file": file.name, **outcome.counts(), **more}
    uow.audit.note(datetime.now(UTC), None, f"import_{kind.name}", kind.name, detail)


def _exit(outcome: Outcome) -> None:
    """Status 2 where no row could be taken."""
    if outcome.problems and not outcome.changes:
        sys.exit(2)


def _seed_agencies(name: str, *, dry_run: bool, as_json: bool) -> None:
    found, groups = seed.load_agencies(name)
    if not dry_run:
        with open_database(settings()).begin() as uow:
            uow.agencies.save_agencies(found)
            uow.agencies.save_groups(groups)
    if as_json:
        print_json({"kind": "agencies", "seed": name, "dry_run": dry_run, "agencies": len(found)})
    else:
        tell(_of_seed(dry_run, say("Agencies in the register now: {number}.", number=len(found))))


def _seed_people(name: str, *, dry_run: bool, as_json: bool) -> None:
    officials = seed.load_people(name)
    if not dry_run:
        with open_database(settings()).begin() as uow:
            for key, shown, posts in officials:
                uow.people.save(key, shown, posts)
    if as_json:
        print_json({"kind": "people", "seed": name, "dry_run": dry_run, "people": len(officials)})
    else:
        tell(_of_seed(dry_run, say("People known now: {number}.", number=len(officials))))


def _of_seed(dry_run: bool, done: Phrase) -> Phrase:
    return say("This was a dry run: nothing was written.") if dry_run else done
