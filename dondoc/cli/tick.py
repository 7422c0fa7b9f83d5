"""Plan and send once, by hand or from a platform's scheduler."""

from __future__ import annotations

import asyncio

import click

from dondoc.cli.understand import instant
from dondoc.compose import compose
from dondoc.terminal import settings, tell
from domain.phrases import say
from scheduler.clock import MovableClock


@click.command(name="tick")
@click.option("--at", help="as if it were this moment (ISO; default now)")
def COMMAND(at: str | None) -> None:
    """Plan what is due at a moment once, and send it; safe to repeat."""
    now = instant(at)
    runtime = compose(settings(), clock=MovableClock(now))
    runtime.run_jobs(now)
    sent = asyncio.run(runtime.send_due())
    tell(say("Planned and sent: {count} messages.", count=sent))
