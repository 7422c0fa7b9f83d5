"""The server behind the door: callers that begin and do not go on are let go, and there are only so many at a time.

uvicorn waits for the head of a request for ever, so that a few thousand connections that say nothing would use up
what files and connections the process may have open, the database's and the messengers' among them.
"""

from __future__ import annotations

import asyncio
import logging
import sys

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from dondoc.settings import Settings

log = logging.getLogger(__name__)
#: the head of a request is here within this after the caller began, seconds
HEAD = 15.0
#: connections at once, and no more than half of the files that may be open; each open page of the browser chat holds one
MOST = 4000
#: the system's limit of open files is raised to this where it may be
FILES = 16_384


class Listening(H11Protocol):
    """One connection."""

    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody calls."""
        super().connection_made(transport)
        if len(self.connections) > min(MOST, _files() // 2):
            transport.abort()
        else:
            self._expect_head()

    def data_received(self, data: bytes) -> None:
        """They say something: a head, a part of it, or a part of a body, which the door itself has patience with."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._expect_head()
        elif self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        if self._giving_up is not None:
            self._giving_up.cancel()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        """From its first byte on; further bytes do not give more time."""
        if self._giving_up is None and not self.transport.is_closing():
            self._giving_up = self.loop.call_later(HEAD, self.transport.abort)


def server(app: Starlette, settings: Settings) -> uvicorn.Server:
    """The server of the door, not started."""
    _raise_limit()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=Listening,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    return uvicorn.Server(config)


def _raise_limit() -> None:
    """More files may be open than a shell's default of 1 024, where the system grants it."""
    if sys.platform == "win32":  # has no such limit
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        log.info("more files may be open", extra={"files": wanted})


def _files() -> int:
    """How many files and connections this process may have open."""
    if sys.platform == "win32":
        return FILES
    import resource

    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return FILES if soft == resource.RLIM_INFINITY else soft
