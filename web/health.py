"""What machines ask: is the process up, can it serve, and a few numbers for a graph."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.services import Service
from domain.health import LOOPS, Level, findings
from domain.messages import Priority
from storage.stores.health import read_health
from web.context import WebContext
from web.tokens import derive, same

#: what keeps the service from its work; restarting the process, or who runs it, can mend these
BLOCKING = ("database", "migrations", "clock", "sender", "queue")
STATES = ("queued", "claimed", "failed", "sent", "dead", "superseded")
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
    """Codes of what keeps the service from its work: database, migrations, clock, sender, queue.

    A messenger that is down does not: the rest goes on, and restarting this process would not help.
    """
    found = findings(read_health(service.db, now, service.calendar))
    return [f.code for f in found if f.level is Level.RED and f.code in BLOCKING]


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
    """Gauges in Prometheus' text format; docs/monitoring draws and alerts on them."""
    facts = read_health(service.db, now, service.calendar)
    yield from _gauge("dondoc_up", "Whether the database can be used.", [("", int(facts.database))])
    levels = [(f'code="{_label(f.code)}"', int(f.level)) for f in findings(facts)]
    yield from _gauge("dondoc_finding", "What is amiss: 0 fine, 1 look, 2 red.", levels)
    if not (facts.database and facts.migrated):
        return
    states = [(f'state="{state}"', facts.states.get(state, 0)) for state in STATES]
    yield from _gauge("dondoc_outbox_rows", "Messages by state.", states)
    oldest = min(facts.oldest.values(), default=None)
    waits = "How long the longest waiting due message has waited."
    yield from _gauge("dondoc_outbox_oldest_due_seconds", waits, [("", _seconds(now, oldest))])
    by_priority = [
        (f'priority="{p.name.lower()}"', _seconds(now, facts.oldest.get(p.value))) for p in Priority
    ]
    yield from _gauge("dondoc_outbox_oldest_due_by_priority_seconds", waits, by_priority)
    beats = [(f'loop="{name}"', _seconds(now, facts.beats[name])) for name in LOOPS if name in facts.beats]
    yield from _gauge("dondoc_heartbeat_age_seconds", "How long ago a loop was last alive.", beats)
    yield from _gauge("dondoc_dead_letters_day", "Messages given up in the last day.", [("", facts.dead)])
    failed = [("", facts.failed_inbox)]
    yield from _gauge("dondoc_inbox_failed_day", "What came in and could not be handled in a day.", failed)
    bots = {f'channel="{c}",bot="{b}"': (c, b) for c, b in sorted(facts.lines)}
    up = [(label, int(facts.lines[bot].usable)) for label, bot in bots.items()]
    yield from _gauge("dondoc_bot_up", "Whether messages are entrusted to a bot.", up)
    held = [(label, facts.waiting.get(bot, 0)) for label, bot in bots.items()]
    yield from _gauge("dondoc_bot_waiting", "Messages that wait for a bot.", held)
    quotas = {f'channel="{c}",bot="{b}"': q for (c, b), q in sorted(facts.quotas.items())}
    used = [(label, quota.used) for label, quota in quotas.items()]
    yield from _gauge("dondoc_bot_month_messages", "Messages of the month a messenger counts.", used)
    foreseen = [(label, quota.forecast) for label, quota in quotas.items()]
    yield from _gauge("dondoc_bot_month_foreseen", "Messages the month will take at its pace.", foreseen)
    most = [(label, quota.most) for label, quota in quotas.items()]
    yield from _gauge("dondoc_bot_month_quota", "Messages a month the messenger grants.", most)
    if facts.disk_free is not None:
        yield from _gauge("dondoc_disk_free_bytes", "Left on the database's disk.", [("", facts.disk_free)])


def _gauge(name: str, what: str, values: Sequence[tuple[str, int]]) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} gauge"
    for label, value in values:
        yield f"{name}{{{label}}} {value}" if label else f"{name} {value}"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _seconds(now: datetime, then: datetime | None) -> int:
    return max(0, int((now - then).total_seconds())) if then else 0
