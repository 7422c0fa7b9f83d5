"""What may be written down of a talk with a messenger: never a token, never what somebody wrote.

Both messengers put the bot's token into the address of every call, and a gateway's error page may echo it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re

TOKEN = re.compile(r"\d{3,}(?::|%3A)[A-Za-z0-9_-]{6,}", re.IGNORECASE)
_REASON_LENGTH = 48


def reason(description: str) -> str:
    """A short machine code of a description: its words, without figures, tokens and what is quoted."""
    words = re.sub(r"\"[^\"]*\"|'[^']*'|\d+", " ", TOKEN.sub(" ", description.lower()))
    code = re.sub(r"[^a-z]+", "_", words).strip("_")
    return code[:_REASON_LENGTH].rstrip("_") or "bad_request"


class HideTokens(logging.Filter):
    """Masks tokens where records are born: httpx and the library log addresses, which carry the token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, without tokens."""
        message = record.getMessage()
        if TOKEN.search(message):
            record.msg, record.args = TOKEN.sub("<token>", message), ()
        return True


def hide_tokens(*loggers: str) -> None:
    """Mask tokens in what these loggers write, once each."""
    for name in loggers:
        logger = logging.getLogger(name)
        if not any(isinstance(known, HideTokens) for known in logger.filters):
            logger.addFilter(HideTokens())


def hook_secret(key: bytes, name: str, bot: str) -> str:
    """What a messenger must put into the header of its calls: derived from the service's key, so nothing is kept."""
    digest = hmac.digest(key, f"webhook:{name}:{bot}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
