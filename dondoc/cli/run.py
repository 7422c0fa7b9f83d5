"""The whole service in one process: web, clock, sender."""

from __future__ import annotations

import asyncio

import click

from dondoc.compose import compose
from dondoc.serve import serve
from dondoc.terminal import settings


@click.command(name="run")
def COMMAND() -> None:
    """The whole service in one process: web, clock, sender."""
    asyncio.run(serve(compose(settings())))
