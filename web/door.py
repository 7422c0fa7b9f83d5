"""From a request to a handler and back: who is it, may they, is the form ours, and what is shown.

A handler is a plain function of a visit and a unit of work; it runs in a thread, in one transaction, and the
page is rendered after the transaction has ended.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.json_fields import a_text
from bot.notices.desk import may_see_some
from domain.access import Act, Thing, may, require
from domain.officials import Official
from domain.phrases import Phrase
from locales.speech import Speech
from storage.stores.core import LARGEST_ID
from storage.unit_of_work import UnitOfWork
from web.context import WebContext
from web.pages import Pages
from web.tokens import Cookies, derive, is_own_form

_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s\";]*)", re.IGNORECASE)
Endpoint = Callable[[Request], Awaitable[Response]]


def _charset(request: Request) -> str:
    """What a body says its encoding is, in small letters; "" when it does not say."""
    found = _CHARSET.search(request.headers.get("content-type", ""))
    return found[1].lower() if found else ""


class NotSignedIn(Exception):
    """Nobody is signed in; the reader is told how to get in, and nothing else."""


@dataclass(frozen=True)
class Shown:
    """A page to render: the template and what it shows."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Visit:
    """One request of somebody signed in. ``bound_to`` is what the forms' tokens are derived from."""

    context: WebContext
    request: Request
    who: Official
    bound_to: str
    form: Mapping[str, str | UploadFile] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The service's instant, aware UTC."""
        return self.context.now()

    @property
    def today(self) -> date:
        """The province's day."""
        return self.context.service.calendar.local_date(self.now)

    @property
    def speech(self) -> Speech:
        """The reader's language."""
        return self.context.service.speech(self.who.locale)

    @property
    def form_token(self) -> str:
        """What every form carries."""
        return derive(self.context.secret_key, "form", self.bound_to)

    def may(self, act: str, thing: Thing | None = None) -> bool:
        """Whether the reader may; for templates, which name acts by their code."""
        return may(self.who, Act(act), thing)

    @property
    def may_see_notices(self) -> bool:
        """Whether there is anything for the reader among the notices."""
        return may_see_some(self.who)

    def text(self, name: str, limit: int = 500) -> str:
        """A field of the form, cut at ``limit`` characters."""
        value = self.form.get(name, "")
        return value[:limit] if isinstance(value, str) else ""

    def id(self, name: str = "id") -> int:
        """An id in the path; 404 for one that cannot be."""
        value = int(self.request.path_params[name])
        if not 0 < value <= LARGEST_ID:
            raise HTTPException(404)
        return value


Handler = Callable[[Visit, UnitOfWork], Shown | Response]


def go(path: str) -> Response:
    """See there next, with a GET."""
    return RedirectResponse(path, status_code=303)


class Door:
    """What routes are made with."""

    def __init__(self, context: WebContext) -> None:
        self.context = context
        self.pages = Pages()
        self.cookies = Cookies(context)

    def page(self, handler: Handler, act: Act = Act.SEE_BOARD) -> Endpoint:
        """An endpoint for somebody signed in who may ``act``."""

        async def endpoint(request: Request) -> Response:
            visit = await self.enter(request, act)
            return await run_in_threadpool(self._answer, handler, visit)

        return endpoint

    async def enter(self, request: Request, act: Act = Act.SEE_BOARD) -> Visit:
        """Who it is, whether they may, and, for a POST, the form; in that order, so that a body is read only
        for who may send one. Raises NotSignedIn, NotAllowed, or HTTPException 403 for a form not ours."""
        found = await run_in_threadpool(self._recognise, request)
        if found is None:
            raise NotSignedIn
        who, bound_to = found
        visit = Visit(self.context, request, who, bound_to)
        request.state.visit = visit
        require(who, act)
        if request.method != "POST":
            return visit
        form = await self.read_form(request, bound_to)
        return Visit(self.context, request, who, bound_to, form)

    async def read_form(self, request: Request, bound_to: str) -> dict[str, str | UploadFile]:
        """The form's fields, when it is one of ours, as texts a database takes. Raises HTTPException 403
        for another's, 400 for one that is not in UTF-8: browsers send ours in nothing else."""
        if _charset(request) not in ("", "utf-8"):
            raise HTTPException(400)
        given_fields = await request.form(max_files=1, max_fields=20)
        form = {k: a_text(v) if isinstance(v, str) else v for k, v in given_fields.items()}
        given = request.headers.get("x-form-token") or form.get("form_token", "")
        if not (isinstance(given, str) and is_own_form(request, self.context.secret_key, bound_to, given)):
            raise HTTPException(403, "form")
        return form

    def _recognise(self, request: Request) -> tuple[Official, str] | None:
        """The person, and the token their forms are bound to. In the demo nobody signs in: one is picked."""
        demo = self.context.demo
        if demo is not None:
            chosen = request.cookies.get(self.cookies.demo, "")
            people = [number for number, _ in demo.people()]
            number = int(chosen) if chosen.isdecimal() and int(chosen[:12]) in people else people[0]
            with self.context.service.db.begin() as uow:
                return uow.people.get(number), f"demo {number}"
        token = request.cookies.get(self.cookies.session, "")
        if not token:
            return None
        with self.context.service.db.begin() as uow:
            who = uow.sessions.official(token, self.context.now())
        return (who, token) if who else None

    def _answer(self, handler: Handler, visit: Visit) -> Response:
        with self.context.service.db.begin() as uow:
            shown = handler(visit, uow)
        return self.show(visit, shown) if isinstance(shown, Shown) else shown

    def show(self, visit: Visit, shown: Shown) -> Response:
        """A page for somebody signed in."""
        demo = self.context.demo
        values = {
            "visit": visit,
            "path": visit.request.url.path,
            "form_token": visit.form_token,
            "demo": demo,
            "demo_people": demo.people() if demo else [],
        } | dict(shown.values)
        return HTMLResponse(self.pages.html(shown.template, visit.speech, **values), shown.status)

    def show_stranger(self, request: Request, shown: Shown) -> Response:
        """A page for somebody not signed in; its form is bound to the browser by a cookie of its own."""
        token = self.cookies.visit_of(request)
        speech = self.context.service.speech("")
        values = {
            "visit": None,
            "path": request.url.path,
            "form_token": derive(self.context.secret_key, "form", token),
            "demo": None,
            "demo_people": [],
        } | dict(shown.values)
        response = HTMLResponse(self.pages.html(shown.template, speech, **values), shown.status)
        self.cookies.set(response, self.cookies.visit, token, None)
        return response

    def problem(self, request: Request, status: int, title: Phrase, *details: Phrase) -> Response:
        """An error page: what happened, what was kept, what to do."""
        shown = Shown("problem.html", {"title": title, "details": details}, status)
        visit = getattr(request.state, "visit", None)
        if visit is None and status < 500 and (found := self._recognise(request)):
            visit = Visit(self.context, request, *found)
        return self.show(visit, shown) if visit else self.show_stranger(request, shown)
