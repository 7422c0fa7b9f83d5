"""Officials on Telegram, end to end: every message crosses real HTTP in both directions, polled or called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest

from domain.assignments import State
from domain.messages import Choice, Message, Priority, text
from domain.officials import Address
from domain.phrases import say, verbatim
from locales.speech import speech_for
from tests.bot.channels.office import Office, Way
from tests.bot.channels.settled import Settled
from tests.doubles.clients import TelegramDouble, buttons

LAN, MINH, GROUP, SUPERGROUP = 5219000111, 6001002003, -4567890, -1001987654321
TASK = "Rà soát quy chế quản lý dữ liệu"
MORNING = "2026-01-05 07:30"


@pytest.fixture
def office(settled: Settled, telegram: TelegramDouble) -> Iterator[Office]:
    """The service of that province on Telegram; a test ends without complaints."""
    telegram.limits(on=False)
    yield Office(settled(MORNING), telegram, MORNING)
    assert telegram.complaints() == []


def joined(office: Office, key: str, chat: int) -> Address:
    """Somebody has joined before the story begins, from a chat that is open."""
    office.double.knows(chat)
    return office.joined(key, chat)


def put(office: Office, address: Address, words: str = "Xin chào", **rest: Any) -> int:
    """Something to say, straight into the outbox."""
    message = Message(text(say("{words}", words=verbatim(words))).blocks, **rest)
    with office.town.db.begin() as uow:
        row = uow.outbox.put(
            key=f"{words}:{address.id}", address=address, priority=Priority.REMINDER, kind="notice",
            message=message, now=office.town.clock.now(),
        )  # fmt: skip
    assert row is not None
    return row


def row(office: Office, number: int) -> Any:
    with office.town.db.begin() as uow:
        return uow.outbox.get(number)


def in_vietnamese(label: str) -> str:
    """A button's label as people see it; the wording is tested elsewhere."""
    return speech_for("vi", UTC).text(say(label))


def test_joining_by_a_link(office: Office, way: Way) -> None:
    double, secret = office.double, office.invite("dm-stp")
    with office.open(way):
        assert office.channel.join_link(secret) == f"https://t.me/dondoc_700700700_bot?start={secret}"
        double.writes(LAN, f"/start {secret}")
        (greeting,) = double.sent(LAN, least=1)
    assert "Sở Tư pháp" in greeting["text"]
    assert list(buttons(greeting)) == [in_vietnamese(label) for label in ("My tasks", "Deadlines", "Help")]
    with office.town.db.begin() as uow:
        who = uow.people.official_at("telegram", double.bot, str(LAN))
    assert who is not None
    assert who.key == "dm-stp"


def test_a_code_is_good_once_and_a_stranger_learns_nothing(office: Office, way: Way) -> None:
    double, secret = office.double, office.invite("dm-stp")
    with office.open(way):
        double.writes(LAN, f"/start {secret}")
        double.sent(LAN, least=1)
        double.writes(MINH, f"/start {secret}")
        (refused,) = double.sent(MINH, least=1)
    assert "Tư pháp" not in refused["text"]
    assert buttons(refused) == {}


def test_from_reminder_to_done(office: Office, way: Way) -> None:
    """A reminder with its buttons; free words are understood; a press finishes; the same press is old."""
    double = office.double
    joined(office, "dm-stp", LAN)
    with office.open(way):
        office.plan()
        double.sent(LAN, least=1)
    office = office.later("2026-01-28 08:00")
    with office.open(way):
        office.plan()
        reminder = double.sent(LAN, least=2)[1]
        assert TASK in reminder["text"]
        assert buttons(reminder)
        written = double.writes(LAN, "xong 80%, chờ Sở Tài chính", reply_to=reminder["message_id"])
        answer = double.sent(LAN, least=3)[2]
        assert "80%" in answer["text"]
        assert "Sở Tài chính" in answer["text"]
        assert answer["reply_to_message"]["message_id"] == written["message"]["message_id"]
        assert office.state(TASK, "stp") == (State.IN_PROGRESS, 80)
        double.presses(LAN, answer["message_id"], buttons(answer)[in_vietnamese("All done")])
        recorded = double.sent(LAN, least=4)[3]
        assert office.state(TASK, "stp") == (State.DONE, 100)
        undo = buttons(recorded)[in_vietnamese("Undo")]
        double.presses(LAN, recorded["message_id"], undo)
        double.sent(LAN, least=5)
        assert office.state(TASK, "stp") == (State.IN_PROGRESS, 80)
        double.calls("editMessageReplyMarkup", least=1)
        assert buttons(double.sent(LAN)[3]) == {}
        double.presses(LAN, recorded["message_id"], undo, unseen=True)
        old = double.sent(LAN, least=6)[5]
        toasts = [a["text"] for a in double.answers(least=3)]
    assert office.state(TASK, "stp") == (State.IN_PROGRESS, 80)
    assert "Nút này đã cũ" in old["text"]
    assert toasts[1] != toasts[2] == old["text"][: len(toasts[2])]


