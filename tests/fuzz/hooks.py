"""How a messenger calls its webhook: where, and with what in the headers."""

from __future__ import annotations

import hashlib
import random
from typing import Any

from tests.doubles.zalo_oa import APP, OA_SECRET
from tests.fuzz.messages import messages, stamp_of
from tests.fuzz.raw_calls import request
from tests.fuzz.service import RunningService


def secret_header(name: str) -> str:
    """Where a messenger shows the secret it was given; an official account signs instead and has none."""
    return "X-Telegram-Bot-Api-Secret-Token" if name == "telegram" else "X-Bot-Api-Secret-Token"


class Hooks:
    """The webhooks of one service, each by its messenger's name, and the messages they are called with."""

    def __init__(self, service: RunningService, chance: random.Random) -> None:
        self.service, self.chance = service, chance
        self.messages = messages()

    def any(self) -> str:
        """One of the messengers."""
        return self.chance.choice(list(self.messages))

    def path(self, name: str) -> str:
        """Where it is called."""
        bots = {"telegram": self.service.telegram.bot, "zalo": self.service.zalo.bot, "zalo-oa": APP}
        return f"/{name}/{bots[name]}"

    def headers(self, name: str, body: bytes, *, good: bool = True) -> dict[str, str]:
        """With its secret or signature; ``good``: the signature has the message's own time in it."""
        kinds = [
            "application/json",
            "text/plain",
            "",
            "multipart/form-data",
            "application/json; charset=utf-16",
        ]
        headers = {"Content-Type": self.chance.choice(kinds)}
        if name == "zalo-oa":
            stamp = stamp_of(body) if good else "1"
            mac = hashlib.sha256(APP.encode() + body + stamp.encode() + OA_SECRET.encode()).hexdigest()
            return headers | {"X-ZEvent-Signature": f"mac={mac}"}
        return headers | {secret_header(name): self.service.hook_secret(name)}

    def call(self, body: bytes, name: str = "", **more: Any) -> bytes:
        """A messenger's call with this body; ``more``: as ``request`` takes it."""
        name = name or self.any()
        return request("POST", self.path(name), self.headers(name, body), body, **more)
