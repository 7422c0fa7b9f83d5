"""Serves a stand-in: uvicorn with one connection's transport in reach, so that it can be cut."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

CUT = "tests.doubles.cut"


class _Protocol(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope[CUT] = transport.abort
            await inner(scope, receive, send)

        self.app = app


class Cut:
    """An ASGI response that is none: the connection is torn."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Tear it, and let the loop notice before the server misses a response."""
        scope[CUT]()
        await asyncio.sleep(0)


def serve(make_app: Callable[[], Starlette]) -> None:
    """Run until killed: ``--port N`` on the loopback."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    config = uvicorn.Config(
        make_app(), host="127.0.0.1", port=port, http=_Protocol, log_level="error", access_log=False,
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    uvicorn.Server(config).run()
