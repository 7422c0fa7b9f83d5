"""Runs a composed process: the door, the clock, the sender, the pollers — and stops them in good order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette

from bot.channel import Accepted, Channel
from bot.fetching import with_file
from bot.gathering import Gathering
from bot.incoming import Incoming
from dondoc import listening
from dondoc.compose import Runtime
from scheduler.clock import start_clock
from scheduler.office_days import follow
from web.app import make_app
from web.context import DemoControls, WebContext

log = logging.getLogger(__name__)
#: what is being sent gets this long to finish, seconds; platforms kill after ten to thirty
GRACE = 15
#: between two tries to reach a messenger at start, seconds
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
#: between two looks at the office's days off in a process that does not plan, seconds
DAYS_LOOKED_AT = 60.0


def make_door(runtime: Runtime, demo: DemoControls | None = None) -> Starlette:
    """The HTTP door over a runtime."""
    return make_app(
        WebContext(
            service=runtime.service,
            inbox=runtime.inbox,
            channels=tuple(runtime.channels),
            now=runtime.clock.now,
            secret_key=runtime.settings.secret(),
            wake=runtime.sender.wake,
            public_url=runtime.settings.public_url,
            demo=demo,
        )
    )


async def serve(
    runtime: Runtime, *, door: bool = True, worker: bool = True, demo: DemoControls | None = None
) -> None:
    """Run until asked to stop (SIGINT, SIGTERM); what is being sent is finished first."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError):  # not in a thread, not on Windows
            loop.add_signal_handler(name, runtime.stopping.set)
    parts: list[Awaitable[None]] = []
    if worker:
        parts += [_announce(channel, runtime) for channel in runtime.channels]
        parts.append(runtime.sender.run(runtime.stopping))
        parts += _pollers(runtime)
    if door:
        parts.append(_serve_http(runtime, make_door(runtime, demo)))
    if not worker:  # where there is one, each planning looks
        parts.append(_follow_days(runtime))
    ticking = start_clock(runtime.service, runtime.clock, runtime.sender.wake) if worker else None
    try:
        await _until_stopped(runtime, parts)
    finally:
        if ticking:
            await asyncio.to_thread(ticking.shutdown)
        for channel in runtime.channels:
            await channel.close()


async def _until_stopped(runtime: Runtime, parts: list[Awaitable[None]]) -> None:
    tasks = [asyncio.ensure_future(part) for part in parts]
    stop = asyncio.ensure_future(runtime.stopping.wait())
    done, _ = await asyncio.wait([stop, *tasks], return_when=asyncio.FIRST_COMPLETED)
    runtime.stopping.set()
    runtime.sender.wake()
    _, late = await asyncio.wait(tasks, timeout=GRACE)
    for task in [*late, stop]:
        task.cancel()
    for task in done - {stop}:
        task.result()  # a part that died takes the process with it, loudly


def _pollers(runtime: Runtime) -> list[Awaitable[None]]:
    """Fetching what comes in, where there is no public address to be called at."""
    if runtime.settings.public_url:
        return []

    gathering = Gathering(runtime.inbox, runtime.clock.now)

    async def take(incoming: Incoming) -> Accepted:
        """Accept what a poller brought; the sender is woken for the answer."""
        came_by = (incoming.channel, incoming.bot)
        channel = next((c for c in runtime.channels if (c.name, c.bot) == came_by), None)
        accepted = await gathering.accept(await with_file(channel, runtime.inbox, incoming))
        runtime.sender.wake()
        return accepted

    return [_poll(channel, runtime, take) for channel in runtime.channels]


async def _poll(channel: Channel, runtime: Runtime, take: Callable[[Incoming], Awaitable[Accepted]]) -> None:
    await channel.poll(take, runtime.stopping)
    await runtime.stopping.wait()  # a channel that has nothing to fetch is no part that died


async def _announce(channel: Channel, runtime: Runtime) -> None:
    """Tell a messenger where to call and which commands there are; one that is down is asked again and again.

    The service starts meanwhile: what waits for the messenger waits anyway.
    """
    pause = FIRST_PAUSE
    while not runtime.stopping.is_set():
        try:
            await channel.announce(runtime.settings.public_url, runtime.settings.secret())
            break
        except Exception as error:  # whatever it is, the other parts of the service go on
            detail = {"channel": channel.name, "bot": channel.bot, "error": type(error).__name__}
            log.warning("a messenger was not reachable at start; it is asked again", extra=detail)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runtime.stopping.wait(), pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    await runtime.stopping.wait()  # being done is not dying


async def _follow_days(runtime: Runtime) -> None:
    """A door shows deadlines and office hours by days off that are announced while it is open."""
    while not runtime.stopping.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runtime.stopping.wait(), DAYS_LOOKED_AT)
        try:
            await asyncio.to_thread(follow, runtime.service, runtime.clock.now())
        except Exception as error:  # the database was away, say: the next look is soon
            log.warning("looking for days off failed", extra={"error": type(error).__name__})


async def _serve_http(runtime: Runtime, app: Starlette) -> None:
    server = listening.server(app, runtime.settings)
    # serve() hears the signals itself, so that the sender is stopped before the process is
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    serving = asyncio.ensure_future(server.serve())
    stop = asyncio.ensure_future(runtime.stopping.wait())
    await asyncio.wait([serving, stop], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stop.cancel()
    await serving
