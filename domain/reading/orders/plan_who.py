"""Where the names end that a sentence begins with: told by what names look like, for names are finite and verbs are not.

A name begins with one of few heads (Sở, UBND, Công ty, Giám đốc …). It goes on over capitals, the second syllable of a
word that a capital begins, and the small words that stand within names; whatever comes behind is the doing, known or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.fold import capital_letters
from domain.reading.orders.who_narrow import is_trade, narrowed
from domain.reading.orders.who_unknown import (
    LISTS,
    closing_colon,
    further,
    may_go_on,
    misled,
    tells,
    unknown_list,
)
from domain.reading.orders.who_walk import WORD, is_capital, walk
from domain.reading.verbs import (
    begins_with_verb,
    doing_at,
    doing_length,
    end_of_known,
    field_at,
    verb_at,
)
from domain.reading.who_words import (
    HEAD,
    LATER,
    LEVEL,
    POST,
    TERM,
    TOPIC,
    TOPICAL,
)

_JOINT = re.compile(r"\s*(?:[,;/](?: *và(?= )| *hoặc(?= ))?|và(?= )|hoặc(?= )|[-–](?= ))\s*")
_COLON = re.compile(r"\s*:\s*")
_BOARD = re.compile(r"(?:ban chỉ đạo|tổ công tác|ban chỉ huy|hội đồng|tổ|đội|nhóm|đoàn)$")
#: initials of a body: "BTL Quân khu 3", "TTYT huyện"; not of a subject
_INITIALS = re.compile(
    r"(?!PCCC|CCHC|TTHC|ANTT|GPMB|ATGT|KTXH|XDCB|ANTQ|GDĐT|VSAT|ATTP|PCTN|NTM|CNTT|KHCN|[IVXLC]+\b)[A-ZĐ]{3,8}\b(?=\s)|[A-ZĐ]{2,4}\d{2}\b|P\.\s+(?=[A-ZĐ])|[A-Z]\w+bank\b|(?:BIDV|EVN)\b"
)
#: words between a name and its doing that were taken for the name's
_LEFT = re.compile(
    r"\s+(?:(?<!trật )tự|cùng|cũng|phải|(?<!Hậu )cần|sẽ|được(?: mời| đề nghị| yêu cầu| giao| phân công)?|đều)$"
)
_BODIES = frozenset(
    [
        "Khu",
        "Quỹ",
        "Đội",
        "Tổ",
        "Ban",
        "Hội",
        "Sở",
        "Bộ",
        "Vụ",
        "Cục",
        "Phòng",
        "Viện",
        "Khoa",
        "Chi",
        "Trạm",
        "Phó",
        "Trưởng",
    ]
)
_AREA = re.compile(r"(?:địa bàn|trên|tại|đối với|toàn|của|cho)\s$")
_TOPIC_WORDS = 14
_PLACED = 3  # words of a name whose last two may be where it is
_LONGEST = 420


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a text begins with end at ``end`` (0: none); ``sure`` where more than their shape tells so."""

    end: int = 0
    sure: bool = False


NONE = Names()


def names_at_start(text: str, known: Sequence[str] = (), *, told: bool = False) -> Names:
    """The names a text begins with. ``known``: names, in small letters, that stand elsewhere in the document;
    ``told``: words before it say that somebody is named, so any capital begins a name."""
    text = text[:_LONGEST]
    lower = text.lower()
    end, sure = _one(text, lower, 0, known, first=not told)
    while 0 < end < len(text):
        if (
            sure == 0
            and not _JOINT.match(text, end)
            and not _is_proper(text[:end])
            and (more := further(text, lower, end, told=told))
        ):
            end, sure = more
        joint = _JOINT.match(text, end) or (_COLON.match(text, end) if LISTS.search(text[:end]) else None)
        if not joint or (joint[0].strip() in ("-", "–") and not POST.match(lower, joint.end())):
            break
        new = joint[0].strip()[:1] in (";", ":")
        behind, certain = _one(text, lower, joint.end(), known, first=False, new=new)
        if not behind and sure == 0 and text[end] == "," and (more := unknown_list(text, end)):
            behind, certain = more
        if not behind:
            break
        end, sure = behind, certain
    if not end:
        return NONE
    if colon := closing_colon(text, end):
        return Names(colon, True)
    if real := misled(text, end):
        return Names(real, False)
    if left := _LEFT.search(text[:end]):
        end = left.start()
    if may_go_on(text, end):
        return Names(end, False)
    stops = text[end:].lstrip()[:1] in (":", ";", ".")
    placed = _is_proper(text[:end]) and len(text[:end].split()) > _PLACED
    return Names(end, sure > 0 or stops or placed or (sure == 0 and tells(text, end)))


