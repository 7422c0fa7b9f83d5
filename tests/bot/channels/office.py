"""A town that speaks to a messenger over real HTTP: the real channel, sender and door, against the stand-in."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, cast

import uvicorn
from starlette.applications import Starlette

from bot.channel import Accepted, Channel
from bot.channels.browser import BrowserChannel
from bot.channels.telegram import TelegramChannel
from bot.incoming import Incoming
from domain.assignments import State
from domain.officials import Address, Official
from storage.unit_of_work import Database
from tests.doubles.clients import TelegramDouble, ZaloDouble, ZaloOaDouble
from tests.ports import free_port
from tests.town import Town
from web.context import WebContext
from web.webhooks import routes

KEY = b"the key of a province's service"
Way = Literal["polled", "called"]


class _Door(uvicorn.Server):
    """Says when it listens: from then on a call finds it open."""

    def __init__(self, config: uvicorn.Config, listening: threading.Event) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening.set()


class Office:
    """The service running in a thread, while the test speaks for people and looks at the stand-in."""

    def __init__(
        self,
        db: Database,
        double: TelegramDouble | ZaloDouble | ZaloOaDouble,
        now: str,
        channel: Channel | None = None,
    ) -> None:
        self.double: Any = double
        self.channel: Any = channel or TelegramChannel(double.token, api_url=double.url)
        self.town = Town(db, now, cast(Any, [self.channel, BrowserChannel()]))
        self._failure: BaseException | None = None
        #: told of the door's address when it opens, where the messenger is told by hand
        self.told_by_hand: Callable[[str], None] | None = None

    @contextmanager
    def open(self, way: Way) -> Iterator[None]:
        """Running inside; at the end what is being sent has been recorded."""
        self._started, self._stopping = threading.Event(), asyncio.Event()
        thread = threading.Thread(target=self._in_thread, args=(way,))
        thread.start()
        try:
            self._started.wait(20)
            yield
        finally:
            if self._failure is None:
                self._loop.call_soon_threadsafe(self._stopping.set)
            thread.join(30)
        if self._failure is not None:
            raise self._failure

    def later(self, now: str) -> Office:
        """The same service, started again at a later time."""
        return Office(self.town.db, self.double, now)

    def plan(self) -> None:
        """What is due now is planned and goes out."""
        self.town.runtime.run_jobs(self.town.clock.now())
        self.wake()

    def wake(self) -> None:
        """Look at the outbox now."""
        self.town.runtime.sender.wake()

    # --- the people, before a story begins and after it

    def person(self, key: str) -> Official:
        """Somebody of the register, by the office's own key."""
        with self.town.db.begin() as uow:
            found = uow.people.by_key(key)
        assert found is not None
        return found

    def invite(self, key: str) -> str:
        """A new code, by which they can join."""
        who = self.person(key)
        with self.town.db.begin() as uow:
            return uow.people.new_invite(who.id, self.town.clock.now())

    def joined(self, key: str, chat: object, channel: str = "", bot: str = "") -> Address:
        """They have joined already: on the office's messenger, or on another channel."""
        who = self.person(key)
        with self.town.db.begin() as uow:
            return uow.people.add_address(
                who.id,
                channel or self.channel.name,
                bot or self.channel.bot,
                str(chat),
                self.town.clock.now(),
            )

    def state(self, title: str, agency: str) -> tuple[State, int | None]:
        """How far an agency says it is with the task that has this in its title."""
        with self.town.db.begin() as uow:
            task = next(t for t in uow.plans.tasks() if title in t.title)
            found = next(a for a in uow.assignments.of_tasks([task.id]) if a.agency == agency)
        return found.state, found.percent

    # --- inside

    def _in_thread(self, way: Way) -> None:
        try:
            asyncio.run(self._run(way))
        except BaseException as error:
            self._failure = error
        finally:
            self._started.set()

    async def _run(self, way: Way) -> None:
        self._loop = asyncio.get_running_loop()
        runtime = self.town.runtime
        port = free_port()
        await self.channel.announce(f"http://127.0.0.1:{port}" if way == "called" else "", KEY)
        if self.told_by_hand:
            self.told_by_hand(f"http://127.0.0.1:{port}/{self.channel.name}/{self.channel.bot}")
        coming_in = self._serve(port) if way == "called" else self.channel.poll(self._take, self._stopping)
        parts = [asyncio.ensure_future(coming_in), asyncio.ensure_future(runtime.sender.run(self._stopping))]
        if way == "polled":
            self._started.set()
        await self._stopping.wait()
        runtime.sender.wake()
        await asyncio.gather(*parts)
        await self.channel.close()

    async def _take(self, incoming: Incoming) -> Accepted:
        accepted = await asyncio.to_thread(self.town.runtime.inbox.accept, incoming, self.town.clock.now())
        self.wake()
        return accepted

    async def _serve(self, port: int) -> None:
        runtime = self.town.runtime
        context = WebContext(
            service=runtime.service, inbox=runtime.inbox, channels=list(runtime.channels),
            now=self.town.clock.now, secret_key=KEY, wake=self.wake,
        )  # fmt: skip
        config = uvicorn.Config(
            Starlette(routes=routes(context)), host="127.0.0.1", port=port, log_config=None,
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = _Door(config, self._started)
        served = asyncio.ensure_future(server._serve())  # without its signal handlers: this is no main thread
        await self._stopping.wait()
        server.should_exit = True
        await served
