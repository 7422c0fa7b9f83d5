"""Names a person may teach the register, and how they are found in a cell's words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from domain.agencies import Agency, Register
from domain.reading.fold import fold
from domain.reading.name_index import is_group, name_key
from domain.reading.plan_names import LEVEL_WORDS

#: from which likeness on a name is worth offering
_LIKE = 0.62
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


def likely(name: str, register: Register, most: int = 3) -> tuple[Agency, ...]:
    """Agencies whose names are spelled much like this one, the likeliest first: to be offered, never assumed."""
    key = fold(name)
    scored = [
        (max(SequenceMatcher(None, key, fold(n)).ratio() for n in (a.name, *a.aliases)), a)
        for a in register.agencies
    ]
    near = sorted((s for s in scored if s[0] >= _LIKE), key=lambda s: -s[0])
    return tuple(a for _, a in near[:most])


def with_words(words: str, register: Register, most: int = 12) -> tuple[Agency, ...]:
    """Agencies in whose name all these words stand, marks and spelling aside; in the register's order."""
    wanted = fold(words).split()
    found = [
        a
        for a in register.agencies
        if wanted and all(w in fold(" ".join((a.name, *a.aliases))) for w in wanted)
    ]
    return tuple(found[:most])
