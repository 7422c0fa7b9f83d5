"""The clock: the one place of the service that reads it, and the ticks of its fixed jobs."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

import scheduler.jobs
from bot.services import Service

log = logging.getLogger(__name__)


class Clock(Protocol):
    """What time it is, as an aware UTC instant."""

    def now(self) -> datetime:
        """The instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The instant."""
        return datetime.now(UTC)


class MovableClock:
    """A clock for demos, tests and ``--at``: it runs on from where it was last set."""

    def __init__(self, at: datetime, *, runs: bool = False) -> None:
        self._runs = runs
        self.set(at)

    def set(self, at: datetime) -> None:
        """It is this instant now (aware)."""
        self._at, self._real = at.astimezone(UTC), datetime.now(UTC)

    def now(self) -> datetime:
        """The instant."""
        return self._at + (datetime.now(UTC) - self._real) if self._runs else self._at


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often: one file in ``scheduler/jobs`` with one constant ``JOB``.

    It may run twice and it may run late: unique keys in the database decide what has been done.
    """

    name: str
    every: timedelta
    run: Callable[[Service, datetime], None]


class JobError(Exception):
    """A job's file is missing its constant."""


@lru_cache
def jobs() -> tuple[Job, ...]:
    """Every job there is a file for, by name."""
    found = []
    for module in pkgutil.iter_modules(scheduler.jobs.__path__):
        job = getattr(importlib.import_module(f"scheduler.jobs.{module.name}"), "JOB", None)
        if not isinstance(job, Job):
            raise JobError(f"scheduler/jobs/{module.name}.py has no JOB")
        found.append(job)
    return tuple(sorted(found, key=lambda job: job.name))


def run_jobs(service: Service, now: datetime) -> None:
    """Every job once."""
    for job in jobs():
        job.run(service, now)


def start_clock(service: Service, clock: Clock, wake: Callable[[], None]) -> BackgroundScheduler:
    """Tick until shut down. A job that is late runs once, a job that fails is logged and runs again.

    APScheduler's own default drops a job that is a second late with only a log line; hence no grace limit.
    """
    ticking = BackgroundScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in jobs():
        ticking.add_job(
            partial(_run, job, service, clock, wake),
            "interval",
            seconds=job.every.total_seconds(),
            id=job.name,
            next_run_time=datetime.now(UTC),
        )
    ticking.start()
    return ticking


def _run(job: Job, service: Service, clock: Clock, wake: Callable[[], None]) -> None:
    try:
        job.run(service, clock.now())
    except Exception:  # the next tick tries again; the heartbeat shows when none succeeds
        log.exception("a job failed", extra={"job": job.name})
    else:
        wake()
