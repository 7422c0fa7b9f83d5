"""Checks everything a service needs, and says what to do about what is red."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import click

from domain.health import Level, findings
from domain.phrases import Phrase, say
from dondoc.compose import open_engine
from dondoc.settings import Settings
from dondoc.terminal import print_json, settings, speak
from locales.catalog import problems
from storage.stores.health import read_health
from storage.unit_of_work import Database

COLORS = {Level.OK: "green", Level.WARN: "yellow", Level.RED: "red"}


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``color`` is green, yellow or red."""

    name: str
    color: str
    says: Phrase


def checks(settings: Settings, now: datetime) -> Iterator[Check]:
    """Every check in turn; a database that cannot be used is itself a finding, and the last."""
    facts = read_health(Database(open_engine(settings)), now)
    for finding in findings(facts):
        yield Check(finding.code, COLORS[finding.level], finding.says)
    if not (facts.database and facts.migrated):
        return
    yield from _channels(settings)
    missing = len(list(problems("vi")))
    color = "red" if missing else "green"
    yield Check("translations", color, say("Vietnamese entries missing: {number}.", number=missing))


def _channels(settings: Settings) -> Iterator[Check]:
    bots = len(settings.telegram_tokens)
    says = (
        say("Telegram bots: {number}.", number=bots) if bots else say("No Telegram token: browser chat only.")
    )
    yield Check("telegram", "green" if bots else "yellow", says)
    if bots and not settings.public_url:
        yield Check("webhooks", "yellow", say("No public address: Telegram is polled."))


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(as_json: bool) -> None:
    """Check everything; exit status 1 if anything is red."""
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
