"""What is amiss, and since when it is worth saying."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.health import HealthFacts, Level, findings, named
from domain.messages import Priority
from domain.outages import Line

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BEATS = {"clock": NOW, "sender": NOW}
BOT = ("telegram", "1")


def levels(**facts: object) -> dict[str, Level]:
    given = {"beats": BEATS, **facts}
    return {f.code: f.level for f in findings(HealthFacts(NOW, **given))}  # type: ignore[arg-type]


def test_a_healthy_service_has_nothing_amiss() -> None:
    assert set(levels(lines={BOT: Line()}, disk_free=50 * 10**9).values()) == {Level.OK}


def test_without_a_database_nothing_else_is_known() -> None:
    (found,) = findings(HealthFacts(NOW, database=False))
    assert (found.code, found.level) == ("database", Level.RED)
    assert [f.code for f in findings(HealthFacts(NOW, migrated=False))] == ["migrations"]


@pytest.mark.parametrize(("age", "level"), [(4, Level.OK), (6, Level.RED)])
def test_a_loop_that_is_silent_is_dead(age: int, level: Level) -> None:
    beats = {"clock": NOW, "sender": NOW - timedelta(minutes=age)}
    assert levels(beats=beats)["sender"] is level


def test_a_loop_that_never_ran_is_named() -> None:
    assert levels(beats={"clock": NOW})["sender"] is Level.RED


@pytest.mark.parametrize(
    ("priority", "minutes", "level"),
    [
        (Priority.REPLY, 1, Level.OK),
        (Priority.REPLY, 3, Level.RED),
        (Priority.NOTICE, 200, Level.OK),  # thousands of them take their time
        (Priority.NOTICE, 300, Level.RED),
    ],
)
def test_an_answer_may_wait_less_than_a_notice(priority: Priority, minutes: int, level: Level) -> None:
    assert levels(oldest={int(priority): NOW - timedelta(minutes=minutes)})["queue"] is level


@pytest.mark.parametrize(("silent", "level"), [(1, Level.WARN), (3, Level.RED)])
def test_a_long_queue_that_moves_is_no_reason_to_restart_anything(silent: int, level: Level) -> None:
    """Somebody writes a thousand messages to a channel that bears one answer a second."""
    oldest = {int(Priority.REPLY): NOW - timedelta(minutes=10)}
    assert levels(oldest=oldest, last_sent=NOW - timedelta(minutes=silent))["queue"] is level


def test_a_bot_that_is_down_or_off_is_named_with_what_waits() -> None:
    down = levels(lines={BOT: Line(down_since=NOW, reason="timeout")}, waiting={BOT: 12})
    assert down["bot:telegram:1"] is Level.RED
    assert levels(lines={BOT: Line(off=True)})["bot:telegram:1"] is Level.WARN
    refused = findings(
        HealthFacts(NOW, beats=BEATS, lines={BOT: Line(down_since=NOW, reason="unauthorized")})
    )
    assert any("token" in f.says.msgid for f in refused)


@pytest.mark.parametrize(("free", "level"), [(10**9, None), (10**9 - 1, Level.WARN), (10**7, Level.RED)])
def test_a_disk_that_fills(free: int, level: Level | None) -> None:
    assert levels(disk_free=free).get("disk") is level


def test_a_jump_of_the_clock_is_spoken_of_for_a_day() -> None:
    assert levels(beats=BEATS | {"clock_jump": NOW - timedelta(hours=23)})["clock jump"] is Level.WARN
    assert "clock jump" not in levels(beats=BEATS | {"clock_jump": NOW - timedelta(hours=25)})


def test_people_are_told_names_and_not_codes() -> None:
    found = findings(HealthFacts(NOW, beats=BEATS, lines={BOT: Line(off=True)}, disk_free=1, failed_inbox=1))
    amiss = [f.code for f in found if f.level > Level.OK]
    assert amiss
    assert all(named(code).msgid != "{text}" and code != named(code).msgid for code in amiss)
