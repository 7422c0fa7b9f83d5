"""What Zalo's refusals mean for a message. Business errors come with HTTP 200, so the body's code goes first.

Codes: https://docs.zaloplatforms.com/docs/BOT (error codes). 403 is "internal server error" there, 408 ends a
quiet poll, and 429 is a spent quota; no time to wait is given with any of them.
"""

from __future__ import annotations

from typing import Any

from bot.channel import AddressGone, BotRefused, QuotaSpent, Rejected, RetryAfter, SendError, Unreachable
from bot.json_fields import a_text
from bot.secrecy import reason

QUIET = 408
#: a gateway's 429 is about haste, a body's about a quota: of it only a try now and then is left, seconds
HASTE, QUOTA = 5.0, 300.0


def code_of(answer: dict[str, Any]) -> int:
    """The error code, which may be a number or its digits; 0 where there is none."""
    code = answer.get("error_code")
    if isinstance(code, str) and code.isdecimal() and len(code) < 10:
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else 0


def judge(status: int, answer: object) -> SendError | None:
    """The decision an answer stands for; None when the call succeeded. Carries no description."""
    if not isinstance(answer, dict) or "ok" not in answer:
        return RetryAfter(HASTE) if status == 429 else Unreachable("not_zalo")
    if answer["ok"] is True:
        return None
    code, words = code_of(answer) or status, a_text(answer.get("description")).lower()
    if code == 401:
        return BotRefused("unauthorized")
    if code == 429:
        return QuotaSpent(QUOTA)
    if code in (400, 404) and any(sign in words for sign in ("chat_id", "chat not", "user")):
        return AddressGone("chat_not_found")
    if code in (400, 404):
        return Rejected(reason(words))
    return Unreachable("timed_out" if code == QUIET else "network")
