"""Dossiers asked of an address: pages of JSON, with an ETag, retries and a token. Nothing is half read.

The answer is a list of dossiers, or an object that holds it under ``items``, ``data`` or ``results``. A dossier is a
flat object whose keys are headings as an export has them: ``maHoSo``, ``ma_ho_so``, "Mã hồ sơ" are one. More pages
are told by ``next`` (an address, or the number of a page) or a ``Link: …; rel="next"`` header.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.records.dossier_import import Office, import_rows
from bot.records.dossier_layout import RawRow
from bot.records.dossier_problems import DossierOutcome
from bot.records.dossier_rows import MOST_ROWS, Opened, Part, too_long
from bot.records.dossier_sources import Sources
from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim

log = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(60, connect=10)
TRIES = 4
LONGEST_WAIT = 60.0  # seconds, whatever the server wishes
LARGEST_PAGE = 20_000_000  # bytes
MOST_PAGES = 20_000
_AGAIN = {429, 500, 502, 503, 504}
_LISTS = ("items", "data", "results")
_CAMEL = re.compile(r"(?<=[a-zà-ỹ0-9])(?=[A-ZÀ-Ỹ])")
_HERE = {"localhost", "127.0.0.1", "::1"}
Sleep = Callable[[float], None]


def source_key(url: str) -> str:
    """How the database calls an address: it may hold a secret, so it is not kept itself."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def is_due(office: Office, sources: Sources, now: datetime) -> bool:
    """Whether there is an address and it is time to ask again. Failures in a row are asked less and less often."""
    if not sources.url:
        return False
    with office.db.begin() as uow:
        asked = uow.dossier_runs.asked(source_key(sources.url))
    return asked is None or now - asked.asked >= sources.every * min(2**asked.failures, 24)


def pull(
    office: Office,
    sources: Sources,
    now: datetime,
    *,
    client: httpx.Client | None = None,
    sleep: Sleep = time.sleep,
) -> DossierOutcome | None:
    """Ask once; None where nothing has changed. Raises Refusal for an address that cannot be asked or read; what
    went wrong is kept beside the address."""
    key = source_key(sources.url)
    with office.db.begin() as uow:
        asked = uow.dossier_runs.asked(key)
    try:
        with client or httpx.Client(timeout=TIMEOUT, follow_redirects=False) as open_client:
            asking = _Asking(open_client, sources, asked.etag if asked else "", sleep)
            first = asking.first()
            if first is None:
                outcome = None
            else:
                name = httpx.URL(sources.url).host
                outcome = import_rows(office, _opened(asking, first), name, source="pull", by=None, now=now)
    except Refusal as error:
        if error.code != "busy":  # asked again as soon as the other reading is done
            with office.db.begin() as uow:
                uow.dossier_runs.answered(key, "", now, reason=error.code)
        raise
    with office.db.begin() as uow:
        uow.dossier_runs.answered(key, asking.etag, now)
    return outcome


@dataclass(frozen=True, slots=True)
class _Page:
    items: list[dict[str, Any]]
    next: str


