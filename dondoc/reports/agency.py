"""``dondoc report agency``: one agency's report on a plan, from what its officials have answered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.report_docx import draft_report
from bot.report_facts import gather
from bot.report_text import as_json, as_text
from domain.errors import BadInput
from domain.phrases import say
from domain.plans import Plan
from dondoc.compose import make_service, open_database
from dondoc.reports import Form
from dondoc.reports.out import write_out
from dondoc.terminal import settings, speech
from storage.unit_of_work import UnitOfWork

TITLE = say("an agency's report on a plan, in the form of an official paper")
FORMS = (Form.TEXT, Form.JSON, Form.DOCX)


@click.command(name="agency")
@click.option("--agency", "code", required=True, help="the agency's code, for example snv")
@click.option("--plan", "number", default="", help="the plan's number, where there are several")
@click.option("--format", "form", type=click.Choice([f.value for f in FORMS]), default=Form.TEXT.value)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="write to this file")
def COMMAND(code: str, number: str, form: str, out: Path | None) -> None:
    """One agency's report on a plan."""
    db, now = open_database(settings()), datetime.now(UTC)
    service = make_service(settings(), db)
    with db.begin() as uow:
        facts = gather(uow, service, code, one_plan(uow, number), now)
    if form == Form.JSON:
        write_out(as_json(facts, speech()), out)
    elif form == Form.DOCX:
        # the form of an official paper is Vietnamese, whatever language the office reads
        write_out(draft_report(facts, service.speech("vi"), now), out)
    else:
        write_out(as_text(facts, speech()), out)


def one_plan(uow: UnitOfWork, number: str) -> Plan:
    """The plan with this number, or its part before the stroke; the only one where none is named."""
    every = uow.plans.all()
    found = [p for p in every if number in ("", p.number, p.number.partition("/")[0])]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{p.number} ({p.issued_on:%d/%m/%Y})" for p in every) or "–"
    raise BadInput(say("Please say which plan with --plan. Known: {known}.", known=known), code="which_plan")
