"""People are warned of dossiers in the morning."""

from datetime import datetime, timedelta

from bot.services import Service
from scheduler.clock import Job
from scheduler.dossier_warning import warn


def remind(service: Service, now: datetime) -> None:
    """Put the lists of those whose hour has come into the outbox."""
    warn(service.db, service, now)


JOB = Job("dossier_warnings", timedelta(seconds=60), remind)
