"""Switch a messenger off until further notice, and on again."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bot.delivery_outages import switch
from domain.errors import BadInput
from domain.phrases import say
from dondoc.compose import compose
from dondoc.terminal import settings, tell


@click.command(name="channel")
@click.argument("name")
@click.argument("state", type=click.Choice(["on", "off"]))
def COMMAND(name: str, state: str) -> None:
    """Switch every bot of channel NAME on or off; what waits goes by people's other channels."""
    service = compose(settings()).service
    bots = [bot for bot in service.bots if bot[0] == name and name != "browser"]
    if not bots:
        known = ", ".join(sorted({channel for channel, _ in service.bots if channel != "browser"}))
        raise BadInput(say("There is no channel {name}; there are: {known}.", name=name, known=known or "–"))
    with service.db.begin() as uow:
        changed = [
            switch(uow, channel, bot, on=state == "on", by=None, now=datetime.now(UTC))
            for channel, bot in bots
        ]
    for (channel, bot), was_new in zip(bots, changed):
        words = {"channel": channel, "bot": bot}
        if not was_new:
            tell(say("{channel} {bot} was so already.", **words))
        elif state == "on":
            tell(say("{channel} {bot} is on again.", **words))
        else:
            tell(say("{channel} {bot} is switched off.", **words))
