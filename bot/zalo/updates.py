"""An event of the Zalo Bot Platform → Incoming. Pure, and safe with anything that parses as JSON.

Webhooks bring ``{ok, result: {event_name, message}}``, polls the inner object; either is taken from both.
Times are Unix milliseconds, ids opaque strings. Source: https://docs.zaloplatforms.com/docs/BOT (webhook).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.incoming import Incoming
from bot.json_fields import a_dict, a_text, an_int, seconds

_LONGEST_ID = 128


def to_incoming(event: object, bot: str) -> Incoming | None:
    """What came in; None for what does not concern us or is malformed. Never raises."""
    fields = a_dict(event)
    if isinstance(fields.get("result"), dict):
        fields = fields["result"]
    message = a_dict(fields.get("message"))
    chat = a_dict(message.get("chat"))
    where = a_text(chat.get("id")) or a_text(a_dict(message.get("from")).get("id"))
    kind = a_text(fields.get("event_name")).split(".")
    if not where or len(where) > _LONGEST_ID or kind[0] != "message" or kind[-1] != "received":
        return None
    if a_dict(message.get("from")).get("is_bot") is True:
        return None
    text = a_text(message.get("text")) or a_text(message.get("caption"))
    millis = an_int(message.get("date"))
    return Incoming(
        channel="zalo",
        bot=bot,
        update_id=f"{where}:{_number(message)}",
        chat=where,
        at=seconds(millis // 1000 if millis else None),
        text=text,
        is_private=a_text(chat.get("chat_type")).upper() != "GROUP",
        unreadable="" if text.strip() else kind[1] or "unsupported",
    )


def _number(message: dict[str, Any]) -> str:
    """The message's id; where it has none, as in what stands for a withheld one, a digest of all of it."""
    given = a_text(message.get("message_id"))
    if given and len(given) <= _LONGEST_ID:
        return given
    return hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()
