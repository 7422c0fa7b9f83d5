"""Reminders are planned."""

from datetime import datetime, timedelta

from bot.services import Service
from scheduler.clock import Job
from scheduler.planner import plan


def remind(service: Service, now: datetime) -> None:
    """Put into the outbox what is owed now and has not been said."""
    plan(service.db, service, now)


JOB = Job("reminders", timedelta(seconds=60), remind)
