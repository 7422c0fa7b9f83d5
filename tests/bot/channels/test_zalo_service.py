"""Officials on Zalo, end to end: no buttons, every message crosses real HTTP, polled or called."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.zalo import ZaloChannel
from domain.assignments import State
from storage.engine import make_engine
from storage.unit_of_work import Database
from tests.bot.channels.office import Office, Way
from tests.bot.channels.office import settled as settle
from tests.doubles.clients import ZaloDouble

LAN, STRANGER = "6ede9afa66b88fe6d6a9", "0000aaaa1111bbbb2222"
TASK = "Rà soát quy chế quản lý dữ liệu"
MORNING = "2026-01-28 08:00"


@pytest.fixture(params=["polled", "called"])
def way(request: pytest.FixtureRequest) -> Way:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of six people who have not joined, and a confirmed plan; each test gets a copy."""
    return settle(tmp_path_factory.mktemp("office") / "settled.db", MORNING)


@pytest.fixture
def office(settled: Path, tmp_path: Path, zalo: ZaloDouble) -> Iterator[Office]:
    """The service of that province on Zalo; a test ends without complaints."""
    engine = make_engine(f"sqlite:///{shutil.copy(settled, tmp_path)}")
    yield Office(Database(engine), zalo, MORNING, ZaloChannel(zalo.token, api_url=zalo.url))
    engine.dispose()
    assert zalo.complaints() == []


def code(office: Office, key: str) -> str:
    with office.town.db.begin() as uow:
        who = uow.people.by_key(key)
        assert who is not None
        return uow.people.new_invite(who.id, office.town.clock.now())


def state(office: Office, title: str, agency: str) -> tuple[State, int | None]:
    with office.town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if title in t.title)
        found = next(a for a in uow.assignments.of_tasks([task.id]) if a.agency == agency)
    return found.state, found.percent


def test_from_the_code_to_done_in_words_and_numbers(office: Office, zalo: ZaloDouble, way: Way) -> None:
    with office.open(way):
        zalo.writes(STRANGER, "alo")
        (hello,) = zalo.sent(STRANGER, least=1)
        assert "mã" in hello["text"]
        zalo.writes(LAN, code(office, "dm-stp").lower())
        greeting = zalo.sent(LAN, least=1)[0]["text"]
        assert "Sở Tư pháp" in greeting
        assert "1. Việc của tôi" in greeting
        zalo.writes(LAN, "1")
        tasks = zalo.sent(LAN, least=2)[1]["text"]
        assert TASK in tasks
        zalo.writes(LAN, "xong 80%, chờ Sở Tài chính")
        answer = zalo.sent(LAN, least=3)[2]["text"]
        assert "80%" in answer
        assert state(office, TASK, "stp") == (State.IN_PROGRESS, 80)
        zalo.writes(LAN, "huy cap nhat")
        zalo.sent(LAN, least=4)
        assert state(office, TASK, "stp")[0] is not State.IN_PROGRESS
        zalo.writes(LAN, kind="sticker", content={"sticker": "ab"})
        assert "tin nhắn chữ" in zalo.sent(LAN, least=5)[4]["text"]
    assert len(zalo.sent(STRANGER)) == 1


def test_a_message_that_comes_twice_is_answered_once(office: Office, zalo: ZaloDouble, way: Way) -> None:
    with office.open(way):
        zalo.writes(LAN, code(office, "dm-stp"))
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
        zalo.writes(LAN, code(office, "dm-stp"))
        zalo.calls("sendMessage", least=1)
    assert zalo.sent(LAN) == []
    later = Office(office.town.db, zalo, "2026-01-28 08:05", ZaloChannel(zalo.token, api_url=zalo.url))
    with later.open("polled"):
        (greeting,) = zalo.sent(LAN, least=1)
    assert "Sở Tư pháp" in greeting["text"]
