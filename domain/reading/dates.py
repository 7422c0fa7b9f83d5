"""Days and hours people say: "mai", "thứ sáu tuần này", "05-7", "hết quý III", "3 ngày làm việc nữa".

Reading has two steps, because a duration counts from the due date in one answer and from today in another:
``reply_days`` puts a :class:`Mention` in the line of terms, :func:`settle` makes a day of it.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.lexicon import Lexicon
from domain.reading.replies.reply_days import Mention, mark_days
from domain.reading.replies.reply_line import Line
from domain.reading.replies.reply_tokens import readable
from domain.reading.replies.reply_words import read_words
from domain.workdays import WorkCalendar

#: A day without a year that lies further back than this is next year's; nearer, the writer may have slipped.
_HALF_YEAR = timedelta(days=183)
_LONGEST = 3660  # days; longer durations are a slip of the thumb


@dataclass(frozen=True, slots=True)
class When:
    """A day a person named, with the local time where an hour was said, and what makes it doubtful."""

    day: date
    time: time | None = None
    doubts: tuple[str, ...] = ()


def settle(
    mention: Mention, *, base: date, now: datetime, calendar: WorkCalendar, after: date | None = None
) -> When | None:
    """The day meant; None where it cannot be told. Durations count from ``base``; ``now`` is local and naive.

    ``after``: a weekday or day of the month nobody qualified is the first one later than this.
    """
    today = now.date()
    try:
        if mention.kind == "shift":
            return _shifted(mention, base, now, calendar)
        if mention.kind in ("clock", "part"):
            return _today_at(mention, now)
        day, doubts = _day_of(mention, today, max(today, after or today), calendar)
    except (ValueError, OverflowError):
        return None
    if day is None:
        return None
    if day < today:
        doubts = (*doubts, "date_in_past")
    return When(day, mention.clock, doubts)


def _today_at(mention: Mention, now: datetime) -> When:
    if mention.clock is None:
        return When(now.date(), None, () if now.hour < mention.day or not mention.day else ("date_in_past",))
    passed = mention.clock <= now.time()
    if passed and mention.kind == "clock":
        return When(now.date() + timedelta(days=1), mention.clock)
    return When(now.date(), mention.clock, ("date_in_past",) if passed else ())


def _shifted(mention: Mention, base: date, now: datetime, calendar: WorkCalendar) -> When | None:
    count, unit = mention.count, mention.unit
    if unit == "named_day":
        doubts: tuple[str, ...] = ()
        if count == 0 and (
            (mention.day and now.hour >= mention.day) or (mention.clock and mention.clock <= now.time())
        ):
            doubts = ("date_in_past",)
        return When(now.date() + timedelta(days=int(count)), mention.clock, doubts)
    if count <= 0 or count > _LONGEST:
        return None
    if unit in ("hour", "minute"):
        later = now + (timedelta(hours=count) if unit == "hour" else timedelta(minutes=count))
        return When(later.date(), later.time().replace(second=0, microsecond=0))
    if unit == "workday":
        return When(calendar.add(base, int(count)), mention.clock) if count <= 400 else None
    if unit in ("day", "week"):
        return When(base + timedelta(days=int(count * (7 if unit == "week" else 1) + 0.5)), mention.clock)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    day = _add_months(base, int(count * length))
    if unit == "month" and count % 1:
        day += timedelta(days=15)
    return When(day, mention.clock)


def _day_of(
    mention: Mention, today: date, after: date, calendar: WorkCalendar
) -> tuple[date | None, tuple[str, ...]]:
    if mention.kind == "date":
        return _dated(mention, today, after), ()
    if mention.kind == "weekday":
        monday = today - timedelta(days=today.weekday())
        if mention.week is not None:
            return monday + timedelta(days=7 * mention.week + mention.weekday - 1), ()
        ahead = (mention.weekday - 1 - after.weekday()) % 7 or 7
        return after + timedelta(days=ahead), ()
    if mention.kind in ("end", "middle", "start"):
        return _edge_day(mention, today, calendar)
    if mention.kind == "this":
        return _edge_day(replace(mention, kind="end"), today, calendar)[0], ("which_day",)
    if mention.kind == "period" and mention.count:
        return _edge_day(replace(mention, kind="start"), today, calendar)[0], ("which_day",)
    if mention.kind == "period":
        return _edge_day(replace(mention, kind="end"), today, calendar)[0], ("which_day",)
    return None, ()


def _dated(mention: Mention, today: date, after: date) -> date:
    if mention.month == 0:
        if mention.unit == "month":
            first = _add_months(today.replace(day=1), int(mention.count))
            return first.replace(day=mention.day)
        start = after.replace(day=1)
        day = start.replace(day=mention.day) if mention.day <= _last(start) else date.min
        return day if day > after or day == today else _add_months(start, 1).replace(day=mention.day)
    if mention.year:
        return date(mention.year, mention.month, mention.day)
    day = date(today.year, mention.month, mention.day)
    if day < today - _HALF_YEAR:
        day = date(today.year + 1, mention.month, mention.day)
    return day


def _edge_day(mention: Mention, today: date, calendar: WorkCalendar) -> tuple[date, tuple[str, ...]]:
    unit, kind, count = mention.unit, mention.kind, int(mention.count)
    if unit == "week":
        monday = today + timedelta(days=7 * count - today.weekday())
        friday = calendar.last_workday_on_or_before(monday + timedelta(days=4))
        return (monday if kind == "start" else friday), ()
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    if mention.month:
        first = date(mention.year or today.year, mention.month * length - length + 1, 1)
        if not mention.year and _add_months(first, length) <= today:
            first = first.replace(year=first.year + 1)
    else:
        number = (today.month - 1) // length
        first = _add_months(
            date(mention.year or today.year, number * length + 1 if not mention.year else 1, 1),
            count * length,
        )
    if kind == "start":
        return first, ()
    if kind == "middle":
        return _add_months(first, length // 2).replace(day=15), ()
    return _add_months(first, length) - timedelta(days=1), ()


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _last(day: date) -> int:
    return months.monthrange(day.year, day.month)[1]


def read_day(
    text: str, *, lexicon: Lexicon, now: datetime, base: date | None, calendar: WorkCalendar
) -> When | None:
    """The day a person names when asked "until which day?"; None where none can be told.

    ``now`` is an aware instant, looked at in the calendar's zone. A duration counts from ``base`` (the due
    date) or, where that is None, from today. Doubts: date_in_past, which_day (a week or a month was named),
    two_days.
    """
    line = Line(read_words(readable(text[:400]), lexicon))
    mark_days(line)
    local = now.astimezone(calendar.zone).replace(tzinfo=None)
    found: list[When] = []
    for item in line.items:
        if item.term == "DAY":
            when = settle(item.value, base=base or local.date(), now=local, calendar=calendar, after=base)
            if when is not None:
                found.append(when)
    if not found:
        return _bare_number(line, local, base)
    if len({when.day for when in found}) > 1:
        return replace(found[-1], doubts=(*found[-1].doubts, "two_days"))
    return found[-1]


def _bare_number(line: Line, now: datetime, base: date | None) -> When | None:
    """ "15" alone, when a day was asked for, is the next 15th."""
    numbers = [item.term for item in line.items if item.term.isdigit()]
    if len(numbers) != 1 or not 1 <= int(numbers[0]) <= 31:
        return None
    try:
        day = _dated(Mention("date", day=int(numbers[0])), now.date(), max(now.date(), base or now.date()))
    except ValueError:
        return None
    return When(day)
