"""Who would be told what, when and why — without sending or changing anything."""

from __future__ import annotations

from datetime import date, datetime

import click

from dondoc.compose import compose
from dondoc.terminal import print_json, settings, speak, speech, tell
from domain.phrases import say
from scheduler.planner import simulate

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="simulate")
@click.option("--from", "first", type=DAY, required=True, help="first day (YYYY-MM-DD)")
@click.option("--to", "last", type=DAY, required=True, help="last day")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(first: datetime, last: datetime, as_json: bool) -> None:
    """Walk through the days and show every reminder."""
    runtime = compose(settings())
    told = list(simulate(runtime.db, runtime.service, first.date(), last.date()))
    if as_json:
        print_json([line.as_json(speech()) for line in told])
        return
    day: date | None = None
    for line in told:
        if line.day != day:
            day = line.day
            click.echo(f"\n{speech().weekday(day)} {speech().date(day)}")
        click.echo(f"  {line.name}: {speak(line.phrase)}\n      {speak(line.why)}")
    if not told:
        tell(say("Nobody would be told anything in these days."))
