"""Hostile variants of recorded JSON: wrong types, missing parts, strange numbers and texts, deep nests."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63 - 1, 2**63, -(2**64), 10**400, 1.5, -0.0, float("inf"),
    float("nan"), "", " ", "0", "-5", "\x00", "a\x00b", "\ud800", "x\udfffy", "\u202e", "🙏" * 50,
    "A" * 5000, "/start", "/start ' OR 1=1", "/start " + "x" * 70, "88:0", "::", "9" * 30 + ":0", [], {},
    [[]], [{}], {"id": 1}, {"id": {"id": []}}, [None] * 3,
)  # fmt: skip


def recorded(folder: str) -> list[Any]:
    """The payloads under tests/fixtures."""
    files = sorted((Path(__file__).parents[1] / "fixtures" / folder).glob("*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def mutants(seeds: Sequence[Any], count: int, seed: int) -> Iterator[Any]:
    """As many variants, the same for the same seed; each differs from a recorded one in one to four places."""
    chance = random.Random(seed)
    for _ in range(count):
        thing = copy.deepcopy(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            thing = _changed(thing, chance)
        yield thing


def _changed(thing: Any, chance: random.Random) -> Any:
    parents = list(_parents(thing))
    if not parents:
        return chance.choice(STRANGE)
    parent, key = chance.choice(parents)
    kind = chance.randrange(5)
    if kind == 0:
        del parent[key]
    elif kind == 1 and isinstance(parent[key], str):
        parent[key] = _text(parent[key], chance)
    elif kind == 2:
        parent[key] = {"message": parent[key]} if chance.random() < 0.5 else [parent[key]]
    elif kind == 3 and isinstance(parent, dict):
        parent[chance.choice(list(parent))] = copy.deepcopy(parent[key])
    else:
        parent[key] = copy.deepcopy(chance.choice(STRANGE))
    return thing


def _parents(thing: Any) -> Iterator[tuple[Any, Any]]:
    pairs: Any = ()
    if isinstance(thing, dict):
        pairs = list(thing.items())
    elif isinstance(thing, list):
        pairs = list(enumerate(thing))
    for key, value in pairs:
        yield thing, key
        yield from _parents(value)


def _text(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    extra = chance.choice(["\x00", "\ud83d", "́", "\r\n", "%", '"', "🇻🇳", "‮", " " * 300])
    return text[:at] + extra + text[at:]


def mangled(body: bytes, chance: random.Random) -> bytes:
    """A body with bytes cut, doubled or overwritten: mostly no longer JSON, or no longer UTF-8."""
    at, length = chance.randint(0, len(body)), chance.randint(1, 12)
    noise = bytes(chance.randrange(256) for _ in range(length))
    return chance.choice([body[:at], body[:at] + body[at + length :], body[:at] + noise + body[at:]])
