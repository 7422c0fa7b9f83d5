"""The service tells its admins what is amiss: once, in time, and that it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.officials import Post, Role
from scheduler.jobs import self_watch
from scheduler.jobs.self_watch import EVERY, watch
from storage.unit_of_work import Database
from tests.town import Town, Wireless

MINUTE = timedelta(minutes=1)


@pytest.fixture
def town(database: Database) -> Town:
    made = Town(database, "2026-03-02 08:00")
    with database.begin() as uow:
        for key in ("one", "two"):
            who = uow.people.save(key, key, [Post("vp-ubnd", Role.ADMIN)])
            uow.people.add_address(who.id, "telegram", "1", key, made.clock.now())
        uow.people.save("focal", "focal", [Post("snv", Role.FOCAL)])
    return made


def look(town: Town, minutes: int, *, sender: bool = True, clock: bool = True) -> None:
    """The service lives for so many minutes, and looks at itself in each."""
    for _ in range(minutes):
        now: datetime = town.clock.now() + EVERY
        town.clock.set(now)
        with town.db.begin() as uow:
            for name in ("clock",) * clock + ("sender",) * sender:
                uow.heartbeats.beat(name, now)
        watch(town.service, now)


def told(town: Town) -> list[str]:
    """What was said to the first admin, in order."""
    with town.db.begin() as uow:
        person = uow.people.by_key("one")
        assert person is not None
        rows = [row for n in range(1, 60) if (row := uow.outbox.get(n)) and row.official == person.id]
    return [town.service.speech("en").text(row.message.blocks[-1].phrase) for row in rows]


def test_a_silent_sender_is_told_once_and_that_it_is_back(town: Town) -> None:
    look(town, 3)
    look(town, 6, sender=False)
    assert told(town) == []  # it may only be slow
    look(town, 30, sender=False)
    (first,) = told(town)
    assert "Is the worker running?" in first
    look(town, 2)
    assert len(told(town)) == 2
    assert told(town)[1].startswith("It lasted from")
    town.deliver()
    look(town, 10)
    assert len(told(town)) == 2


def test_what_lasts_is_told_again_after_a_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_watch, "AGAIN", 40 * MINUTE)  # a day of minutes is long
    look(town, 2)
    look(town, 9, sender=False)
    assert len(told(town)) == 1
    look(town, 38, sender=False)
    assert len(told(town)) == 1
    look(town, 4, sender=False)
    assert len(told(town)) == 2


def test_what_is_over_by_itself_is_nobodys_business(town: Town) -> None:
    look(town, 2)
    look(town, 7, sender=False)  # silent for longer than it may be, but not for long
    look(town, 20)
    assert told(town) == []


def test_after_a_stop_nothing_is_said_before_it_has_been_watched_again(town: Town) -> None:
    look(town, 2)
    look(town, 7, sender=False)
    town.clock.set(town.clock.now() + timedelta(days=3))
    look(town, 1, sender=False)
    assert told(town) == []
    look(town, 5)
    assert told(town) == []


def test_two_processes_tell_once(town: Town) -> None:
    look(town, 2)
    for _ in range(12):
        now = town.clock.now() + EVERY
        town.clock.set(now)
        with town.db.begin() as uow:
            uow.heartbeats.beat("clock", now)
        watch(town.service, now)
        watch(town.service, now)
    assert len(told(town)) == 1


def test_an_admin_hears_of_a_dead_bot_on_another_channel(database: Database) -> None:
    broken, other = Wireless("telegram", "1"), Wireless("zalo", "2")
    town = Town(database, "2026-03-02 08:00", [broken, other])
    with database.begin() as uow:
        who = uow.people.save("one", "one", [Post("vp-ubnd", Role.ADMIN)])
        for channel, bot in (("zalo", "2"), ("telegram", "1")):
            uow.people.add_address(who.id, channel, bot, "one", town.clock.now())
        line = uow.bots.line("telegram", "1")
        uow.bots.save_line(
            "telegram", "1", type(line)(failures=9, down_since=town.clock.now(), reason="timeout",
                                       probe_at=town.clock.now() + timedelta(days=1)),
        )  # fmt: skip
    look(town, 5)
    town.deliver()
    assert broken.sent == []
    ((_, wire),) = other.sent
    assert "Telegram" in wire.text
