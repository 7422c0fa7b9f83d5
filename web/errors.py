"""What a reader sees when something goes wrong: what happened, what was kept, what to do. Never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.errors import NotAllowed, Refusal
from domain.phrases import Phrase, say
from web.door import Door, NotSignedIn, Shown
from web.guard import HEADERS

log = logging.getLogger(__name__)

NOTHING_CHANGED = say("Nothing was changed.")
BACK = say("Please go back and try again.")


def known(status: int, detail: str) -> tuple[Phrase, ...]:
    """The words for a status: a title, then what was kept and what to do."""
    if status == 404:
        gone = say("It may have been removed, or the address was mistyped. The board shows what there is.")
        return say("This page does not exist"), gone
    if status == 413:
        return (
            say("This is too large"),
            say(
                "Nothing was kept. A document may have at most 30 MB, an export of dossiers 400 MB, anything else 1 MB."
            ),
        )
    if status == 403 and detail == "form":
        return (
            say("This form is out of date"),
            say("Nothing was changed. Please open the page again and repeat it there."),
        )
    return say("This request was not understood"), NOTHING_CHANGED, BACK


def handlers(door: Door) -> Mapping[Any, Callable[[Request, Exception], Response | Awaitable[Response]]]:
    """Starlette's exception handlers; each answers a script with JSON and a person with a page."""

    def answer(request: Request, status: int, title: Phrase, *details: Phrase) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            visit = getattr(request.state, "visit", None)
            speech = visit.speech if visit else door.context.service.speech("")
            words = ". ".join(speech.text(p).rstrip(".") for p in (title, *details))
            return JSONResponse({"error": f"{words}."}, status)
        return door.problem(request, status, title, *details)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer(request, error.status_code, *known(error.status_code, error.detail))
        response.headers.update(error.headers or {})
        return response

    def not_signed_in(request: Request, error: Exception) -> Response:
        if "application/json" in request.headers.get("accept", ""):
            return answer(request, 401, say("You are signed out"), say("Please sign in again."))
        return door.show_stranger(request, Shown("signed_out.html", status=401))

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        title = say("You may not do this") if isinstance(error, NotAllowed) else say("This was not possible")
        return answer(request, 403 if isinstance(error, NotAllowed) else 400, title, error.phrase)

    def failed(request: Request, error: Exception) -> Response:
        log.error("a page failed", exc_info=error, extra={"path": request.url.path})
        sorry = say("Something went wrong on our side")
        response = answer(request, 500, sorry, NOTHING_CHANGED, say("Please try again in a moment."))
        response.headers.update(HEADERS)  # this handler stands outside the guard
        return response

    return {
        HTTPException: http,
        NotSignedIn: not_signed_in,
        Refusal: refused,
        Exception: failed,
    }
