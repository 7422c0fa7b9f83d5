"""Calls to the webhooks that no messenger makes: messages gone mad, cut, endless, forged, in broken pieces."""

from __future__ import annotations

import json
from typing import Any

from tests.fuzz.hooks import Hooks, secret_header
from tests.fuzz.messages import FORGED, report, stamp_of
from tests.fuzz.mutating import mangled, mutants
from tests.fuzz.raw_calls import ANY_REFUSAL, NOT_MINE, TAKEN, Call, chunked, request
from tests.fuzz.service import PHONE

UTF8_ONLY = ("utf-16", "utf-32", "latin-1", "utf-7")


class WebhookCalls:
    """Calls to webhooks; mutants are the same for the same seed."""

    def __init__(self, hooks: Hooks, seed: int) -> None:
        self.hooks, self.service, self.chance = hooks, hooks.service, hooks.chance
        self._mutants = {name: mutants(some, 10**9, seed) for name, some in hooks.messages.items()}
        self._number = 900_000_000

    def mutant(self) -> Call:
        """What the messenger might send if it went mad: it is stored, or passed over."""
        name = self.hooks.any()
        body = json.dumps(self._payload(name), ensure_ascii=self.chance.random() < 0.5)
        data = body.encode("utf-8", "surrogatepass")
        ours = name != "zalo-oa" or stamp_of(data) != "?"
        return Call(f"mutant of {name}", self.hooks.call(data, name), TAKEN if ours else TAKEN | NOT_MINE)

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

    def mangled(self) -> Call:
        """Bytes cut, doubled, overwritten."""
        name = self.hooks.any()
        body = mangled(json.dumps(self.chance.choice(self.hooks.messages[name])).encode(), self.chance)
        return Call("mangled", self.hooks.call(body, name), TAKEN | NOT_MINE)

    def not_utf8(self) -> Call:
        """Another encoding, or none."""
        text = json.dumps(self.chance.choice(self.hooks.messages["telegram"]), ensure_ascii=False)
        body = self.chance.choice(
            [text.encode(e, "replace") for e in UTF8_ONLY]
            + [b"\xff\xfe" + text.encode(), b"\xef\xbb\xbf" + text.encode(), self.chance.randbytes(3000), b"", b"\x00" * 99]
        )  # fmt: skip
        return Call("not UTF-8", self.hooks.call(body), TAKEN | NOT_MINE)

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
        return Call("deep or long", self.hooks.call(text.encode()), TAKEN | NOT_MINE | {413, 0})

    def _words(self, words: str) -> dict[str, Any]:
        self._number += 1
        chat = {"id": PHONE, "type": "private"}
        return {"update_id": self._number, "message": {"message_id": 7, "chat": chat, "text": words}}

    def huge(self) -> Call:
        """More than one message may have, said or not said, sent or only announced."""
        size = self.chance.choice([2**20 + 1, 2**21, 2**22])
        name = self.hooks.any()
        headers = self.hooks.headers(name, b"", good=False)
        body = b"x" * size
        data = self.chance.choice(
            [
                request("POST", self.hooks.path(name), headers, body),
                request("POST", self.hooks.path(name), headers, body[:1000], length="9" * self.chance.randint(7, 30)),
                request("POST", self.hooks.path(name), headers | {"Transfer-Encoding": "chunked"}, chunked(body, 65_536), length=""),
            ]
        )  # fmt: skip
        return Call("huge", data, frozenset({413, 400, 0}))

    def forged(self) -> Call:
        """A good message with a wrong secret, or none, or one in a wrong place: nothing of it is believed."""
        name = self.hooks.any()
        body = json.dumps(report(name, f"m{self.chance.random()}", FORGED)).encode()
        header = secret_header(name)
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
        path = self.hooks.path(name) + self.chance.choice(["", "?secret=" + secret, "?" + "a" * 5000])
        return Call("forged", request("POST", path, wrong, body), NOT_MINE)

    def lies_about_length(self) -> Call:
        """Less than was said, then nothing; or more, or a length that is none."""
        name = self.hooks.any()
        body = json.dumps(self.chance.choice(self.hooks.messages[name])).encode()
        if self.chance.random() < 0.5:
            data = self.hooks.call(body, name, length=str(len(body) + self.chance.choice([1, 500, 10**6])))
            return Call("truncated", data, ANY_REFUSAL, leaves=True)
        length = self.chance.choice(
            ["-1", "0", "1", "abc", "1e3", "٣", "1, 1", "+5", " ", "99999999999999999999"]
        )
        return Call("false length", self.hooks.call(body, name, length=length), ANY_REFUSAL)

    def in_chunks(self) -> Call:
        """Chunks: whole, broken off, with a size that is none."""
        name = self.chance.choice(["telegram", "zalo"])
        body = json.dumps(self.chance.choice(self.hooks.messages[name])).encode()
        headers = self.hooks.headers(name, body) | {"Transfer-Encoding": "chunked"}
        whole = chunked(body, self.chance.randint(1, 64))
        if self.chance.random() < 0.4:
            return Call("in chunks", request("POST", self.hooks.path(name), headers, whole, length=""), TAKEN)
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
        return Call("broken chunks", request("POST", self.hooks.path(name), headers, broken, length=""), ANY_REFUSAL, leaves=True)  # fmt: skip
