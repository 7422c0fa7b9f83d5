"""What Telegram's refusals mean for a message: later, elsewhere, never — or that the bot itself is refused.

Descriptions are not part of the API's promise, so the HTTP status and ``parameters`` decide first and words
only tell cases of one status apart (https://core.telegram.org/bots/api#making-requests).
"""

from __future__ import annotations

import os
from datetime import timedelta

from telegram import error as api

from bot.channel import AddressGone, BotRefused, Moved, Rejected, RetryAfter, SendError, Unreachable
from bot.secrecy import reason

# The library's coming form of RetryAfter.retry_after; without it, each one raised warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_FORBIDDEN = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("initiate conversation", "never_started"),
    ("kicked", "kicked"),
)
_GONE = (
    ("chat not found", "chat_not_found"),
    ("user not found", "chat_not_found"),
    ("peer_id_invalid", "chat_not_found"),
    ("group chat was deactivated", "deactivated"),
    ("not enough rights", "no_rights"),
    ("have no rights", "no_rights"),
)


#: asked to wait, and not told how long, seconds
HASTE = 5
#: asked to wait for longer, a bot looks again after a day, seconds
LONGEST_WAIT = 86_400


class NotTelegrams(api.TelegramError):
    """An answer that is not the API's: a gateway's page, a firewall's, a network's own sign-in."""


def translate(error: Exception) -> SendError:
    """The decision an error stands for. The result carries neither the description nor the token.

    The status of an answer that is not Telegram's says nothing of a chat, a message or the bot: a firewall's 403
    must not cost everybody their address.
    """
    if isinstance(error, NotTelegrams) or isinstance(error.__cause__, NotTelegrams):
        too_large = "entity too large" in str(error).lower()
        return Rejected("too_large") if too_large else Unreachable("network")
    if isinstance(error, api.RetryAfter):
        wait = error.retry_after
        return RetryAfter(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, api.ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, api.InvalidToken):
        return BotRefused("unauthorized")
    if isinstance(error, api.Conflict):
        return Unreachable("conflict")
    words = str(error).lower()
    if isinstance(error, api.Forbidden):
        return AddressGone(_first(_FORBIDDEN, words) or "forbidden")
    if isinstance(error, api.BadRequest):
        gone = _first(_GONE, words)
        return AddressGone(gone) if gone else Rejected(reason(words))
    if "entity too large" in words:
        return Rejected("too_large")
    timed_out = isinstance(error, api.TimedOut | TimeoutError)
    return Unreachable("timed_out" if timed_out else "network")


def _first(table: tuple[tuple[str, str], ...], words: str) -> str:
    return next((code for sign, code in table if sign in words), "")
