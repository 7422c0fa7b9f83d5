"""A seeded province to try everything in: no account, no network, a clock that can be moved."""

from __future__ import annotations

import asyncio
import socket
import threading
import webbrowser

import click

from domain.phrases import say
from dondoc.demo import make_demo
from dondoc.serve import serve
from dondoc.terminal import tell


@click.command(name="demo")
@click.option("--port", type=int, help="port to listen on (default: 8000, or a free one)")
@click.option("--no-open", is_flag=True, help="do not open the browser")
def COMMAND(port: int | None, no_open: bool) -> None:
    """Start the demo on a throw-away database."""
    chosen = port or _free_port(8000)
    tell(say("Preparing the demo province …"), err=True)
    province = make_demo(chosen)
    address = f"http://127.0.0.1:{chosen}/"
    tell(say("The demo is at {address} — stop it with Ctrl-C.", address=address))
    if not no_open:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    try:
        asyncio.run(serve(province.runtime, demo=province))
    finally:
        province.remove()


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", wanted)) != 0:
            return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
