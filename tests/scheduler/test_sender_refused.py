"""What the messenger refuses, puts off or moves: nothing is lost or said twice, and one person hears of it once."""

from __future__ import annotations

import pytest

from bot.channel import BotRefused, Moved, Rejected, RetryAfter, SendError, Traits, Unreachable
from domain.messages import Priority
from domain.officials import Role
from storage.unit_of_work import Database
from tests.scheduler.office import Line, Office, everybody, line, office

__all__ = ["line", "office"]  # fixtures


def test_a_wait_the_messenger_asked_for_is_obeyed_by_the_next_process_too(office: Office, line: Line) -> None:
    one, two = everybody(office, 2)
    office.keep(one, "x")
    line.faults = [RetryAfter(30)]
    assert office.send() == 0
    office.keep(two, "y", priority=Priority.REPLY)
    office.sender = office.new_sender()
    office.passes(seconds=29)
    assert office.send() == 0
    assert line.begun == ["0"]
    office.passes(seconds=1.1)
    assert office.send() == 2
    assert {row.attempts for row in office.rows().values()} == {1}


def test_parts_that_went_out_are_not_said_again(database: Database) -> None:
    line = Line(traits=Traits(max_text=10))
    office = Office(database, line)
    office.keep(office.joins("a", ("telegram", "1", "1"))[0], "one one|two two|three")
    line.faults = [None, Unreachable("network")]
    assert office.send() == 0
    office.passes(minutes=1)
    assert office.send() == 1
    assert line.texts() == ["one one", "two two", "three"]


def test_a_message_that_always_fails_is_given_up_with_one_alarm(office: Office, line: Line) -> None:
    office.joins("boss", ("telegram", "1", "9"), role=Role.ADMIN)
    one, two = everybody(office, 2)
    office.keep(one, "bad", "after it")
    office.keep(two, "bad")
    line.faults = [Rejected("entities"), Rejected("entities")]
    office.send()
    assert office.states()["0:bad"] == office.states()["1:bad"] == "dead"
    assert office.states()["0:after it"] == "sent"
    office.passes(hours=12)
    office.send()
    alarms = [wire.text for chat, wire in line.sent if chat == "9"]
    assert len(alarms) == 1


def test_a_group_that_moved_gets_the_message_and_what_waits_at_its_new_id(office: Office, line: Line) -> None:
    group = office.joins("a", ("telegram", "1", "-1"))[0]
    office.keep(group, "x", "y")
    line.faults = [Moved("-100")]
    assert office.send() == 2
    assert line.sent == [("-100", line.sent[0][1]), ("-100", line.sent[1][1])]
    assert line.texts() == ["x", "y"]
    with office.db.begin() as uow:
        assert uow.people.official_at("telegram", "1", "-100") is not None


def test_a_group_may_move_where_somebody_has_joined_already(office: Office, line: Line) -> None:
    group = office.joins("a", ("telegram", "1", "-1"))[0]
    office.joins("b", ("telegram", "1", "-100"))
    office.keep(group, "x")
    line.faults = [Moved("-100")]
    assert office.send() == 1
    with office.db.begin() as uow:
        assert not uow.people.addresses([group.official])


@pytest.mark.parametrize("error", [Unreachable("timed_out"), BotRefused("unauthorized")])
def test_an_outage_costs_no_message_its_tries_and_ends_by_probes(
    office: Office, line: Line, error: SendError
) -> None:
    for address in everybody(office, 20):
        office.keep(address, "x", priority=Priority.DIGEST)
    line.faults = [error] * 10_000
    for _ in range(60):
        office.send()
        office.passes(seconds=60)
    assert set(office.states().values()) <= {"queued", "failed"}
    with office.db.begin() as uow:
        assert uow.bots.line("telegram", "1").down_since is not None
    begun = len(line.begun)
    office.send()
    office.passes(minutes=10)
    office.send()
    assert len(line.begun) <= begun + 2, "a messenger that is down is asked by single messages"
    line.faults = []
    office.passes(minutes=10)
    assert office.send() == 20
    with office.db.begin() as uow:
        assert uow.bots.line("telegram", "1").usable
