"""Dossiers: each agency's month for everybody, and exports handed in by administrators, with what became of them."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.on_time import gather_on_time, month_named
from bot.on_time_words import field_words, level_words, month_words, rate_words
from bot.records.dossier_import import Office, begin_reading, import_rows
from bot.records.dossier_problems import sum_words
from bot.records.dossier_rows import open_rows
from domain.access import Act
from domain.dossiers.forecast import words as forecast_words
from domain.dossiers.months import shift
from domain.errors import BadInput, Refusal
from domain.phrases import Phrase, from_json, say
from storage.stores.dossier_runs import Run
from storage.unit_of_work import UnitOfWork
from web.door import Door, Shown, Visit, go
from web.guard import DOSSIER_LIMIT

log = logging.getLogger(__name__)
SOURCES: Mapping[str, Phrase] = {
    "file": say("command line"),
    "upload": say("browser"),
    "folder": say("watched folder"),
    "pull": say("asked of the dossier system"),
}


def routes(door: Door) -> list[BaseRoute]:
    """Counts for whoever sees the board, exports for administrators."""
    return [
        Route("/dossiers", door.page(counts)),
        Route("/dossiers/imports", door.page(imports, Act.IMPORT_DOSSIERS)),
        Route("/dossiers/imports", upload(door), methods=["POST"]),
        Route("/dossiers/imports/{id:int}", door.page(one, Act.IMPORT_DOSSIERS)),
    ]


def counts(visit: Visit, uow: UnitOfWork) -> Shown:
    """A month of every agency, with the forecast while it runs."""
    month = month_named(visit.request.query_params.get("month", "")[:20], visit.today)
    report = gather_on_time(uow, visit.context.service.calendar, month, visit.today)
    earlier, later = shift(month, -1), shift(month, 1)
    this = month_named("", visit.today)
    return Shown(
        "dossiers.html",
        {
            "report": report,
            "about": month_words(report),
            "rate": rate_words,
            "foreseen": forecast_words,
            "groups": [
                (say("Level"), [(level_words(g.name), g.tally) for g in report.levels]),
                (say("Field"), [(field_words(g.name), g.tally) for g in report.fields]),
            ],
            "earlier": _shown(earlier) if earlier >= 200001 else "",
            "later": _shown(later) if later <= this else "",
        },
    )


def _shown(month: int) -> str:
    return f"{month % 100}/{month // 100}"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One reading of a source."""

    run: Run
    source: Phrase
    is_alive: bool
    sums: Phrase


def _line(visit: Visit, run: Run) -> RunLine:
    return RunLine(run, SOURCES[run.source], run.is_alive(visit.now), sum_words(run.counts))


def imports(visit: Visit, uow: UnitOfWork) -> Shown:
    """Where an export is handed in, and the latest readings."""
    lines = [_line(visit, run) for run in uow.dossier_runs.latest()]
    return Shown("dossier_imports.html", {"lines": lines, "limit": DOSSIER_LIMIT // 2**20})


def one(visit: Visit, uow: UnitOfWork) -> Shown:
    """One reading: how far it is, or what it came to."""
    run = uow.dossier_runs.get(visit.id())
    if run is None:
        raise HTTPException(404)
    problems = [
        {**problem, "says": from_json(problem["says"]), "todo": from_json(problem["todo"])}
        for problem in run.report.get("problems", ())
    ]
    error: Any = run.report.get("error")
    return Shown(
        "dossier_import.html",
        {
            "line": _line(visit, run),
            "problems": problems,
            "told": sum(run.report.get("by_code", {}).values()),
            "notes": [from_json(note) for note in run.report.get("notes", ())],
            "error": from_json(error) if isinstance(error, dict) else None,
        },
    )


def upload(door: Door) -> Any:
    """Take an export and read it after the answer. Only an administrator's body is read at all."""

    async def endpoint(request: Request) -> Response:
        visit = await door.enter(request, Act.IMPORT_DOSSIERS)
        file = visit.form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise BadInput(say("No file was chosen; nothing was read."))
        kept = await run_in_threadpool(_keep, file)
        try:
            number = await run_in_threadpool(_begin, visit, file.filename)
        except Refusal:
            kept.unlink()
            raise
        answer = go(f"/dossiers/imports/{number}")
        answer.background = BackgroundTask(_read, visit, kept, file.filename, number)
        return answer

    return endpoint


def _keep(file: UploadFile) -> Path:
    """On disk until it is read: the request's own file ends with the request."""
    with NamedTemporaryFile(prefix="dondoc-dossiers-", delete=False) as kept:
        shutil.copyfileobj(file.file, kept)
        return Path(kept.name)


def _begin(visit: Visit, name: str) -> int:
    return begin_reading(Office.of(visit.context.service), "upload", name, visit.who.id, visit.now)


def _read(visit: Visit, kept: Path, name: str, number: int) -> None:
    """What goes wrong stands in the reading's own report."""
    office = Office.of(visit.context.service)
    try:
        rows = open_rows(kept)
        import_rows(office, rows, name, source="upload", by=visit.who.id, now=visit.now, number=number)
    except Refusal as error:
        log.info("an export was refused", extra={"run": number, "code": error.code})
    except Exception:
        log.exception("an export could not be read", extra={"run": number})
    finally:
        kept.unlink(missing_ok=True)
