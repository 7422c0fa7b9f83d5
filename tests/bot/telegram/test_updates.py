"""Recorded payloads become what was meant; hostile ones become nothing, and never an error."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.incoming import FileRef, Incoming
from bot.json_fields import NO_TIME, read_json
from bot.telegram.updates import to_incoming, update_number
from tests.fuzz.mutating import mangled, mutants, recorded

FIXTURES = Path(__file__).parents[2] / "fixtures" / "telegram"
AT = datetime(2024, 6, 25, 2, 0, tzinfo=UTC)
LAN = "5219000111"


def update(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def incoming(number: int, **fields: Any) -> Incoming:
    base: dict[str, Any] = {"chat": LAN, "at": AT, "locale": "vi"}
    return Incoming("telegram", "700700700", str(number), **(base | fields))


EXPECTED = {
    "text": incoming(873260001, text="xong 80%, chờ Sở Tài chính", message_id="413"),
    "start_code": incoming(873260002, text="/start K7MWQ2XA", start_code="K7MWQ2XA", message_id="414"),
    "start": incoming(873260003, text="/start", message_id="415"),
    "reply": incoming(
        873260004,
        text="đã trình ký ạ 🙏",
        reply_to="412",
        message_id="416",
        quoted="Nhiệm vụ 2.b đến hạn thứ Sáu 28/6/2024.",
    ),
    "caption": incoming(
        873260005,
        text="2.b đã xong, có văn bản kèm theo",
        message_id="417",
        file=FileRef("AgACAgUAAxkBAAIBoWZ6", "anh.jpg", 1543),
    ),
    "press": incoming(873260006, at=NO_TIME, token="88:0", press="22414986430213", message_id="412"),
    "press_old": incoming(873260007, at=NO_TIME, token="12:1", press="22414986430214", message_id="97"),
    "edited": None,
    "group": incoming(
        873260009, chat="-1001987654321", text="/viec@dondoc_bot", is_private=False, message_id="51"
    ),
    "sticker": incoming(873260010, message_id="418", unreadable="sticker"),
    "blocked": None,
    "migrated": None,
    "inline_press": None,
    "forwarded": incoming(873260014, text="Báo cáo tiến độ: đã hoàn thành 5/7 nhiệm vụ.", message_id="419"),
}


def test_every_recorded_payload_has_its_meaning() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_recorded(name: str) -> None:
    assert to_incoming(update(name), "700700700") == EXPECTED[name]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/start ABC-def_1", "ABC-def_1"),
        ("/start@dondoc_bot  X1 ", "X1"),
        ("/start " + "x" * 65, ""),
        ("/start a b", ""),
        ("/starts X1", ""),
        ("start X1", ""),
        ("/start\nX1", "X1"),
    ],
)
def test_start_codes(text: str, code: str) -> None:
    changed = update("start_code")
    changed["message"]["text"] = text
    found = to_incoming(changed, "1")
    assert found is not None
    assert found.start_code == code


def test_what_no_database_takes_is_taken_out() -> None:
    changed = update("text")
    changed["message"]["text"] = "xong\x00 \ud800 80%"
    found = to_incoming(changed, "1")
    assert found is not None
    assert found.text == "xong ? 80%"


@pytest.mark.parametrize("thing", [None, 0, "x", [], {}, {"update_id": True}, {"update_id": "7"}])
def test_no_update_at_all(thing: object) -> None:
    assert update_number(thing) is None
    assert to_incoming(thing, "1") is None


def test_deep_nests_are_no_json() -> None:
    with pytest.raises(ValueError, match="deep"):
        read_json(b"[" * 200_000)


def test_hostile_updates_never_raise() -> None:
    for thing in mutants(recorded("telegram"), 2000, seed=7):
        found = to_incoming(thing, "700700700")
        assert_clean(found)


def test_hostile_bodies_are_refused_as_values() -> None:
    chance = random.Random(11)
    bodies = [json.dumps(u, ensure_ascii=False).encode() for u in recorded("telegram")]
    for _ in range(1000):
        try:
            found = to_incoming(read_json(mangled(chance.choice(bodies), chance)), "700700700")
        except ValueError:
            continue
        assert_clean(found)


def assert_clean(found: Incoming | None) -> None:
    """What is let in can be stored: no NUL, no lone surrogate, numbers within 64 bits, a real instant."""
    if found is None:
        return
    for value in (found.text, found.token, found.press, found.locale, found.start_code):
        assert "\x00" not in value
        value.encode("utf-8")
    for number in (found.update_id, found.chat, found.message_id, found.reply_to or "0"):
        assert -(2**63) <= int(number) < 2**63
    assert found.at.tzinfo is UTC
    assert bool(found.token) == bool(found.press)
