"""The HTTP door, composed: pages, browser chat, joining, health, and the messengers' webhooks."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from web import (
    aliases,
    board,
    chat,
    demo,
    dossiers,
    draft_duties,
    draft_rows,
    drafts,
    entry,
    file_links,
    health,
    late_lists,
    notices,
    people,
    public_late,
    service_page,
    webhooks,
)
from web.context import WebContext
from web.door import Door
from web.errors import handlers
from web.guard import Guard
from web.live import Live
from web.pages import STATIC


def make_app(context: WebContext) -> Starlette:
    """The ASGI application over composed parts."""
    door, live = Door(context), Live(context.service, context.now)
    routes: list[BaseRoute] = [
        *health.routes(context),
        *webhooks.routes(context),
        *entry.routes(door),
        *file_links.routes(door),
        *board.routes(door),
        *drafts.routes(door),
        *draft_rows.routes(door),
        *draft_duties.routes(door),
        *aliases.routes(door),
        *people.routes(door),
        *service_page.routes(door),
        *dossiers.routes(door),
        *late_lists.routes(door),
        *public_late.routes(door),
        *notices.routes(door),
        *chat.routes(door, live),
        *(demo.routes(door, context.demo) if context.demo else ()),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with live.running():
            yield

    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard)],
        exception_handlers=handlers(door),
        lifespan=lifespan,
    )
