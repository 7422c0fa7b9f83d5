"""``dondoc report on-time``: each agency's month of dossiers, with what is still to be expected of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.on_time import gather_on_time, month_named
from bot.on_time_words import as_docx, as_json, as_text, as_xlsx
from domain.phrases import say
from dondoc.calendars import work_calendar
from dondoc.compose import open_database
from dondoc.reports import Form
from dondoc.reports.out import write_out
from dondoc.terminal import settings, speech

TITLE = say("dossiers resolved on time by agency, field and level, with a forecast for the running month")
FORMS = (Form.TEXT, Form.JSON, Form.XLSX, Form.DOCX)


@click.command(name="on-time")
@click.option("--month", default="", help="6/2024 or 2024-06; this month where none is named")
@click.option(
    "--agency", "codes", multiple=True, help="only this agency's, by its code; may be given several times"
)
@click.option("--format", "form", type=click.Choice([f.value for f in FORMS]), default=Form.TEXT.value)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="write to this file")
def COMMAND(month: str, codes: tuple[str, ...], form: str, out: Path | None) -> None:
    """Dossiers resolved early, on time and late, and the rate of each agency."""
    db, now = open_database(settings()), datetime.now(UTC)
    with db.begin() as uow:
        calendar = work_calendar(settings(), uow.calendar.overrides())
        today = calendar.local_date(now)
        report = gather_on_time(uow, calendar, month_named(month, today), today, list(codes) or None)
    if form == Form.JSON:
        write_out(as_json(report, speech()), out)
    elif form == Form.XLSX:
        write_out(as_xlsx(report, speech()), out)
    elif form == Form.DOCX:
        write_out(as_docx(report, speech(), now), out)
    else:
        write_out(as_text(report, speech()), out)
