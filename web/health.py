"""What machines ask: is the process up, can it serve, and a few numbers for a graph."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.services import Service
from storage.migrate import current, head
from web.context import WebContext
from web.tokens import derive, same

#: a loop that has been silent for longer is taken for dead (``dondoc doctor`` says the same)
STALE = timedelta(minutes=5)
LOOPS = ("clock", "sender")
STATES = ("queued", "claimed", "sent", "dead", "superseded")
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def metrics_token(key: bytes) -> str:
    """What a scraper from elsewhere shows as ``Authorization: Bearer …``."""
    return derive(key, "metrics")


def routes(context: WebContext) -> list[BaseRoute]:
    """Open to everybody, but for the numbers."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        reasons = await run_in_threadpool(why_not_ready, context.service, context.now())
        return JSONResponse({"ready": not reasons, "reasons": reasons}, 503 if reasons else 200)

    async def metrics(request: Request) -> Response:
        if not may_read_metrics(request, context.secret_key):
            return PlainTextResponse("metrics are for this machine, or for who has the token\n", 403)
        lines = await run_in_threadpool(lambda: list(samples(context.service, context.now())))
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


def why_not_ready(service: Service, now: datetime) -> list[str]:
    """Codes of what is amiss: database, migrations, clock, sender; nothing when all is well."""
    try:
        if current(service.db.engine) != head():
            return ["migrations"]
        with service.db.begin() as uow:
            beats = uow.heartbeats.all()
    except Exception:  # whatever the driver calls it, the database cannot be used
        return ["database"]
    return [name for name in LOOPS if name not in beats or now - beats[name] > STALE]


def may_read_metrics(request: Request, key: bytes) -> bool:
    """From this very machine and not through a proxy on it, or with the token."""
    given = request.headers.get("authorization", "")
    if given.startswith("Bearer "):
        return same(given.removeprefix("Bearer "), metrics_token(key))
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def samples(service: Service, now: datetime) -> Iterator[str]:
    """Gauges in Prometheus' text format."""
    with service.db.begin() as uow:
        states, oldest, beats = uow.outbox.count_by_state(), uow.outbox.oldest_due(now), uow.heartbeats.all()
    yield "# HELP dondoc_outbox_rows Messages by state."
    yield "# TYPE dondoc_outbox_rows gauge"
    for state in STATES:
        yield f'dondoc_outbox_rows{{state="{state}"}} {states.get(state, 0)}'
    yield "# HELP dondoc_outbox_oldest_due_seconds How long the longest waiting due message has waited."
    yield "# TYPE dondoc_outbox_oldest_due_seconds gauge"
    yield f"dondoc_outbox_oldest_due_seconds {_seconds(now, oldest)}"
    yield "# HELP dondoc_heartbeat_age_seconds How long ago a loop was last alive."
    yield "# TYPE dondoc_heartbeat_age_seconds gauge"
    for name in LOOPS:
        if name in beats:
            yield f'dondoc_heartbeat_age_seconds{{loop="{name}"}} {_seconds(now, beats[name])}'


def _seconds(now: datetime, then: datetime | None) -> int:
    return max(0, int((now - then).total_seconds())) if then else 0
