"""Whether planning can find anything new: the clock ticks each minute, and a big picture takes seconds to read."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services import Service
from domain.mornings import digest_moment
from storage.stores.situation import changed_since
from storage.unit_of_work import UnitOfWork

#: what was committed while the last planning read its picture may carry an earlier time than that planning
OVERLAP = timedelta(minutes=10)


def may_be_owed(uow: UnitOfWork, service: Service, before: datetime, now: datetime) -> bool:
    """False only when nothing can have become owed since the planning at ``before``.

    Lines change with the office day and go out at the hours of digests; between those, only new work, a new
    address or the end of a snooze is told at once. A clock that was set back plans anew.
    """
    calendar = service.calendar
    today = calendar.local_date(calendar.next_office_moment(now))
    if now < before or today != calendar.local_date(calendar.next_office_moment(before)):
        return True
    hours = uow.people.digest_hours() | {""}
    moments = (digest_moment(calendar, today, own, service.digest_at) for own in hours)
    return any(before < m <= now for m in moments) or changed_since(uow, before - OVERLAP, now)
