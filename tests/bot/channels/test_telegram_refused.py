"""What goes wrong as something is sent: whose fault it is, as the sender is told it, and what nobody may read of it."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.channel import (
    AddressGone,
    BotRefused,
    Moved,
    Rejected,
    RetryAfter,
    SendError,
    Unreachable,
    Wire,
)
from bot.channels.telegram import TelegramChannel
from tests.bot.channels.alone import assert_silent
from tests.bot.channels.telegram_alone import (
    GROUP,
    LAN,
    MINH,
    SECRET_PART,
    double,
    refusal,
    send,
    with_channel,
)
from tests.doubles.clients import TelegramDouble

__all__ = ["double"]  # a fixture


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
        assert_silent(SECRET_PART, caplog.text)

    def test_token_stays_out_of_reprs(self) -> None:
        assert_silent(SECRET_PART, repr(TelegramChannel(TelegramDouble.token)))
