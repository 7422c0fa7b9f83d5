"""The bar on top of the demo: who one is, and what time it is. These addresses exist in the demo only."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.workdays import WorkCalendar
from web.context import DemoControls
from web.door import Door, Visit, go
from web.tokens import local_path

#: a minute after the digest's hour, when the morning's messages are there
MORNING = time(7, 46)
#: pages that everybody may see: after becoming somebody else one stays where one was only on these
EVERYBODYS = ("/plans/", "/tasks/")


def routes(door: Door, demo: DemoControls) -> list[BaseRoute]:
    """Being somebody, and moving the clock."""

    async def be(request: Request) -> Response:
        visit = await door.enter(request)
        number = visit.text("who")
        if number not in {str(known) for known, _ in await run_in_threadpool(demo.people)}:
            raise HTTPException(400)
        back = local_path(visit.text("back"))
        response = go(back if back in ("/", "/chat") or back.startswith(EVERYBODYS) else "/")
        door.cookies.set(response, door.cookies.demo, number, None)
        return response

    async def move(request: Request) -> Response:
        visit = await door.enter(request)
        target = await run_in_threadpool(_target, visit, demo)
        if target is not None and target > demo.now():
            await demo.move_to(target)
            visit.context.wake()
        return go(local_path(visit.text("back")))

    return [Route("/demo/be", be, methods=["POST"]), Route("/demo/move", move, methods=["POST"])]


def _target(visit: Visit, demo: DemoControls) -> datetime | None:
    """The instant asked for; None when there is nothing to move to. Raises HTTPException 400."""
    calendar, now = visit.context.service.calendar, demo.now()
    step = visit.text("step")
    if step == "hour":
        return now + timedelta(hours=1)
    if step == "morning":
        return next_morning(now, calendar)
    if step == "reminder":
        return demo.next_reminder()
    try:
        local = datetime.fromisoformat(visit.text("at"))
        return calendar.at(local.date(), local.time())
    except (ValueError, OverflowError):
        raise HTTPException(400) from None


def next_morning(now: datetime, calendar: WorkCalendar) -> datetime:
    """07:46 of the next working day, or of today while that is still ahead."""
    today = calendar.local_date(now)
    if calendar.is_workday(today) and now < (soon := calendar.at(today, MORNING)):
        return soon
    return calendar.at(calendar.add(today, 1), MORNING)
