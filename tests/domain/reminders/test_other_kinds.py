"""Work without a date, silence, waiting, and what those who follow up are told."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from domain.assignments import State
from domain.reminders import (
    ReminderError,
    check_in,
    coordinator,
    event,
    gather,
    kinds,
    monitor_digest,
    nobody_joined,
    put_off,
    silent,
    still_unanswered,
    unanswered,
)
from domain.timeframes import TimeFrameKind
from tests.domain.reminders.pictures import (
    ADMIN,
    AN,
    BINH,
    CALENDAR,
    EVERYBODY,
    HEAD,
    OFFICE,
    at,
    due,
    frame,
    owed,
    picture,
    rungs,
    share,
    task,
)

YEAR = [d for n in range(365) if CALENDAR.is_workday(d := date(2026, 1, 5) + timedelta(days=n))]
NEW_YEAR = (date(2027, 1, 1), "2027Q1")  # no days off are announced for 2027 yet
QUARTERS = [(date(2026, 4, 1), "2026Q2"), (date(2026, 7, 1), "2026Q3"), (date(2026, 10, 1), "2026Q4")]


def test_every_file_has_its_kind_and_every_kind_its_own_name() -> None:
    assert len({k.name for k in kinds()}) == len(kinds()) == 12
    with pytest.raises(ReminderError, match=r"x\.py has no KIND"):
        gather([("x", SimpleNamespace())])
    with pytest.raises(ReminderError, match="two kinds"):
        gather([("a", check_in), ("b", check_in)])


@pytest.mark.parametrize("kind", [TimeFrameKind.BY_OTHER_DOCUMENT, TimeFrameKind.UNSPECIFIED])
def test_work_without_a_date_is_asked_about_each_quarter(kind: TimeFrameKind) -> None:
    assert rungs(check_in.KIND, task(frame(kind)), YEAR) == [*QUARTERS, NEW_YEAR]


def test_work_of_one_year_is_asked_about_at_its_end_and_then_no_more() -> None:
    of = task(frame(TimeFrameKind.CONTINUOUS, period_end=date(2026, 12, 31)))
    assert rungs(check_in.KIND, of, YEAR) == [*QUARTERS, (date(2026, 12, 31), "end")]


def test_work_over_the_years_is_asked_about_every_year_and_never_closes() -> None:
    of = task(frame(TimeFrameKind.OPEN_ENDED, period_end=date(2024, 12, 31)))
    found = rungs(check_in.KIND, of, YEAR)
    assert found == [*QUARTERS, (date(2026, 12, 31), "2026Y"), NEW_YEAR]


def test_a_report_answers_the_quarter_and_the_words_name_the_one_that_ended() -> None:
    of = task(frame(TimeFrameKind.CONTINUOUS))
    day = date(2026, 4, 6)
    assert not owed(check_in.KIND, picture(day, [of], [share(of, last_report_at=at(date(2026, 4, 2)))]))
    [one] = owed(check_in.KIND, picture(day, [of], [share(of, last_report_at=at(date(2026, 3, 30)))]))
    assert (one.phrase.args["quarter"], one.phrase.args["year"]) == (1, "2026")


def test_an_event_is_asked_about_each_quarter_until_it_is_declared() -> None:
    of = task(frame(TimeFrameKind.ON_EVENT))
    assert not owed(event.KIND, picture(date(2026, 1, 6), [of], [share(of)]))
    [one] = owed(event.KIND, picture(date(2026, 4, 1), [of], [share(of)]))
    assert one.official == OFFICE and one.prompt
    assert [(c.act, dict(c.args)) for c in one.choices] == [
        ("event.declare", {"task": 1}),
        ("event.not_yet", {"task": 1}),
    ]
    declared = replace(of, event_on=date(2026, 4, 2))
    assert not owed(event.KIND, picture(date(2026, 7, 1), [declared], [share(of)]))
    assert owed(check_in.KIND, picture(date(2026, 7, 1), [declared], [share(of)]))


def test_without_a_monitor_who_joined_the_administrator_is_asked() -> None:
    of = task(frame(TimeFrameKind.ON_EVENT))
    seen = picture(date(2026, 4, 1), [of], [share(of)], joined=EVERYBODY - {OFFICE})
    assert [o.official for o in owed(event.KIND, seen)] == [OFFICE, ADMIN]
    nobody = task(frame(TimeFrameKind.ON_EVENT), monitors=())
    assert [o.official for o in owed(event.KIND, picture(date(2026, 4, 1), [nobody], [share(nobody)]))] == [
        ADMIN
    ]


def test_silence_is_asked_about_once_a_stretch_and_only_near_the_deadline() -> None:
    far = task(due(date(2026, 12, 31)))
    found = rungs(silent.KIND, far, YEAR)
    assert found == [(CALENDAR.add(date(2026, 12, 31), -30), "20260105")]
    near = task(due(date(2026, 2, 13)))
    assert rungs(silent.KIND, near, YEAR) == [(CALENDAR.add(date(2026, 1, 5), 10), "20260105")]
    reported = {"last_report_at": at(date(2026, 1, 8))}
    assert rungs(silent.KIND, near, YEAR, **reported) == [(CALENDAR.add(date(2026, 1, 8), 10), "20260108")]
    assert rungs(silent.KIND, task(due(date(2026, 1, 20))), YEAR) == []  # the ladder asks anyway


def test_unanswered_goes_to_the_head_and_then_to_who_follows_up() -> None:
    of = task(due(date(2026, 2, 13)))
    waiting = share(of, unanswered_since=at(date(2026, 1, 8)))  # Thursday; Saturday the 10th is worked
    told = {
        day: (
            [o.official for o in owed(unanswered.KIND, picture(day, [of], [waiting]))],
            [o.official for o in owed(still_unanswered.KIND, picture(day, [of], [waiting]))],
        )
        for day in (date(2026, 1, 9), date(2026, 1, 10), date(2026, 1, 12), date(2026, 1, 13))
    }
    assert list(told.values()) == [([], []), ([HEAD], []), ([HEAD], []), ([HEAD], [OFFICE])]


def test_each_stretch_of_waiting_is_told_once_and_agencies_together() -> None:
    of = task(due(date(2026, 2, 13)), leads=("snv", "stc"))
    since = at(date(2026, 1, 8))
    shares = [share(of, a, unanswered_since=since) for a in ("snv", "stc")]
    days = (date(2026, 1, 13), date(2026, 1, 14), date(2026, 1, 20))
    keys = {o.key for d in days for o in owed(still_unanswered.KIND, picture(d, [of], shares))}
    assert len(keys) == 1
    again = [replace(s, unanswered_since=at(date(2026, 1, 15))) for s in shares]
    [one] = owed(still_unanswered.KIND, picture(date(2026, 1, 21), [of], again))
    assert one.key not in keys
    assert not owed(
        unanswered.KIND, picture(days[2], [of], [replace(s, unanswered_since=None) for s in shares])
    )


def test_a_snooze_that_ends_reminds_once() -> None:
    of = task(due(date(2026, 2, 13)))
    until = at(date(2026, 1, 8), 14)
    assert not owed(put_off.KIND, picture(date(2026, 1, 8), [of], [share(of, snoozed_until=until)]))
    seen = replace(picture(date(2026, 1, 8), [of], [share(of, snoozed_until=until)]), now=until)
    [one] = owed(put_off.KIND, seen)
    assert one.prompt and one.due_since == date(2026, 1, 8)


def test_coordinators_are_told_once_what_they_support() -> None:
    of = task(due(date(2026, 2, 13)), leads=("snv",), coordinators=("stc", "snv"))
    [one] = owed(coordinator.KIND, picture(date(2026, 1, 6), [of], [share(of)]))
    assert one.official == BINH and one.prompt and not one.asks
    done = share(of, state=State.CANDIDATE)
    assert not owed(coordinator.KIND, picture(date(2026, 1, 6), [of], [done]))


def test_the_monitor_hears_of_a_task_when_its_picture_changes_and_weekly() -> None:
    of = task(due(date(2026, 3, 31)), leads=("snv", "stc"))
    shares = [share(of), share(of, "stc")]
    assert not owed(monitor_digest.KIND, picture(date(2026, 1, 30), [of], shares))
    tuesday, wednesday = date(2026, 3, 3), date(2026, 3, 4)
    [one] = owed(monitor_digest.KIND, picture(tuesday, [of], shares, done={(1, ""): 3}))
    assert [p.args for p in one.phrase.args["counts"]] == [{"done": 3, "total": 5}, {"number": 2}]
    assert [c.act for c in one.choices] == ["nudge"]
    [same] = owed(monitor_digest.KIND, picture(wednesday, [of], shares))
    [less] = owed(monitor_digest.KIND, picture(wednesday, [of], shares[:1]))
    [next_week] = owed(monitor_digest.KIND, picture(date(2026, 3, 9), [of], shares))
    assert same.key == one.key
    assert len({one.key, less.key, next_week.key}) == 3


def test_candidates_wait_for_a_decision_of_the_monitor() -> None:
    of = task(due(date(2026, 12, 31)), condition="đơn vị được giao làm chủ đầu tư")
    [one] = owed(monitor_digest.KIND, picture(date(2026, 1, 6), [of], [share(of, state=State.CANDIDATE)]))
    assert [c.act for c in one.choices] == ["condition.show"]


def test_an_agency_nobody_joined_is_told_to_the_monitor_and_the_administrator_never_skipped() -> None:
    of = task(due(date(2026, 6, 30)))
    joined = EVERYBODY - {AN, HEAD}
    first = owed(nobody_joined.KIND, picture(date(2026, 1, 5), [of], [share(of)], joined=joined))
    assert {o.official for o in first} == {OFFICE, ADMIN}
    assert all(o.prompt for o in first)
    assert not owed(nobody_joined.KIND, picture(date(2026, 2, 2), [of], [share(of)], joined=joined))
    near = [
        picture(d, [of], [share(of)], joined=joined)
        for d in (date(2026, 6, 23), date(2026, 6, 24), date(2026, 6, 29))
    ]
    weekly = [owed(nobody_joined.KIND, seen) for seen in near]
    assert all(not o.prompt for one in weekly for o in one)
    assert len({o.key for one in weekly for o in one if o.official == ADMIN}) == 2
    assert not owed(nobody_joined.KIND, picture(date(2026, 6, 23), [of], [share(of)]))
