"""When a person's digest goes out."""

from __future__ import annotations

from datetime import date, datetime, time

from domain.workdays import WorkCalendar


def digest_moment(calendar: WorkCalendar, day: date, own: str, default: time) -> datetime:
    """The instant (UTC) of a digest on a working day: at the person's ``own`` hour ("HH:MM"), or the service's.

    An hour outside office hours waits for the next opening of that day; one after closing means the
    morning's. An hour that cannot be read is the service's.
    """
    wished = calendar.at(day, _hour(own) or default)
    moment = calendar.next_office_moment(wished)
    if calendar.local_date(moment) == day:
        return moment
    return calendar.next_office_moment(calendar.at(day, time(0)))


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
