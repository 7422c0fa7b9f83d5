"""A seeded province on a throw-away database: the plan imported like any other file, a clock that moves."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.channels.browser import BrowserChannel
from bot.planning import confirm_draft, import_draft
from domain.errors import BadInput
from domain.officials import Official, Role
from domain.phrases import say
from dondoc.compose import Runtime, compose
from dondoc.settings import Settings
from dondoc.time_travel import live_until
from scheduler.clock import MovableClock
from scheduler.simulation import simulate
from storage import seed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: the day the demo's document bears; officials come to work
START = datetime(2024, 6, 20, 7, 30, tzinfo=ZONE)
FARTHEST = timedelta(days=400)
DOCUMENT = Path(seed.__file__).parent / "demo_plan.txt"
#: agencies in which nobody has joined yet, so that the demo shows what happens then
NOT_JOINED = ("ubnd-ia-h-drai",)


def make_demo(port: int) -> DemoProvince:
    """A province on a fresh database in a temporary folder, with people joined and the plan confirmed."""
    folder = Path(tempfile.mkdtemp(prefix="dondoc-demo-"))
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # a demo must not pick up a real office's tokens
        database_url=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
        host="127.0.0.1",
        port=port,
        public_url="",
        telegram_token=SecretStr(""),
    )
    clock = MovableClock(START, runs=True)
    province = DemoProvince(compose(settings, clock=clock, channels=[BrowserChannel()]), clock, folder)
    province.fill()
    return province


class DemoProvince:
    """What the bar on top does: who one is, and what time it is."""

    def __init__(self, runtime: Runtime, clock: MovableClock, folder: Path) -> None:
        self.runtime, self._clock, self._folder = runtime, clock, folder
        self._moving = asyncio.Lock()

    def fill(self) -> None:
        """Agencies, invented officials with a browser address each, and the plan."""
        now, service = self._clock.now(), self.runtime.service
        agencies, groups = seed.load_agencies("kontum-2024")
        with service.db.begin() as uow:
            uow.agencies.save_agencies(agencies)
            uow.agencies.save_groups(groups)
            for key, name, posts in seed.load_people("kontum-2024"):
                person = uow.people.save(key, name, posts)
                if not {p.agency for p in posts} & set(NOT_JOINED):
                    uow.people.add_address(person.id, "browser", "web", str(person.id), now)
        with service.db.begin() as uow:
            admin = uow.people.admins()[0]
            result = import_draft(uow, service, DOCUMENT.read_bytes(), DOCUMENT.name, by=admin.id, now=now)
            confirm_draft(uow, service, result.draft_id, by=admin.id, now=now)
        self.runtime.run_jobs(now)

    def people(self) -> list[tuple[int, str]]:
        """Everybody one can be, the most telling first."""
        with self.runtime.service.db.begin() as uow:
            everyone = uow.people.all()
        return [(o.id, o.name) for o in sorted(everyone, key=_telling)]

    def now(self) -> datetime:
        """The demo's time."""
        return self._clock.now()

    async def move_to(self, instant: datetime) -> None:
        """Move the clock forward, letting the service live through every morning on the way."""
        async with self._moving:
            now = self._clock.now()
            if instant < now:
                raise BadInput(
                    say("The demo's clock only moves forward; nothing was changed."), code="backwards"
                )
            if instant > now + FARTHEST:
                raise BadInput(say("The demo's clock moves at most a year at a time; nothing was changed."))
            await live_until(self.runtime, self._clock, instant)

    def next_reminder(self) -> datetime | None:
        """The next morning on which anybody is reminded of anything, within a quarter."""
        service = self.runtime.service
        tomorrow = service.calendar.local_date(self._clock.now()) + timedelta(days=1)
        told = simulate(service.db, service, tomorrow, tomorrow + timedelta(days=100))
        first = next(iter(told), None)
        if first is None:
            return None
        return service.calendar.at(first.day, service.digest_at) + timedelta(minutes=1)

    def remove(self) -> None:
        """Throw the database away."""
        self.runtime.service.db.engine.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)


def _telling(official: Official) -> tuple[int, str]:
    roles = {p.role for p in official.posts}
    order = (Role.ADMIN, Role.MONITOR, Role.FOCAL, Role.HEAD)
    first = next((i for i, role in enumerate(order) if role in roles), len(order))
    at_top = any(p.agency in ("snv", "stc", "vp-ubnd") for p in official.posts)
    return (first if at_top else first + len(order), official.name)
