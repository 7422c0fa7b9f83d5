"""Days off that were announced while the service runs: the calendar follows, and so does what waits for a morning."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.office_days import FollowedDays
from bot.services import Service

log = logging.getLogger(__name__)


def follow(service: Service, now: datetime) -> bool:
    """Take up changed days; whether there were any.

    Unasked messages that wait for what is no working day any more wait for the next one. The calendar is taken up
    once that is kept, so that a failure is made good at the next look.
    """
    followed = service.days
    if not isinstance(followed, FollowedDays):
        return False
    moved = 0
    with service.db.begin() as uow:
        days = followed.changed(uow)
        if days is None:
            return False
        calendar = followed.calendar_of(days)
        for moment in uow.outbox.moments_ahead(now):
            if not calendar.is_workday(calendar.local_date(moment)):
                moved += uow.outbox.move_moment(moment, calendar.next_office_moment(moment))
    followed.take_up(days, calendar)
    log.info("the days off have changed", extra={"messages_moved": moved})
    return True
