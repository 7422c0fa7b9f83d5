"""What an Official Account's errors mean. They come with HTTP 200 and ``error`` other than 0.

Codes as seen at the open API v3.0: -216 and -124 an access token that ended, -230 outside of the seven days since
the person's last word, -213 who does not follow, -201 who cannot be written to, -211 and -32 a limit.
"""

from __future__ import annotations

from bot.channel import OutOfReach, Rejected, RetryAfter, SendError, Unreachable
from bot.json_fields import a_text, an_int

TOKEN_ENDED = (-216, -124)
_OUT_OF_REACH = {-230: "window", -213: "not_following", -201: "not_reachable"}
_LIMITS = {-211: 900.0, -32: 60.0}
HASTE = 5.0


def code_of(answer: object) -> int | None:
    """The ``error`` of an answer; None for what is not the API's."""
    if not isinstance(answer, dict):
        return None
    code = answer.get("error")
    words = a_text(code)
    return int(words) if words.lstrip("-").isdecimal() and len(words) < 10 else an_int(code)


def judge(status: int, code: int | None) -> SendError | None:
    """The decision an answer stands for; None when the call succeeded."""
    if status == 429:
        return RetryAfter(HASTE)
    if status >= 500 or code is None:
        return Unreachable("network")
    if code == 0:
        return None
    if code in _LIMITS:
        return RetryAfter(_LIMITS[code])
    if code in _OUT_OF_REACH:
        return OutOfReach(_OUT_OF_REACH[code])
    if code in TOKEN_ENDED:
        return Unreachable("access_token")
    return Rejected(f"error_{abs(code)}")
