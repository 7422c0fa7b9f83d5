"""Names a person may teach the register, and how they are found in a cell's words."""

from __future__ import annotations

import re

from domain.agencies import Register
from domain.reading.plan_names import LEVEL_WORDS, is_group, name_key

#: words that stand for anybody, folded
_COMMON = frozenset(
    name.replace(" ", "")
    for name in ("cac so", "ubnd huien", "ubnd xa", "ubnd tinh", "ubnd cap", "ban nganh", "co cuan", "don vi",
    "dia phuong", "cac co cuan", "cac don vi", "lanh dao", "giam doc", "chu tri", "phoi hop", "so", "ban", "phong")
)  # fmt: skip


def is_common(name: str, register: Register) -> bool:
    """Whether a name says too little to mean one agency: a letter or two, a mere kind of agency, a group."""
    key = name_key(name)
    words = {prefix.replace(" ", "") for _, prefix, _ in LEVEL_WORDS}
    return len(key) < 3 or key in _COMMON | words or is_group(key, register)


_ROLE_WORDS = re.compile(
    r"^\W*(?:giao|đề nghị|yêu cầu)\s+|[\s,(]+(?:(?:có trách nhiệm|chịu trách nhiệm|và|,)\s*)*"
    r"(?:chủ trì|phối hợp|theo dõi|đôn đốc|giám sát|kiểm tra|tham mưu|hướng dẫn|tổng hợp, báo cáo)\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def bare_name(text: str) -> str:
    """The name in a cell's words: "Sở Mới theo dõi, đôn đốc" → "Sở Mới"."""
    return _ROLE_WORDS.sub("", text).strip(" .,;:-–") or text
