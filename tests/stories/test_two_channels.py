"""One person on two messengers: linked by a code, one conversation, nothing twice."""

import re
from dataclasses import replace

import pytest

from domain.assignments import State
from storage.unit_of_work import Database
from tests.stories.conftest import HERE, PEOPLE
from tests.town import Town, Wireless

WHO = "dm-stp"
TASK = "Rà soát quy chế quản lý dữ liệu"


@pytest.fixture
def town(database: Database) -> Town:
    telegram, zalo = Wireless(), Wireless("zalo", "2")
    zalo.traits = replace(zalo.traits, buttons=False, files=False, max_text=1960)
    town = Town(database, "2026-01-05 07:30", [telegram, zalo])
    town.settle(*PEOPLE)
    town.imports((HERE / "plan_2026.txt").read_text("utf-8"))
    return town


def heard(town: Town, by: int) -> list[str]:
    """What the person read on one channel since this was last asked."""
    wires = [wire.text for chat, wire in town.channels[by].sent if chat == WHO]
    town.channels[by].sent.clear()
    return wires


def link(town: Town) -> None:
    town.says(WHO, "/lienket")
    town.presses(WHO, "Thêm kênh")
    words = heard(town, 0)[-1]
    code = re.search(r"mã ([A-Z0-9]+)", words)
    assert code, words
    assert town.says(WHO, code[1], by=1).outcome == "done"
    assert "Sở Tư pháp" in heard(town, 1)[0]
    assert town.says("somebody", code[1], by=1).outcome == "stranger"
    town.channels[1].sent.clear()


def state(town: Town) -> tuple[State, int | None]:
    with town.db.begin() as uow:
        task = next(t for t in uow.plans.tasks() if TASK in t.title)
        found = next(a for a in uow.assignments.of_tasks([task.id]) if a.agency == "stp")
    return found.state, found.percent


def test_a_question_asked_on_one_is_answered_on_the_other_and_nothing_comes_twice(town: Town) -> None:
    link(town)
    town.forward("2026-01-28 08:00")
    asked = heard(town, 0)
    assert any(TASK in words for words in asked)
    assert heard(town, 1) == []
    town.says(WHO, "duoc 80%, cho so tai chinh", by=1)
    (answer,) = heard(town, 1)
    assert "80%" in answer
    assert heard(town, 0) == []
    assert state(town) == (State.IN_PROGRESS, 80)


def test_the_channel_a_person_prefers_is_used_and_the_other_left(town: Town) -> None:
    link(town)
    town.says(WHO, "/lienket", by=1)
    (listed,) = heard(town, 1)
    assert "• Telegram (dùng trước)\n• Zalo" in listed
    sign = re.search(r"(\d)\. Dùng Zalo trước", listed)
    assert sign
    town.says(WHO, sign[1], by=1)
    town.forward("2026-01-28 08:00")
    assert heard(town, 0) == []
    assert any(TASK in words for words in heard(town, 1))
    town.says(WHO, "/lienket", by=1)
    sign = re.search(r"(\d)\. Ngừng dùng Telegram", heard(town, 1)[0])
    assert sign
    town.says(WHO, sign[1], by=1)
    assert "Từ nay không nhắn cho anh/chị qua Telegram nữa." in heard(town, 1)[0]
    town.says(WHO, "/lienket", by=1)
    assert "Ngừng dùng" not in heard(town, 1)[0]
    assert town.says(WHO, "/viec").outcome == "stranger"
