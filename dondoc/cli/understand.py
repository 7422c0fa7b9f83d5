"""Read messages as the service would: one a line in, one JSON object a line out."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import click

from dondoc.calendars import work_calendar
from dondoc.terminal import settings, speak, tell
from domain.phrases import say
from domain.reading.replies import explain
from locales.lexicons import load_all


def instant(value: str | None) -> datetime:
    """An ISO instant; without an offset it is local time."""
    if value is None:
        return datetime.now(settings().zone)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        message = say("{value} is not a time. Write it as 2024-06-25T09:00.", value=value)
        raise click.BadParameter(speak(message)) from None
    return at if at.tzinfo else at.replace(tzinfo=settings().zone)


@click.command(name="understand")
@click.option("--at", help="when it was said (ISO; default now)")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="the day the task is due")
@click.option("--json", "as_json", is_flag=True, help="JSON lines (the default form)")
@click.option("--explain", "why", is_flag=True, help="say why each message was read so")
def COMMAND(at: str | None, due: datetime | None, as_json: bool, why: bool) -> None:
    """Read messages from standard input, one a line."""
    now = instant(at)
    lexicon, calendar = load_all(), work_calendar(settings())
    if sys.stdin.isatty():
        tell(say("Type one message a line; end with Ctrl-D."), err=True)
    for line in sys.stdin:
        reading, reasons = explain(
            line.rstrip("\n"),
            lexicon=lexicon,
            now=now,
            due=due.date() if due else None,
            workdays=calendar,
            zone=settings().zone,
        )
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False))
        if why:
            for reason in reasons:
                click.echo(f"  {reason}", err=True)
