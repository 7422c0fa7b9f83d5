"""/public/late: the published list of agencies with late dossiers, for everybody, without signing in.

Agencies and counts only. What is shown was frozen when it was approved, so that it may be kept by caches; a
correction is another version with another tag.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.late_list_forms import about, as_csv, as_docx, as_json, summary
from bot.late_list_picture import MEDIA_TYPE as SVG
from bot.late_list_picture import as_svg
from bot.on_time import month_named
from bot.on_time_words import rate_words
from bot.report_docx import MEDIA_TYPE as DOCX
from domain.agencies import Register
from domain.dossiers.late_list import LateList, ListState, bands, public_lines
from domain.dossiers.late_list_words import PAGE, band_words, version_words
from domain.errors import BadInput
from locales.speech import Speech, available
from storage.unit_of_work import UnitOfWork
from web.door import Door

#: seconds a cache may show a list before it asks again
FRESH = 300


@dataclass(frozen=True)
class PublicList:
    """A published list and what stands around it."""

    lately: LateList
    register: Register
    months: tuple[int, ...]
    versions: tuple[LateList, ...]
    speech: Speech


Form = Callable[[PublicList], tuple[bytes, str]]


def routes(door: Door) -> list[BaseRoute]:
    """The page and its other forms."""

    def page(shown: PublicList) -> tuple[bytes, str]:
        return _html(door, shown), "text/html; charset=utf-8"

    return [
        Route(PAGE, _endpoint(door, page)),
        Route(f"{PAGE}.json", _endpoint(door, _json)),
        Route(f"{PAGE}.csv", _endpoint(door, _csv)),
        Route(f"{PAGE}.svg", _endpoint(door, _svg)),
        Route(f"{PAGE}.docx", _endpoint(door, _docx)),
    ]


def month_text(month: int) -> str:
    """As it stands in an address: 6/2024."""
    return f"{month % 100}/{month // 100}"


def _endpoint(door: Door, form: Form) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answer, door, form, request)

    return endpoint


def _answer(door: Door, form: Form, request: Request) -> Response:
    with door.context.service.db.begin() as uow:
        shown = _find(door, uow, request)
    if shown is None:
        if form in (_json, _csv, _svg, _docx) or request.query_params.get("month"):
            raise HTTPException(404)
        speech = _speech(door, request)
        return Response(_nothing(door, speech), media_type="text/html")
    body, media_type = form(shown)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={FRESH}"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _speech(door: Door, request: Request) -> Speech:
    wished = request.query_params.get("lang", "")
    return door.context.service.speech(wished if wished in available() else "")


def _find(door: Door, uow: UnitOfWork, request: Request) -> PublicList | None:
    wished = request.query_params.get("month", "")[:20]
    try:
        month = month_named(wished, door.context.service.calendar.local_date(door.context.now()))
    except BadInput as error:
        raise HTTPException(404) from error
    lately = uow.late_lists.published(month if wished else None)
    if lately is None:
        return None
    versions = [
        v
        for v in uow.late_lists.versions(lately.month)
        if v.state in (ListState.PUBLISHED, ListState.REPLACED)
    ]
    return PublicList(
        lately,
        uow.agencies.register(),
        tuple(uow.late_lists.published_months()[:24]),
        tuple(versions),
        _speech(door, request),
    )


def _html(door: Door, shown: PublicList) -> bytes:
    lately = shown.lately
    return _page(
        door,
        shown.speech,
        lately=lately,
        register=shown.register,
        month=month_text(lately.month),
        months=[month_text(m) for m in shown.months],
        versions=shown.versions,
        version=version_words,
        about=about(lately),
        summary=summary(lately),
        bands=bands(public_lines(lately)),
        band=band_words,
        rate=rate_words,
    )


def _nothing(door: Door, speech: Speech) -> bytes:
    return _page(door, speech, lately=None)


def _page(door: Door, speech: Speech, **values: object) -> bytes:
    """Without a cookie and without a form: nobody is known here."""
    languages = [code for code in available() if code != speech.locale]
    return door.pages.html(
        "public_late.html", speech, visit=None, demo=None, path=PAGE, languages=languages, **values
    ).encode()


def _json(shown: PublicList) -> tuple[bytes, str]:
    document = as_json(shown.lately, shown.register)
    return json.dumps(document, ensure_ascii=False, indent=1).encode(), "application/json"


def _csv(shown: PublicList) -> tuple[bytes, str]:
    return as_csv(shown.lately, shown.register, shown.speech), "text/csv; charset=utf-8"


def _svg(shown: PublicList) -> tuple[bytes, str]:
    return as_svg(shown.lately, shown.register, shown.speech).encode(), SVG


def _docx(shown: PublicList) -> tuple[bytes, str]:
    return as_docx(shown.lately, shown.register, shown.speech), DOCX
