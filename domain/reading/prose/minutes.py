"""The head of minutes: when and where a meeting was, who led it, who came. Its labels say nothing of a task."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(
    r"(?:[IVX]{1,4}[.)]\s*|[-–+*•]\s*)?(?:Thời gian|Địa điểm|Chủ trì|Chủ tọa|Chủ toạ|Thư ký|Thành phần|Người ghi|Có mặt|Vắng)[^:]{0,40}:",
    re.IGNORECASE,
)
#: only meetings have them
_MEETING = re.compile(r"\b(?:địa điểm|thành phần)\b", re.IGNORECASE)
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s*[.)/]|[a-zđ]\)|Điều \d")


def without_head(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without those that tell of the meeting itself."""
    first = next((index for index, text in enumerate(paragraphs) if _ITEM.match(text)), 0)
    heads = [text for text in paragraphs[:first] if _HEAD.match(text)]
    if len(heads) < 2 or not any(_MEETING.search(text) for text in heads):
        return list(paragraphs)
    return [text for text in paragraphs[:first] if not _HEAD.match(text)] + list(paragraphs[first:])
