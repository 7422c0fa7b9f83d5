"""The clock is alive, and goes as it should."""

import logging
import time
from datetime import datetime, timedelta

from bot.services import Service
from scheduler.clock import Job

log = logging.getLogger(__name__)
#: the machine's time may be put right by so much without anybody being told, seconds
BEARABLE = 30.0


class ClockWatch:
    """Holds the machine's time against a clock that nobody sets."""

    def __init__(self) -> None:
        self._offset: float | None = None

    def jumped(self, wall: float, steady: float) -> bool:
        """Whether the time was set since the last look. Both in seconds."""
        before, self._offset = self._offset, wall - steady
        return before is not None and abs(self._offset - before) > BEARABLE


_WATCH = ClockWatch()


def beat(service: Service, now: datetime) -> None:
    """Leave a mark that ``dondoc doctor`` and ``/readyz`` look at; another where the machine's time jumped."""
    jumped = _WATCH.jumped(time.time(), time.monotonic())
    if jumped:
        log.error("the machine's clock jumped")
    with service.db.begin() as uow:
        uow.heartbeats.beat("clock", now)
        if jumped:
            uow.heartbeats.beat("clock_jump", now)


JOB = Job("heartbeat", timedelta(seconds=30), beat)
