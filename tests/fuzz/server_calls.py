"""Calls that misuse HTTP itself: floods of headers, wrong verbs, other protocols, sockets where there are none."""

from __future__ import annotations

import json

from tests.fuzz.hooks import Hooks
from tests.fuzz.messages import FORGED, report
from tests.fuzz.raw_calls import ANY_REFUSAL, PAGE, Call, request


class ServerCalls:
    """Calls to the server, whoever it is that answers behind it."""

    def __init__(self, hooks: Hooks) -> None:
        self.hooks, self.service, self.chance = hooks, hooks.service, hooks.chance

    def header_flood(self) -> Call:
        """Thousands of headers, or one without end."""
        secret = self.service.hook_secret("telegram")
        headers = self.chance.choice(
            [
                [(f"X-{n}", "v") for n in range(3000)],
                [("Cookie", f"dondoc={self.service.session}; " + "a=b; " * 20_000)],
                [("X-Long", "v" * 200_000)],
                [("X-Telegram-Bot-Api-Secret-Token", secret)] * 3 + [("X-\x00", secret)],
                [("Bad Name", secret), ("", "")],
                [("Cookie", "dondoc=\xff\xfe\x80; ;=;;dondoc=" + "\xe9" * 300)],
                [("Transfer-Encoding", "chunked, chunked"), ("Content-Length", "5")],
            ]
        )
        path = self.chance.choice([self.hooks.path("telegram"), "/", "/chat"])
        return Call("headers", request("POST", path, headers, b"{}"), ANY_REFUSAL)

    def wrong_method(self) -> Call:
        """The right address by the wrong verb."""
        method = self.chance.choice(
            ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "LOL", "post"]
        )
        name = self.hooks.any()
        body = json.dumps(report(name, "w", FORGED)).encode()
        return Call(
            "method",
            request(method, self.hooks.path(name), self.hooks.headers(name, body), body),
            ANY_REFUSAL,
        )

    def not_http(self) -> Call:
        """Other protocols, noise, and pieces of a request that carry a secret."""
        secret = self.service.hook_secret("zalo")
        data = self.chance.choice(
            [
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00" * 50,
                bytes.fromhex("16030100c8010000c40303") + self.chance.randbytes(190),
                self.chance.randbytes(self.chance.randint(1, 5000)),
                b"GET /\r\n\r\n",
                f"X-Bot-Api-Secret-Token: {secret}\r\n\r\n".encode(),
                f"POST /zalo/{secret} HTTP/9.9\r\n\r\n".encode(),
                f"GET /join/{self.service.invitation} HTTP/1.1\r\n\r\n".encode(),  # without a Host
                b"POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
                + f"Cookie: dondoc={self.service.session}\n\n".encode(),
                b"\r\n" * 30_000,
                b"GET http://127.0.0.1/" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
            ]
        )
        return Call("not HTTP", data, ANY_REFUSAL | {200}, leaves=True)

    def upgrade(self) -> Call:
        """A browser's socket where there is none."""
        headers = {
            "Upgrade": self.chance.choice(["websocket", "h2c", "x" * 900]), "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Cookie": f"dondoc={self.service.session}",
        }  # fmt: skip
        raw = request(
            "GET", self.chance.choice(["/chat/stream", "/chat", "/telegram/1", "/"]), headers, length=""
        )
        return Call(
            "upgrade", raw.replace(b"Connection: close", b"Connection: Upgrade"), PAGE | {0}, leaves=True
        )
