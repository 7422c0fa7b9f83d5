"""From 5 January to 28 February 2026: Tết, a swapped Friday with its working Saturday, downtime, answers."""

from collections import Counter
from datetime import date, timedelta

from domain.assignments import State
from tests.town import ZONE, Town, at

END = "2026-02-28 17:00"
TET = {date(2026, 2, day) for day in range(14, 23)}


def told(town: Town) -> list[tuple[date, int, str]]:
    """Everything unasked that was sent: (local day, person, text)."""
    with town.db.begin() as uow:
        rows = [uow.outbox.get(n) for n in range(1, 2000)]
    return [
        (row.sent_at.astimezone(ZONE).date(), row.official or 0, row.final_text)
        for row in rows
        if row and row.sent_at and row.kind in ("digest", "reminder")
    ]


def test_weeks_with_tet_are_reminded_once_a_morning_on_working_days(town: Town) -> None:
    town.tick()
    town.forward(END)
    lines = told(town)
    assert lines
    days = {day for day, _, _ in lines}
    assert not days & TET
    assert date(2026, 1, 10) in days or all(day.weekday() != 5 for day in days)
    assert all(day.weekday() < 5 or day == date(2026, 1, 10) for day in days)
    assert max(Counter((day, who) for day, who, _ in lines).values()) <= 2  # the prompt word and a digest
    assert len(lines) == len(set(lines))


def test_the_swapped_saturday_is_a_morning_like_any_other(town: Town) -> None:
    """1.a is due strictly before 20/1: act by Monday 19/1; five working days before it is Tuesday 13/1."""
    town.tick()
    town.hears("dm-stc")
    town.forward("2026-01-10 08:00")
    with town.db.begin() as uow:
        tasks = {t.number: t for t in uow.plans.tasks()}
        first = uow.assignments.of_tasks([tasks["1.a"].id])[0]
    assert first.act_by == date(2026, 1, 19)
    assert town.service.calendar.is_workday(date(2026, 1, 10))
    town.forward("2026-01-19 08:00")
    assert "1.a" in " ".join(town.hears("dm-stc"))


def test_running_twice_doubles_nothing(town: Town) -> None:
    town.tick()
    day = at("2026-01-05 07:45")
    while day <= at("2026-02-02 07:45"):
        town.clock.set(day)
        town.tick()
        before = len(told(town))
        town.tick()
        assert len(told(town)) == before
        day += timedelta(days=1)


def test_three_days_of_silence_become_one_message_marked_late(town: Town) -> None:
    town.tick()
    town.forward("2026-01-12 08:00")
    town.hears("dm-stc")
    town.jump("2026-01-15 09:10")  # stopped since Monday morning; the five-day rung fell on the 13th
    town.tick()
    heard = town.hears("dm-stc")
    assert len(heard) == 1
    assert heard[0].startswith("Gửi muộn")
    town.tick()
    assert town.hears("dm-stc") == []


def test_an_answer_stops_it(town: Town) -> None:
    town.tick()
    town.forward("2026-01-16 08:00")
    town.says("dm-stc", "1a xong rồi")
    town.hears("dm-stc")
    town.forward("2026-02-06 08:00")
    assert all("1.a" not in text for text in town.hears("dm-stc"))
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if t.number == "1.a")
        done = uow.assignments.of_tasks([task.id])[0]
    assert done.state is State.DONE
    assert done.done_on == date(2026, 1, 16)


def test_silence_goes_to_the_head_and_then_to_the_monitor(town: Town) -> None:
    town.tick()
    town.forward("2026-01-30 08:00")  # 1.a became overdue on the 20th and nobody answered
    assert any("1.a" in text for text in town.hears("tt-stc"))
    assert any("1.a" in text for text in town.hears("dm-snv"))
