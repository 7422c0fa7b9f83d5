"""The channel over real HTTP, against a strict server: what goes out, what comes in, what goes wrong."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from bot.channel import (
    Accepted,
    AddressGone,
    BotRefused,
    Button,
    Hooked,
    Moved,
    Rejected,
    RetryAfter,
    SendError,
    Span,
    Unreachable,
    Wire,
    WireFile,
)
from bot.channels.telegram import TelegramChannel
from bot.incoming import Incoming
from bot.telegram import polling
from domain.messages import Tone
from tests.doubles.clients import TelegramDouble, buttons

T = TypeVar("T")
LAN, MINH, GROUP = 5219000111, 6001002003, -4567890
MENU = {"": (("viec", "My tasks"),), "vi": (("viec", "Việc của tôi"),)}
SECRET_PART = TelegramDouble.token.partition(":")[2]


@pytest.fixture
def double(telegram: TelegramDouble) -> Iterator[TelegramDouble]:
    """The stand-in, with an open chat and without rates; a test ends without complaints."""
    telegram.knows(LAN)
    telegram.limits(on=False)
    yield telegram
    assert telegram.complaints() == []


def with_channel(double: TelegramDouble, work: Callable[[TelegramChannel], Awaitable[T]]) -> T:
    """Run something with a fresh channel, and close it."""

    async def run() -> T:
        channel = TelegramChannel(double.token, api_url=double.url, commands=MENU)
        try:
            return await work(channel)
        finally:
            await channel.close()

    return asyncio.run(run())


def send(double: TelegramDouble, wire: Wire, chat: int = LAN) -> str:
    return with_channel(double, lambda channel: channel.send(str(chat), wire))


def refusal(double: TelegramDouble, wire: Wire = Wire("Xin chào"), chat: int = LAN) -> SendError:
    with pytest.raises(SendError) as caught:
        send(double, wire, chat)
    assert_silent("".join(traceback.format_exception(caught.value)), repr(caught.value))
    assert caught.value.__context__ is None
    return caught.value


def assert_silent(*texts: str) -> None:
    for text in texts:
        assert SECRET_PART not in text


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


class TestRefused:
    @pytest.mark.parametrize("state", ["blocked", "deactivated", "never_started"])
    def test_person_gone(self, double: TelegramDouble, state: str) -> None:
        double.knows(LAN, state=state)
        error = refusal(double)
        assert (type(error), error.reason) == (AddressGone, state)

    def test_unknown_chat(self, double: TelegramDouble) -> None:
        error = refusal(double, chat=MINH)
        assert (type(error), error.reason) == (AddressGone, "chat_not_found")

    def test_group_moved(self, double: TelegramDouble) -> None:
        double.knows(GROUP, moved_to=-1001987654321)
        error = refusal(double, chat=GROUP)
        assert isinstance(error, Moved)
        assert error.chat == "-1001987654321"

    def test_too_fast(self, double: TelegramDouble) -> None:
        double.limits(on=True, chat=[1, 40.0])

        async def twice(channel: TelegramChannel) -> RetryAfter:
            await channel.send(str(LAN), Wire("một"))
            with pytest.raises(RetryAfter) as caught:
                await channel.send(str(LAN), Wire("hai"))
            return caught.value

        assert 39 <= with_channel(double, twice).seconds <= 40
        double.limits(chat=[1, 1.0])

    def test_token_withdrawn(self, double: TelegramDouble) -> None:
        double.revoke()
        assert isinstance(refusal(double), BotRefused)

    @pytest.mark.parametrize(
        ("fault", "kind", "reason"),
        [
            ({"status": 502, "body": f"<h1>/bot{TelegramDouble.token}/sendMessage</h1>"}, Unreachable, "network"),
            ({"status": 500}, Unreachable, "network"),
            ({"status": 200, "body": "<html>sign in to the network</html>"}, Unreachable, "network"),
            ({"cut": True}, Unreachable, "network"),
            ({"cut": True, "act": True}, Unreachable, "network"),
            ({"status": 409}, Unreachable, "conflict"),
            ({"status": 413}, Rejected, "too_large"),
            ({"status": 200, "body": {"ok": False, "error_code": 500, "description": "x"}}, Unreachable, "network"),
            ({"status": 200, "body": {"ok": False}}, Unreachable, "network"),
            ({"status": 200, "body": {"ok": False, "error_code": 403, "description": "bot was blocked"}}, AddressGone, "blocked"),
            ({"status": 200, "body": {"ok": False, "error_code": 429, "description": "x"}}, RetryAfter, "retry_after"),
            ({"status": 429}, RetryAfter, "retry_after"),
            ({"status": 429, "body": "<html>slow down</html>"}, RetryAfter, "retry_after"),
            # a firewall's or a proxy's word about the call is none about the person, the message or the bot
            ({"status": 400, "body": "<html>bad request</html>"}, Unreachable, "network"),
            ({"status": 401, "body": "<html>sign in</html>"}, Unreachable, "network"),
            ({"status": 403, "body": "<html>access denied: user blocked</html>"}, Unreachable, "network"),
            ({"status": 403, "body": {"error": "forbidden", "description": "blocked"}}, Unreachable, "network"),
            ({"status": 404, "body": "<html>chat not found</html>"}, Unreachable, "network"),
            ({"status": 413, "body": "<html>413</html>"}, Rejected, "too_large"),
        ],
    )  # fmt: skip
    def test_trouble(
        self, double: TelegramDouble, fault: dict[str, Any], kind: type[SendError], reason: str
    ) -> None:
        if fault == {"status": 413}:
            fault["body"] = {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
        double.fails("sendMessage", **fault)
        error = refusal(double)
        assert (type(error), error.reason) == (kind, reason)
        assert len(double.sent(LAN)) == int(bool(fault.get("act")))

    @pytest.mark.parametrize(
        "result", [{}, {"result": None}, {"result": True}, {"result": {}}, {"result": [1]}]
    )
    def test_what_is_said_to_be_out_is_out(self, double: TelegramDouble, result: dict[str, Any]) -> None:
        """An answer without the message's number is no reason to say it again."""
        double.fails("sendMessage", status=200, body={"ok": True, **result})
        assert send(double, Wire("Xin chào")) == ""

    def test_words_of_a_refusal_become_a_code(self, double: TelegramDouble) -> None:
        body = {
            "ok": False,
            "error_code": 400,
            "description": 'Bad Request: can\'t parse "x" at byte 12: no_y',
        }
        double.fails("sendMessage", status=400, body=body)
        error = refusal(double)
        assert (type(error), error.reason) == (Rejected, "can_t_parse_at_byte_no_y")

    def test_nothing_is_sent_for_ever(self, double: TelegramDouble, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.telegram.transport.LONGEST", 0.2)
        double.fails("sendMessage", hang=30)
        error = refusal(double)
        assert (type(error), error.reason) == (Unreachable, "timed_out")

    def test_token_stays_out_of_logs(self, double: TelegramDouble, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        page = f"<h1>/bot{TelegramDouble.token}/sendMessage</h1>"
        double.fails("sendMessage", status=502, body=page)
        refusal(double)
        double.fails("sendMessage", status=200, body=page)
        refusal(double)
        send(double, Wire("Xin chào"))
        assert_silent(caplog.text)

    def test_token_stays_out_of_reprs(self) -> None:
        assert_silent(repr(TelegramChannel(TelegramDouble.token)))


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


class TestPoll:
    @pytest.fixture(autouse=True)
    def _short_pauses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(polling, "_FIRST_PAUSE", 0.01)
        monkeypatch.setattr(polling, "_LONGEST_PAUSE", 0.05)

    def test_in_order_and_confirmed_after_taking(self, double: TelegramDouble) -> None:
        for n in range(5):
            double.writes(LAN, f"tin {n}")
        pending: list[int] = []

        async def take(incoming: Incoming) -> Accepted:
            pending.append(len(await asyncio.to_thread(double.pending)))
            return Accepted("done")

        taken = poll(double, take, until=5)
        assert [incoming.text for incoming in taken] == [f"tin {n}" for n in range(5)]
        assert pending == [5] * 5  # nothing was confirmed before all were taken

    def test_what_comes_while_waiting(self, double: TelegramDouble) -> None:
        async def take(incoming: Incoming) -> Accepted:
            if incoming.text == "một":
                await asyncio.to_thread(double.writes, LAN, "hai")
            return Accepted("done")

        double.writes(LAN, "một")
        assert [i.text for i in poll(double, take, until=2)] == ["một", "hai"]

    def test_not_stored_comes_again_before_what_follows_in_its_chat(self, double: TelegramDouble) -> None:
        double.knows(MINH)
        double.writes(LAN, "một")
        double.writes(LAN, "hai")
        double.writes(MINH, "ba")
        failures = iter([True, True])

        async def take(incoming: Incoming) -> Accepted:
            if incoming.text == "một" and next(failures, False):
                raise ConnectionError("the database is away")
            return Accepted("done")

        assert [i.text for i in poll(double, take, until=3)] == ["ba", "một", "hai"]

    def test_nothing_is_given_up_while_nothing_works(self, double: TelegramDouble) -> None:
        double.writes(LAN, "một")
        failures = iter([True] * 10)

        async def take(incoming: Incoming) -> Accepted:
            if next(failures, False):
                raise ConnectionError("the database is away")
            return Accepted("done")

        assert [i.text for i in poll(double, take, until=1)] == ["một"]

    def test_poison_is_skipped_once_others_get_through(self, double: TelegramDouble) -> None:
        double.knows(MINH)
        double.writes(LAN, "độc")
        double.writes(LAN, "sau đó")

        async def take(incoming: Incoming) -> Accepted:
            if incoming.text == "độc":
                await asyncio.to_thread(double.writes, MINH, "khác")
                raise RuntimeError("always")
            return Accepted("done")

        taken = poll(double, take, until=4)
        assert sorted(i.text for i in taken)[-1] == "sau đó"

    def test_what_is_unreadable_holds_up_nobody(self, double: TelegramDouble) -> None:
        double.update({"message": {"chat": 5, "text": []}})
        double.update({"callback_query": "x"})
        double.update({"poll_answer": {}})
        double.writes(LAN, "tin")
        assert [i.text for i in poll(double, done, until=1)] == ["tin"]

    def test_goes_on_after_trouble(self, double: TelegramDouble) -> None:
        double.fails("getUpdates", status=502, body="<html>")
        double.fails("getUpdates", cut=True)
        double.fails("getUpdates", status=200, body={"ok": True, "result": "nonsense"})
        double.writes(LAN, "tin")
        assert [i.text for i in poll(double, done, until=1)] == ["tin"]

    def test_conflict_is_said_clearly(self, double: TelegramDouble, caplog: pytest.LogCaptureFixture) -> None:
        double.fails("getUpdates", status=409)
        double.writes(LAN, "tin")
        poll(double, done, until=1)
        assert "another program polls this bot" in caplog.text

    def test_a_press_is_acknowledged(self, double: TelegramDouble) -> None:
        number = int(send(double, Wire("Nhiệm vụ", buttons=(Button("Đã xong", "88:0"),))))
        double.presses(LAN, number, "88:0")

        async def take(incoming: Incoming) -> Accepted:
            return Accepted("done", "Đã nhận", used_up=True)

        (press,) = poll(double, take, until=1)
        assert press.token == "88:0"
        assert [answer["text"] for answer in double.answers()] == ["Đã nhận"]
        assert buttons(double.sent(LAN)[0]) == {}

    def test_stops_while_waiting(self, double: TelegramDouble) -> None:
        async def work(channel: TelegramChannel) -> None:
            stopping = asyncio.Event()
            polled = asyncio.ensure_future(channel.poll(done, stopping))
            await asyncio.to_thread(double.calls, "getUpdates", least=1)
            stopping.set()
            await asyncio.wait_for(polled, 5)

        with_channel(double, work)


async def done(incoming: Incoming) -> Accepted:
    return Accepted("done")


def poll(
    double: TelegramDouble, take: Callable[[Incoming], Awaitable[Accepted]], *, until: int
) -> list[Incoming]:
    """What was taken, in order, until there were as many; then the poller is stopped."""

    async def work(channel: TelegramChannel) -> list[Incoming]:
        stopping, taken = asyncio.Event(), []

        async def taking(incoming: Incoming) -> Accepted:
            accepted = await take(incoming)
            taken.append(incoming)
            if len(taken) >= until:
                stopping.set()
            return accepted

        await asyncio.wait_for(channel.poll(taking, stopping), 20)
        return taken

    return with_channel(double, work)


def acknowledge(double: TelegramDouble, update: dict[str, Any], accepted: Accepted) -> None:
    async def work(channel: TelegramChannel) -> None:
        incoming = channel.read(_json(update))
        assert incoming is not None
        await channel.acknowledge(incoming, accepted)

    with_channel(double, work)


def _json(thing: object) -> bytes:
    import json

    return json.dumps(thing).encode()


def _piece(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")
