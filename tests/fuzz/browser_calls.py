"""Calls to what is there for browsers: the chat, the pages, an admin's forms, in every wrong form there is."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from tests.fuzz.messages import CANARY
from tests.fuzz.mutating import STRANGE
from tests.fuzz.raw_calls import PAGE, Call, multipart, request
from tests.fuzz.service import RunningService


class BrowserCalls:
    """Calls of somebody who is signed in, of an admin, and of somebody who guesses addresses."""

    def __init__(self, service: RunningService, chance: random.Random) -> None:
        self.service, self.chance = service, chance

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
                (multipart(self.service.form_token, 1), "multipart/form-data; boundary=x"),
                (multipart(self.service.form_token, 400), "multipart/form-data; boundary=x"),
                (multipart(self.service.form_token, 1)[:-30], "multipart/form-data; boundary=x"),
                (multipart(self.service.form_token, 1), "multipart/form-data"),
                (multipart(self.service.form_token, 1), "multipart/form-data; boundary=" + "y" * 3000),
                (
                    multipart(self.service.form_token, 1, b"a\\ud800b"),
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

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": f"dondoc={self.service.session}"}

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
