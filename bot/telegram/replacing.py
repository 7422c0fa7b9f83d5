"""Other words for a message that was sent (editMessageText, editMessageCaption for one with a file)."""

from __future__ import annotations

from telegram.error import BadRequest

from bot.channel import Wire
from bot.telegram.transport import Transport
from bot.telegram.wires import entities

MAX_CAPTION = 1024
#: descriptions by which Telegram says that the message has these words already (a repeated try)
_SAME = "message is not modified"


async def replace_message(calls: Transport, chat: str, wire: Wire) -> str:
    """Put the words where the old ones are and take its buttons away; without it, say them as a new message."""
    for method, name, most in (
        ("editMessageText", "text", 4096),
        ("editMessageCaption", "caption", MAX_CAPTION),
    ):
        text = wire.text[:most]
        spans = [s for s in wire.spans if s.start + s.length <= most]
        marks = {"text": "entities", "caption": "caption_entities"}[name]
        try:
            await calls.send(
                method,
                {
                    "chat_id": chat,
                    "message_id": int(wire.replaces),
                    name: text,
                    marks: entities(text, spans) or None,
                },
            )
        except BadRequest as error:
            if _SAME in str(error).lower():
                return wire.replaces
        else:
            return wire.replaces
    sent = await calls.send(
        "sendMessage",
        {"chat_id": chat, "text": wire.text, "entities": entities(wire.text, wire.spans) or None},
    )
    return str(sent.get("message_id", ""))
