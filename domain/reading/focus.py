"""Agencies a plan names as the ones that matter most: "đặc biệt các đơn vị … như: A; B, C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.reading.fold import plain

_FOCUS = re.compile(r"\bdac biet\b.*?\b(?:nhu|gom|la)\s*:", re.DOTALL)


def cut_focus(text: str) -> tuple[tuple[str, ...], str]:
    """(names, the rest) of an emphasised list; names carry their prefixes in full."""
    if "dac biet" not in plain(text):
        return (), text
    found = _FOCUS.search(_same_length(text))
    if not found:
        return (), text
    listed = text[found.end() :].strip(" .…")
    return tuple(_named(listed)), text[: found.start()].strip(" ,;") or text


def _same_length(text: str) -> str:
    return "".join(plain(c)[:1] or " " for c in text)


_PREFIX = re.compile(
    r"^(?P<body>(?:Ủy|Uỷ) ban nhân dân|UBND)\s*(?P<many>các\s+)?(?P<level>huyện|thành phố|thị xã|xã|phường|thị trấn|đặc khu)?\s*:?\s*",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"^(huyện|thành phố|thị xã|xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)


def _named(listed: str) -> Iterator[str]:
    """ "UBND các xã: A, B" → "UBND xã A", "UBND xã B"; other names as they stand."""
    for part in re.split(r";", listed):
        committee, level = False, ""
        for name in re.split(r",|\s+và\s+(?=UBND|Ủy ban|Sở|huyện|thành phố|xã|phường)", part):
            name = name.strip(" .…")
            if not name:
                continue
            if head := _PREFIX.match(name):
                committee, level, name = True, (head["level"] or "").lower(), name[head.end() :].strip()
            elif own := _LEVEL.match(name):
                level, name = own[1].lower(), name[own.end() :]
            if name:
                yield f"UBND {level} {name}".replace("  ", " ") if committee else name
