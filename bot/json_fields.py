"""Reading what a messenger sends: JSON from outside, of which nothing can be taken for granted. Pure."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

#: where a messenger gives no time
NO_TIME = datetime.fromtimestamp(0, UTC)
_LARGEST = 2**63
_LATEST = 253_402_300_800  # the year 10000


def read_json(body: bytes) -> object:
    """A call's body as plain data. Raises ValueError for what is not JSON."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("nested too deep") from None


def a_dict(value: object) -> dict[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def an_int(value: object) -> int | None:
    """The number, where a database takes it."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and -_LARGEST <= value < _LARGEST else None  # type: ignore[operator,return-value]


def a_text(value: object) -> str:
    """The text, or "". Lone surrogates and NUL, which no database takes, are replaced and dropped."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def seconds(value: object) -> datetime:
    """The instant of a Unix time in seconds, UTC; :data:`NO_TIME` for what is none."""
    given = an_int(value)
    return datetime.fromtimestamp(given, UTC) if given and 0 < given < _LATEST else NO_TIME
