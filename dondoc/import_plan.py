"""``dondoc import plan``: a document is read, shown and kept as a draft; a person's yes assigns its tasks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.intake import read_document
from bot.intake.format import Limits
from bot.plan_reading import Corrections
from bot.planning import Imported, confirm_draft, import_draft
from domain.agencies import Register
from domain.errors import BadInput, Refusal
from domain.phrases import Phrase, say, verbatim
from domain.plans import Plan, PlanDraft, TaskDraft, draft_json
from domain.reading.plan import read_plan
from domain.reading.plan_diff import Difference
from dondoc.calendars import work_calendar
from dondoc.compose import make_service, open_database
from dondoc.importing import open_to_look
from dondoc.plan_view import show_differences, show_draft
from dondoc.terminal import print_json, settings, speak, tell
from storage import seed


@dataclass(frozen=True, slots=True)
class _Asked:
    """The command line: what is to be done with the file, and what its document does not say."""

    file: Path
    as_json: bool
    yes: bool
    corrections: Corrections


@click.command(name="plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="read and show; write nothing")
@click.option("--json", "as_json", is_flag=True)
@click.option("--yes", is_flag=True, help="confirm the draft at once: its tasks are assigned")
@click.option("--issued-on", type=click.DateTime(["%Y-%m-%d"]), help="for a document that bears no date")
@click.option("--number", default="", help="for a document that bears no number")
def plan(
    file: Path, dry_run: bool, as_json: bool, yes: bool, issued_on: datetime | None, number: str
) -> None:
    """Read a plan document into a draft of tasks, and assign them once a person confirms."""
    corrections = Corrections(number, issued_on.date() if issued_on else None)
    asked = _Asked(file, as_json, yes, corrections)
    data = _bytes(file)
    if not dry_run:
        _import(asked, data)
        return
    with _busy(say("Reading the document …")):
        draft = dry_reading(data, file.name, corrections)
    if as_json:
        print_json(draft_json(draft))
    else:
        show_draft(draft)
        tell(say("This was a dry run: nothing was written."), err=True)


def dry_reading(data: bytes, name: str, corrections: Corrections = Corrections()) -> PlanDraft:
    """Read against the office's register, or the seed's where nothing has been imported yet."""
    with open_to_look(settings()).begin() as uow:
        register, overrides = uow.agencies.register(), uow.calendar.overrides()
    draft = read_plan(
        read_document(data, name),
        register=register if register.agencies else Register.of(*seed.load_agencies("kontum-2024")),
        calendar=work_calendar(settings(), overrides),
        today=datetime.now(settings().zone).date(),
        issued_on=corrections.issued_on,
    )
    return replace(draft, head=replace(draft.head, number=draft.head.number or corrections.number))


def _import(asked: _Asked, data: bytes) -> None:
    """Keep the draft in one transaction and confirm it in another: a refusal leaves the draft."""
    db, now = open_database(settings()), datetime.now(UTC)
    service = make_service(settings(), db)
    with _busy(say("Reading the document …")), db.begin() as uow:
        imported = import_draft(
            uow, service, data, asked.file.name, by=None, now=now, corrections=asked.corrections
        )
        kept = uow.plans.draft(imported.draft_id)
    is_open = kept is not None and kept.state == "open"
    if not asked.as_json:
        _show(imported, is_open)
    confirmed: Plan | None = None
    if is_open and _agreed(asked):
        try:
            with _busy(say("Assigning the tasks …")), db.begin() as uow:
                confirmed = confirm_draft(
                    uow, service, imported.draft_id, by=None, now=now, corrections=asked.corrections
                )
        except Refusal:
            tell(say("The document was read and is kept as draft {id}.", id=str(imported.draft_id)), err=True)
            raise
    with db.begin() as uow:
        plan = confirmed or (imported.plan if not is_open else None)
        tasks = uow.plans.tasks([plan.id]) if plan else []
        shares = len(uow.assignments.of_tasks([t.id for t in tasks]))
    if asked.as_json:
        print_json(_document(imported, confirmed, is_open) | {"assignments": shares})
    else:
        _outcome(imported, confirmed, is_open, len(tasks), shares)


def _show(imported: Imported, is_open: bool) -> None:
    if imported.known and not is_open:
        return
    if imported.plan is None:
        show_draft(imported.draft)
        return
    tell(
        say(
            "The plan {number} is confirmed already; this document differs from it in:",
            number=verbatim(imported.plan.number),
        )
    )
    show_differences(imported.differences)


def _agreed(asked: _Asked) -> bool:
    if asked.yes:
        return True
    if asked.as_json or not sys.stdin.isatty():
        return False
    return click.confirm(speak(say("Confirm this draft and assign its tasks?")), err=True)


def _outcome(imported: Imported, confirmed: Plan | None, is_open: bool, tasks: int, shares: int) -> None:
    if confirmed:
        tell(
            say(
                "Confirmed: {number} has {tasks} tasks, and {shares} assignments to agencies.",
                number=verbatim(confirmed.number),
                tasks=tasks,
                shares=shares,
            )
        )
    elif not is_open:
        tell(say("This very document has been imported before; nothing was written."))
    else:
        tell(
            say(
                "Kept as draft {id}; nothing is assigned yet. Confirm it on the board, or repeat the command "
                "with --yes.",
                id=str(imported.draft_id),
            )
        )


def _document(imported: Imported, confirmed: Plan | None, is_open: bool) -> dict[str, Any]:
    plan = confirmed or imported.plan
    return draft_json(imported.draft) | {
        "draft": imported.draft_id,
        "state": "confirmed" if confirmed else "open" if is_open else "known",
        "known": imported.known,
        "plan": plan.id if plan else None,
        "differences": [_difference(d) for d in imported.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    item = difference.new or difference.old
    what: dict[str, Any] = {"change": difference.change.value, "fields": list(difference.fields)}
    if isinstance(item, TaskDraft):
        return what | {"kind": "task", "number": item.number, "title": item.title}
    assert item is not None
    return what | {"kind": "duty", "number": item.where, "title": item.what}


def _bytes(file: Path) -> bytes:
    """The file; its size is looked at before it is read. What goes wrong is said without its name."""
    try:
        if file.stat().st_size > Limits().max_bytes:
            megabytes = Limits().max_bytes // 1_000_000
            raise BadInput(
                say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes)
            )
        return file.read_bytes()
    except OSError as error:
        raise BadInput(say("The file cannot be opened; nothing was read."), code="unreadable") from error


@contextmanager
def _busy(phrase: Phrase) -> Iterator[None]:
    """Show on standard error that work goes on, where a person is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(speak(phrase)):
        yield
