"""The channel over real HTTP, against a strict server: what goes out, how presses end, how it makes itself known."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.channel import (
    Accepted,
    Button,
    Hooked,
    Span,
    Unreachable,
    Wire,
    WireFile,
)
from bot.channels.telegram import TelegramChannel
from domain.messages import Tone
from tests.bot.channels.telegram_alone import (
    LAN,
    double,
    refusal,
    send,
    with_channel,
)
from tests.doubles.clients import TelegramDouble, buttons

__all__ = ["double"]  # a fixture


class TestOut:
    def test_entities_count_utf16_units(self, double: TelegramDouble) -> None:
        text = "🇻🇳 Nhiệm vụ 🙏\n\nHạn 28/6\n\nghi chú"
        spans = (Span(0, text.index("\n"), "bold"), Span(text.index("ghi"), 7, "italic"))
        number = send(double, Wire(text, spans))
        (message,) = double.sent(LAN)
        assert str(message["message_id"]) == number
        styled = {e["type"]: _piece(text, e["offset"], e["length"]) for e in message["entities"]}
        assert styled == {"bold": "🇻🇳 Nhiệm vụ 🙏", "italic": "ghi chú"}

    def test_buttons_in_rows(self, double: TelegramDouble) -> None:
        choices = (
            Button("Đã xong", "88:0", Tone.GOOD),
            Button("Đang làm", "88:1"),
            Button("Không phải việc của đơn vị tôi", "88:2", Tone.CAREFUL),
            Button("Để sau", "88:3"),
        )
        send(double, Wire("Nhiệm vụ 2.b", buttons=choices))
        rows = double.sent(LAN)[0]["reply_markup"]["inline_keyboard"]
        assert [[b["callback_data"] for b in row] for row in rows] == [["88:0", "88:1"], ["88:2"], ["88:3"]]
        assert [b.get("style") for row in rows for b in row] == ["success", None, "danger", None]

    def test_answers_to_a_message(self, double: TelegramDouble) -> None:
        asked = double.writes(LAN, "/viec")["message"]["message_id"]
        send(double, Wire("Có 3 việc.", reply_to=str(asked)))
        send(double, Wire("Vẫn gửi.", reply_to="999"))
        first, second = double.sent(LAN)
        assert first["reply_to_message"]["text"] == "/viec"
        assert "reply_to_message" not in second

    def test_links_are_not_previewed(self, double: TelegramDouble) -> None:
        send(double, Wire("https://example.org/van-ban"))
        (call,) = double.calls("sendMessage")
        assert call["given"]["link_preview_options"] == {"is_disabled": True}

    def test_file_with_caption(self, double: TelegramDouble) -> None:
        file = WireFile("bao-cao.docx", "application/octet-stream", b"PK" * 100)
        send(double, Wire("Báo cáo", (Span(0, 7, "bold"),), (Button("Đã nhận", "9:0"),), file))
        (message,) = double.sent(LAN)
        assert message["document"]["file_name"] == "bao-cao.docx"
        assert message["document"]["file_size"] == 200
        assert (message["caption"], message["caption_entities"][0]["type"]) == ("Báo cáo", "bold")
        assert buttons(message) == {"Đã nhận": "9:0"}

    def test_longest_text(self, double: TelegramDouble) -> None:
        send(double, Wire("ế" * 4096))
        assert len(double.sent(LAN)[0]["text"]) == 4096

    def test_a_file_beyond_the_limit_is_not_even_tried(self, double: TelegramDouble) -> None:
        wire = Wire("", file=WireFile("a", "b", bytes(50 * 2**20 + 1)))
        assert refusal(double, wire).reason == "too_large"
        assert double.calls("sendDocument") == []


class TestPress:
    def test_toast_and_used_buttons(self, double: TelegramDouble) -> None:
        number = int(send(double, Wire("Nhiệm vụ 2.b", buttons=(Button("Đã xong", "88:0"),))))
        update = double.presses(LAN, number, "88:0")
        acknowledge(double, update, Accepted("done", "Đã nhận" * 50, used_up=True))
        (answer,) = double.answers()
        assert answer == {"id": update["callback_query"]["id"], "text": ("Đã nhận" * 50)[:200]}
        assert buttons(double.sent(LAN)[0]) == {}

    def test_buttons_that_stay(self, double: TelegramDouble) -> None:
        number = int(send(double, Wire("Danh sách", buttons=(Button("Xem", "88:0"),))))
        acknowledge(double, double.presses(LAN, number, "88:0"), Accepted("done"))
        assert len(double.answers()) == 1
        assert buttons(double.sent(LAN)[0]) == {"Xem": "88:0"}

    def test_twice_is_fine(self, double: TelegramDouble, caplog: pytest.LogCaptureFixture) -> None:
        number = int(send(double, Wire("Nhiệm vụ 2.b", buttons=(Button("Đã xong", "88:0"),))))
        update = double.presses(LAN, number, "88:0")
        for _ in range(2):
            acknowledge(double, update, Accepted("done", used_up=True))
        assert len(double.answers()) == 1
        assert [call["status"] for call in double.calls("editMessageReplyMarkup")] == [200, 400]
        assert not [record for record in caplog.records if record.levelno > logging.WARNING]

    def test_telegram_away_is_fine(self, double: TelegramDouble) -> None:
        update = double.presses(LAN, 7, "88:0", unseen=True)
        double.fails("answerCallbackQuery", status=502)
        double.fails("editMessageReplyMarkup", cut=True)
        acknowledge(double, update, Accepted("stale", "Nút cũ", used_up=True))
        assert double.answers() == []


class TestAnnounce:
    def test_polled_without_an_address(self, double: TelegramDouble) -> None:
        async def work(channel: TelegramChannel) -> str:
            await channel.announce("https://dondoc.example", b"key")
            await channel.announce("", b"key")
            return channel.join_link("K7MWQ2XA")

        link = with_channel(double, work)
        assert link == "https://t.me/dondoc_700700700_bot?start=K7MWQ2XA"
        bot = double.state()["bots"][double.bot]
        assert bot["hook"] == ""
        assert bot["commands"] == {
            "all_private_chats:": [{"command": "viec", "description": "My tasks"}],
            "all_private_chats:vi": [{"command": "viec", "description": "Việc của tôi"}],
        }

    def test_called_at_an_address(self, double: TelegramDouble) -> None:
        async def work(channel: TelegramChannel) -> str:
            await channel.announce("https://dondoc.example", b"key")
            return channel.secret(b"key")

        secret = with_channel(double, work)
        bot = double.state()["bots"][double.bot]
        assert bot["hook"] == "https://dondoc.example/telegram/700700700"
        assert bot["secret"] == secret
        assert bot["allowed"] == ["message", "callback_query"]

    def test_secrets_differ_by_bot_and_key(self) -> None:
        one, two = (TelegramChannel(f"{n}:{'A' * 35}") for n in (700700700, 700700701))
        assert isinstance(one, Hooked)
        assert len({one.secret(b"a"), one.secret(b"b"), two.secret(b"a")}) == 3
        assert one.secret(b"a") == one.secret(b"a")

    def test_no_link_before_the_name_is_known(self) -> None:
        assert TelegramChannel(TelegramDouble.token).join_link("X") == ""

    def test_trouble_is_said(self, double: TelegramDouble) -> None:
        double.fails("getMe", status=502)
        with pytest.raises(Unreachable):
            with_channel(double, lambda channel: channel.announce("", b"key"))


def acknowledge(double: TelegramDouble, update: dict[str, Any], accepted: Accepted) -> None:
    async def work(channel: TelegramChannel) -> None:
        incoming = channel.read(json.dumps(update).encode())
        assert incoming is not None
        await channel.acknowledge(incoming, accepted)

    with_channel(double, work)


def _piece(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")
