"""Officials on Zalo, end to end: no buttons, every message crosses real HTTP, polled or called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.zalo import ZaloChannel
from domain.assignments import State
from tests.bot.channels.office import Office, Way
from tests.bot.channels.settled import Settled
from tests.doubles.clients import ZaloDouble

LAN, STRANGER = "6ede9afa66b88fe6d6a9", "0000aaaa1111bbbb2222"
TASK = "Rà soát quy chế quản lý dữ liệu"
MORNING = "2026-01-28 08:00"


@pytest.fixture
def office(settled: Settled, zalo: ZaloDouble) -> Iterator[Office]:
    """The service of that province on Zalo; a test ends without complaints."""
    yield Office(settled(MORNING), zalo, MORNING, ZaloChannel(zalo.token, api_url=zalo.url))
    assert zalo.complaints() == []


def test_from_the_code_to_done_in_words_and_numbers(office: Office, zalo: ZaloDouble, way: Way) -> None:
    with office.open(way):
        zalo.writes(STRANGER, "alo")
        (hello,) = zalo.sent(STRANGER, least=1)
        assert "mã" in hello["text"]
        zalo.writes(LAN, office.invite("dm-stp").lower())
        greeting = zalo.sent(LAN, least=1)[0]["text"]
        assert "Sở Tư pháp" in greeting
        assert "1. Việc của tôi" in greeting
        zalo.writes(LAN, "1")
        tasks = zalo.sent(LAN, least=2)[1]["text"]
        assert TASK in tasks
        zalo.writes(LAN, "xong 80%, chờ Sở Tài chính")
        answer = zalo.sent(LAN, least=3)[2]["text"]
        assert "80%" in answer
        assert office.state(TASK, "stp") == (State.IN_PROGRESS, 80)
        zalo.writes(LAN, "huy cap nhat")
        zalo.sent(LAN, least=4)
        assert office.state(TASK, "stp")[0] is not State.IN_PROGRESS
        zalo.writes(LAN, kind="sticker", content={"sticker": "ab"})
        assert "tin nhắn chữ" in zalo.sent(LAN, least=5)[4]["text"]
    assert len(zalo.sent(STRANGER)) == 1


def test_a_message_that_comes_twice_is_answered_once(office: Office, zalo: ZaloDouble, way: Way) -> None:
    with office.open(way):
        zalo.writes(LAN, office.invite("dm-stp"))
        zalo.sent(LAN, least=1)
        event = zalo.writes(LAN, "/viec")
        zalo.event(event)
        zalo.event(event)
        zalo.sent(LAN, least=2)
        zalo.writes(LAN, "/han")
        zalo.sent(LAN, least=3)
    assert len(zalo.sent(LAN)) == 3


@pytest.mark.parametrize(("status", "body"), [(502, "<html>"), (200, {"ok": False, "error_code": 403})])
def test_zalo_away_and_back(office: Office, zalo: ZaloDouble, status: int, body: object) -> None:
    zalo.fails("sendMessage", status=status, body=body)
    with office.open("polled"):
        zalo.writes(LAN, office.invite("dm-stp"))
        zalo.calls("sendMessage", least=1)
    assert zalo.sent(LAN) == []
    later = Office(office.town.db, zalo, "2026-01-28 08:05", ZaloChannel(zalo.token, api_url=zalo.url))
    with later.open("polled"):
        (greeting,) = zalo.sent(LAN, least=1)
    assert "Sở Tư pháp" in greeting["text"]
