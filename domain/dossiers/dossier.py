"""A dossier, its states, and when it is late.

Lateness counts against the day that was promised first: a dossier with a new day after an apology stays late.
Only a clock that stood still lawfully (more papers asked for, fees awaited) moves the day. Days are local.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from domain.dossiers.months import NEVER, month_of
from domain.workdays import WorkCalendar

#: rules that only compare take days as dates, or as ISO text where a million rows go by
Day = TypeVar("Day", date, str)


class State(StrEnum):
    """Where a dossier stands, as its system says."""

    WAITING = "waiting"  # chờ tiếp nhận: handed in, not yet received; not counted
    RECEIVED = "received"  # đã tiếp nhận
    PROCESSING = "processing"  # đang xử lý
    SUPPLEMENT = "supplement"  # yêu cầu bổ sung: the clock stands
    PAUSED = "paused"  # tạm dừng, chờ nghĩa vụ tài chính: the clock stands
    RESULT = "result"  # có kết quả
    RETURNED = "returned"  # đã trả kết quả
    REFUSED = "refused"  # trả lại: not dealt with
    WITHDRAWN = "withdrawn"  # rút
    CANCELLED = "cancelled"  # hủy


STOPS = frozenset({State.SUPPLEMENT, State.PAUSED})
RESOLVED = frozenset({State.RESULT, State.RETURNED})
ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.CANCELLED})


class Outcome(StrEnum):
    """How a dossier is counted. The first two are open, ENDED is closed without a result."""

    RUNNING = "running"
    STOPPED = "stopped"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    ENDED = "ended"

    @property
    def is_open(self) -> bool:
        """Whether a result is still owed."""
        return self in (Outcome.RUNNING, Outcome.STOPPED)


class Channel(StrEnum):
    """How it was handed in; UNKNOWN where the source does not say."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure (TTHC). ``field`` is its lĩnh vực; anything unknown is ""."""

    code: str = ""
    name: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier. ``agency`` decides and answers for the time, ``receiving`` took it in ("" when not known).

    ``promised_on`` is the first promise, ``latest_on`` the day the source names now; they differ once it was put
    off. ``stopped_on``–``resumed_on``: the clock stood. ``result_on`` decides on lateness, ``returned_on`` (handed
    over) only where there is no other. What follows ``returned_on`` is reckoned by :func:`reckoned`.
    """

    code: str
    agency: str
    state: State
    received_on: date | None = None
    promised_on: date | None = None
    receiving: str = ""
    procedure: Procedure = Procedure()
    channel: Channel = Channel.UNKNOWN
    latest_on: date | None = None
    apology_on: date | None = None
    stopped_on: date | None = None
    resumed_on: date | None = None
    result_on: date | None = None
    returned_on: date | None = None
    due_on: date | None = None
    late_from: date | None = None
    closed_on: date | None = None
    outcome: Outcome = Outcome.RUNNING

    @property
    def is_put_off(self) -> bool:
        """Whether a later day than the promised one was named."""
        return (
            self.latest_on is not None and self.promised_on is not None and self.latest_on > self.promised_on
        )

    @property
    def received_month(self) -> int | None:
        """The month it is counted as received in; None while it waits to be."""
        return month_of(self.received_on) if self.received_on and self.state is not State.WAITING else None

    @property
    def closed_month(self) -> int:
        """The month it closed in, NEVER while it is open."""
        return month_of(self.closed_on) if self.closed_on else NEVER

    def is_overdue(self, on: date) -> bool:
        """Whether it is open and late at the end of the day. A clock that stopped in time is never late."""
        return self.outcome.is_open and self.late_from is not None and self.late_from <= on

    def lacks_letter(self, on: date) -> bool:
        """Whether it is or was late and no letter of apology is known."""
        return self.apology_on is None and (self.outcome is Outcome.LATE or self.is_overdue(on))


@dataclass(frozen=True, slots=True)
class Term:
    """How long a dossier may take: the ``promised`` day once stops are reckoned in, the last day in time (which
    is later where the promise is for a day off), and the first day it is late."""

    promised: date
    due: date
    late_from: date


@dataclass(frozen=True)
class Deadlines:
    """From the promised day to the first day on which a dossier is late. Remembers its answers.

    ``rolls``: a promise for a day off is kept on the next working day. Common practice, not confirmed in a
    source, so it is a setting.
    """

    calendar: WorkCalendar
    rolls: bool = True
    _known: dict[tuple[date, date | None, date | None], Term] = field(default_factory=dict, compare=False)

    def term(self, promised: date, stopped: date | None = None, resumed: date | None = None) -> Term:
        """What a promise amounts to.

        A clock that stood over the promised day moves it by the working days it stood; a system that has
        reckoned them in names a day after ``resumed``, which is taken as it is.
        """
        key = (promised, stopped, resumed)
        if key not in self._known:
            if stopped and resumed and stopped <= promised < resumed:
                promised = self.calendar.add(promised, self.calendar.count(stopped, resumed))
            due = self.calendar.first_workday_on_or_after(promised) if self.rolls else promised
            self._known[key] = Term(promised, due, due + timedelta(days=1))
        return self._known[key]


def late_from(state: State, due: Day | None, day_after: Day | None, stopped: Day | None) -> Day | None:
    """``day_after`` the due day; None without a promise, and while the clock stands that stopped in time."""
    if due is None or (state in STOPS and not (stopped is not None and stopped > due)):
        return None
    return day_after


def closing(
    state: State,
    promised: Day | None,
    due: Day | None,
    result: Day | None,
    returned: Day | None,
    seen: Day,
) -> tuple[Day | None, Outcome]:
    """The day a dossier closed on, and how it counts.

    ``seen`` is the day of the source: one that ended without a day is closed from then on.
    """
    if state in RESOLVED:
        day = result if result is not None else returned
        assert day is not None  # see checks.wrong
        assert promised is not None
        assert due is not None
        if day < promised:
            return day, Outcome.EARLY
        return day, Outcome.ON_TIME if day <= due else Outcome.LATE
    if state in ENDED:
        return (returned if returned is not None else result if result is not None else seen), Outcome.ENDED
    return None, Outcome.STOPPED if state in STOPS else Outcome.RUNNING


def reckoned(dossier: Dossier, deadlines: Deadlines, seen: date) -> Dossier:
    """The dossier with what follows from its days."""
    first, stopped = dossier.promised_on, dossier.stopped_on
    term = deadlines.term(first, stopped, dossier.resumed_on) if first else None
    promised, due, after = (term.promised, term.due, term.late_from) if term else (None, None, None)
    closed, outcome = closing(dossier.state, promised, due, dossier.result_on, dossier.returned_on, seen)
    return replace(
        dossier,
        due_on=due,
        late_from=late_from(dossier.state, due, after, stopped),
        closed_on=closed,
        outcome=outcome,
    )
