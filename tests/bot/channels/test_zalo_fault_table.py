"""Every fault of Zalo at every step, over real HTTP; docs/delivery.md has the table for people.

Zalo forgets an event as it hands it out, so one thing differs from Telegram: what a poll brought and the
connection lost is gone. By webhook nothing is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.zalo import ZaloChannel
from bot.zalo import errors, polling, transport
from domain.messages import Priority
from dondoc import serve
from tests.bot.channels.faults import MORNING, ON_THE_WAY, PUBLIC_URL, Faults, TroubledOffice
from tests.bot.channels.settled import Settled
from tests.doubles.clients import ZaloDouble

CHAT, ADMIN = "6ede9afa66b88fe6d6a9", "aaaabbbbccccddddeeee"


def says(code: int | str) -> dict[str, Any]:
    return {"status": 200, "body": {"ok": False, "error_code": code, "description": "it says so"}}


PASSING: Faults = ON_THE_WAY | {
    "too hasty": ({"status": 429, "body": "<html>429</html>"}, 1),
    "quota spent": (says(429), 1),
    "internal error inside HTTP 200": (says(403), 1),
    "time-out inside HTTP 200": (says("408"), 1),
}


def channel_of(zalo: ZaloDouble) -> ZaloChannel:
    channel = ZaloChannel(zalo.token, api_url=zalo.url, rate=100, month_quota=1000)
    channel.traits = replace(channel.traits, chat_gap=0.05)
    return channel


@pytest.fixture
def office(settled: Settled, zalo: ZaloDouble, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledOffice]:
    """One person and one admin on Zalo; a call is given up after half a second, waits are short."""
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    monkeypatch.setattr(errors, "HASTE", 0.5)
    monkeypatch.setattr(errors, "QUOTA", 0.5)
    monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.1)
    zalo.knows(CHAT, ADMIN)
    made = TroubledOffice(settled(MORNING), zalo, MORNING, channel_of(zalo))
    made.joined("dm-stp", CHAT)
    made.joined("quan-tri", ADMIN)
    yield made
    assert zalo.complaints() == []


@pytest.mark.parametrize("fault", PASSING)
def test_a_reminder_arrives(office: TroubledOffice, zalo: ZaloDouble, fault: str) -> None:
    order, most = PASSING[fault]
    zalo.fails("sendMessage", **order)
    office.put("Tin một")
    office.put("Tin hai")
    with office.open("polled"):
        office.until(office.ended)
    assert 1 <= office.arrived("Tin một", CHAT) <= most
    assert office.arrived("Tin hai", CHAT) == 1


@pytest.mark.parametrize("fault", PASSING)
def test_an_answer_arrives_and_the_report_is_logged_once(
    office: TroubledOffice, zalo: ZaloDouble, fault: str
) -> None:
    order, most = PASSING[fault]
    zalo.fails("sendMessage", **order)
    with office.open("called"):
        zalo.writes(CHAT, "được 60%")
        office.until(lambda: office.arrived("60%", CHAT) and office.ended())
    assert 1 <= office.arrived("60%", CHAT) <= most
    assert office.percents() == [60]


@pytest.mark.parametrize("fault", sorted(PASSING.keys() - {"cut after"}))
def test_what_is_fetched_is_taken_in_once(office: TroubledOffice, zalo: ZaloDouble, fault: str) -> None:
    for _ in range(2):
        zalo.fails("getUpdates", **PASSING[fault][0])
    with office.open("polled"):
        zalo.writes(CHAT, "được 60%")
        zalo.writes(CHAT, "được 70%")
        zalo.sent(CHAT, least=2)
        office.until(office.ended)
    assert office.percents() == [60, 70]


@pytest.mark.parametrize(
    "fault",
    [says(401), says(429), {"status": 429, "body": "<html>429</html>"}],
    ids=["401", "quota", "hasty"],
)
def test_fetching_that_is_refused_pauses_longer_and_longer(
    office: TroubledOffice, zalo: ZaloDouble, fault: dict[str, Any]
) -> None:
    zalo.fails("getUpdates", times=None, **fault)
    with office.open("polled"):
        began = time.monotonic()
        zalo.calls("getUpdates", least=5)
        assert time.monotonic() - began >= 1.4  # 0.1, 0.2, 0.4 and 0.8 seconds between
        zalo.act("no_faults")
        zalo.writes(CHAT, "được 60%")
        zalo.sent(CHAT, least=1)
        office.until(office.ended)
    assert office.percents() == [60]


def test_what_a_poll_brought_and_the_line_lost_is_gone(office: TroubledOffice, zalo: ZaloDouble) -> None:
    zalo.writes(CHAT, "được 60%")
    zalo.fails("getUpdates", cut=True, act=True)
    with office.open("polled"):
        zalo.calls("getUpdates", least=2)
        zalo.writes(CHAT, "được 70%")
        zalo.sent(CHAT, least=1)
        office.until(office.ended)
    assert office.percents() == [70]


@pytest.mark.parametrize("fault", PASSING)
def test_the_webhook_is_registered_in_the_end(
    office: TroubledOffice, zalo: ZaloDouble, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "FIRST_PAUSE", 0.1)
    zalo.fails("setWebhook", **PASSING[fault][0])
    office.announces(channel_of(zalo), lambda: zalo.state()["hook"] != "")
    assert zalo.state()["hook"] == f"{PUBLIC_URL}/zalo/{zalo.bot}"


def test_who_has_left_the_bot_is_reached_elsewhere_and_admins_hear_of_it_once(
    office: TroubledOffice, zalo: ZaloDouble
) -> None:
    office.has_browser("dm-stp", "stp")
    zalo.knows(CHAT, state="blocked")
    office.put("Tin một")
    office.put("Tin hai")
    with office.open("polled"):
        office.until(office.ended)
    assert [words for words in office.heard_in_browser() if "Tin" in words] == ["Tin một", "Tin hai"]
    assert len(zalo.sent(ADMIN)) == 1


def test_a_token_that_is_refused_keeps_everything_until_it_is_good_again(
    office: TroubledOffice, zalo: ZaloDouble
) -> None:
    with office.open("polled"):
        zalo.revoke()
        office.put("Tin một")
        office.wake()
        zalo.calls("sendMessage", least=1)
        office.until(lambda: office.why_away() == "unauthorized")
        assert not office.ended()
        zalo.revoke(revoked=False)
        office.until(office.ended)
    assert office.arrived("Tin một", CHAT) == 1


def test_a_month_that_is_used_up_is_left_to_the_other_channels_until_zalo_takes_messages_again(
    office: TroubledOffice, zalo: ZaloDouble
) -> None:
    office.has_browser("dm-stp", "stp")
    zalo.set(quota=0)
    with office.open("polled"):
        office.put("Tin gấp", Priority.URGENT)
        office.until(lambda: any("Tin gấp" in words for words in office.heard_in_browser()))
        assert office.arrived("Tin gấp", CHAT) == 0
        zalo.set(quota=1000)
        zalo.writes(ADMIN, "/ngonngu vi")
        zalo.sent(ADMIN, least=1)
        office.until(office.ended)
    assert sum("Tin gấp" in words for words in office.heard_in_browser()) == 1
    with office.town.db.begin() as uow:
        days = office.town.service.calendar
        today = days.local_date(office.town.clock.now())
        (quota,) = uow.quotas.latest(today.replace(day=1), days).values()
    assert quota.refusals == 0
    assert quota.used == len(zalo.sent())
