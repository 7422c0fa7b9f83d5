"""Notices over the Bot API: a file people sent is fetched and sent on, and a sent message gets other words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from bot.channel import Rejected, SendError, Span, Wire, WireFile
from bot.channels.telegram import TelegramChannel
from tests.bot.channels.alone import using
from tests.bot.channels.office import Office
from tests.bot.channels.settled import Settled
from tests.doubles.clients import TelegramDouble

T = TypeVar("T")
LAN, ADMIN = 5219000111, 6001002003
LETTER = "%PDF-1.7 công văn 512"


@pytest.fixture
def double(telegram: TelegramDouble) -> Iterator[TelegramDouble]:
    telegram.knows(LAN, ADMIN)
    telegram.limits(on=False)
    yield telegram
    assert telegram.complaints() == []


def channel_does(double: TelegramDouble, work: Callable[[TelegramChannel], Awaitable[T]]) -> T:
    return using(TelegramChannel(double.token, api_url=double.url, commands={"": ()}), work)


def shown(double: TelegramDouble, number: str) -> dict[str, Any]:
    edits = [c["given"] for c in double.calls() if c["method"].startswith("editMessage")]
    return next(e for e in reversed(edits) if str(e["message_id"]) == number)


def test_other_words_take_the_place_of_a_text(double: TelegramDouble) -> None:
    number = channel_does(double, lambda c: c.send(str(LAN), Wire("Họp 14h")))
    wire = Wire("Đã thu hồi\n\nHọp 14h", (Span(12, 7, "strikethrough"),), replaces=number)
    assert channel_does(double, lambda c: c.send(str(LAN), wire)) == number
    assert shown(double, number)["text"] == wire.text
    assert "strikethrough" in str(shown(double, number)["entities"])
    assert channel_does(double, lambda c: c.send(str(LAN), wire)) == number  # tried again after a crash
    assert len(double.sent(LAN)) == 1


def test_a_message_that_is_gone_is_followed_by_a_new_one(double: TelegramDouble) -> None:
    channel_does(double, lambda c: c.send(str(LAN), Wire("Đã thu hồi", replaces="4242")))
    assert double.sent(LAN)[-1]["text"] == "Đã thu hồi"


def test_a_letter_keeps_its_file_and_gets_another_caption(double: TelegramDouble) -> None:
    letter = WireFile("512.pdf", "application/pdf", b"%PDF-1.7")
    number = channel_does(double, lambda c: c.send(str(LAN), Wire("Họp 14h", file=letter)))
    assert channel_does(double, lambda c: c.send(str(LAN), Wire("Đã thu hồi", replaces=number))) == number
    assert shown(double, number)["caption"] == "Đã thu hồi"
    assert len(double.sent(LAN)) == 1


def test_a_file_goes_up_once_for_all_its_readers(double: TelegramDouble) -> None:
    letter = WireFile("512.pdf", "application/pdf", b"%PDF-1.7" * 1000, key="7")
    other = WireFile("513.pdf", "application/pdf", b"%PDF-1.7", key="8")

    async def crowd(channel: TelegramChannel) -> None:
        await asyncio.gather(*(channel.send(str(LAN), Wire(f"số {n}", file=letter)) for n in range(6)))
        await channel.send(str(ADMIN), Wire("khác", file=other))
        double.act("forget", bot=double.bot)
        await asyncio.gather(*(channel.send(str(ADMIN), Wire(f"số {n}", file=letter)) for n in range(3)))

    channel_does(double, crowd)
    given = [c["given"]["document"] for c in double.calls("sendDocument") if c["status"] == 200]
    assert [name for name in given if name.endswith(".pdf")] == ["512.pdf", "513.pdf", "512.pdf"]
    assert len(given) == 10
    assert {m["document"]["file_name"] for m in double.sent(LAN)} == {"512.pdf"}
    assert sorted(m["caption"] for m in double.sent(ADMIN)) == ["khác", "số 0", "số 1", "số 2"]


def test_when_the_first_does_not_get_up_the_next_takes_it_up(double: TelegramDouble) -> None:
    letter = WireFile("512.pdf", "application/pdf", b"%PDF-1.7", key="7")
    double.fails("sendDocument", status=502, times=1)

    async def two(channel: TelegramChannel) -> list[str | BaseException]:
        return await asyncio.gather(*(channel.send(str(LAN), Wire("Họp", file=letter)) for _ in "ab"), return_exceptions=True)  # fmt: skip

    first, second = channel_does(double, two)
    assert isinstance(first, SendError)
    assert isinstance(second, str)
    assert [m["document"]["file_name"] for m in double.sent(LAN)] == ["512.pdf"]


def test_a_file_is_fetched_within_its_limit(double: TelegramDouble) -> None:
    double.act("file", ref="F1", data=LETTER)
    assert channel_does(double, lambda c: c.fetch("F1", 1000)).decode() == LETTER
    with pytest.raises(Rejected):
        channel_does(double, lambda c: c.fetch("F1", 5))
    with pytest.raises(SendError) as caught:
        channel_does(double, lambda c: c.fetch("none", 1000))
    assert double.token not in str(caught.value)


def test_answering_a_file_with_the_command_makes_a_notice_with_it(
    settled: Settled, double: TelegramDouble
) -> None:
    office = Office(settled("2026-01-05 07:30"), double, "2026-01-05 08:00")
    office.joined("quan-tri", ADMIN)
    office.joined("dm-snv", LAN)
    double.act("file", ref="F512", data=LETTER)
    chat = {"id": ADMIN, "type": "private", "first_name": "A"}
    sender = {"id": ADMIN, "is_bot": False, "first_name": "A"}
    letter = {"file_id": "F512", "file_unique_id": "u", "file_name": "512.pdf", "file_size": len(LETTER)}
    answered = {"message_id": 7, "date": 1767571200, "chat": chat, "from": sender, "caption": "Họp 14h, kèm công văn 512", "document": letter}  # fmt: skip
    message = {"message_id": 8, "date": 1767571201, "chat": chat, "from": sender, "text": "/thongbao", "reply_to_message": answered}  # fmt: skip
    with office.open("called"):
        double.update({"update_id": 700_000_900, "message": message})
        assert "Gửi tới những ai?" in double.sent(ADMIN, least=1)[-1]["text"]
        double.writes(ADMIN, "sở nội vụ")
        assert "Tệp kèm theo: 1" in double.sent(ADMIN, least=2)[-1]["text"]
    with office.town.db.begin() as uow:
        (notice,) = uow.notices.newest(1)
        file = uow.files.get(notice.files[0])
    assert file is not None
    assert (file.name, file.data.decode()) == ("512.pdf", LETTER)
    assert notice.text("vi") == "Họp 14h, kèm công văn 512"
