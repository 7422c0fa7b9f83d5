"""Messages as the three messengers bring them: what the hostile variants are made from."""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

from tests.doubles.zalo_oa import APP
from tests.fuzz.mutating import recorded
from tests.fuzz.service import OA_USER, PHONE, ZALO_CHAT

#: in everything that is written to us; what people write may not be read in a log either
CANARY = "chim-hoang-yen"
#: reported only by calls whose secret is wrong: nobody may find it in the database
FORGED = "được 61%"


def messages() -> dict[str, list[Any]]:
    """Some of every kind, by the messenger that brings them."""
    return {"telegram": _telegram(), "zalo": _zalo(), "zalo-oa": _official_account()}


def report(name: str, number: str, words: str) -> dict[str, Any]:
    """A progress report as the messenger ``name`` would bring it; ``number``: what tells it from another."""
    if name == "telegram":
        chat = {"id": PHONE, "type": "private"}
        at = {"message_id": 5, "date": 1719280800, "chat": chat, "from": {"id": PHONE, "is_bot": False}}
        return {"update_id": crc32(number.encode()), "message": at | {"text": f"{words} {CANARY}"}}
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
    return [*recorded("telegram"), report("telegram", "1", "được 55%"), report("telegram", "2", "/viec")]


def _zalo() -> list[Any]:
    sticker = {
        "event_name": "message.sticker.received",
        "message": {"chat": {"id": ZALO_CHAT}, "sticker": "x"},
    }
    reports = [
        report("zalo", str(n), words) for n, words in enumerate(("được 55%", "/viec", "1", "chưa xong"))
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
    reports = [report("zalo-oa", str(n), words) for n, words in enumerate(("được 55%", "/viec", "#1:0"))]
    return [
        *reports,
        seen | stamp,
        follow | stamp,
        {"event_name": "user_send_image", "sender": {"id": OA_USER}} | stamp,
    ]


def stamp_of(body: bytes) -> str:
    """The timestamp a signature has in it, as the account's server would write it."""
    try:
        stamp = json.loads(body).get("timestamp")
    except (ValueError, RecursionError, AttributeError):
        return "?"
    return stamp if isinstance(stamp, str) and stamp.isprintable() and stamp.isascii() else "?"
