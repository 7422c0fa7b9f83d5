"""What was misread, kept so that an administrator can teach the reader: locally, without names or numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_NUMBER = re.compile(r"(?<![\d/])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\d/])|\b\d{9}\b|\b\d{12}\b")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
_ADDRESSED = re.compile(
    r"\b((?i:anh|chị|chi|ông|bà|đ/c|đồng chí|dong chi|a|c|mr|mrs|ms)\s+)((?:\w+(?:\s+(?=\w)|\b)){1,4})"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One message that was not read as it was meant. ``read`` and ``meant`` are parts of a reading."""

    id: int
    said: str
    read: Mapping[str, Any]
    meant: Mapping[str, Any]
    day: date
    state: str = "open"  # open, taken (now in the lexicon or the tests), dropped


def anonymous(words: str) -> str:
    """The words without telephone and identity numbers, addresses of mail, and names behind a form of address."""
    words = _MAIL.sub("<mail>", _NUMBER.sub("<number>", words))
    return _ADDRESSED.sub(lambda m: m[1] + _without_name(m[2]), words)


def _without_name(words: str) -> str:
    """Capitalised words at the beginning are a name; "anh ấy" has none."""
    parts = re.split(r"(\s+)", words)
    name = 0
    while name < len(parts) and (parts[name].isspace() or parts[name][:1].isupper()):
        name += 1
    if name == 0:
        return words
    space = parts[name - 1] if parts[name - 1].isspace() else ""
    return "<name>" + space + "".join(parts[name:])
