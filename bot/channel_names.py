"""What people call a channel."""

from __future__ import annotations

from bot.addressing import ALWAYS
from domain.phrases import Phrase, say, verbatim

#: messengers whose own names are not their channel's with a capital
_WRITTEN = {"zalo-oa": "Zalo OA"}


def channel_name(channel: str) -> Phrase:
    """Telegram, Zalo, Zalo OA; the browser chat in the reader's language. "" for none."""
    return say("Browser chat") if channel == ALWAYS else verbatim(_WRITTEN.get(channel, channel.title()))
