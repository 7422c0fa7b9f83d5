"""Talk to the service as somebody, in this terminal."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from domain.errors import BadInput
from domain.officials import Official
from domain.phrases import say
from dondoc.compose import Runtime
from dondoc.terminal import settings, tell


@click.command(name="chat")
@click.option("--as", "key", required=True, help="the key of the person one speaks as")
def COMMAND(key: str) -> None:
    """A conversation by lines: what is typed is taken in, and what is answered is shown.

    While it is open, the person is reached here as well, so what is due may come too.
    """
    from bot.channels.terminal import TerminalChannel
    from dondoc.compose import compose

    runtime = compose(settings(), channels=[TerminalChannel(_show)])
    with runtime.service.db.begin() as uow:
        who = uow.people.by_key(key)
    if who is None or not who.active:
        raise BadInput(say("Nobody has the key {key}.", key=key), code="person")
    with _reached_here(runtime, who):
        _say(runtime, key, "/start")
        if sys.stdin.isatty():
            tell(say("End with Ctrl+D."), err=True)
        for line in sys.stdin:
            if line.strip():
                _say(runtime, key, line.strip())


def _show(words: str) -> None:
    click.echo(f"{words}\n")


@contextmanager
def _reached_here(runtime: Runtime, who: Official) -> Iterator[None]:
    channel = runtime.channels[0]
    with runtime.service.db.begin() as uow:
        address = uow.people.add_address(who.id, channel.name, channel.bot, who.key, runtime.clock.now())
    try:
        yield
    finally:
        with runtime.service.db.begin() as uow:
            uow.people.switch_off(address.id, "terminal_closed", runtime.clock.now())


def _say(runtime: Runtime, chat: str, words: str) -> None:
    from bot.incoming import Incoming

    channel, now = runtime.channels[0], runtime.clock.now()
    came = Incoming(channel.name, channel.bot, secrets.token_hex(8), chat, now, text=words)
    runtime.inbox.accept(came, now)
    asyncio.run(runtime.sender.send_due())
