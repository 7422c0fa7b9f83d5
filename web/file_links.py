"""``/f/{token}``: a file by its signed link, for who has only a messenger. No sign-in, no list, no hint."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.phrases import say
from storage.stores.office import StoredFile
from web.door import Door


def routes(door: Door) -> list[BaseRoute]:
    """One address; every link that does not open looks the same."""

    async def opened(request: Request) -> Response:
        found = await run_in_threadpool(_find, door, request.path_params["token"])
        if found:
            return attachment(found)
        again = say("Please ask for the file again in the chat; a new link comes with it.")
        return door.problem(request, 404, say("This link has ended"), again)

    return [Route("/f/{token}", opened)]


def attachment(kept: StoredFile) -> Response:
    """The file to be saved, never shown in our own pages' name or kept on the way."""
    name = f"attachment; filename*=UTF-8''{quote(kept.name, safe='')}"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return Response(kept.data, media_type=kept.media_type, headers=headers)


def _find(door: Door, token: str) -> StoredFile | None:
    context, now = door.context, door.context.now()
    links = context.service.file_links
    number = links.opened(token, now) if links else None
    if number is None:
        return None
    with context.service.db.begin() as uow:
        kept = uow.files.get(number)
        if kept is None or not (owner := uow.people.get(kept.official)).active:
            return None
        uow.audit.note(now, owner.id, "open_file_link", f"file:{number}", {})
        return kept
