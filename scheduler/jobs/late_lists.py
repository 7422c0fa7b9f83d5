"""The monthly list of late dossiers is drafted, and put before the office once agencies had their time."""

from datetime import datetime, timedelta

from bot.late_lists import tend
from bot.services import Service
from scheduler.clock import Job
from storage.stores.situation import one_planner


def look(service: Service, now: datetime) -> None:
    """See to the lists."""
    with service.db.begin() as uow:
        one_planner(uow)
        tend(uow, service, now)


JOB = Job("late_lists", timedelta(minutes=10), look)
