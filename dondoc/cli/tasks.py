"""Assignments with state, percent, due date and last report."""

from __future__ import annotations

from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Table

from domain.assignments import Assignment
from domain.phrases import say
from dondoc.compose import open_database
from dondoc.terminal import print_json, settings, speak, speech, tell


@click.command(name="tasks")
@click.option("--agency", "agencies", multiple=True, help="only of this agency (code)")
@click.option("--plan", help="only of the plan with this number")
@click.option("--overdue", is_flag=True, help="only what is late and open")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(agencies: tuple[str, ...], plan: str | None, overdue: bool, as_json: bool) -> None:
    """List assignments."""
    today = datetime.now(settings().zone).date()
    with open_database(settings()).begin() as uow:
        register = uow.agencies.register()
        plans = {p.id: p for p in uow.plans.all() if plan in (None, p.number)}
        tasks = {t.id: t for t in uow.plans.tasks(list(plans))}
        rows = [a for a in uow.assignments.of_tasks(list(tasks)) if not agencies or a.agency in agencies]
    rows = [a for a in rows if not overdue or (a.state.is_open and a.is_late(today))]
    if as_json:
        print_json([_as_json(a, today) | {"task_number": tasks[a.task].number} for a in rows])
        return
    if not rows:
        tell(say("No assignment matches."))
        return
    words = (say("Task"), say("Agency"), say("State"), say("Percent"), say("Due"), say("Last report"))
    table = Table(*(speak(w) for w in words))
    for a in rows:
        due = speech().day(a.due_on) if a.due_on else "–"
        report = f"{a.last_report_at.astimezone(settings().zone):%d/%m/%Y}" if a.last_report_at else "–"
        percent = "–" if a.percent is None else f"{a.percent}%"
        table.add_row(tasks[a.task].number, register.name(a.agency), a.state.value, percent, due, report)
    Console().print(table)


def _as_json(a: Assignment, today: date) -> dict[str, object]:
    return {
        "id": a.id,
        "agency": a.agency,
        "state": a.state.value,
        "percent": a.percent,
        "due_on": a.due_on.isoformat() if a.due_on else None,
        "act_by": a.act_by.isoformat() if a.act_by else None,
        "late": a.is_late(today),
        "cell": a.cell(today).value,
        "last_report_at": a.last_report_at.isoformat() if a.last_report_at else None,
        "last_note": a.last_note,
    }