class _Asking:
    """One round of questions to one server."""

    def __init__(self, client: httpx.Client, sources: Sources, etag: str, sleep: Sleep) -> None:
        self._client, self._sleep = client, sleep
        self._known, self.etag = etag, etag
        try:
            self._url = httpx.URL(sources.url)
        except httpx.InvalidURL as error:
            raise _unfit() from error
        if self._url.scheme not in ("http", "https") or not self._url.host:
            raise _unfit()
        if sources.token and self._url.scheme == "http" and self._url.host not in _HERE:
            raise Refusal(
                say("A token is only sent over https; please correct DONDOC_DOSSIER_URL."), code="insecure"
            )
        self._headers = {"Accept": "application/json"}
        if sources.token:
            self._headers["Authorization"] = f"Bearer {sources.token}"

    def first(self) -> _Page | None:
        """The first page; None where nothing has changed since."""
        response = self._get(self._url, {"If-None-Match": self._known} if self._known else {})
        if response is None:
            return None
        self.etag = response[0].get("etag", "")[:300]
        return self._page(*response)

    def pages(self, first: _Page) -> Iterator[_Page]:
        """All pages. An address that comes twice, or leads elsewhere, is refused."""
        page, seen = first, {str(self._url)}
        yield page
        while page.next:
            url = self._next(page.next)
            if str(url) in seen or len(seen) > MOST_PAGES:
                raise BadInput(
                    say("The server's pages go round in a circle; nothing was taken."), code="circle"
                )
            seen.add(str(url))
            response = self._get(url, {})
            if response is None:
                raise _answered(304)
            page = self._page(*response)
            yield page

    def _next(self, given: str) -> httpx.URL:
        url = self._url.copy_set_param("page", given) if given.isdecimal() else self._url.join(given)
        if (url.scheme, url.host, url.port) != (self._url.scheme, self._url.host, self._url.port):
            raise BadInput(
                say("The server's next page is on another server; nothing was taken."), code="elsewhere"
            )
        return url

    def _get(self, url: httpx.URL, headers: dict[str, str]) -> tuple[httpx.Headers, bytes] | None:
        """Headers and body; None for "not modified". Tries again where that may help."""
        for tried in range(1, TRIES + 1):
            wait = float(2 ** (tried - 1))
            try:
                with self._client.stream("GET", url, headers=self._headers | headers) as response:
                    status = response.status_code
                    if status == 304:
                        return None
                    if status == 200:
                        return response.headers, _body(response)
                    wait = _asked_to_wait(response, wait)
            except httpx.TransportError as error:
                log.warning(
                    "dossiers could not be asked for", extra={"error": type(error).__name__, "try": tried}
                )
                status = 0
            if status and status not in _AGAIN:
                break
            if tried < TRIES:
                self._sleep(min(wait, LONGEST_WAIT))
        raise _answered(status)

    def _page(self, headers: httpx.Headers, body: bytes) -> _Page:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _no_list() from error
        more: Any = ""
        if isinstance(found, dict):
            more = found.get("next") or ""
            found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise _no_list()
        links = httpx.Response(200, headers=headers).links
        following = (
            str(more) if isinstance(more, str | int) and more else links.get("next", {}).get("url", "")
        )
        return _Page(found, following)


def _body(response: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        size += len(part)
        if size > LARGEST_PAGE:
            megabytes = LARGEST_PAGE // 1_000_000
            raise BadInput(
                say("A page is larger than {megabytes} MB; nothing was taken.", megabytes=megabytes),
                code="page_size",
            )
        parts.append(part)
    return b"".join(parts)


def _asked_to_wait(response: httpx.Response, otherwise: float) -> float:
    """Seconds by the header Retry-After: a number, or a moment beside the server's own clock."""
    given = response.headers.get("retry-after", "")
    if given.isdecimal():
        return float(given[:6])
    try:
        return max(
            0.0,
            (parsedate_to_datetime(given) - parsedate_to_datetime(response.headers["date"])).total_seconds(),
        )
    except (ValueError, TypeError, KeyError):
        return otherwise


@contextmanager
def _opened(asking: _Asking, first: _Page) -> Iterator[Opened]:
    yield Opened(iter([Part("", _rows(asking, first), lambda _: None)]))


def _rows(asking: _Asking, first: _Page) -> Iterator[RawRow]:
    """The keys as headings in row 0, then a row a dossier, numbered from 1 through all pages."""
    keys: list[str] = []
    number = 0
    for page in asking.pages(first):
        if not keys:
            keys = list(dict.fromkeys(key for item in page.items for key in item))[:200]
            yield 0, [_CAMEL.sub(" ", key) for key in keys]
        for item in page.items:
            number += 1
            if number > MOST_ROWS:
                raise too_long()
            yield number, [_cell(item.get(key)) for key in keys]


def _cell(value: Any) -> str | int | float | bool:
    return value if isinstance(value, str | int | float | bool) else ""


def _unfit() -> Refusal:
    return Refusal(say("DONDOC_DOSSIER_URL is no address that can be asked."), code="bad_url")


def _no_list() -> BadInput:
    return BadInput(say("The server's answer is no list of dossiers; nothing was taken."), code="no_list")


def _answered(status: int) -> Refusal:
    if not status:
        return Refusal(
            say("The server of the dossiers cannot be reached; it is asked again later."), code="unreachable"
        )
    if status in (401, 403):
        return Refusal(
            say("The server of the dossiers refuses the token; please check DONDOC_DOSSIER_TOKEN."),
            code="token",
        )
    return Refusal(
        say(
            "The server of the dossiers answered {status}; it is asked again later.",
            status=verbatim(str(status)),
        ),
        code=f"http_{status}",
    )
