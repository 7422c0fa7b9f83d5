"""Who would be told what, when and why, without sending or changing anything."""

from __future__ import annotations

from datetime import date, datetime

import click

from domain.errors import BadInput
from domain.phrases import say, verbatim
from dondoc.terminal import print_json, settings, speech, tell


@click.command(name="simulate")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="first day, YYYY-MM-DD"
)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="last day, YYYY-MM-DD")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(first: datetime, last: datetime, as_json: bool) -> None:
    """Show every reminder of the days, as long as nobody answers."""
    from dondoc.compose import compose
    from scheduler.simulation import simulate

    if last < first:
        raise BadInput(say("The last day comes before the first."), code="days")
    service = compose(settings()).service
    told = simulate(service.db, service, first.date(), last.date())
    if as_json:
        print_json([one.as_json(speech()) for one in told])
        return
    day: date | None = None
    for one in told:
        if one.day != day:
            day = one.day
            tell(say("— {day:full}", day=day))
        name = verbatim(one.official)
        who = name if one.joined else say("{name} (has not joined)", name=name)
        tell(say("  {who}: {line} [{why}]", who=who, line=one.phrase, why=one.why))
    if day is None:
        tell(say("Nobody would be told anything on these days."))
