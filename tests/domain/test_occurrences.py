"""Recurring duties become assignments."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assignments import State
from domain.occurrences import as_rows, opened_in_memory, to_open
from domain.plans import Task
from domain.situation import Situation
from domain.timeframes import TimeFrame, TimeFrameKind
from tests.domain.reminders.pictures import CALENDAR, frame, picture, share, task


def monthly(**what: object) -> Task:
    """ "Trước ngày 20 hằng tháng" for two agencies."""
    when = frame(TimeFrameKind.RECURRING, recurs="monthly", recurs_on=("20",), strict=True)
    return task(when, **({"leads": ("snv", "stc")} | what))


def openings(of: Task, today: date, **what: object) -> list[tuple[date, tuple[str, ...]]]:
    return [(o.due_on, o.agencies) for o in to_open(picture(today, [of], (), **what))]


BOTH = ("snv", "stc")


def test_the_first_occurrence_is_opened_at_once_and_the_next_when_its_first_step_is_near() -> None:
    assert openings(monthly(), date(2026, 1, 5)) == [(date(2026, 1, 20), BOTH)]
    opened = {1: frozenset({"2026-01-20"})}
    # 20 February, strict, inside Tết: to act by Friday 13 February; ten working days before is 30 January
    assert openings(monthly(), date(2026, 1, 29), opened=opened) == []
    assert openings(monthly(), date(2026, 1, 30), opened=opened) == [(date(2026, 2, 20), BOTH)]


def test_the_days_of_an_occurrence_follow_the_calendar() -> None:
    seen = picture(date(2026, 1, 30), [monthly()], (), opened={1: frozenset({"2026-01-20"})})
    row = as_rows(to_open(seen), seen)[0]
    assert row == {
        "task": 1,
        "agency": "snv",
        "occurrence": "2026-02-20",
        "state": State.NOT_STARTED,
        "assigned_at": seen.now,
        "due_on": date(2026, 2, 20),
        "strict": True,
        "act_by": date(2026, 2, 13),
        "overdue_from": date(2026, 2, 20),
    }


def test_nothing_from_before_the_plan_was_confirmed_is_opened() -> None:
    late = openings(monthly(), date(2026, 3, 2), confirmed={1: date(2026, 2, 25)})
    assert late == [(date(2026, 3, 20), BOTH)]
    on_the_day = openings(monthly(), date(2026, 1, 20), confirmed={1: date(2026, 1, 20)})
    assert on_the_day == [(date(2026, 2, 20), BOTH)]


def test_after_downtime_the_missed_ones_are_owed_too() -> None:
    found = openings(monthly(), date(2026, 3, 10), opened={1: frozenset({"2026-01-20"})})
    assert [day for day, _ in found] == [date(2026, 2, 20), date(2026, 3, 20)]


def test_a_duty_of_one_year_ends_with_it() -> None:
    when = TimeFrame(
        "Hằng tháng trong năm 2026",
        TimeFrameKind.RECURRING,
        None,
        period_end=date(2026, 12, 31),
        recurs="monthly",
    )
    opened = {1: frozenset(f"2026-{m:02}-{d}" for m, d in ((11, 30), (12, 31)))}
    late = openings(task(when), date(2026, 12, 30), opened=opened, confirmed={1: date(2026, 11, 1)})
    assert late == []


def test_who_gave_the_duty_up_gets_no_more_and_who_took_it_over_does() -> None:
    of = monthly()
    taken = share(of, "mttq", occurrence="2026-01-20")
    seen = picture(
        date(2026, 1, 30), [of], [taken], opened={1: frozenset({"2026-01-20"})}, left=frozenset({(1, "stc")})
    )
    assert [o.agencies for o in to_open(seen)] == [("snv", "mttq")]


def test_what_is_due_on_a_day_of_the_week_is_due_on_that_day() -> None:
    on_thursday = task(frame(TimeFrameKind.RECURRING, recurs="weekly", recurs_on=("4",)))
    assert openings(on_thursday, date(2026, 1, 5))[0][0] == date(2026, 1, 8)
    on_no_day = task(frame(TimeFrameKind.RECURRING, recurs="weekly"))
    assert openings(on_no_day, date(2026, 1, 5))[0][0] == date(2026, 1, 9)


def test_other_kinds_of_time_have_no_occurrences() -> None:
    assert openings(task(frame(TimeFrameKind.CONTINUOUS)), date(2026, 1, 5)) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(["weekly", "monthly", "quarterly", "half_yearly", "yearly"]),
    st.booleans(),
    st.lists(st.integers(0, 400), min_size=1, max_size=6),
)
def test_each_occurrence_is_opened_once_whenever_the_planner_runs(
    recurs: str, strict: bool, ticks: list[int]
) -> None:
    of = task(frame(TimeFrameKind.RECURRING, recurs=recurs, strict=strict))
    seen: Situation = picture(date(2026, 1, 5), [of], ())
    rows: list[tuple[str, str]] = []
    for n in sorted(ticks):
        day = CALENDAR.first_workday_on_or_after(date(2026, 1, 5) + timedelta(days=n))
        now = picture(day, [of], seen.assignments, opened=seen.opened)
        new = to_open(now)
        rows += [(o.due_on.isoformat(), a) for o in new for a in o.agencies]
        seen = opened_in_memory(now, new, 1000 + len(rows))
        assert to_open(seen) == []
    assert len(rows) == len(set(rows))
    assert rows and all(occurrence > "2026-01-05" for occurrence, _ in rows)
