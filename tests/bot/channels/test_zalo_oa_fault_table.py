"""Every fault of an Official Account at every step, over real HTTP; docs/delivery.md has the table for people.

It is only called, never polled, and its webhook is set by hand, so the steps are: something goes out, an answer
goes out, an event is brought, a token is renewed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from bot.zalo_oa import errors, transport
from storage.unit_of_work import Database
from tests.bot.channels.faults import MORNING, ON_THE_WAY, Faults, TroubledOffice
from tests.bot.channels.settled import Settled
from tests.bot.channels.test_zalo_oa import channel_of
from tests.doubles.clients import ZaloOaDouble
from tests.doubles.zalo_oa import APP
from tests.town import at

LAN = "2468458835296117922"


def says(code: int) -> dict[str, Any]:
    return {"status": 200, "body": {"error": code, "message": "it says so"}}


PASSING: Faults = ON_THE_WAY | {
    "too hasty": ({"status": 429, "body": "<html>429</html>"}, 1),
    "a limit": (says(-32), 1),
    "a day's limit": (says(-211), 1),
    "the access token ended": (says(-216), 1),
}


@pytest.fixture
def office(
    settled: Settled, zalo_oa: ZaloOaDouble, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TroubledOffice]:
    """One person on the account; a call is given up after half a second, waits are short."""
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    monkeypatch.setattr(errors, "HASTE", 0.5)
    monkeypatch.setattr(errors, "_LIMITS", {-211: 0.5, -32: 0.5})
    db = settled(MORNING)
    channel = channel_of(db, zalo_oa, lambda: at(MORNING))
    channel.traits = replace(channel.traits, chat_gap=0.05)
    made = TroubledOffice(db, zalo_oa, MORNING, channel)
    made.told_by_hand = zalo_oa.hook
    made.joined("dm-stp", LAN)
    yield made
    assert zalo_oa.complaints() == []


@contextmanager
def talking(office: TroubledOffice, zalo_oa: ZaloOaDouble) -> Iterator[None]:
    """The service is called, and the person has written just now, so that they may be written to."""
    with office.open("called"):
        zalo_oa.writes(LAN, "/viec")
        zalo_oa.sent(LAN, least=1)
        office.until(office.ended)
        yield


@pytest.mark.parametrize("fault", PASSING)
def test_a_reminder_and_an_answer_arrive(office: TroubledOffice, zalo_oa: ZaloOaDouble, fault: str) -> None:
    order, most = PASSING[fault]
    with talking(office, zalo_oa):
        zalo_oa.fails("message/cs", **order)
        office.put("Tin một")
        office.until(office.ended)
        zalo_oa.fails("message/cs", **order)
        zalo_oa.writes(LAN, "được 67%")
        office.until(lambda: office.arrived("67%", LAN) and office.ended())
    assert 1 <= office.arrived("Tin một", LAN) <= most
    assert 1 <= office.arrived("67%", LAN) <= most
    assert office.percents() == [67]
    assert len(zalo_oa.calls("message/cs")) == 5  # one before, and two of each


@pytest.mark.parametrize("fault", sorted(PASSING.keys() - {"cut after", "hangs"}))
def test_a_token_is_renewed_in_the_end(office: TroubledOffice, zalo_oa: ZaloOaDouble, fault: str) -> None:
    with talking(office, zalo_oa):
        zalo_oa.expire()
        zalo_oa.fails("access_token", **PASSING[fault][0])
        office.put("Tin một")
        office.until(office.ended)
    assert office.arrived("Tin một", LAN) == 1
    assert len(zalo_oa.calls("access_token")) == 3  # the first, the failed and the good


def test_a_renewal_whose_answer_is_lost_needs_a_person_and_costs_no_message(
    office: TroubledOffice, zalo_oa: ZaloOaDouble
) -> None:
    with talking(office, zalo_oa):
        zalo_oa.expire()
        zalo_oa.fails("access_token", cut=True, act=True)
        office.put("Tin một")
        office.until(lambda: office.why_away() == "refresh_token")
        assert not office.ended()
        assert office.arrived("Tin một", LAN) == 0


def test_a_pair_the_database_does_not_take_is_kept_once_it_does(
    office: TroubledOffice, zalo_oa: ZaloOaDouble
) -> None:
    """The disk is full at the moment Zalo answers: without the pair a person would have to authorise anew."""
    db = office.channel._calls._keeper._db
    with talking(office, zalo_oa):
        refuse = Refusing(db)
        zalo_oa.expire()
        refuse.on = True
        office.put("Tin một")
        zalo_oa.calls("access_token", least=2)
        office.until(lambda: refuse.refused > 0)
        refuse.on = False
        office.until(office.ended)
    assert office.arrived("Tin một", LAN) == 1
    assert len(zalo_oa.calls("access_token")) == 2
    with office.town.db.begin() as uow:
        assert uow.oa_tokens.pair(APP, "refresh-0").refresh == zalo_oa.state()["refresh"]


class Refusing:
    """A database that takes no new pair while ``on``."""

    def __init__(self, db: Database) -> None:
        self.on, self.refused = False, 0
        event.listen(db.engine, "before_cursor_execute", self._look)

    def _look(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if self.on and statement.startswith("UPDATE") and "access=" in statement:
            self.refused += 1
            raise OSError("the disk is full")


@pytest.mark.parametrize(("state", "other"), [("gone", True), ("gone", False), ("closed", True)])
def test_who_cannot_be_written_to_is_reached_elsewhere_and_keeps_the_address(
    office: TroubledOffice, zalo_oa: ZaloOaDouble, state: str, *, other: bool
) -> None:
    office.has_browser("quan-tri", "quan-tri")
    if other:
        office.has_browser("dm-stp", "stp")
    with talking(office, zalo_oa):
        zalo_oa.reach(LAN, state=state)
        office.put("Tin một")
        office.until(office.ended)
    heard = office.heard_in_browser()
    assert [words for words in heard if "Tin" in words] == (["Tin một"] if other else [])
    assert sum("gọi điện" in words for words in heard) == (0 if other else 1)
    assert office.why_off(LAN) == [""]


def test_an_event_that_is_brought_again_counts_once(office: TroubledOffice, zalo_oa: ZaloOaDouble) -> None:
    with talking(office, zalo_oa):
        for _ in range(3):
            zalo_oa.writes(LAN, "được 67%", msg_id="the same")
        office.until(lambda: office.arrived("67%", LAN) and office.ended())
        zalo_oa.deliveries(least=4)
    assert office.percents() == [67]
    assert office.arrived("67%", LAN) == 1
