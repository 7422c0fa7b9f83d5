"""``dondoc import dossiers``: an export of a dossier system, told by row, taken without doubles."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from bot.records import dossier_columns
from bot.records.dossier_import import Office, Watch, compare_rows, import_rows
from bot.records.dossier_problems import DossierOutcome, more_words, sum_words
from bot.records.dossier_rows import open_rows
from bot.records.outcome import Change, Problem
from domain.dossiers.dossier import State
from domain.dossiers.words import STATE_WORDS
from domain.phrases import Phrase, say
from dondoc.calendars import work_calendar
from dondoc.importing import Kind, open_for, write_template
from dondoc.terminal import print_json, settings, speak, speech, tell

DOSSIERS = Kind("dossiers", say("Dossiers"), dossier_columns.COLUMNS, dossier_columns.EXAMPLES)
_STATES, _ISO = {state.value for state in State}, re.compile(r"\d{4}-\d\d-\d\d")
_TOLD = 200  # problems and changes on a terminal; --json has more


@click.command(name="dossiers")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="read, compare and show; write nothing")
@click.option("--json", "as_json", is_flag=True)
@click.option("--template", "as_template", is_flag=True, help="write an example to FILE (.xlsx or .csv)")
def dossiers(file: Path, dry_run: bool, as_json: bool, as_template: bool) -> None:
    """Bring in dossiers from FILE, the export of a dossier system. Applicants' columns are never read."""
    if as_template:
        write_template(file, DOSSIERS)
        return
    db = open_for(settings(), dry_run=dry_run)
    with db.begin() as uow:
        overrides = uow.calendar.overrides()
    office = Office(db, work_calendar(settings(), overrides), settings().dossier_rolls)
    now = datetime.now(UTC)
    with _watching() as watch:
        if dry_run:
            outcome = compare_rows(office, open_rows(file), now=now, watch=watch)
        else:
            outcome = import_rows(
                office, open_rows(file), file.name, source="file", by=None, now=now, watch=watch
            )
    if as_json:
        print_json(document(outcome) | {"kind": "dossiers", "file": file.name, "dry_run": dry_run})
    else:
        _show(outcome, dry_run=dry_run)
    if outcome.counts.get("left_out") and not outcome.counts["read"] - outcome.counts["left_out"]:
        sys.exit(2)


@contextmanager
def _watching() -> Iterator[Watch]:
    """Show on standard error how many rows are read and written, where a person is watching."""
    words = {"read": say("rows read"), "written": say("dossiers compared and written")}
    watched = sys.stderr.isatty()

    def told(what: str, done: int) -> None:
        if watched:
            click.echo(f"\r\x1b[K{done:,} {speak(words[what])}", nl=False, err=True)

    yield told
    if watched:
        click.echo("\r\x1b[K", nl=False, err=True)


def document(outcome: DossierOutcome) -> dict[str, Any]:
    """An outcome as plain data, in the office's language."""
    return {
        "counts": outcome.all_counts(),
        "problems_by_code": dict(outcome.by_code),
        "problems": [
            {"row": p.row, "column": p.column, "says": speak(p.says), "todo": speak(p.todo)}
            for p in outcome.problems
        ],
        "changes": [
            {
                "row": c.row,
                "key": c.key,
                "change": c.what.value,
                "fields": {f.column: {"old": f.old, "new": f.new} for f in c.fields},
            }
            for c in outcome.changes
        ],
        "notes": [speak(note) for note in outcome.notes],
    }


def _show(outcome: DossierOutcome, *, dry_run: bool) -> None:
    _lines(outcome.changes, _change_line, len(outcome.changes))
    _lines(outcome.problems, _problem_line, sum(outcome.by_code.values()))
    for note in outcome.notes:
        click.echo(f"• {speak(note)}")
    if dry_run:
        tell(say("Dry run, nothing was written."))
    tell(sum_words(outcome.counts))


def _lines(items: Sequence[Any], line: Callable[[Any], str], total: int) -> None:
    for item in items[:_TOLD]:
        click.echo(line(item))
    if total > _TOLD:
        tell(more_words(total - _TOLD))


def _change_line(change: Change) -> str:
    fields = "; ".join(
        f"{DOSSIERS.heading(f.column)}: {_said(f.old)} → {_said(f.new)}" for f in change.fields
    )
    what: Phrase = say("changed") if change.fields else say("new")
    return f"{change.row:>8}  {change.key}  {speak(what)}  {fields}".rstrip()


def _said(value: str) -> str:
    """A value of a dossier as a person writes it."""
    if value in _STATES:
        return speak(STATE_WORDS[State(value)])
    return speech().day(date.fromisoformat(value)) if _ISO.fullmatch(value) else value or "–"


def _problem_line(problem: Problem) -> str:
    where = f"{problem.column}: " if problem.column else ""
    return f"{problem.row:>8}  {where}{speak(problem.says)} {speak(problem.todo)}"
