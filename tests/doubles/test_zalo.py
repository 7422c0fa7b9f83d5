"""The Zalo stand-in has the platform's peculiarities."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from tests.doubles.clients import ZaloDouble

HTTP = httpx.Client(timeout=30, trust_env=False)
LAN = "6ede9afa66b88fe6d6a9"
FINE = {"chat_id": LAN, "text": "Xin chào"}


@pytest.fixture
def api(zalo: ZaloDouble) -> ZaloDouble:
    zalo.knows(LAN)
    return zalo


def call(api: ZaloDouble, method: str, token: str = "", /, **given: Any) -> httpx.Response:
    return HTTP.post(f"{api.url}/bot{token or api.token}/{method}", json=given)


def refused(answer: httpx.Response) -> int | str:
    """The code of a refusal, which comes with HTTP 200."""
    assert answer.status_code == 200
    body = answer.json()
    assert body["ok"] is False
    return body["error_code"]  # type: ignore[no-any-return]


def test_a_correct_call(api: ZaloDouble) -> None:
    body = call(api, "sendMessage", **FINE).json()
    assert body["ok"] is True
    assert body["result"].keys() == {"message_id", "date"}
    assert api.sent(LAN)[0]["text"] == "Xin chào"
    assert call(api, "sendChatAction", chat_id=LAN, action="typing").json() == {"ok": True}
    assert api.complaints() == []


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendMessage", FINE | {"text": ""}),
        ("sendMessage", FINE | {"text": "ế" * 2001}),
        ("sendMessage", FINE | {"reply_to_message_id": "2d75"}),
        ("sendMessage", FINE | {"reply_markup": {}}),
        ("sendMessage", FINE | {"parse_mode": "MarkdownV2"}),
        ("sendMessage", FINE | {"text_styles": [{"start": 0, "len": 9, "st": ["b"]}]}),
        ("sendMessage", FINE | {"text_styles": [{"start": 0, "len": 3, "st": ["fat"]}]}),
        ("sendPhoto", {"chat_id": LAN, "photo": "data:image/png;base64,AA"}),
        ("sendChatAction", {"chat_id": LAN, "action": "upload_photo"}),
        ("getUpdates", {"offset": 5}),
        ("setWebhook", {"url": "https://dondoc.example/zalo/1", "secret_token": "short"}),
        ("setWebhook", {"url": "http://dondoc.example/zalo/1", "secret_token": "long enough"}),
        ("setWebhook", {"url": "https://192.168.1.5/zalo/1", "secret_token": "long enough"}),
    ],
)
def test_mistakes(api: ZaloDouble, method: str, given: dict[str, Any]) -> None:
    assert refused(call(api, method, **given)) == 400
    assert len(api.complaints()) == 1


def test_what_does_not_exist(api: ZaloDouble) -> None:
    assert refused(call(api, "sendDocument", **FINE)) == 404
    assert refused(call(api, "sendmessage", **FINE)) == 404
    assert refused(call(api, "sendMessage", chat_id="nobody", text="x")) == 400
    api.revoke()
    assert refused(call(api, "getMe")) == 401
    api.set(codes_as_text=True)
    assert refused(call(api, "getMe")) == "401"


def test_updates_come_singly_and_are_gone(api: ZaloDouble) -> None:
    api.writes(LAN, "một")
    api.writes(LAN, kind="image", content={"photo_url": "https://example.org/a.jpg"})
    first, second = (call(api, "getUpdates", timeout=5).json()["result"] for _ in range(2))
    assert (first["event_name"], first["message"]["text"]) == ("message.text.received", "một")
    assert second["event_name"] == "message.image.received"
    assert refused(call(api, "getUpdates", timeout=0)) == 408


def test_rapid_polling_meets_the_gateway(api: ZaloDouble) -> None:
    api.set(polls_per_second=2)
    answers = [call(api, "getUpdates", timeout=0) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert answers[2].headers["content-type"].startswith("text/html")


def test_a_months_quota(api: ZaloDouble) -> None:
    api.set(quota=2)
    codes = [call(api, "sendMessage", **FINE).json().get("error_code") for _ in range(3)]
    assert codes == [None, None, 429]
    assert api.state()["used"] == 2


def test_a_basic_bot_has_room_for_few(api: ZaloDouble) -> None:
    api.set(users=2)
    api.writes("a" * 20, "tin")
    with pytest.raises(ValueError, match="no room"):
        api.writes("b" * 20, "tin")


class _Hook(BaseHTTPRequestHandler):
    answers: list[int] = []
    brought: list[tuple[dict[str, str], Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.brought.append((dict(self.headers), json.loads(body)))
        self.send_response(self.answers.pop(0) if self.answers else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def hook() -> Iterator[str]:
    """A webhook on the loopback."""
    _Hook.answers, _Hook.brought = [], []
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/zalo/12345689"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_webhook_is_called_with_its_secret(api: ZaloDouble, hook: str, *, wrapped: bool) -> None:
    api.set(wrapped=wrapped)
    assert call(api, "setWebhook", url=hook, secret_token="long enough").json()["result"]["url"] == hook
    assert refused(call(api, "getUpdates", timeout=0)) == 400
    api.writes(LAN, "tin")
    assert api.deliveries(least=1)[0]["status"] == 200
    ((headers, body),) = _Hook.brought
    assert headers["X-Bot-Api-Secret-Token"] == "long enough"
    event = body["result"] if wrapped else body
    assert event["message"]["text"] == "tin"


def test_a_webhook_that_fails_is_called_again(api: ZaloDouble, hook: str) -> None:
    _Hook.answers = [503, 200]
    call(api, "setWebhook", url=hook, secret_token="long enough")
    api.writes(LAN, "tin")
    assert [d["status"] for d in api.deliveries(least=2)] == [503, 200]
    assert len({d["message_id"] for d in api.deliveries()}) == 1
