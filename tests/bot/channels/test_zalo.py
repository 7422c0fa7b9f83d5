"""The channel over real HTTP, against a strict server: what goes out, what comes in, what goes wrong."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest

from bot.channel import (
    Accepted,
    AddressGone,
    BotRefused,
    Hooked,
    Rejected,
    RetryAfter,
    SendError,
    Span,
    Unreachable,
    Wire,
)
from bot.channels.zalo import ZaloChannel
from bot.incoming import Incoming
from bot.zalo import polling
from domain.health import Level
from tests.bot.channels.alone import polled, refused, using
from tests.doubles.clients import ZaloDouble

T = TypeVar("T")
LAN = "6ede9afa66b88fe6d6a9"
SECRET_PART = ZaloDouble.token.partition(":")[2]
KEY = b"the key of a province's service"


@pytest.fixture
def double(zalo: ZaloDouble) -> Iterator[ZaloDouble]:
    """The stand-in, with an open chat; a test ends without complaints."""
    zalo.knows(LAN)
    yield zalo
    assert zalo.complaints() == []


def with_channel(double: ZaloDouble, work: Callable[[ZaloChannel], Awaitable[T]]) -> T:
    """Do something with a fresh channel, and close it."""
    return using(ZaloChannel(double.token, api_url=double.url), work)


def send(double: ZaloDouble, wire: Wire, chat: str = LAN) -> str:
    return with_channel(double, lambda channel: channel.send(chat, wire))


def refusal(double: ZaloDouble, wire: Wire = Wire("Xin chào"), chat: str = LAN) -> SendError:
    return refused(lambda: send(double, wire, chat), SECRET_PART)


class TestOut:
    def test_headings_are_bold_and_nothing_else_is_styled(self, double: ZaloDouble) -> None:
        text = "🇻🇳 Nhiệm vụ 🙏\n\nHạn 28/6\n\nghi chú"
        spans = (Span(0, text.index("\n"), "bold"), Span(text.index("ghi"), 7, "italic"))
        number = send(double, Wire(text, spans))
        (message,) = double.sent(LAN)
        assert message["message_id"] == number
        (style,) = message["text_styles"]
        units = text.encode("utf-16-le")
        begin, end = style["start"] * 2, (style["start"] + style["len"]) * 2
        assert (units[begin:end].decode("utf-16-le"), style["st"]) == ("🇻🇳 Nhiệm vụ 🙏", ["b"])

    def test_the_longest_text_goes_as_it_is(self, double: ZaloDouble) -> None:
        channel = ZaloChannel(double.token)
        text = "ữ" * channel.traits.max_text
        send(double, Wire(text))
        assert double.sent(LAN)[0]["text"] == text

    def test_a_text_of_nothing_is_refused_here(self, double: ZaloDouble) -> None:
        assert isinstance(refusal(double, Wire(" \n")), Rejected)
        assert double.calls("sendMessage") == []


class TestRefusals:
    @pytest.mark.parametrize("as_text", [False, True])
    def test_errors_inside_http_200(self, double: ZaloDouble, as_text: bool) -> None:
        double.set(codes_as_text=as_text)
        double.knows(LAN, state="blocked")
        assert isinstance(refusal(double), AddressGone)
        double.knows(LAN)
        double.set(quota=0)
        spent = refusal(double)
        assert isinstance(spent, RetryAfter)
        assert spent.seconds >= 60
        double.revoke()
        assert isinstance(refusal(double), BotRefused)

    def test_a_gateways_page(self, double: ZaloDouble) -> None:
        double.fails("sendMessage", status=502)
        assert isinstance(refusal(double), Unreachable)

    def test_nobody_there(self) -> None:
        nowhere = ZaloChannel(ZaloDouble.token, api_url="http://127.0.0.1:9")
        with pytest.raises(Unreachable) as caught:
            using(nowhere, lambda channel: channel.send(LAN, Wire("Xin chào")))
        assert SECRET_PART not in "".join(traceback.format_exception(caught.value))

    def test_no_log_shows_the_token(self, double: ZaloDouble, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.DEBUG):
            send(double, Wire("Xin chào"))
        assert SECRET_PART not in caplog.text


def taken(double: ZaloDouble, wanted: int, refuses: int = 0) -> list[Incoming]:
    """What polling hands in until it was ``wanted``; the first ``refuses`` times it cannot be stored."""
    left = refuses

    async def take(incoming: Incoming) -> Accepted:
        nonlocal left
        if left:
            left -= 1
            raise OSError("the database is away")
        return Accepted("done")

    return polled(ZaloChannel(double.token, api_url=double.url), take, until=wanted)


class TestIn:
    def test_words_pictures_and_what_is_withheld(self, double: ZaloDouble) -> None:
        double.writes(LAN, "xong 80%, chờ Sở Tài chính")
        double.writes(
            LAN, kind="image", content={"photo_url": "https://photo.example/1.jpg", "caption": "xong"}
        )
        double.writes(LAN, kind="image", content={"photo": "https://photo.example/2.jpg"})
        double.writes(LAN, kind="sticker", content={"sticker": "ab", "url": "https://sticker.example"})
        double.writes(LAN, kind="voice", content={"voice_url": "https://voice.example/1.aac"})
        double.writes(LAN, kind="unsupported")
        double.event({"event_name": "bot.something_new", "message": {"chat": {"id": LAN}}})
        double.writes(LAN, "chat nhóm", chat_type="GROUP")
        words, captioned, *wordless, group = taken(double, 7)
        assert (words.text, words.chat, words.channel, words.bot) == (
            "xong 80%, chờ Sở Tài chính", LAN, "zalo", double.bot,
        )  # fmt: skip
        assert captioned.text == "xong"
        assert [w.unreadable for w in wordless] == ["image", "sticker", "voice", "unsupported"]
        assert not group.is_private
        assert all(w.is_private for w in (words, captioned, *wordless))

    def test_a_quiet_poll_is_no_error(self, double: ZaloDouble, caplog: pytest.LogCaptureFixture) -> None:
        double.fails(
            "getUpdates", status=200, body={"ok": False, "error_code": 408, "description": "Request timeout"}
        )
        double.writes(LAN, "xong")
        assert [one.text for one in taken(double, 1)] == ["xong"]
        assert "polling failed" not in caplog.text

    @pytest.mark.parametrize("status", [429, 502])
    def test_a_page_instead_of_an_answer(
        self,
        double: ZaloDouble,
        status: int,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.01)
        double.fails("getUpdates", status=status, times=2)
        double.writes(LAN, "xong")
        assert [one.text for one in taken(double, 1)] == ["xong"]
        assert "polling failed" in caplog.text
        assert SECRET_PART not in caplog.text

    def test_what_cannot_be_stored_is_held_in_order(
        self, double: ZaloDouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.01)
        for words in ("một", "hai", "ba", "bốn"):
            double.writes(LAN, words)
        assert [one.text for one in taken(double, 4, refuses=9)] == ["một", "hai", "ba", "bốn"]


class TestHook:
    def test_both_shapes_of_a_body(self, double: ZaloDouble) -> None:
        channel: Hooked = ZaloChannel(double.token)
        inner = (
            '{"event_name":"message.text.received","message":{"from":{"id":"6e","is_bot":false},'
            '"chat":{"id":"6e","chat_type":"PRIVATE"},"text":"Xin chào","message_id":"2d","date":1750316131602}}'
        )
        plain = channel.read(inner.encode())
        assert plain == channel.read(f'{{"ok":true,"result":{inner}}}'.encode())
        assert plain is not None
        assert (plain.update_id, plain.at.isoformat()) == ("6e:2d", "2025-06-19T06:55:31+00:00")

    @pytest.mark.parametrize(
        "body", ["[]", "{}", '{"message":[]}', '{"event_name":7,"message":{"chat":{"id":1}}}']
    )
    def test_other_bodies_do_not_concern_us(self, body: str) -> None:
        assert ZaloChannel(ZaloDouble.token).read(body.encode()) is None

    def test_announcing_and_examining(self, double: ZaloDouble) -> None:
        async def there(channel: ZaloChannel) -> tuple[Level, ...]:
            await channel.announce("https://dondoc.example", KEY)
            return tuple(found.level for found in await channel.examine("https://dondoc.example"))

        assert with_channel(double, there) == (Level.OK, Level.OK)
        state = double.state()
        assert state["hook"] == f"https://dondoc.example/zalo/{double.bot}"
        assert state["secret"] == ZaloChannel(double.token).secret(KEY)

        async def gone(channel: ZaloChannel) -> tuple[Level, ...]:
            await channel.announce("", KEY)
            return tuple(found.level for found in await channel.examine("https://dondoc.example"))

        assert with_channel(double, gone) == (Level.OK, Level.WARN)
        double.revoke()
        assert [f.level for f in with_channel(double, lambda c: c.examine(""))] == [Level.RED]
