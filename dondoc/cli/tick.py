"""Plan and send once, by hand or from a platform's scheduler."""

from __future__ import annotations

import asyncio

import click

from domain.phrases import say
from dondoc.compose import Runtime, compose
from dondoc.moments import instant
from dondoc.terminal import print_json, settings, tell
from scheduler.clock import MovableClock


@click.command(name="tick")
@click.option("--at", help="as if it were this moment (ISO; default now)")
@click.option("--json", "as_json", is_flag=True)
def COMMAND(at: str | None, as_json: bool) -> None:
    """Plan what is due at a moment once, and send it; safe to repeat."""
    now = instant(at)
    runtime = compose(settings(), clock=MovableClock(now))
    runtime.run_jobs(now)
    sent = asyncio.run(_send(runtime))
    if as_json:
        print_json({"at": now.isoformat(), "sent": sent})
    else:
        tell(say("Sent: {count} messages.", count=sent))


async def _send(runtime: Runtime) -> int:
    try:
        return await runtime.sender.send_due()
    finally:
        for channel in runtime.channels:
            await channel.close()
