"""The watched folder is looked into."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot.records.dossier_folder import Folder
from bot.records.dossier_import import Office
from bot.services import Service
from scheduler.clock import Job


@lru_cache
def _folder(path: str) -> Folder:
    return Folder(Path(path))


def look(service: Service, now: datetime) -> None:
    """Take in what has settled since the last look."""
    if service.dossiers.folder:
        _folder(service.dossiers.folder).look(Office.of(service), service.speech(""), now)


JOB = Job("dossier_folder", timedelta(seconds=30), look)
