"""The dossier system is asked for what is new."""

import logging
from datetime import datetime, timedelta

from bot.records.dossier_import import Office
from bot.records.dossier_pull import is_due, pull
from bot.services import Service
from domain.errors import Refusal
from scheduler.clock import Job

log = logging.getLogger(__name__)


def ask(service: Service, now: datetime) -> None:
    """Ask when it is time; what goes wrong is kept and tried again later."""
    office = Office.of(service)
    if not is_due(office, service.dossiers, now):
        return
    try:
        pull(office, service.dossiers, now)
    except Refusal as error:
        log.warning("dossiers were not taken in", extra={"reason": error.code})


JOB = Job("dossier_pull", timedelta(seconds=60), ask)