def _is_proper(name: str) -> bool:
    """Whether a name ends with a place or a person: two capitals, behind which no small word goes on."""
    last = name.split(" ")[-2:]
    return (
        len(last) == 2
        and last[0] not in _BODIES
        and all(word[:1].isupper() and not word.isupper() for word in last)
    )


def _one(
    text: str, lower: str, start: int, known: Sequence[str], *, first: bool, new: bool = False
) -> tuple[int, int]:
    """(end, sure) of the name at a place: 1 sure, 0 by its shape, -1 by guess; end is 0 where none begins. ``new``: a sentence may begin there."""
    head, sure = _head(lower, start, first=first), 0
    at = post.end() if (post := POST.match(lower, start)) else start
    if usual := end_of_known(text[at:]):
        end, _ = walk(text, lower, at + usual)
        sure = True
    elif head:
        trade = is_trade(lower, start, head)
        end, sure = (head, False) if trade else walk(text, lower, head)
        if end == head and not first and LEVEL.match(lower, start):
            sure = True  # "UBND các xã, phường"
        board = _board(text, lower, start)
        end = max(end, board)
        if board and not sure and not (end > head and text.startswith(" và ", end)):
            end, sure = _topic(text, lower, end)
        elif (
            end == head and first and not sure and at == start and not _stands_alone(text, lower, start, head)
        ):
            return 0, 0
    elif first and not text.isupper() and (initials := _INITIALS.match(text, start)):
        end, sure = walk(text, lower, initials.end())
        sure = sure or initials[0][-1].isdecimal()  # "PC04"
        if not (sure or tells(text, end)):
            return 0, 0
    elif not first and (field := field_at(text, start)):
        end, sure = field, True
    elif not first and (
        TERM.match(lower, start)
        if not is_capital(text, start)
        else not (new and begins_with_verb(text[start : start + 40]))
    ):
        end, sure = walk(text, lower, start)
    else:
        return 0, 0
    for name in known:
        if (
            len(name) > end - start
            and lower.startswith(name, start)
            and not lower[start + len(name) :][:1].isalnum()
        ):
            end, sure = walk(text, lower, start + len(name))[0], True
    return narrowed(text, lower, start, end, sure)


def _stands_alone(text: str, lower: str, start: int, head: int) -> bool:
    """Whether a head with nothing behind it names somebody: a group, or one that something tells to act."""
    return (
        " " in lower[start:head].strip()
        or tells(text, head)
        or bool(
            re.match(rf" và [{capital_letters()}]", text[head:])
            or (text.startswith(" và ", head) and TERM.match(lower, head + 4))
            or (text.startswith(", ", head) and HEAD.match(lower, head + 2))
        )
        or bool(re.match(r"(?: [^\s:;.,()]+){1,7}:\s+[a-zà-ỹđ]", text[head:]))
    )


def _head(lower: str, start: int, *, first: bool) -> int:
    """Where the head of a name at a place ends; 0 for none. A post may stand before it: "Giám đốc Sở …"."""
    post = POST.match(lower, start)
    if post and (head := HEAD.match(lower, post.end())):
        return head.end()
    if head := HEAD.match(lower, start) or (None if first else LATER.match(lower, start)):
        return head.end()
    return len(lower[: post.end()].rstrip()) if post and not lower.startswith("lãnh đạo", start) else 0


def _board(text: str, lower: str, start: int) -> int:
    """Where the kind of a board ends that a name begins with: "Đoàn kiểm tra có nhiệm vụ …"; 0 for none, 1 where its words
    may be what is to be done."""
    kind = TOPICAL.match(lower, start)
    return (kind.end() if tells(text, kind.end()) else 1) if kind else 0


def _topic(text: str, lower: str, at: int) -> tuple[int, bool]:
    """A board is named by what it is for: up to the level it belongs to, else up to the doing behind that."""
    stop = re.search(r"[,;:.]|\s(?:cùng|phối hợp|kết hợp)\s", text[at:])
    limit = at + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, at, limit))[:_TOPIC_WORDS]
    for word in words:
        if TOPIC.match(lower, word.start()) and not _AREA.search(lower[: word.start()]):
            return walk(text, lower, word.start())[0], True
    if tells(text, at) and not (
        _BOARD.search(lower[:at]) and words and verb_at(text, words[0].start()) and _two_doings(text, words)
    ):
        return at, True
    for word in words[1:]:
        if doing_at(text, word.start()) and word.start() > at + doing_length(text, words[0].start()):
            return len(text[: word.start()].rstrip()), True
    return at, False


def _two_doings(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether a second doing stands close behind the first, which then is what a board is for."""
    near = [w for w in words[2:6] if doing_at(text, w.start())]
    return bool(near) and not re.search(r"[,;:.]", text[words[0].start() : near[0].start()])
