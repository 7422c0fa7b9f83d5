"""Calls that no well-behaved caller makes, as raw bytes: to the webhooks, to the browser chat, to the server itself.

A call is (its kind, the bytes, how it ends). Kinds say in ``MAY_BE`` which answers they may get; none may be 5xx.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from tests.doubles.zalo_oa import APP, OA_SECRET
from tests.fuzz.mutating import STRANGE, mangled, mutants, recorded
from tests.fuzz.service import OA_USER, PHONE, ZALO_CHAT, RunningService

#: in everything that is written to us; what people write may not be read in a log either
CANARY = "chim-hoang-yen"
#: reported only by calls whose secret is wrong: nobody may find it in the database
FORGED = "được 61%"
UTF8_ONLY = ("utf-16", "utf-32", "latin-1", "utf-7")


@dataclass(frozen=True)
class Call:
    """One call. ``leaves``: the caller goes before an answer is due. ``may_be``: what it may be answered with."""

    kind: str
    data: bytes
    may_be: frozenset[int]
    leaves: bool = False


def request(
    method: str, path: str, headers: dict[str, str] | list[tuple[str, str]], body: bytes = b"", *, length: str | None = None
) -> bytes:  # fmt: skip
    """HTTP/1.1 by hand. ``length``: another Content-Length than the true one; "" for none."""
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    given = str(len(body)) if length is None else length
    pairs = [("Host", "127.0.0.1"), ("Connection", "close"), *pairs]
    pairs += [("Content-Length", given)] if given else []
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs)
    return head.encode("latin-1", "replace") + b"\r\n" + body


def chunked(body: bytes, size: int) -> bytes:
    """The body in chunks, whole."""
    pieces = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


TAKEN = frozenset({200})
NOT_MINE = frozenset({401})
ANY_REFUSAL = frozenset({200, 303, 400, 401, 403, 404, 405, 413, 414, 429, 431, 0})  # 0: hung up
PAGE = frozenset({200, 303, 307, 400, 401, 403, 404, 405, 413, 429})


class Rude:
    """Makes the calls, the same for the same seed."""

    def __init__(self, service: RunningService, seed: int) -> None:
        self.service, self.chance = service, random.Random(seed)
        self.seeds = {"telegram": _telegram(), "zalo": _zalo(), "zalo-oa": _official_account()}
        self._mutants = {name: mutants(seeds, 10**9, seed) for name, seeds in self.seeds.items()}
        self._number = 900_000_000

    def calls(self, count: int) -> Iterator[Call]:
        """As many calls; each kind in turn, so that a short run has all of them."""
        kinds: list[Callable[[], Call]] = [
            self.mutant, self.mutant, self.mutant, self.mutant, self.mangled, self.not_utf8, self.deep, self.huge,
            self.forged, self.lies_about_length, self.in_chunks, self.header_flood, self.wrong_method,
            self.not_http, self.says, self.says, self.asks, self.does, self.looks_in, self.strange_path, self.upgrade,
        ]  # fmt: skip
        for number in range(count):
            yield kinds[number % len(kinds)]()

    # --- webhooks

    def _hook(self, body: bytes, name: str = "", *, good: bool = True, **more: Any) -> bytes:
        name = name or self.chance.choice(list(self.seeds))
        return request("POST", self._path(name), self._headers(name, body, good=good), body, **more)

    def _path(self, name: str) -> str:
        bots = {"telegram": self.service.telegram.bot, "zalo": self.service.zalo.bot, "zalo-oa": APP}
        return f"/{name}/{bots[name]}"

    def _headers(self, name: str, body: bytes, *, good: bool = True) -> dict[str, str]:
        kinds = [
            "application/json",
            "text/plain",
            "",
            "multipart/form-data",
            "application/json; charset=utf-16",
        ]
        headers = {"Content-Type": self.chance.choice(kinds)}
        if name == "zalo-oa":
            stamp = _stamp(body) if good else "1"
            mac = hashlib.sha256(APP.encode() + body + stamp.encode() + OA_SECRET.encode()).hexdigest()
            return headers | {"X-ZEvent-Signature": f"mac={mac}"}
        header = "X-Telegram-Bot-Api-Secret-Token" if name == "telegram" else "X-Bot-Api-Secret-Token"
        return headers | {header: self.service.hook_secret(name)}

    def _payload(self, name: str) -> Any:
        """A mutant, mostly with an id of its own, so that it is no duplicate."""
        thing = next(self._mutants[name])
        self._number += 1
        if isinstance(thing, dict) and self.chance.random() < 0.8:
            if name == "telegram":
                return thing | {"update_id": self._number}
            part = thing.get("result") if isinstance(thing.get("result"), dict) else thing
            message = part.get("message") if isinstance(part, dict) else None
            if isinstance(message, dict):
                message["message_id" if name == "zalo" else "msg_id"] = f"m{self._number}"
        return thing

    def mutant(self) -> Call:
        """What the messenger might send if it went mad: it is stored, or passed over."""
        name = self.chance.choice(list(self.seeds))
        body = json.dumps(self._payload(name), ensure_ascii=self.chance.random() < 0.5)
        data = body.encode("utf-8", "surrogatepass")
        ours = name != "zalo-oa" or _stamp(data) != "?"
        return Call(f"mutant of {name}", self._hook(data, name), TAKEN if ours else TAKEN | NOT_MINE)

    def mangled(self) -> Call:
        """Bytes cut, doubled, overwritten."""
        name = self.chance.choice(list(self.seeds))
        body = mangled(json.dumps(self.chance.choice(self.seeds[name])).encode(), self.chance)
        return Call("mangled", self._hook(body, name), TAKEN | NOT_MINE)

    def not_utf8(self) -> Call:
        """Another encoding, or none."""
        text = json.dumps(self.chance.choice(self.seeds["telegram"]), ensure_ascii=False)
        body = self.chance.choice(
            [text.encode(e, "replace") for e in UTF8_ONLY]
            + [b"\xff\xfe" + text.encode(), b"\xef\xbb\xbf" + text.encode(), self.chance.randbytes(3000), b"", b"\x00" * 99]
        )  # fmt: skip
        return Call("not UTF-8", self._hook(body), TAKEN | NOT_MINE)

    def deep(self) -> Call:
        """Nests, long numbers, long texts, a thousand keys."""
        depth = self.chance.choice([50, 990, 1100, 100_000])
        text = self.chance.choice(
            [
                "[" * depth,
                "[" * depth + "]" * depth,
                '{"message":' * depth + "1" + "}" * depth,
                '{"update_id":' + "9" * self.chance.choice([400, 5000, 300_000]) + "}",
                '{"update_id": 1e999, "message": {"chat": {"id": 1e400}}}',
                json.dumps({"update_id": 5, "message": {f"k{n}": [n] * 5 for n in range(3000)}}),
                json.dumps(self._words("a" * 900_000)),
                json.dumps(self._words("🙏ữ\u0301" * 20_000)),
                json.dumps(self._words("xong, chưa xong 80% " * 20_000)),
            ]
        )
        return Call("deep or long", self._hook(text.encode()), TAKEN | NOT_MINE | {413, 0})

    def _words(self, words: str) -> dict[str, Any]:
        self._number += 1
        chat = {"id": PHONE, "type": "private"}
        return {"update_id": self._number, "message": {"message_id": 7, "chat": chat, "text": words}}

    def huge(self) -> Call:
        """More than one message may have, said or not said, sent or only announced."""
        size = self.chance.choice([2**20 + 1, 2**21, 2**22])
        name = self.chance.choice(list(self.seeds))
        headers = self._headers(name, b"", good=False)
        body = b"x" * size
        data = self.chance.choice(
            [
                request("POST", self._path(name), headers, body),
                request("POST", self._path(name), headers, body[:1000], length="9" * self.chance.randint(7, 30)),
                request("POST", self._path(name), headers | {"Transfer-Encoding": "chunked"}, chunked(body, 65_536), length=""),
            ]
        )  # fmt: skip
        return Call("huge", data, frozenset({413, 400, 0}))

    def forged(self) -> Call:
        """A good message with a wrong secret, or none, or one in a wrong place: nothing of it is believed."""
        name = self.chance.choice(list(self.seeds))
        body = json.dumps(_report(name, f"m{self.chance.random()}", FORGED)).encode()
        header = "X-Telegram-Bot-Api-Secret-Token" if name == "telegram" else "X-Bot-Api-Secret-Token"
        secret = "" if name == "zalo-oa" else self.service.hook_secret(name)
        wrong = self.chance.choice(
            [
                {},
                {header: ""},
                {header: secret[:-1]},
                {header: secret.swapcase()},
                {header: "\xff\xfe" * 50},
                {header: "x" * 20_000},
                {"Authorization": f"Bearer {secret}"},
                {"X-ZEvent-Signature": "mac=" + "0" * 64},
                {"X-ZEvent-Signature": "mac=é\xff"},
            ]
        )
        path = self._path(name) + self.chance.choice(["", "?secret=" + secret, "?" + "a" * 5000])
        return Call("forged", request("POST", path, wrong, body), NOT_MINE)

    def lies_about_length(self) -> Call:
        """Less than was said, then nothing; or more, or a length that is none."""
        name = self.chance.choice(list(self.seeds))
        body = json.dumps(self.chance.choice(self.seeds[name])).encode()
        if self.chance.random() < 0.5:
            data = self._hook(body, name, length=str(len(body) + self.chance.choice([1, 500, 10**6])))
            return Call("truncated", data, ANY_REFUSAL, leaves=True)
        length = self.chance.choice(
            ["-1", "0", "1", "abc", "1e3", "٣", "1, 1", "+5", " ", "99999999999999999999"]
        )
        return Call("false length", self._hook(body, name, length=length), ANY_REFUSAL)

    def in_chunks(self) -> Call:
        """Chunks: whole, broken off, with a size that is none."""
        name = self.chance.choice(["telegram", "zalo"])
        body = json.dumps(self.chance.choice(self.seeds[name])).encode()
        headers = self._headers(name, body) | {"Transfer-Encoding": "chunked"}
        whole = chunked(body, self.chance.randint(1, 64))
        if self.chance.random() < 0.4:
            return Call("in chunks", request("POST", self._path(name), headers, whole, length=""), TAKEN)
        broken = self.chance.choice(
            [
                whole[: len(whole) // 2],
                b"zz\r\n" + whole,
                b"-5\r\n" + whole,
                b"ffffffffffffffffffff\r\n" + whole,
                b"5;" + b"e" * 70_000 + b"\r\nhello\r\n0\r\n\r\n",
                b"0\r\n" + b"X-Trailer: 1\r\n" * 4000,
            ]
        )
        return Call("broken chunks", request("POST", self._path(name), headers, broken, length=""), ANY_REFUSAL, leaves=True)  # fmt: skip

    # --- the server itself

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
        path = self.chance.choice([self._path("telegram"), "/", "/chat"])
        return Call("headers", request("POST", path, headers, b"{}"), ANY_REFUSAL)

    def wrong_method(self) -> Call:
        """The right address by the wrong verb."""
        method = self.chance.choice(
            ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "LOL", "post"]
        )
        name = self.chance.choice(list(self.seeds))
        body = json.dumps(_report(name, "w", FORGED)).encode()
        return Call("method", request(method, self._path(name), self._headers(name, body), body), ANY_REFUSAL)

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

    # --- the browser chat

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"dondoc={self.service.session}"}

    def says(self) -> Call:
        """Words and presses of somebody signed in, in every wrong form there is."""
        form = "application/x-www-form-urlencoded"
        fields: dict[str, Any] = {
            "text": f"{self._odd_text()} {CANARY}",
            "token": self.chance.choice(["", "", "1:0", "9999999999:999", "0:0", "-1:2", "1:0\n", "٣:٤", "1" * 900]),
            "update": self.chance.choice([f"u{self.chance.getrandbits(60):015x}", "", "short", "a" * 65, "é" * 9, "a b c d e"]),
            "form_token": self.chance.choice([self.service.form_token] * 4 + ["", "0" * 64, "é", "\x00"]),
        }  # fmt: skip
        body, kind = self.chance.choice(
            [
                (urlencode(fields, errors="replace").encode(), form),
                (urlencode(fields, errors="replace").encode(), form),
                (urlencode(fields, encoding="utf-16", errors="replace").encode(), form),
                (json.dumps(fields).encode(), "application/json"),
                (b"text=%ff%fe%00&update=abcdefgh12&form_token=" + self.service.form_token.encode(), form),
                (
                    b"text=%ED%A0%80%00x&update=abcdefgh13&form_token=" + self.service.form_token.encode(),
                    form,
                ),
                (b"&".join(b"f%d=1" % n for n in range(5000)), form),
                (b"text=" + b"a" * 900_000, form),
                (self.chance.randbytes(4000), form),
                (self.chance.randbytes(4000), "multipart/form-data; boundary=x"),
                (_multipart(self.service.form_token, 1), "multipart/form-data; boundary=x"),
                (_multipart(self.service.form_token, 400), "multipart/form-data; boundary=x"),
                (_multipart(self.service.form_token, 1)[:-30], "multipart/form-data; boundary=x"),
                (_multipart(self.service.form_token, 1), "multipart/form-data"),
                (_multipart(self.service.form_token, 1), "multipart/form-data; boundary=" + "y" * 3000),
                (
                    _multipart(self.service.form_token, 1, b"a\\ud800b"),
                    f"multipart/form-data; boundary=x; charset={self._charset()}",
                ),
                (b"", ""),
            ]
        )
        headers = {"Content-Type": kind, **self._cookies()}
        if self.chance.random() < 0.5:
            headers["Accept"] = "application/json"
        if self.chance.random() < 0.5:
            headers["X-Form-Token"] = self.service.form_token
        return Call("says", request("POST", "/chat/say", headers, body), PAGE)

    def _charset(self) -> str:
        return self.chance.choice(
            ["unicode_escape", "idna", "punycode", "utf-7", "hex", "utf-16", "UTF-8", '"utf-8"', "é"]
        )

    def asks(self) -> Call:
        """Where the page goes on from: cursors and ids that are none."""
        odd = self._odd_value()
        path = self.chance.choice(
            [
                f"/chat/messages?after={odd}",
                f"/files/{odd}",
                f"/chat?say={odd}",
                f"/tasks/{odd}",
                f"/?page={odd}&q={odd}&state={odd}",
                f"/f/{odd}",
                f"/notices/{odd}",
                f"/agencies/{odd}",
                f"/chat/messages?{odd}={odd}&after={odd}",
                f"/people?find={odd}&show={odd}",
                f"/dossiers?month={odd}",
                f"/drafts/1/rows/{odd}?below={odd}&find={odd}",
                f"/late?month={odd}&lang={odd}",
            ]
        )
        session = self.chance.choice([self.service.session, self.service.admin_session])
        return Call("asks", request("GET", path, {"Cookie": f"dondoc={session}"}, length=""), PAGE)

    def does(self) -> Call:
        """An admin's forms with fields that are none."""
        fields = {
            name: self._odd_text() for name in ("name", "key", "month", "act", "text", "who", "reason", "find", "agency", "audience")
        }  # fmt: skip
        fields |= {
            "form_token": self.service.admin_form_token,
            "id": self.chance.choice(["1", "0", "-1", "9" * 30, "x"]),
        }
        path = self.chance.choice(
            [
                "/names/forget", "/people/invite", "/notices", "/notices/1", "/notices/1/act", "/notices/1/file",
                "/drafts/1/rows/1", "/drafts/1/undo", "/drafts/1/confirm", "/drafts/1/reject", "/import", "/dossiers/imports",
                "/dossiers/late", "/dossiers/late/1/object", "/dossiers/late/1/decide", "/notices/99999999999/act",
            ]
        )  # fmt: skip
        headers = {
            "Cookie": f"dondoc={self.service.admin_session}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return Call(
            "does", request("POST", path, headers, urlencode(fields, errors="replace").encode()), PAGE
        )

    def looks_in(self) -> Call:
        """A stream that is opened and left; a cursor in its header."""
        headers = self._cookies() | {
            "Last-Event-ID": self.chance.choice(["", "1", "9" * 16, "9" * 17, "-1", "\xb2", "x" * 5000])
        }
        return Call("stream", request("GET", "/chat/stream", headers, length=""), PAGE, leaves=True)

    def strange_path(self) -> Call:
        """Codes, climbing, bytes that are no text."""
        odd = self._odd_value()
        path = self.chance.choice(
            [
                f"/join/{odd}", f"/signin/{odd}", f"/static/{odd}", "/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/pages.py",
                f"/telegram/{odd}", f"/zalo-oa/{odd}", "//", "/%00", "/..;/", "/" + "a/" * 3000, f"/healthz?{odd}", f"/late/{odd}",
            ]
        )  # fmt: skip
        method = self.chance.choice(["GET", "GET", "POST"])
        visit = {"Cookie": f"dondoc_visit={self.chance.choice(['', 'v', chr(233) * 20, 'x' * 4000])}"}
        return Call("path", request(method, path, visit, b"a=b" if method == "POST" else b""), PAGE)

    def _odd_value(self) -> str:
        odd = self.chance.choice(STRANGE)
        raw = odd.encode("utf-8", "surrogatepass") if isinstance(odd, str) else repr(odd)[:900].encode()
        return quote_from_bytes(
            self.chance.choice([raw, raw, b"\xff\xfe", b"\x00", b"2147483648", b"1" * 30]), safe=""
        )

    def _odd_text(self) -> str:
        odd = self.chance.choice(
            [*STRANGE, "được 70%", "/viec", "/start", "xong", "1", "/board", "/thongbao", "huỷ"]
        )
        return odd if isinstance(odd, str) else repr(odd)[:900]


