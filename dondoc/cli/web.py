"""The HTTP door only; run as many as needed on PostgreSQL."""

from __future__ import annotations

import asyncio

import click

from dondoc.compose import compose
from dondoc.serve import serve
from dondoc.terminal import settings


@click.command(name="web")
def COMMAND() -> None:
    """The HTTP door only; run as many as needed on PostgreSQL."""
    asyncio.run(serve(compose(settings()), worker=False))
