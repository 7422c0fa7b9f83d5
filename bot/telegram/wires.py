"""A Wire in Telegram's terms: entities in UTF-16 units, buttons in rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channel import Button, Span, Wire
from domain.messages import Tone

#: two labels up to this length stand side by side on a telephone without being cut
SHORT = 18
#: since Bot API 9.4; older clients show the button without colour
_TONES = {Tone.GOOD: "success", Tone.CAREFUL: "danger"}
_STYLES = frozenset({"bold", "italic", "strikethrough"})
Data = dict[str, Any]


def entities(text: str, spans: Sequence[Span]) -> list[Data]:
    """The spans as MessageEntity objects, whose offsets count UTF-16 units."""
    return [
        {
            "type": span.style,
            "offset": _units(text[: span.start]),
            "length": _units(text[span.start : span.start + span.length]),
        }
        for span in spans
        if span.style in _STYLES
    ]


def _units(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text) if not text.isascii() else len(text)


def keyboard(buttons: Sequence[Button]) -> Data | None:
    """An InlineKeyboardMarkup of the buttons, two short neighbours in one row; None without any."""
    rows: list[list[Button]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        if len(row) == 1 and len(row[0].label) <= SHORT and len(button.label) <= SHORT:
            row.append(button)
        else:
            rows.append([button])
    if not rows:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> Data:
    shown = {"text": button.label, "callback_data": button.token}
    style = _TONES.get(button.tone)
    return shown | {"style": style} if style else shown


def answering(wire: Wire) -> Data | None:
    """ReplyParameters of the message answered; one that has been deleted since is no reason not to answer."""
    if not (wire.reply_to.isdecimal() and wire.reply_to.isascii() and len(wire.reply_to) < 16):
        return None
    return {"message_id": int(wire.reply_to), "allow_sending_without_reply": True}
