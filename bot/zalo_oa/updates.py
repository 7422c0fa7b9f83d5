"""An event of an Official Account → Incoming or Seen. Pure, and safe with anything that parses as JSON.

Fields as documented: ``event_name, app_id, sender.id, recipient.id, timestamp`` (milliseconds, as text),
``message {msg_id, msg_ids, text}``. A pressed button comes as the text of its payload.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.channel import Seen
from bot.incoming import Incoming
from bot.json_fields import a_dict, a_text, an_int, seconds
from domain.receipts import Receipt

_PRESSED = re.compile(r"#(\d{1,18}:\d{1,3})")
_RECEIPTS = {"user_received_message": Receipt.DELIVERED, "user_seen_message": Receipt.READ}
_LONGEST_ID, _MOST_IDS = 128, 200


def to_incoming(event: object, bot: str) -> Incoming | Seen | None:
    """What came in; None for what does not concern us or is malformed. Never raises."""
    fields = a_dict(event)
    name, message = a_text(fields.get("event_name")), a_dict(fields.get("message"))
    who = a_text(a_dict(fields.get("sender")).get("id"))
    if name == "follow":
        who = a_text(a_dict(fields.get("follower")).get("id"))
    if not who or len(who) > _LONGEST_ID:
        return None
    if name in _RECEIPTS:
        return _seen(who, message, _RECEIPTS[name])
    at = instant(fields)
    if name == "follow":
        number = f"follow:{who}:{int(at.timestamp())}"
        return Incoming("zalo-oa", bot, number, who, at, text="/start")
    number = a_text(message.get("msg_id"))
    if not name.startswith("user_send_") or not number or len(number) > _LONGEST_ID:
        return None
    text = a_text(message.get("text"))
    pressed = _PRESSED.fullmatch(text.strip())
    return Incoming(
        channel="zalo-oa",
        bot=bot,
        update_id=number,
        chat=who,
        at=at,
        text="" if pressed else text,
        token=pressed[1] if pressed else "",
        unreadable="" if text.strip() else name.removeprefix("user_send_"),
    )


def _seen(chat: str, message: dict[str, Any], receipt: Receipt) -> Seen | None:
    given = message.get("msg_ids")
    several = given[:_MOST_IDS] if isinstance(given, list) else [message.get("msg_id")]
    ids = tuple(n for n in map(a_text, several) if n and len(n) <= _LONGEST_ID)
    return Seen(chat, ids, receipt) if ids else None


def instant(fields: dict[str, Any]) -> datetime:
    """The event's time, UTC."""
    text = a_text(fields.get("timestamp"))
    millis = int(text) if text.isdecimal() and len(text) < 16 else an_int(fields.get("timestamp"))
    return seconds(millis // 1000 if millis else None)
