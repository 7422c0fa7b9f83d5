"""What stands before every page: how much may be sent to us, and what a browser may do with what we send."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: a body goes on within this, seconds; who stops is let go
STILL = 30.0
#: bytes of a request's body; documents may be larger than everything else
BODY_LIMIT = 1 * 1024 * 1024
UPLOAD_LIMIT = 30 * 1024 * 1024
#: an export of a million dossiers has some 350 MB
DOSSIER_LIMIT = 400 * 1024 * 1024
UPLOADS = {"/import": UPLOAD_LIMIT, "/dossiers/imports": DOSSIER_LIMIT}

#: no inline script or style anywhere, so a hole in escaping runs nothing
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware, inside Starlette's own error handling: a body that is too large is refused with 413.

    A declared length is checked before anything is read, and what arrives is counted, because a length may
    be missing or wrong. What no database takes does not get past here in an address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _without_nul(scope)
        limit = UPLOADS.get(scope["path"], BODY_LIMIT)
        declared = Headers(scope=scope).get("content-length", "")
        if declared and not (declared.isdecimal() and int(declared[:18]) <= limit):
            await self.app(scope, _refuse, _with_headers(scope, send))
            return
        await self.app(scope, _counted(receive, limit), _with_headers(scope, send))


def _without_nul(scope: Scope) -> Scope:
    """The request without NUL in its address: PostgreSQL takes none in a text, and nobody types one."""
    path, query = scope["path"], scope["query_string"]
    if "\x00" not in path and b"%00" not in query:
        return scope
    return {
        **scope,
        "path": path.replace("\x00", "\ufffd"),
        "query_string": query.replace(b"%00", b"%EF%BF%BD"),
    }


async def _refuse() -> Message:
    raise HTTPException(413)


def _counted(receive: Receive, limit: int) -> Receive:
    seen, whole = 0, False

    async def counted() -> Message:
        nonlocal seen, whole
        if whole:  # what is awaited now is that the caller hangs up
            return await receive()
        try:
            async with asyncio.timeout(STILL):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        seen, whole = seen + len(message.get("body", b"")), not message.get("more_body", False)
        if seen > limit:
            raise HTTPException(413)
        return message

    return counted


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if not scope["path"].startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sender
