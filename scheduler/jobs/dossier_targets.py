"""Agencies whose dossiers are late take part in the tasks that are for them."""

from datetime import datetime, timedelta

from bot.dossier_targets import take_in_the_late
from bot.services import Service
from scheduler.clock import Job


def decide(service: Service, now: datetime) -> None:
    """Decide what the dossiers can decide."""
    with service.db.begin() as uow:
        take_in_the_late(uow, service.calendar, now)


JOB = Job("dossier_targets", timedelta(minutes=30), decide)
