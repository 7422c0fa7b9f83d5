"""Situations made by hand, for rules that read nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from domain.agencies import Agency, Kind, Level, Register
from domain.assigning import deadline_of
from domain.assignments import Assignment, State
from domain.calendars import ANNOUNCED
from domain.officials import Official, Post, Role
from domain.plans import Plan, Task
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

CALENDAR = WorkCalendar(
    ZoneInfo("Asia/Ho_Chi_Minh"),
    {e.day: e.reason for e in ANNOUNCED if not e.worked},
    {e.day: e.reason for e in ANNOUNCED if e.worked},
)
PLAN = Plan(1, "1/KH-UBND", "Kế hoạch", "UBND tỉnh", date(2026, 1, 5))
AGENCIES = (
    Agency("vp", "Văn phòng UBND tỉnh", Level.PROVINCE, Kind.OFFICE),
    Agency("snv", "Sở Nội vụ", Level.PROVINCE, Kind.DEPARTMENT),
    Agency("stc", "Sở Tài chính", Level.PROVINCE, Kind.DEPARTMENT),
    Agency("mttq", "MTTQ tỉnh", Level.PROVINCE, Kind.ORGANISATION),
    Agency("old", "Sở đã sáp nhập", Level.PROVINCE, Kind.DEPARTMENT, valid_to=date(2025, 6, 30)),
)
AN, BINH, CHI, HEAD, OFFICE, ADMIN, OLD = range(1, 8)
PEOPLE = (
    Official(AN, "an", "An", (Post("snv", Role.FOCAL),)),
    Official(BINH, "binh", "Bình", (Post("stc", Role.FOCAL),)),
    Official(CHI, "chi", "Chi", (Post("mttq", Role.FOCAL),)),
    Official(HEAD, "head", "Hà", (Post("snv", Role.HEAD),)),
    Official(OFFICE, "office", "Oanh", (Post("vp", Role.MONITOR),)),
    Official(ADMIN, "admin", "Dũng", (Post("vp", Role.ADMIN),)),
    Official(OLD, "old", "Ông", (Post("old", Role.FOCAL),)),
)
EVERYBODY = frozenset(o.id for o in PEOPLE)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A local time as an instant."""
    return CALENDAR.at(day, time(hour, minute))


def frame(kind: TimeFrameKind, **what: Any) -> TimeFrame:
    """A frame whose words are its kind."""
    return TimeFrame(kind.value, kind, **what)


def due(day: date, *, strict: bool = False) -> TimeFrame:
    """A frame with one date."""
    return frame(TimeFrameKind.FIXED_DATE, due_on=day, strict=strict)


def task(when: TimeFrame, number: int = 1, **what: Any) -> Task:
    """A task followed up by the office."""
    what = {"leads": ("snv",), "monitors": ("vp",)} | what
    return Task(number, 1, f"{number}a", "1", f"Việc {number}", when, **what)


def share(of: Task, agency: str = "snv", assigned: date = date(2026, 1, 5), **what: Any) -> Assignment:
    """An agency's share with the task's deadline; ids follow task and agency."""
    dates = deadline_of(of.frame, CALENDAR)
    known = {f: getattr(dates, f) for f in ("due_on", "strict", "act_by", "overdue_from")}
    number = of.id * 10 + [a.code for a in AGENCIES].index(agency)
    start = {"state": State.NOT_STARTED, "assigned_at": at(assigned)}
    return Assignment(**({"id": number, "task": of.id, "agency": agency} | start | known | what))


def picture(
    today: date,
    tasks: Iterable[Task],
    shares: Sequence[Assignment],
    *,
    joined: frozenset[int] = EVERYBODY,
    **what: Any,
) -> Situation:
    """The situation at a quarter to eight."""
    by_agency: dict[str, tuple[Official, ...]] = {}
    for person in PEOPLE:
        for code in person.agencies():
            by_agency[code] = (*by_agency.get(code, ()), person)
    seen = Situation(
        now=at(today, 7, 45),
        today=today,
        calendar=CALENDAR,
        register=Register.of(AGENCIES),
        plans={1: PLAN},
        tasks={t.id: t for t in tasks},
        assignments=tuple(shares),
        officials={o.id: o for o in PEOPLE},
        by_agency=by_agency,
        joined=joined,
        confirmed={1: date(2026, 1, 5)},
    )
    return replace(seen, **what)


def owed(kind: ReminderKind, seen: Situation) -> list[Owed]:
    """What the kind wishes."""
    return [one for one in kind.owes(seen) if isinstance(one, Owed)]


def skipped(kind: ReminderKind, seen: Situation) -> list[Skipped]:
    """What the kind passes over."""
    return [one for one in kind.owes(seen) if isinstance(one, Skipped)]


def rungs(kind: ReminderKind, of: Task, days: Iterable[date], **what: Any) -> list[tuple[date, str]]:
    """On which days which step is new, for one share of Sở Nội vụ."""
    seen: set[str] = set()
    found = []
    for day in days:
        for one in owed(kind, picture(day, [of], [share(of, **what)])):
            if one.official == AN and one.key not in seen:
                seen.add(one.key)
                found.append((day, one.key.split(":")[2]))
    return found