def test_an_update_that_comes_twice_is_answered_once(office: Office, way: Way) -> None:
    double = office.double
    joined(office, "dm-stp", LAN)
    with office.open(way):
        first = double.writes(LAN, "/viec")
        double.sent(LAN, least=1)
        double.update(first)
        double.update(first)
        double.writes(LAN, "/han")
        sent = double.sent(LAN, least=2)
    assert len(double.sent(LAN)) == 2
    assert "reply_to_message" in sent[1]
    assert double.pending() == [] or way == "polled"


def test_groups_are_not_talked_to(office: Office, way: Way) -> None:
    double = office.double
    joined(office, "dm-stp", LAN)
    double.knows(GROUP)
    with office.open(way):
        double.writes(GROUP, "/viec")
        double.writes(LAN, "/viec")
        double.sent(LAN, least=1)
    assert double.sent(GROUP) == []


def test_a_crowd_is_paced_as_telegram_wants_it(office: Office) -> None:
    """Forty people and three messages to one of them: nothing is refused, nothing lost."""
    double = office.double
    double.limits(on=True)
    chats = range(9_000_001, 9_000_041)
    double.knows(*chats)
    number = office.person("dm-stp").id
    for chat in chats:
        put(office, Address(0, number, "telegram", double.bot, str(chat)), f"Tin {chat}")
    for n in range(2):
        put(office, Address(0, number, "telegram", double.bot, "9000001"), f"Thêm {n}")
    with office.open("polled"):
        double.sent(least=42)
    assert double.state()["refused_429"] == 0
    assert len({(m["chat"]["id"], m["text"]) for m in double.sent()}) == 42


def test_asked_to_wait_the_bot_waits_and_loses_nothing(office: Office) -> None:
    double = office.double
    number = put(office, joined(office, "dm-stp", LAN))
    wait = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1}}  # fmt: skip
    double.fails("sendMessage", status=429, body=wait)
    with office.open("polled"):
        double.calls("sendMessage", least=1)
    assert row(office, number).reason == "retry_after"
    assert row(office, number).sent_at is None
    office = office.later("2026-01-05 07:31")
    with office.open("polled"):
        double.sent(LAN, least=1)
    assert row(office, number).state == "sent"
    assert [call["status"] for call in double.calls("sendMessage")] == [429, 200]


def test_telegram_away_and_back(office: Office) -> None:
    double = office.double
    number = put(office, joined(office, "dm-stp", LAN))
    double.fails("sendMessage", status=502, body="<html>")
    with office.open("polled"):
        double.calls("sendMessage", least=1)
    assert (row(office, number).sent_at, row(office, number).reason) == (None, "network")
    office = office.later("2026-01-05 07:35")
    with office.open("polled"):
        double.sent(LAN, least=1)
    assert row(office, number).state == "sent"


def test_who_blocks_the_bot_is_reached_elsewhere(office: Office) -> None:
    double = office.double
    address = joined(office, "dm-stp", LAN)
    with office.town.db.begin() as uow:
        page = uow.people.add_address(address.official, "browser", "web", "dm-stp", office.town.clock.now())
    number = put(office, address, choices=(Choice(say("My tasks"), "list"),))
    double.knows(LAN, state="blocked")
    with office.open("polled"):
        double.calls("sendMessage", least=1)
    office = office.later("2026-01-05 07:31")
    with office.open("polled"):
        office.wake()
    with office.town.db.begin() as uow:
        left = uow.people.addresses([address.official])[address.official]
    assert [a.id for a in left] == [page.id]
    assert (row(office, number).channel, row(office, number).chat) == ("browser", "dm-stp")


def test_a_group_that_moves_is_followed(office: Office) -> None:
    double = office.double
    address = joined(office, "dm-stp", GROUP)
    first, second = put(office, address, "Tin một"), put(office, address, "Tin hai")
    double.knows(SUPERGROUP, type="supergroup")
    double.knows(GROUP, moved_to=SUPERGROUP)
    with office.open("polled"):
        texts = [m["text"] for m in double.sent(SUPERGROUP, least=2)]
    assert sorted(texts) == ["Tin hai", "Tin một"]
    assert {row(office, first).chat, row(office, second).chat} == {str(SUPERGROUP)}
    with office.town.db.begin() as uow:
        (now,) = uow.people.addresses([address.official])[address.official]
    assert now.chat == str(SUPERGROUP)
