"""The clock is alive."""

from datetime import datetime, timedelta

from bot.services import Service
from scheduler.clock import Job


def beat(service: Service, now: datetime) -> None:
    """Leave a mark that ``dondoc doctor`` and ``/readyz`` look at."""
    with service.db.begin() as uow:
        uow.heartbeats.beat("clock", now)


JOB = Job("heartbeat", timedelta(seconds=30), beat)
