"""The long form of tests/bot/telegram/test_updates.py: ``pytest -m long tests/fuzz``."""

import json
import random

import pytest

from bot.json_fields import read_json
from bot.telegram.updates import to_incoming
from tests.fuzz.mutating import mangled, mutants, recorded

pytestmark = pytest.mark.long
COUNT = 20_000


def test_hostile_updates_never_raise() -> None:
    taken = 0
    for thing in mutants(recorded("telegram"), COUNT, seed=20_000):
        found = to_incoming(thing, "700700700")
        if found is not None:
            taken += 1
            (found.text + found.token + found.press).encode("utf-8")
    assert COUNT // 4 < taken < COUNT  # the mutants are neither all harmless nor all nonsense


def test_hostile_bodies_are_refused_as_values() -> None:
    chance = random.Random(20_000)
    bodies = [json.dumps(u).encode() for u in recorded("telegram")]
    unreadable = 0
    for _ in range(COUNT):
        try:
            to_incoming(read_json(mangled(chance.choice(bodies), chance)), "700700700")
        except ValueError:
            unreadable += 1
    assert 0 < unreadable < COUNT
