"""A Wire in Telegram's terms: entities in UTF-16 units, buttons in rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.channel import Button, Span, Wire
from domain.messages import Tone

#: two labels up to this length stand side by side on a telephone without being cut
SHORT = 18
_STYLES = {"bold": MessageEntityType.BOLD, "italic": MessageEntityType.ITALIC}
#: since Bot API 9.4; older clients show the button without colour
_TONES = {Tone.GOOD: KeyboardButtonStyle.SUCCESS, Tone.CAREFUL: KeyboardButtonStyle.DANGER}


def entities(text: str, spans: Sequence[Span]) -> Sequence[MessageEntity]:
    """The spans as entities, whose offsets count UTF-16 units."""
    found = [MessageEntity(_STYLES[s.style], s.start, s.length) for s in spans if s.style in _STYLES]
    return MessageEntity.adjust_message_entities_to_utf_16(text, found) if found else found


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """The buttons, two short neighbours in one row."""
    rows: list[list[Button]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        if len(row) == 1 and len(row[0].label) <= SHORT and len(button.label) <= SHORT:
            row.append(button)
        else:
            rows.append([button])
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.token, style=_TONES.get(button.tone))


def answering(wire: Wire) -> ReplyParameters | None:
    """The message answered; one that has been deleted since is no reason not to answer."""
    if not (wire.reply_to.isdecimal() and wire.reply_to.isascii() and len(wire.reply_to) < 16):
        return None
    return ReplyParameters(int(wire.reply_to), allow_sending_without_reply=True)
