"""Getting in and out: joining by a code, signing in by a one-time link, signing out.

Messengers fetch links before anybody presses them, so a GET only shows; the button on the page does. A wrong
code is counted whether it was shown or pressed.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.commands.start import greeting
from bot.joining import looks_like_code
from bot.notices.catching_up import catch_up
from domain.messages import Priority
from domain.officials import Official
from domain.phrases import Phrase, say
from storage.unit_of_work import UnitOfWork
from web.chat import BOT, CHANNEL
from web.context import Inviting, WebContext
from web.door import Door, Shown, go

#: wrong codes an hour from one network address; an office shares one, and a code has fifty bits
MAX_WRONG = 20


@dataclass(frozen=True)
class Way:
    """One of the two ways in, by the purpose its codes are made for."""

    purpose: str
    path: str
    template: str


JOIN = Way("join", "/join", "join.html")
SIGN_IN = Way("signin", "/signin", "signin.html")


def routes(door: Door) -> list[BaseRoute]:
    """Both ways in, a field to type a code into, and the way out."""
    entry = Entry(door)
    return [
        Route("/join", entry.ask, methods=["GET", "POST"]),
        Route("/join/{code}", entry.of(JOIN), methods=["GET", "POST"]),
        Route("/signin/{code}", entry.of(SIGN_IN), methods=["GET", "POST"]),
        Route("/signout", entry.sign_out, methods=["POST"]),
    ]


class Entry:
    """What can be done without being signed in."""

    def __init__(self, door: Door) -> None:
        self._door, self._context = door, door.context

    async def ask(self, request: Request) -> Response:
        """A field for a code that came on paper or by telephone."""
        if request.method == "GET":
            return self._door.show_stranger(request, Shown("signed_out.html"))
        form = await self._door.read_form(request, request.cookies.get(self._door.cookies.visit, ""))
        code = str(form.get("code", "")).strip().upper()
        return go(f"/join/{code}") if looks_like_code(code) else self._wrong(request)

    def of(self, way: Way) -> Callable[[Request], object]:
        """The endpoint of a way in: GET shows whose code it is, POST uses it."""

        async def endpoint(request: Request) -> Response:
            code = str(request.path_params["code"])
            if request.method != "POST":
                return await run_in_threadpool(self._look, request, way, code)
            await self._door.read_form(request, request.cookies.get(self._door.cookies.visit, ""))
            return await run_in_threadpool(self._use, request, way, code)

        return endpoint

    def _whose(
        self, uow: UnitOfWork, request: Request, way: Way, code: str, find: Callable[..., Official | None]
    ) -> Official | Response:
        """Whom ``find`` says the code is for; or what is shown instead. A wrong code is counted."""
        now, address = self._context.now(), network(request)
        if uow.people.failed_joins("web", address, now) >= MAX_WRONG:
            return self._too_many(request)
        who = find(code, now, purpose=way.purpose) if looks_like_code(code) else None
        if who is None or not who.active:
            uow.people.note_failed_join("web", address, now)
            return self._wrong(request)
        return who

    def _look(self, request: Request, way: Way, code: str) -> Response:
        context, now = self._context, self._context.now()
        with context.service.db.begin() as uow:
            who = self._whose(uow, request, way, code, uow.people.peek_invite)
            if isinstance(who, Response):
                return who
            register = uow.agencies.register()
            present = self._present(uow, request, now)
        values = {
            "who": who,
            "agencies": [register.name(a) for a in who.agencies()],
            "code": code,
            "ways": messengers(context, code),
            "present": present if present and present.id != who.id else None,
        }
        return self._door.show_stranger(request, Shown(way.template, values))

    def _present(self, uow: UnitOfWork, request: Request, now: datetime) -> Official | None:
        token = request.cookies.get(self._door.cookies.session, "")
        return uow.sessions.official(token, now) if token else None

    def _use(self, request: Request, way: Way, code: str) -> Response:
        """Redeem, open the session and greet, in one transaction; whoever was signed in here is no more."""
        context, now = self._context, self._context.now()
        old = request.cookies.get(self._door.cookies.session, "")
        with context.service.db.begin() as uow:
            who = self._whose(uow, request, way, code, uow.people.redeem)
            if isinstance(who, Response):
                return who
            if old:
                uow.sessions.revoke(old)
            token = uow.sessions.open(who.id, now)
            greet(uow, who, code, now, first=way is JOIN)
            catch_up(uow, context.service, who, now)
            uow.audit.note(now, who.id, way.purpose, f"official:{who.id}", {"channel": CHANNEL})
        context.wake()
        response = go("/chat" if way is JOIN else "/")
        self._door.cookies.set(response, self._door.cookies.session, token)
        self._door.cookies.clear(response, self._door.cookies.visit)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session, here and at once."""
        await self._door.enter(request)
        token = request.cookies.get(self._door.cookies.session, "")
        await run_in_threadpool(self._revoke, token)
        response = go("/join")
        self._door.cookies.clear(response, self._door.cookies.session)
        return response

    def _revoke(self, token: str) -> None:
        with self._context.service.db.begin() as uow:
            uow.sessions.revoke(token)

    def _wrong(self, request: Request) -> Response:
        return self._sorry(
            request,
            404,
            say("This code is not valid"),
            say("It may have been used, or have expired. Nothing was changed."),
            say("Please ask the administrator for a new invitation, or send /board in your chat for a link."),
        )

    def _too_many(self, request: Request) -> Response:
        return self._sorry(
            request,
            429,
            say("Too many wrong codes"),
            say("Please try again in an hour, or ask the administrator. Your invitation is still good."),
        )

    def _sorry(self, request: Request, status: int, title: Phrase, *details: Phrase) -> Response:
        values = {"title": title, "details": details}
        return self._door.show_stranger(request, Shown("problem.html", values, status))


def greet(uow: UnitOfWork, who: Official, code: str, now: datetime, *, first: bool) -> None:
    """The browser reaches the person from now on; who joins is greeted there once."""
    address = uow.people.add_address(who.id, CHANNEL, BOT, str(who.id), now)
    if first:
        uow.outbox.put(
            key=f"greeting:{CHANNEL}:{who.id}:{now.isoformat()}",
            address=address,
            priority=Priority.REPLY,
            kind="reply",
            message=greeting(uow, who),
            now=now,
        )


def messengers(context: WebContext, code: str) -> list[tuple[str, str]]:
    """(name, link) of the messengers that can be joined with the same code instead."""
    return [(c.name, c.join_link(code)) for c in context.channels if isinstance(c, Inviting)]


def network(request: Request) -> str:
    """Whose wrong codes are counted together: an IPv4 address, or the /64 that one IPv6 customer has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False))
