"""New messages reach open pages: one watcher a process reads the database for all of them.

Messages are sent by the sender, which may be another process, so the database is where both meet. A page
that lost its connection says up to when it has seen everything and is sent what it missed; a message may come
twice then, and the page knows it by its row.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool

from bot.services import Service
from storage.stores.outbox_rows import OutboxRow

log = logging.getLogger(__name__)

#: seconds between looks, and just after something was said here, when an answer is awaited
PERIOD, HURRY = 0.5, 0.1
HURRY_FOR = 3.0
#: a connection lives this long; then the browser comes again, and it is checked again who it is
LIFETIME = 240.0
#: seconds of silence after which a sign of life is sent, so that nothing in between hangs up
SILENCE = 15.0
#: messages that became visible later than ones sent after them are found within this time
SLACK = timedelta(seconds=10)
OLDEST = timedelta(minutes=1)
WAITING = 100
SHOWN = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor(at: datetime | None) -> int:
    """An instant as whole microseconds, for addresses and event ids; 0 for none."""
    return (at - _EPOCH) // timedelta(microseconds=1) if at else 0


def instant(text: str) -> datetime:
    """The inverse of :func:`cursor`; what is no cursor is the beginning of time."""
    micros = int(text) if text.isdecimal() and len(text) < 17 else 0
    return _EPOCH + timedelta(microseconds=micros)


class Live:
    """The watcher, and the pages that are open."""

    def __init__(self, service: Service, now: Callable[[], datetime]) -> None:
        self._service, self._now = service, now
        self._pages: dict[asyncio.Queue[OutboxRow], str] = {}
        self._opened = asyncio.Event()
        self._hurry_until = 0.0
        self._since = _EPOCH
        self._seen: dict[int, datetime] = {}

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch until the end of the block."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching

    def hurry(self) -> None:
        """Somebody said something here just now: look often for a while."""
        self._hurry_until = asyncio.get_running_loop().time() + HURRY_FOR

    async def messages(
        self, chat: str, after: datetime, *, lifetime: float = LIFETIME, silence: float = SILENCE
    ) -> AsyncIterator[OutboxRow | None]:
        """Messages to a person, first those that went out since ``after``; None is only a sign of life."""
        queue: asyncio.Queue[OutboxRow] = asyncio.Queue(WAITING)
        self._pages[queue] = chat
        self._opened.set()
        clock = asyncio.get_running_loop().time
        end = clock() + lifetime
        try:
            for row in await run_in_threadpool(self.missed, chat, after):
                yield row
            while queue in self._pages and (left := end - clock()) > 0:
                try:
                    yield await asyncio.wait_for(queue.get(), min(silence, left))
                except TimeoutError:
                    yield None
        finally:
            self._pages.pop(queue, None)

    def missed(self, chat: str, after: datetime) -> list[OutboxRow]:
        """What went out to a person since (a little before) an instant."""
        with self._service.db.begin() as uow:
            rows = uow.browser.sent(chat, SHOWN)
        since = max(after, _EPOCH + SLACK) - SLACK
        return [row for row in rows if row.sent_at and row.sent_at >= since]

    async def _watch(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            if not self._pages:
                self._opened.clear()
                await self._opened.wait()
                self._since, self._seen = self._now() - SLACK, {}
            try:
                rows = await run_in_threadpool(self._new, set(self._pages.values()))
            except Exception:  # the database was away, say: the pages stay open, the next look is soon
                log.exception("looking for new messages failed")
                rows = []
            for row in rows:
                self._hand_out(row)
            await asyncio.sleep(HURRY if clock() < self._hurry_until else PERIOD)

    def _new(self, chats: set[str]) -> list[OutboxRow]:
        """Rows not handed out yet; called by the watcher alone."""
        with self._service.db.begin() as uow:
            rows = uow.browser.sent_since(chats, self._since)
        new = [row for row in rows if row.id not in self._seen]
        self._seen |= {row.id: row.sent_at for row in new if row.sent_at}
        latest = max(self._seen.values(), default=self._since)
        self._since = max(self._since, latest - SLACK, self._now() - OLDEST)
        self._seen = {row: at for row, at in self._seen.items() if at >= self._since}
        return new

    def _hand_out(self, row: OutboxRow) -> None:
        for queue, chat in list(self._pages.items()):
            if chat != row.chat:
                continue
            try:
                queue.put_nowait(row)
            except (
                asyncio.QueueFull
            ):  # a page that does not read: it is let go, and catches up when it returns
                self._pages.pop(queue, None)
