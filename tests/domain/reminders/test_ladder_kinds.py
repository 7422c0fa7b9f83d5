"""Steps before and after a deadline."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.assignments import State
from domain.reminders import due_soon, overdue, received
from domain.timeframes import TimeFrameKind
from domain.urgency import DUE_TODAY, PRESSING
from tests.domain.reminders.pictures import (
    AN,
    CALENDAR,
    HEAD,
    at,
    due,
    frame,
    owed,
    picture,
    rungs,
    share,
    skipped,
    task,
)

WORKDAYS = [d for n in range(60) if CALENDAR.is_workday(d := date(2026, 1, 5) + timedelta(days=n))]


def test_the_ladder_before_a_deadline_leaves_out_days_off_and_counts_the_saturday_worked() -> None:
    # Tuesday 20 January; Saturday 10 January is worked
    assert rungs(due_soon.KIND, task(due(date(2026, 1, 20))), WORKDAYS) == [
        (date(2026, 1, 7), "10"),
        (date(2026, 1, 13), "5"),
        (date(2026, 1, 15), "3"),
        (date(2026, 1, 19), "1"),
        (date(2026, 1, 20), "0"),
    ]


def test_before_tet_the_last_working_day_counts() -> None:
    # "trước ngày 18/2" is inside Tết (16–20/2): the last working day is Friday 13 February
    found = rungs(due_soon.KIND, task(due(date(2026, 2, 18), strict=True)), WORKDAYS)
    assert found[-2:] == [(date(2026, 2, 12), "1"), (date(2026, 2, 13), "0")]


def test_an_occurrence_has_the_short_ladder() -> None:
    monthly = task(frame(TimeFrameKind.RECURRING, recurs="monthly"))
    day = date(2026, 1, 30)
    what = {"occurrence": "2026-01-30", "due_on": day, "act_by": day, "overdue_from": date(2026, 1, 31)}
    assert [name for _, name in rungs(due_soon.KIND, monthly, WORKDAYS, **what)] == ["3", "1", "0"]


def test_after_the_deadline_next_day_then_every_third_then_weekly() -> None:
    found = rungs(overdue.KIND, task(due(date(2026, 1, 20))), WORKDAYS)
    assert found == [
        (date(2026, 1, 21), "1"),
        (date(2026, 1, 26), "4"),
        (date(2026, 1, 29), "7"),
        (date(2026, 2, 3), "10"),
        (date(2026, 2, 10), "w1"),
        (date(2026, 2, 23), "w2"),  # 17 February is Tết
        (date(2026, 2, 24), "w3"),
        (date(2026, 3, 3), "w4"),
    ]


def test_after_downtime_only_the_latest_step_is_owed_and_takes_the_others_along() -> None:
    of = task(due(date(2026, 1, 20)))
    [one] = owed(due_soon.KIND, picture(date(2026, 1, 16), [of], [share(of)]))
    assert one.key == f"due_soon:{share(of).id}:3:v1:{AN}"
    assert one.overtakes == tuple(f"due_soon:{share(of).id}:{n}:v1:{AN}" for n in (10, 5))
    assert one.due_since == date(2026, 1, 15)
    [late] = owed(overdue.KIND, picture(date(2026, 1, 26), [of], [share(of)]))
    assert f"overdue:{share(of).id}:1:v1:{AN}" in late.overtakes
    assert f"due_soon:{share(of).id}:0:v1:{AN}" in late.overtakes


@pytest.mark.parametrize("state", [s for s in State if not s.is_open])
def test_work_that_is_closed_is_never_reminded_of(state: State) -> None:
    of = task(due(date(2026, 1, 20)))
    for day in (date(2026, 1, 19), date(2026, 1, 21)):
        seen = picture(day, [of], [share(of, state=state)])
        assert not owed(due_soon.KIND, seen) and not owed(overdue.KIND, seen)
        assert not owed(received.KIND, seen)


def test_a_moved_deadline_has_keys_of_its_own() -> None:
    of = task(due(date(2026, 1, 20)))
    moved = replace(share(of), due_on=date(2026, 1, 30), act_by=date(2026, 1, 30), deadline_version=2)
    assert not owed(due_soon.KIND, picture(date(2026, 1, 15), [of], [moved]))
    [one] = owed(due_soon.KIND, picture(date(2026, 1, 29), [of], [moved]))
    assert one.key.endswith(f":1:v2:{AN}")


def test_a_snooze_holds_what_is_to_come_but_not_what_is_overdue() -> None:
    of = task(due(date(2026, 1, 20)))
    later = at(date(2026, 1, 30))
    early = picture(date(2026, 1, 19), [of], [share(of, snoozed_until=later)])
    assert not owed(due_soon.KIND, early)
    assert [s.reason for s in skipped(due_soon.KIND, early)] == ["snoozed"]
    assert owed(overdue.KIND, picture(date(2026, 1, 21), [of], [share(of, snoozed_until=later)]))


def test_what_is_due_today_or_overdue_is_pressing() -> None:
    of = task(due(date(2026, 1, 20)))
    [today] = owed(due_soon.KIND, picture(date(2026, 1, 20), [of], [share(of)]))
    [before] = owed(due_soon.KIND, picture(date(2026, 1, 19), [of], [share(of)]))
    [after] = owed(overdue.KIND, picture(date(2026, 1, 21), [of], [share(of)]))
    assert today.urgency == DUE_TODAY
    assert after.urgency < today.urgency <= PRESSING < before.urgency


def test_mass_organisations_and_those_asked_are_never_scolded() -> None:
    plain, asked = task(due(date(2026, 1, 20))), task(due(date(2026, 1, 20)), 2, asked=True)
    shares = [share(plain), share(plain, "mttq"), share(asked)]
    words = [o.phrase.msgid for o in owed(overdue.KIND, picture(date(2026, 1, 21), [plain, asked], shares))]
    assert ["Please report" in w for w in words] == [True, False, False]
    for kind in (received.KIND, due_soon.KIND):
        seen = picture(date(2026, 1, 19), [plain, asked], shares)
        assert [("kindly" in o.phrase.msgid or "grateful" in o.phrase.msgid) for o in owed(kind, seen)] == [
            False,
            True,
            True,
        ]


def test_the_head_is_asked_while_no_focal_person_has_joined() -> None:
    of = task(due(date(2026, 1, 20)))
    seen = picture(date(2026, 1, 19), [of], [share(of)], joined=frozenset({HEAD}))
    assert [o.official for o in owed(due_soon.KIND, seen)] == [AN, HEAD]


def test_nobody_is_reminded_in_the_name_of_an_agency_that_has_ended() -> None:
    of = task(due(date(2026, 1, 20)), leads=("old",))
    assert not owed(due_soon.KIND, picture(date(2026, 1, 19), [of], [share(of, "old")]))


def test_receipt_is_told_once_with_the_deadline_and_ends_with_an_answer() -> None:
    of = task(due(date(2026, 1, 20)))
    [one] = owed(received.KIND, picture(date(2026, 1, 9), [of], [share(of)]))
    assert one.prompt and one.asks
    assert one.overtakes == (f"due_soon:{share(of).id}:10:v1:{AN}",)
    moved = replace(share(of), deadline_version=2)
    assert owed(received.KIND, picture(date(2026, 1, 9), [of], [moved]))[0].key == one.key
    seen = at(date(2026, 1, 6))
    for answered in (share(of, acknowledged_at=seen), share(of, last_report_at=seen)):
        assert not owed(received.KIND, picture(date(2026, 1, 9), [of], [answered]))


def test_a_recurring_duty_is_announced_once_for_all_its_occurrences() -> None:
    monthly = task(frame(TimeFrameKind.RECURRING, recurs="monthly"))
    shares = [share(monthly, id=n, occurrence=f"2026-0{n}-20") for n in (1, 2)]
    assert len({o.key for o in owed(received.KIND, picture(date(2026, 1, 9), [monthly], shares))}) == 1


def test_who_has_been_told_is_not_told_again() -> None:
    of = task(due(date(2026, 1, 20)))
    key = f"due_soon:{share(of).id}:1:v1:{AN}"
    assert not owed(due_soon.KIND, picture(date(2026, 1, 19), [of], [share(of)], said=frozenset({key})))
