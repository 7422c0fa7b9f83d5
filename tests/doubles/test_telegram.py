"""The stand-in is as strict as the server it stands for."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.doubles.clients import TelegramDouble

LAN, GROUP = 5219000111, -4567890
HTTP = httpx.Client(timeout=30, trust_env=False)
FINE = {"chat_id": LAN, "text": "Xin chào"}


@pytest.fixture
def api(telegram: TelegramDouble) -> TelegramDouble:
    telegram.knows(LAN)
    telegram.limits(on=False)
    return telegram


def call(api: TelegramDouble, method: str, token: str = "", /, **given: Any) -> httpx.Response:
    url = f"{api.url}/bot{token or api.token}/{method}"
    return HTTP.post(url, json=given)


def test_a_correct_call(api: TelegramDouble) -> None:
    answer = call(api, "sendMessage", **FINE)
    assert answer.status_code == 200
    assert answer.json()["result"]["text"] == "Xin chào"
    assert call(api, "SENDMESSAGE", **FINE).status_code == 200
    assert api.complaints() == []


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("sendMessage", {"chat_id": LAN}),
        ("sendMessage", {"text": "x"}),
        ("sendMessage", FINE | {"text": " \n "}),
        ("sendMessage", FINE | {"text": "ế" * 4097}),
        ("sendMessage", FINE | {"chat_id": "Lan"}),
        ("sendMessage", FINE | {"reply_to_message_id": 5}),
        ("sendMessage", FINE | {"parse_mode": "HTML"}),
        ("sendMessage", FINE | {"protect_content": "perhaps"}),
        ("sendMessage", FINE | {"link_preview_options": {"disabled": True}}),
        ("sendMessage", FINE | {"entities": [{"type": "bold", "offset": 0, "length": 9}]}),
        ("sendMessage", FINE | {"entities": [{"type": "fat", "offset": 0, "length": 1}]}),
        ("sendMessage", FINE | {"reply_markup": {"inline_keyboard": [[{"text": "A"}]]}}),
        ("sendMessage", FINE | {"reply_markup": {"inline_keyboard": [{"text": "A", "callback_data": "x"}]}}),
        ("sendMessage", FINE | {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "ế" * 22}]]}}),
        ("sendMessage", FINE | {"reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}}),
        ("sendMessage", FINE | {"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "x", "colour": "red"}]]}}),
        ("sendDocument", {"chat_id": LAN, "document": "BQAC", "caption": "x" * 1025}),
        ("getUpdates", {"limit": 101}),
        ("getUpdates", {"allowed_updates": ["messages"]}),
        ("setMyCommands", {"commands": [{"command": "Việc", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "viec", "description": ""}]}),
        ("setMyCommands", {"commands": [], "language_code": "vie"}),
        ("setWebhook", {"url": "http://dondoc.example/x"}),
        ("setWebhook", {"url": "https://dondoc.example:8000/x"}),
        ("setWebhook", {"url": "https://dondoc.example/x", "secret_token": "có dấu"}),
    ],
)  # fmt: skip
def test_mistakes_are_refused_and_remembered(api: TelegramDouble, method: str, given: dict[str, Any]) -> None:
    answer = call(api, method, **given)
    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert len(api.complaints()) == 1


def test_unknown_methods_and_tokens(api: TelegramDouble) -> None:
    assert call(api, "sendReminder", **FINE).status_code == 404
    assert call(api, "getMe", "not-a-token").status_code == 404
    api.revoke()
    assert call(api, "getMe").status_code == 401


def test_states_of_messages(api: TelegramDouble) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "1:0"}]]}
    number = call(api, "sendMessage", **FINE, reply_markup=keyboard).json()["result"]["message_id"]
    same = call(api, "editMessageReplyMarkup", chat_id=LAN, message_id=number, reply_markup=keyboard)
    assert "is not modified" in same.json()["description"]
    removed = call(api, "editMessageReplyMarkup", chat_id=LAN, message_id=number)
    assert "reply_markup" not in removed.json()["result"]
    again = call(api, "editMessageReplyMarkup", chat_id=LAN, message_id=number)
    assert "is not modified" in again.json()["description"]
    missing = call(api, "editMessageReplyMarkup", chat_id=LAN, message_id=9999)
    assert "not found" in missing.json()["description"]


def test_a_press_is_answered_once(api: TelegramDouble) -> None:
    query = api.presses(LAN, 5, "1:0", unseen=True)["callback_query"]["id"]
    long = call(api, "answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert long.status_code == 400
    assert call(api, "answerCallbackQuery", callback_query_id=query).status_code == 200
    again = call(api, "answerCallbackQuery", callback_query_id=query)
    assert "query is too old" in again.json()["description"]


def test_only_buttons_that_are_shown_can_be_pressed(api: TelegramDouble) -> None:
    number = call(api, "sendMessage", **FINE).json()["result"]["message_id"]
    with pytest.raises(ValueError, match="no such button"):
        api.presses(LAN, number, "1:0")


def test_updates_stay_until_the_offset_passes_them(api: TelegramDouble) -> None:
    ids = [api.writes(LAN, f"tin {n}")["update_id"] for n in range(3)]

    def fetch(**given: int) -> list[int]:
        return [u["update_id"] for u in call(api, "getUpdates", **given).json()["result"]]

    assert fetch() == ids
    assert fetch(limit=1) == ids[:1]
    assert fetch(offset=ids[1]) == ids[1:]
    assert fetch() == ids[1:]
    assert fetch(offset=ids[2] + 1) == []


def test_two_pollers_are_in_conflict(api: TelegramDouble) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(call, api, "getUpdates", timeout=20)
        api.calls("getUpdates", least=1)
        second = pool.submit(call, api, "getUpdates", timeout=20)
        assert first.result().status_code == 409
        api.writes(LAN, "tin")
        assert len(second.result().json()["result"]) == 1


def test_polling_and_a_webhook_exclude_each_other(api: TelegramDouble) -> None:
    call(api, "setWebhook", url="https://dondoc.example/telegram/1")
    assert call(api, "getUpdates").status_code == 409
    call(api, "deleteWebhook")
    assert call(api, "getUpdates").status_code == 200


@pytest.mark.parametrize(
    ("limits", "chats", "let_in"),
    [
        ({"bot": [30, 60.0], "chat": [1, 60.0]}, [LAN, LAN, LAN], 1),
        ({"bot": [3, 60.0], "chat": [1, 60.0]}, [101, 102, 103, 104, 105], 3),
        ({"bot": [30, 60.0], "chat": [9, 60.0], "group": [2, 60.0]}, [GROUP] * 4, 2),
    ],
)
def test_limits(api: TelegramDouble, limits: dict[str, Any], chats: list[int], let_in: int) -> None:
    api.knows(*chats)
    api.limits(on=True, **limits)
    answers = [call(api, "sendMessage", chat_id=chat, text="x") for chat in chats]
    assert [a.status_code for a in answers] == [200] * let_in + [429] * (len(chats) - let_in)
    wait = answers[-1].json()["parameters"]["retry_after"]
    assert 50 <= wait <= 60
    assert answers[-1].json()["description"] == f"Too Many Requests: retry after {wait}"
    assert api.state()["refused_429"] == len(chats) - let_in


def test_trouble_on_order(api: TelegramDouble) -> None:
    api.fails("sendMessage", status=502, body="<html>Bad Gateway</html>")
    api.fails("sendMessage", cut=True)
    api.fails("sendMessage", cut=True, act=True)
    assert call(api, "sendMessage", **FINE).text == "<html>Bad Gateway</html>"
    for sent in (0, 1):
        with pytest.raises(httpx.TransportError):
            call(api, "sendMessage", **FINE)
        assert len(api.sent(LAN)) == sent
    assert call(api, "sendMessage", **FINE).status_code == 200


def test_form_and_json_and_query_are_the_same(api: TelegramDouble) -> None:
    url = f"{api.url}/bot{api.token}/sendMessage"
    entities = [{"type": "bold", "offset": 0, "length": 3}]
    HTTP.get(url, params={"chat_id": LAN, "text": "Xin chào"}).raise_for_status()
    form = {"chat_id": str(LAN), "text": "Xin chào", "entities": json.dumps(entities)}
    HTTP.post(url, data=form).raise_for_status()
    call(api, "sendMessage", **FINE, entities=entities).raise_for_status()
    assert [m.get("entities") for m in api.sent(LAN)] == [None, entities, entities]