def _stamp(body: bytes) -> str:
    """The timestamp a signature has in it, as the account's server would write it."""
    try:
        stamp = json.loads(body).get("timestamp")
    except (ValueError, RecursionError, AttributeError):
        return "?"
    return stamp if isinstance(stamp, str) and stamp.isprintable() and stamp.isascii() else "?"


def _report(name: str, number: str, words: str) -> dict[str, Any]:
    """A progress report as the messenger would bring it."""
    if name == "telegram":
        chat = {"id": PHONE, "type": "private"}
        at = {"message_id": 5, "date": 1719280800, "chat": chat, "from": {"id": PHONE, "is_bot": False}}
        return {"update_id": abs(hash(number)) % 2**40, "message": at | {"text": f"{words} {CANARY}"}}
    if name == "zalo":
        message = {
            "message_id": number, "date": 1719280800000, "chat": {"id": ZALO_CHAT, "chat_type": "PRIVATE"},
            "from": {"id": ZALO_CHAT, "display_name": CANARY, "is_bot": False}, "text": f"{words} {CANARY}",
        }  # fmt: skip
        return {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
    return {
        "app_id": APP, "event_name": "user_send_text", "sender": {"id": OA_USER}, "recipient": {"id": "1"},
        "timestamp": "1719280800000", "message": {"msg_id": number, "text": f"{words} {CANARY}"},
    }  # fmt: skip


def _telegram() -> list[Any]:
    return [*recorded("telegram"), _report("telegram", "1", "được 55%"), _report("telegram", "2", "/viec")]


def _zalo() -> list[Any]:
    sticker = {
        "event_name": "message.sticker.received",
        "message": {"chat": {"id": ZALO_CHAT}, "sticker": "x"},
    }
    reports = [
        _report("zalo", str(n), words) for n, words in enumerate(("được 55%", "/viec", "1", "chưa xong"))
    ]
    return [*reports, reports[0]["result"], {"ok": True, "result": sticker}]


def _official_account() -> list[Any]:
    stamp = {"timestamp": "1719280800000"}
    seen = {
        "event_name": "user_seen_message",
        "sender": {"id": OA_USER},
        "message": {"msg_ids": ["m1", "m2"]},
    }
    follow = {"event_name": "follow", "follower": {"id": OA_USER}}
    reports = [_report("zalo-oa", str(n), words) for n, words in enumerate(("được 55%", "/viec", "#1:0"))]
    return [
        *reports,
        seen | stamp,
        follow | stamp,
        {"event_name": "user_send_image", "sender": {"id": OA_USER}} | stamp,
    ]


def _multipart(form_token: str, parts: int, words: bytes = b"\xff\xfe\x00") -> bytes:
    field = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    head = (
        field % (b"form_token", form_token.encode())
        + field % (b"update", b"abcdefgh14")
        + field % (b"text", words)
    )
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="\xff\x00../a"\r\n\r\n\xff\xfe\x00\r\n'
    return head + part * parts + b"--x--\r\n"
