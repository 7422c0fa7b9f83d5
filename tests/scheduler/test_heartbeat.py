"""A clock that is set is noticed, one that drifts is not."""

import pytest

from scheduler.jobs import heartbeat
from scheduler.jobs.heartbeat import ClockWatch
from storage.unit_of_work import Database
from tests.town import Town


@pytest.mark.parametrize(
    ("wall", "jumped"), [(1030.0, False), (1050.0, False), (1070.0, True), (900.0, True)]
)
def test_a_jump_is_more_than_time_put_right(wall: float, jumped: bool) -> None:
    watch = ClockWatch()
    assert not watch.jumped(1000.0, 5.0)
    assert watch.jumped(wall, 35.0) is jumped
    assert not watch.jumped(wall + 30, 65.0)


def test_a_jump_is_kept_for_the_doctor(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    town, now = Town(sqlite_database, "2026-03-02 08:00"), 1000.0
    monkeypatch.setattr(heartbeat, "_WATCH", ClockWatch())
    monkeypatch.setattr(heartbeat.time, "time", lambda: now)
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: 5.0)
    heartbeat.beat(town.service, town.clock.now())
    now += 3600
    heartbeat.beat(town.service, town.clock.now())
    with sqlite_database.begin() as uow:
        assert uow.heartbeats.all()["clock_jump"] == town.clock.now()
