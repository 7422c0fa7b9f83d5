"""Runs a composed process: the door, the clock, the sender, the pollers — and stops them in good order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel
from bot.incoming import Incoming
from dondoc.compose import Runtime
from scheduler.clock import start_clock
from web.app import make_app
from web.context import DemoControls, WebContext

log = logging.getLogger(__name__)


def make_door(runtime: Runtime, demo: DemoControls | None = None) -> Starlette:
    """The HTTP door over a runtime."""
    return make_app(
        WebContext(
            service=runtime.service,
            inbox=runtime.inbox,
            channels=tuple(runtime.channels),
            clock=runtime.clock,
            secret_key=runtime.settings.secret(),
            wake=runtime.sender.wake,
            demo=demo,
        )
    )


async def take_in(runtime: Runtime, incoming: Incoming) -> None:
    """Accept what a poller brought; the sender is woken for the answer."""
    await asyncio.to_thread(runtime.inbox.accept, incoming, runtime.clock.now())
    runtime.sender.wake()


async def serve(
    runtime: Runtime, *, door: bool = True, worker: bool = True, demo: DemoControls | None = None
) -> None:
    """Run until asked to stop (SIGINT, SIGTERM); what is being sent is finished first."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, runtime.stopping.set)
    parts: list[Callable[[], Awaitable[None]]] = []
    if worker:
        await _announce(runtime)
        parts.append(lambda: runtime.sender.run(runtime.stopping))
        parts.extend(_pollers(runtime))
    if door:
        parts.append(lambda: _serve_http(runtime, make_door(runtime, demo)))
    ticking = start_clock(runtime.db, runtime.service, runtime.clock, runtime.sender.wake) if worker else None
    tasks = [asyncio.ensure_future(part()) for part in parts]
    stop = asyncio.ensure_future(runtime.stopping.wait())
    done, _ = await asyncio.wait([stop, *tasks], return_when=asyncio.FIRST_COMPLETED)
    runtime.stopping.set()
    runtime.sender.wake()
    if ticking:
        ticking.shutdown(wait=False)
    _, late = await asyncio.wait(tasks, timeout=20) if tasks else (set(), set())
    for task in late:
        task.cancel()
    for task in done - {stop}:
        task.result()  # a part that died takes the process with it, loudly


def _pollers(runtime: Runtime) -> list[Callable[[], Awaitable[None]]]:
    """Long polling for bots, where there is no public address to be called at."""
    if runtime.settings.public_url:
        return []
    bots = [c for c in runtime.channels if isinstance(c, TelegramChannel)]

    def poller(bot: TelegramChannel) -> Callable[[], Awaitable[None]]:
        return lambda: bot.poll(lambda incoming: take_in(runtime, incoming), runtime.stopping)

    return [poller(bot) for bot in bots]


async def _announce(runtime: Runtime) -> None:
    """Tell each messenger where to call and which commands there are; a messenger that is down is not fatal."""
    for channel in runtime.channels:
        if isinstance(channel, TelegramChannel):
            try:
                await channel.announce(runtime.settings.public_url, runtime.settings.secret())
            except Exception:  # the service must start while a messenger is unreachable
                log.warning("messenger not reachable at start; its queue waits", extra={"bot": channel.bot})


async def _serve_http(runtime: Runtime, app: Starlette) -> None:
    config = uvicorn.Config(
        app,
        host=runtime.settings.host,
        port=runtime.settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    serving = asyncio.ensure_future(server.serve())
    stop = asyncio.ensure_future(runtime.stopping.wait())
    await asyncio.wait([serving, stop], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stop.cancel()
    await serving
