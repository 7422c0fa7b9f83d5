"""The browser chat: a real channel, always reachable inside the office."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from json import dumps

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.incoming import Incoming
from domain.access import Act
from storage.stores.outbox_rows import OutboxRow
from storage.unit_of_work import UnitOfWork
from web.chat_lines import bubble, files_of, in_order
from web.door import Door, Shown, Visit, go
from web.file_links import attachment
from web.live import SHOWN, Live, cursor, instant

CHANNEL, BOT = "browser", "web"
LONGEST = 4000
_UPDATE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TOKEN = re.compile(r"(\d{1,10}):\d{1,3}")


def routes(door: Door, live: Live) -> list[BaseRoute]:
    """The page, what it sends and what it listens to."""
    chat = Chat(door, live)
    return [
        Route("/chat", door.page(show, Act.SEE_TASKS)),
        Route("/chat/say", chat.say, methods=["POST"]),
        Route("/chat/stream", chat.stream),
        Route("/chat/messages", chat.messages),
        Route("/files/{id:int}", door.page(file, Act.SEE_TASKS)),
    ]


def show(visit: Visit, uow: UnitOfWork) -> Shown:
    """The newest lines; ``?say=`` is put into the field, and sent only when the person presses Send."""
    chat = str(visit.who.id)
    sent = uow.browser.sent(chat, SHOWN)
    written = uow.browser.written(chat, SHOWN)
    names = uow.browser.file_names(files_of(sent)) if files_of(sent) else {}
    lines = in_order(written, sent, visit.context.service.calendar, names)
    seen = max((row.sent_at for row in sent if row.sent_at), default=None)
    return Shown(
        "chat.html",
        {
            "lines": lines[-SHOWN:],
            "cursor": cursor(seen),
            "update": secrets.token_urlsafe(12),
            "prefilled": visit.request.query_params.get("say", "")[:200],
            "longest": LONGEST,
        },
    )


def file(visit: Visit, uow: UnitOfWork) -> Response:
    """A file, for the one it was made for, and the readers of a notice it goes with; nobody else has it."""
    kept = uow.files.get(visit.id())
    if kept is None:
        raise HTTPException(404)
    if kept.official != visit.who.id and not uow.notices.carries(kept.id, visit.who.id):
        raise HTTPException(404)
    return attachment(kept)


class Chat:
    """The parts of the chat that do not end with a page."""

    def __init__(self, door: Door, live: Live) -> None:
        self._door, self._live, self._context = door, live, door.context

    async def say(self, request: Request) -> Response:
        """Take in words or a press. Sent again with the same ``update``, it is taken once."""
        visit = await self._door.enter(request, Act.SEE_TASKS)
        words, token, update = visit.text("text", LONGEST), visit.text("token"), visit.text("update")
        said = _TOKEN.fullmatch(token) if token else words.strip()
        if not (_UPDATE.fullmatch(update) and said):
            raise HTTPException(400)
        incoming = Incoming(
            channel=CHANNEL,
            bot=BOT,
            update_id=f"{visit.who.id}-{update}",
            chat=str(visit.who.id),
            at=visit.now,
            text="" if token else words,
            token=token,
        )
        incoming = await run_in_threadpool(self._prepare, visit, incoming)
        accepted = await run_in_threadpool(self._context.inbox.accept, incoming, visit.now)
        self._context.wake()
        self._live.hurry()
        if "application/json" not in request.headers.get("accept", ""):
            return go("/chat#newest")
        return JSONResponse(
            {"outcome": accepted.outcome, "toast": accepted.toast, "used_up": accepted.used_up}
        )

    def _prepare(self, visit: Visit, incoming: Incoming) -> Incoming:
        """Make sure the answer can come back here, and keep a press in the words of its button."""
        with self._context.service.db.begin() as uow:
            uow.people.add_address(visit.who.id, CHANNEL, BOT, incoming.chat, visit.now)
            if not incoming.token:
                return incoming
            row_id, index = (int(n) for n in incoming.token.split(":"))
            row = uow.outbox.get(row_id)
        if row is None or row.official != visit.who.id or index >= len(row.message.choices):
            return incoming
        return replace(incoming, text=visit.speech.text(row.message.choices[index].label))

    async def stream(self, request: Request) -> Response:
        """Server-sent events: one a message, its id the cursor to go on from."""
        visit = await self._door.enter(request, Act.SEE_TASKS)
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")

        async def events() -> AsyncIterator[str]:
            yield "retry: 1000\n\n"
            async for row in self._live.messages(str(visit.who.id), instant(last)):
                if row is None:
                    yield ": still here\n\n"
                    continue
                shown = (await run_in_threadpool(self._shown, visit, [row]))[0]
                yield f"id: {shown['cursor']}\ndata: {dumps(shown, ensure_ascii=False)}\n\n"

        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events(), media_type="text/event-stream", headers=headers)

    async def messages(self, request: Request) -> Response:
        """The same for a browser, or an office network, that bears no streams: asked every few seconds."""
        visit = await self._door.enter(request, Act.SEE_TASKS)
        after = instant(request.query_params.get("after", ""))
        rows = await run_in_threadpool(self._live.missed, str(visit.who.id), after)
        return JSONResponse({"messages": await run_in_threadpool(self._shown, visit, rows)})

    def _shown(self, visit: Visit, rows: list[OutboxRow]) -> list[dict[str, object]]:
        wanted, names = files_of(rows), {}
        if wanted:
            with self._context.service.db.begin() as uow:
                names = uow.browser.file_names(wanted)
        calendar = self._context.service.calendar
        shown: list[dict[str, object]] = []
        for row in rows:
            html = self._door.pages.html("bubble.html", visit.speech, line=bubble(row, calendar, names))
            shown.append({"row": row.id, "cursor": cursor(row.sent_at), "html": html})
        return shown
