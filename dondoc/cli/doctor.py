"""Checks everything a service needs, and says what to do about what is red."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import click
from sqlalchemy.exc import SQLAlchemyError

from bot.channel import Channel, Examined
from domain.health import Finding, Level, findings
from domain.phrases import Phrase, say
from dondoc.calendars import work_calendar
from dondoc.compose import messengers, open_engine
from dondoc.settings import Settings
from dondoc.terminal import print_json, settings, speak
from locales.catalog import problems
from storage.stores.health import read_health
from storage.stores.office import OfficeDay
from storage.unit_of_work import Database
from web.health import metrics_token as token_for_metrics

COLORS = {Level.OK: "green", Level.WARN: "yellow", Level.RED: "red"}


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``color`` is green, yellow or red."""

    name: str
    color: str
    says: Phrase


def checks(settings: Settings, now: datetime) -> Iterator[Check]:
    """Every check in turn; a database that cannot be used is itself a finding, and the last."""
    db = Database(open_engine(settings))
    facts = read_health(db, now, work_calendar(settings, _office_days(db)))
    for finding in findings(facts):
        yield Check(finding.code, COLORS[finding.level], finding.says)
    if not (facts.database and facts.migrated):
        return
    yield from _channels(settings, db, now)
    missing = len(list(problems("vi")))
    color = "red" if missing else "green"
    yield Check("translations", color, say("Vietnamese entries missing: {number}.", number=missing))


def _office_days(db: Database) -> list[OfficeDay]:
    """The office's own days off; none where the database cannot be used, which the checks say."""
    try:
        with db.begin() as uow:
            return uow.calendar.overrides()
    except SQLAlchemyError:
        return []


def _channels(settings: Settings, db: Database, now: datetime) -> Iterator[Check]:
    """Each messenger is asked how its bot stands there."""
    channels = messengers(settings, db, lambda: now)
    if not channels:
        yield Check("messengers", "yellow", say("No token of Telegram or Zalo: browser chat only."))
    for finding in asyncio.run(_examined(channels, settings.public_url)):
        yield Check(finding.code, COLORS[finding.level], finding.says)


async def _examined(channels: Sequence[Channel], public_url: str) -> list[Finding]:
    found: list[Finding] = []
    for channel in channels:
        if isinstance(channel, Examined):
            found += await channel.examine(public_url)
        await channel.close()
    return found


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--metrics-token", is_flag=True, help="print what a scraper from elsewhere shows, and nothing else"
)
def COMMAND(as_json: bool, metrics_token: bool) -> None:
    """Check everything; exit status 1 if anything is red."""
    if metrics_token:
        click.echo(token_for_metrics(settings().secret()))
        return
    found = list(checks(settings(), datetime.now(UTC)))
    if as_json:
        shown = [asdict(c) | {"says": speak(c.says)} for c in found]
        print_json({"settings": settings().shown(), "checks": shown})
    else:
        for name, value in settings().shown().items():
            click.echo(f"{name:32} {value}")
        click.echo()
        colored = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for check in found:
            mark = {"green": "✓", "yellow": "!", "red": "✗"}[check.color]
            mark = click.style(mark, fg=check.color) if colored else mark
            click.echo(f"{mark} {check.name}: {speak(check.says)}")
    if any(c.color == "red" for c in found):
        sys.exit(1)
