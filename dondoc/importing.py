"""What the import commands share: opening without making, showing an outcome, writing a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.records.outcome import Change, Outcome, What
from bot.records.sheets import LIMITS, Sheets, read_sheets
from bot.records.table import Column
from bot.records.template import template
from domain.errors import BadInput, Refusal
from domain.phrases import Phrase, say, verbatim
from dondoc.compose import open_database, open_engine
from dondoc.settings import Settings
from dondoc.terminal import print_json, progress, speak, speech, tell
from storage.engine import make_engine
from storage.migrate import current, head, upgrade
from storage.unit_of_work import Database

T = TypeVar("T")
_WIDE = 240
_SHOWN = 2000  # changes in the table; all are in --json


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: how it is called, its columns and the rows a template shows."""

    name: str
    title: Phrase
    columns: Sequence[Column]
    examples: Sequence[Mapping[str, str]]

    def heading(self, column: str) -> str:
        """A column as the office's language names it."""
        return next((c.heading(speech().locale) for c in self.columns if c.name == column), column)


def open_to_look(settings: Settings) -> Database:
    """The database for reading; where there is none yet, an empty one in memory, so that nothing is made."""
    url = settings.database_url.get_secret_value()
    path = url.removeprefix("sqlite:///")
    is_missing = url.startswith("sqlite:///") and not Path(path).exists()
    engine = make_engine("sqlite://") if is_missing else open_engine(settings)
    found = current(engine)
    if found is None:
        engine = make_engine("sqlite://")
        upgrade(engine)
    elif found != head():
        raise Refusal(say("The database is of another version. Run: dondoc migrate"), code="migrate")
    return Database(engine)


def open_for(settings: Settings, *, dry_run: bool) -> Database:
    """The database: to look at only, or to write to."""
    return open_to_look(settings) if dry_run else open_database(settings)


def read_file(file: Path) -> Sheets:
    """The file's sheets; its size is looked at before it is read."""
    try:
        if file.stat().st_size > LIMITS.max_bytes:
            megabytes = LIMITS.max_bytes // 1_000_000
            raise BadInput(
                say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes)
            )
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(
            say("{file} cannot be read; nothing was changed.", file=verbatim(str(file)))
        ) from error
    return read_sheets(data)


def write_template(file: Path, kind: Kind) -> None:
    """Write an example beside nothing: a file that is there already is not replaced."""
    data = template(file.name, kind.title, kind.columns, kind.examples, speech())
    try:
        with file.open("xb") as target:
            target.write(data)
    except FileExistsError as error:
        raise BadInput(
            say(
                "{file} is there already; nothing was written. Please choose another name.",
                file=verbatim(str(file)),
            )
        ) from error
    except OSError as error:
        raise BadInput(say("{file} cannot be written.", file=verbatim(str(file)))) from error
    tell(say("A template was written to {file}.", file=verbatim(str(file))))


def watching(phrase: Phrase) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Show on standard error how far a loop over rows is."""
    return lambda items: progress(items, phrase, total=len(items))


def show(outcome: Outcome, kind: Kind, file: Path, *, dry_run: bool, as_json: bool, **more: Any) -> None:
    """An outcome as one JSON document, or as tables and sentences. ``more`` is added to the document."""
    if as_json:
        print_json(_document(outcome, kind, file, dry_run) | more)
        return
    changes = [c for c in outcome.changes if c.what is not What.UNCHANGED]
    console = Console()
    if not console.is_terminal:  # in a file or a pipe nothing is folded
        console = Console(width=_WIDE)
    if changes:
        console.print(_changes(changes[:_SHOWN], kind))
    if len(changes) > _SHOWN:
        tell(say("… and {number} more; --json lists all.", number=len(changes) - _SHOWN))
    if outcome.problems:
        console.print(_problems(outcome))
    for note in outcome.notes:
        click.echo(f"• {speak(note)}")
    tell(_sum(outcome, dry_run=dry_run))
    if outcome.left:
        tell(
            say(
                "In the database but not in the file: {number}; they were left as they are.",
                number=outcome.left,
            )
        )


def _sum(outcome: Outcome, *, dry_run: bool) -> Phrase:
    counts = {k: v for k, v in outcome.counts().items() if k != "not_in_file"}
    if dry_run:
        return say(
            "Dry run, nothing was written. New: {new}, changed: {changed}, unchanged: {unchanged}, "
            "rows left out: {problems}.",
            **counts,
        )
    return say(
        "Done. New: {new}, changed: {changed}, unchanged: {unchanged}, rows left out: {problems}.", **counts
    )


def _changes(changes: Sequence[Change], kind: Kind) -> Table:
    table = Table(
        *(speak(w) for w in (say("Row"), say("Change"), say("Code"), say("Name"), say("What changes")))
    )
    names = {What.NEW: say("new"), What.CHANGED: say("changed"), What.UNCHANGED: say("unchanged")}
    for change in changes:
        fields = "\n".join(
            f"{kind.heading(f.column)}: {f.old or '–'} → {f.new or '–'}" for f in change.fields
        )
        cells = (str(change.row), speak(names[change.what]), change.key, change.name, fields)
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    return table


def _problems(outcome: Outcome) -> Table:
    table = Table(*(speak(w) for w in (say("Row"), say("Column"), say("Problem"), say("What to do"))))
    for problem in outcome.problems:
        cells = (str(problem.row), problem.column or "–", speak(problem.says), speak(problem.todo))
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    return table


def _document(outcome: Outcome, kind: Kind, file: Path, dry_run: bool) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "file": file.name,
        "dry_run": dry_run,
        "counts": outcome.counts(),
        "changes": [
            {
                "row": c.row,
                "key": c.key,
                "name": c.name,
                "change": c.what.value,
                "fields": {f.column: {"old": f.old, "new": f.new} for f in c.fields},
            }
            for c in outcome.changes
        ],
        "problems": [
            {"row": p.row, "column": p.column, "says": speak(p.says), "todo": speak(p.todo)}
            for p in outcome.problems
        ],
        "notes": [speak(note) for note in outcome.notes],
    }
