"""Letting a composed service live through time with a clock that is moved, as demos and stories do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from domain.workdays import WorkCalendar
from dondoc.compose import Runtime
from scheduler.clock import MovableClock


async def live_until(runtime: Runtime, clock: MovableClock, instant: datetime) -> None:
    """Move the clock to an aware instant, stopping at every working morning's digest on the way.

    What is due at each stop is planned and sent, as the ticking service would have done.
    """
    calendar, digest = runtime.service.calendar, runtime.service.digest_at
    for moment in moments(calendar, digest, clock.now(), instant):
        clock.set(moment)
        await asyncio.to_thread(runtime.run_jobs, moment)
        await runtime.sender.send_due()


def moments(calendar: WorkCalendar, digest: time, start: datetime, end: datetime) -> Iterator[datetime]:
    """Digest hours of working days strictly between two instants, then the end itself."""
    day, last = calendar.local_date(start), calendar.local_date(end)
    while day <= last:
        morning = calendar.at(day, digest)
        if start < morning < end and calendar.is_workday(day):
            yield morning
        day += timedelta(days=1)
    yield end.astimezone(UTC)
