"""What is fetched: in order, nothing lost, nobody held up, whatever goes wrong."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import (
    Accepted,
    Button,
    Wire,
)
from bot.channels.telegram import TelegramChannel
from bot.incoming import Incoming
from bot.telegram import polling
from tests.bot.channels.alone import done
from tests.bot.channels.telegram_alone import (
    LAN,
    MINH,
    double,
    poll,
    send,
    with_channel,
)
from tests.doubles.clients import TelegramDouble, buttons

__all__ = ["double"]  # a fixture


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
