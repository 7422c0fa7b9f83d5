"""A seeded province on a throw-away database: the plan imported like any other file, a clock that moves."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.planning import confirm_draft, import_draft
from dondoc.compose import Runtime, compose
from dondoc.settings import Settings
from domain.officials import Official, Role
from scheduler.clock import MovableClock
from scheduler.planner import simulate
from storage import seed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: the day the demo's document bears; officials come to work
START = datetime(2024, 6, 20, 7, 30, tzinfo=ZONE)
FARTHEST = timedelta(days=400)
DOCUMENT = Path(seed.__file__).parent / "demo_plan.txt"


def make_demo(port: int) -> tuple[Runtime, DemoProvince]:
    """A runtime on a fresh database in a temporary folder, with people joined and the plan confirmed."""
    folder = Path(tempfile.mkdtemp(prefix="dondoc-demo-"))
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # a demo must not pick up a real office's tokens
        database_url=SecretStr(f"sqlite:///{folder / 'demo.db'}"),
        port=port,
        public_url="",
        telegram_token=SecretStr(""),
    )
    clock = MovableClock(START)
    runtime = compose(settings, clock=clock)
    province = DemoProvince(runtime, clock)
    province.fill()
    return runtime, province


class DemoProvince:
    """What the bar on top does: who one is, and what time it is."""

    def __init__(self, runtime: Runtime, clock: MovableClock) -> None:
        self.runtime = runtime
        self.clock = clock
        self._moving = asyncio.Lock()

    def fill(self) -> None:
        """Agencies, invented officials with a browser address each, and the plan."""
        now = self.clock.now()
        service = self.runtime.service
        agencies, groups = seed.load_agencies("kontum-2024")
        with self.runtime.db.begin() as uow:
            uow.agencies.save_agencies(agencies)
            uow.agencies.save_groups(groups)
            for key, name, posts in seed.load_people("kontum-2024"):
                person = uow.people.save(key, name, posts)
                uow.people.add_address(person.id, "browser", "web", str(person.id), now)
        with self.runtime.db.begin() as uow:
            admin = next(o for o in uow.people.all() if o.holds(Role.ADMIN))
            result = import_draft(uow, service, DOCUMENT.read_bytes(), DOCUMENT.name, by=admin.id, now=now)
            confirm_draft(uow, service, result.draft_id, by=admin.id, now=now)
        self.runtime.run_jobs(now)

    def people(self) -> list[tuple[int, str]]:
        """Everybody one can be, the most telling first."""
        with self.runtime.db.begin() as uow:
            everyone = uow.people.all()
        return [(o.id, o.name) for o in sorted(everyone, key=_telling)]

    def now(self) -> datetime:
        """The demo's time."""
        return self.clock.now()

    async def move_to(self, instant: datetime) -> None:
        """Move the clock forward, letting the service live through every morning on the way."""
        async with self._moving:
            target = min(instant, self.clock.now() + FARTHEST)
            for moment in self._moments(self.clock.now(), target):
                self.clock.set(moment)
                await asyncio.to_thread(self.runtime.run_jobs, moment)
                await self.runtime.send_due()

    def _moments(self, start: datetime, end: datetime) -> list[datetime]:
        calendar, digest = self.runtime.service.calendar, self.runtime.settings.digest_at
        day, last = calendar.local_date(start), calendar.local_date(end)
        stops: list[datetime] = []
        while day <= last:
            morning = calendar.at(day, digest)
            if start < morning < end and calendar.is_workday(day):
                stops.append(morning)
            day += timedelta(days=1)
        return [*stops, end.astimezone(UTC)] if end >= start else []

    def next_reminder(self) -> datetime | None:
        """The next morning on which anybody is reminded of anything, within a quarter."""
        calendar = self.runtime.service.calendar
        today = calendar.local_date(self.clock.now())
        for line in simulate(self.runtime.db, self.runtime.service, _after(today), today + timedelta(days=100)):
            return calendar.at(line.day, self.runtime.settings.digest_at) + timedelta(minutes=1)
        return None


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _telling(official: Official) -> tuple[int, str]:
    roles = {p.role for p in official.posts}
    order = (Role.ADMIN, Role.MONITOR, Role.FOCAL, Role.HEAD)
    first = next((i for i, role in enumerate(order) if role in roles), len(order))
    at_top = any(p.agency in ("snv", "stc", "vp-ubnd") for p in official.posts)
    return (first if at_top else first + len(order), official.name)
