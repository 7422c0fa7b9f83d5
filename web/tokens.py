"""Cookies and the tokens that go with them: who is signed in, and that a form came from our own page."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from web.context import WebContext

#: a month, like the session itself (storage.stores.sessions)
SESSION_SECONDS = 30 * 24 * 3600
_LOCAL = re.compile(r"/(?:[A-Za-z0-9][A-Za-z0-9/_-]*)?")


def derive(key: bytes, purpose: str, about: str = "") -> str:
    """A token nobody can make without the service's key; one purpose's is worth nothing for another."""
    return hmac.new(key, f"{purpose}\n{about}".encode(), hashlib.sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether two tokens are equal, in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


class Cookies:
    """The session's cookie, and the one that ties a form to a browser that is not signed in yet."""

    def __init__(self, context: WebContext) -> None:
        self.secure = context.public_url.startswith("https://")
        # __Host- keeps a neighbouring subdomain from planting a cookie; browsers take it over https only
        prefix = "__Host-" if self.secure else ""
        self.session, self.visit, self.demo = (prefix + n for n in ("dondoc", "dondoc_visit", "dondoc_as"))

    def set(self, response: Response, name: str, value: str, seconds: int | None = SESSION_SECONDS) -> None:
        """Set a cookie that scripts cannot read and other sites cannot send along with a form."""
        response.set_cookie(
            name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=self.secure
        )

    def clear(self, response: Response, name: str) -> None:
        """Take a cookie away."""
        response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=self.secure)

    def visit_of(self, request: Request) -> str:
        """The browser's token before it is signed in, made when there is none."""
        return request.cookies.get(self.visit) or secrets.token_urlsafe(24)


def is_own_form(request: Request, key: bytes, bound_to: str, given: str) -> bool:
    """Whether a POST came from a page of ours that was shown to this very browser.

    The token is derived from the session (or the visit), so another site can neither read nor make it. What
    the browser itself says of the origin is believed when it says "another site".
    """
    if request.headers.get("sec-fetch-site", "same-origin") in ("cross-site", "same-site"):
        return False
    return bool(bound_to) and same(given, derive(key, "form", bound_to))


def local_path(path: str) -> str:
    """The path when it is plainly one of ours, else the board: nobody is sent to another site."""
    return path if _LOCAL.fullmatch(path) else "/"
