"""The working calendar in force: it follows the office's own days off while the service runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from domain.workdays import WorkCalendar
from storage.stores.office import OfficeDay
from storage.unit_of_work import UnitOfWork


class Days(Protocol):
    """Where the calendar in force comes from: a calendar itself, or one that follows the database."""

    @property
    def in_force(self) -> WorkCalendar:
        """As it is now."""
        ...


class FollowedDays:
    """The calendar that ``build`` makes of the office's days; made anew when they have changed.

    Safe to read while another thread takes one up: a calendar is replaced, never altered.
    """

    def __init__(self, build: Callable[[Iterable[OfficeDay]], WorkCalendar], days: list[OfficeDay]) -> None:
        self._build, self._days = build, days
        self._calendar = build(days)

    @property
    def in_force(self) -> WorkCalendar:
        """As it was taken up last."""
        return self._calendar

    def changed(self, uow: UnitOfWork) -> list[OfficeDay] | None:
        """The office's days, of which there are a few dozen, where they differ from those taken up last."""
        days = uow.calendar.overrides()
        return None if days == self._days else days

    def calendar_of(self, days: Iterable[OfficeDay]) -> WorkCalendar:
        """What the calendar will be with these."""
        return self._build(days)

    def take_up(self, days: list[OfficeDay], calendar: WorkCalendar) -> None:
        """From now on this is in force."""
        self._days, self._calendar = days, calendar
