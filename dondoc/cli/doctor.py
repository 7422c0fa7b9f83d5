"""Checks everything a service needs, and says what to do about what is red."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import click

from domain.phrases import Phrase, say
from dondoc.compose import open_engine
from dondoc.settings import Settings
from dondoc.terminal import print_json, settings, speak
from locales.catalog import problems
from storage.migrate import current, head
from storage.unit_of_work import Database

STALE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``color`` is green, yellow or red."""

    name: str
    color: str
    says: Phrase


def checks(settings: Settings, now: datetime) -> Iterator[Check]:
    """Every check in turn; one that cannot be made is itself a finding."""
    engine = open_engine(settings)
    try:
        version = current(engine)
    except Exception as error:  # any driver's error means the same to the reader
        yield Check("database", "red", say("Cannot be reached: {error}", error=type(error).__name__))
        return
    yield Check("database", "green", say("Reachable."))
    if version != head():
        yield Check("migrations", "red", say("Not at this version. Run: dondoc migrate"))
        return
    yield Check("migrations", "green", say("At this version."))
    yield from _service(Database(engine), now)
    yield from _channels(settings)
    missing = len(list(problems("vi")))
    color = "red" if missing else "green"
    yield Check("translations", color, say("Vietnamese entries missing: {number}.", number=missing))


def _service(db: Database, now: datetime) -> Iterator[Check]:
    with db.begin() as uow:
        beats = uow.heartbeats.all()
        oldest = uow.outbox.oldest_due(now)
        dead = len(uow.outbox.dead_letters())
    for name in ("clock", "sender"):
        beat = beats.get(name)
        if beat is None:
            yield Check(name, "yellow", say("Has not run yet."))
        elif now - beat > STALE:
            yield Check(name, "red", say("Last heartbeat at {at}. Is the worker running?", at=beat))
        else:
            yield Check(name, "green", say("Last heartbeat at {at}.", at=beat))
    late = oldest is not None and now - oldest > STALE
    yield Check("queue", "red" if late else "green", _queue_says(oldest))
    yield Check(
        "dead letters", "yellow" if dead else "green", say("Messages given up: {number}.", number=dead)
    )


def _queue_says(oldest: datetime | None) -> Phrase:
    if oldest is None:
        return say("Nothing is waiting.")
    return say("The oldest due message waits since {at}.", at=oldest)


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
