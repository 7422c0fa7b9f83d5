"""Where the names end that a sentence begins with: told by what names look like, for names are finite and verbs are not.

A name begins with one of few heads (Sở, UBND, Công ty, Giám đốc …). It goes on over capitals, the second syllable of a
word that a capital begins, and the small words that stand within names; whatever comes behind is the doing, known or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.verbs import (
    begins_with_verb,
    doing_at,
    end_of_known,
    field_at,
    short_doing,
    verb_at,
)
from domain.reading.who_walk import WORD, is_capital, walk
from domain.reading.who_words import (
    ADVERB,
    CLOSED,
    HEAD,
    LATER,
    LEVEL,
    OPEN,
    POST,
    TERM,
    TOPIC,
    TOPICAL,
    TRADE,
)

_JOINT = re.compile(r"\s*(?:[,;/](?: *và(?= )| *hoặc(?= ))?|và(?= )|hoặc(?= )|[-–](?= ))\s*")
_COLON = re.compile(r"\s*:\s*")
_BRACKET = re.compile(r"\s*\([^()]{2,90}\)")
_QUOTED = re.compile(r"\s*[\"“][^\"“”]{2,60}[\"”]")
#: a colon behind these lists names: "các Sở: Xây dựng, Công Thương"
_LISTS = re.compile(
    r"(?:\bsở|\bbộ|đơn vị|cơ quan|địa phương|\bxã|phường|huyện|ngành|đồng chí|các ông|các ban)\s*$",
    re.IGNORECASE,
)
#: more than one: what narrows them may stand behind
_GROUP = re.compile(
    r"\b(?:các|những|mọi|toàn thể|tất cả|một số|từng|\d{1,2})\b|^(?:đơn vị|cơ quan|địa phương|chủ đầu tư|nhà thầu|đồng chí|cấp|người|cán bộ)",
    re.IGNORECASE,
)
_BOARD = re.compile(r"(?:ban chỉ đạo|tổ công tác|ban chỉ huy)$")
_BUSINESS = re.compile(
    r"(?:doanh nghiệp|công ty|cơ sở|hộ|hợp tác xã|tổ chức|cá nhân|chủ|đơn vị|nhà máy|hộ dân|hộ gia đình)$"
)
_BEING = re.compile(r"(?:đã|được|đang|chưa|bị)\s$")
_NARROW = 70
_PLACES = re.compile(r"địa bàn|thuộc|trung ương")
#: initials of a body: "BTL Quân khu 3", "TTYT huyện"; not of a subject
_INITIALS = re.compile(
    r"(?!PCCC|CCHC|TTHC|ANTT|GPMB|ATGT|KTXH|XDCB|ANTQ|GDĐT|VSAT|ATTP|PCTN|NTM|CNTT|KHCN|[IVXLC]+\b)[A-ZĐ]{3,8}\b(?=\s)"
)
#: what leads in a list of doings, and closes no name
_LISTING = re.compile(
    r"\b(?:chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|thực hiện|tham mưu|sau|dưới đây)\b"
)
_AREA = re.compile(r"(?:địa bàn|trên|tại|đối với|toàn|của|cho)\s$")
_TOPIC_WORDS = 14
_HEADING = 90
_TRADE_WORDS = 90
_LONGEST = 420
#: so many words of a name may be unknown, and so many letters stand between it and a colon
_UNKNOWN, _BEFORE_COLON = 7, 110


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
        if sure == 0 and (further := _further(text, lower, end)):
            end, sure = further
        joint = _JOINT.match(text, end) or (_COLON.match(text, end) if _LISTS.search(text[:end]) else None)
        if not joint or (joint[0].strip() in ("-", "–") and not POST.match(lower, joint.end())):
            break
        new = joint[0].strip()[:1] in (";", ":")
        behind, certain = _one(text, lower, joint.end(), known, first=False, new=new)
        if not behind:
            break
        end, sure = behind, certain
    if not end:
        return NONE
    if colon := _colon(text, end):
        return Names(colon, True)
    return Names(end, sure > 0 or (sure == 0 and _tells(text, end)))


def _further(text: str, lower: str, end: int) -> tuple[int, int] | None:
    """Where a name goes on whose next words nobody knows: up to the doing, or to the next name of the list."""
    if _tells(text, end) or _JOINT.match(text, end):
        return None
    stop = re.search(r"[,;:.()\"“]", text[end:])
    limit = end + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, end, limit))[:_UNKNOWN]
    for count, word in enumerate(words[1:], 1):
        if doing_at(text, word.start()) or (count < _UNKNOWN // 2 and ADVERB.match(lower, word.start())):
            return len(text[: word.start()].rstrip()), (1 if count < _UNKNOWN // 2 else -1)
        if lower.startswith("và ", word.start()) and HEAD.match(lower, word.end() + 1):
            return len(text[: word.start()].rstrip()), 0
    listed = stop and stop[0] == "," and words and words[-1].end() == limit and HEAD.match(lower, limit + 2)
    return (limit, 0) if listed else None


def _colon(text: str, end: int) -> int:
    """Where a colon closes a name that goes on in words nobody knows; 0 where there is none, or a doing before it."""
    colon = text.find(":", end, end + _BEFORE_COLON)
    between = text[end:colon] if colon >= 0 else ""
    if not between.strip() or re.search(r"[.;]", between) or _LISTS.search(text[:colon]):
        return 0
    rest = text[colon + 1 :].lstrip()
    named = " " in text[:end]  # of a bare "Tổ" anything may follow
    does = named and any(
        doing_at(between, m.start()) and not _BEING.search(between[: m.start()])
        for m in WORD.finditer(between)
    )
    if not rest or _LISTING.search(between) or (does and not rest[:1].islower()):
        return 0
    return 0 if named and verb_at(text, end + 1) else colon


def _tells(text: str, end: int) -> bool:
    """Whether what stands behind a name says that it has ended."""
    rest = text[end:].lstrip(" ,")
    return (
        not rest
        or rest[0] in ":.;("
        or verb_at(text, len(text) - len(rest))
        or bool(ADVERB.match(rest.lower()))
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
        end, sure = walk(text, lower, head)
        if end == head and not first and LEVEL.match(lower, start):
            sure = True  # "UBND các xã, phường"
        if TOPICAL.match(lower, start) and not sure:
            end, sure = _topic(text, lower, end)
        elif end == head and first and not sure and not _stands_alone(text, lower, start, head):
            return 0, 0
    elif first and not text.isupper() and (initials := _INITIALS.match(text, start)):
        end, sure = walk(text, lower, initials.end())
        if not (sure or _tells(text, end)):
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
            end, sure = start + len(name), True
    return _qualified(text, lower, start, end, sure)


def _stands_alone(text: str, lower: str, start: int, head: int) -> bool:
    """Whether a head with nothing behind it names somebody: a group, or one that something tells to act."""
    return (
        " " in lower[start:head].strip()
        or _tells(text, head)
        or bool(
            re.match(r" và [A-ZĐ]", text[head:])
            or (text.startswith(" và ", head) and TERM.match(lower, head + 4))
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


def _topic(text: str, lower: str, at: int) -> tuple[int, bool]:
    """A board is named by what it is for: up to the level it belongs to, else up to the doing behind that."""
    stop = re.search(r"[,;:.]", text[at:])
    limit = at + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, at, limit))[:_TOPIC_WORDS]
    for word in words:
        if TOPIC.match(lower, word.start()) and not _AREA.search(lower[: word.start()]):
            return walk(text, lower, word.start())[0], True
    if _tells(text, at) and not (
        _BOARD.search(lower[:at]) and words and verb_at(text, words[0].start()) and _two_doings(text, words)
    ):
        return at, True
    for word in words[1:]:
        if doing_at(text, word.start()):
            return len(text[: word.start()].rstrip()), True
    return at, False


def _two_doings(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether a second doing stands close behind the first, which then is what a board is for."""
    near = [w for w in words[2:6] if doing_at(text, w.start())]
    return bool(near) and not re.search(r"[,;:.]", text[words[0].start() : near[0].start()])


def _qualified(text: str, lower: str, start: int, end: int, sure: int) -> tuple[int, int]:
    """Words that narrow a name: "UBND các xã có rừng", "các đơn vị liên quan", "Sở Du lịch (cơ quan thường trực)"."""
    while True:
        if (bracket := _BRACKET.match(text, end)) and text[bracket.end() :].strip(" .;"):
            end = bracket.end()
        elif quoted := _QUOTED.match(text, end):
            end = quoted.end()
        elif closed := CLOSED.match(lower, end):
            end, sure = closed.end(), 1
            end = max(end, walk(text, lower, end)[0]) if _PLACES.search(closed[0]) else end
        else:
            break
    if (trade := TRADE.match(lower, end)) and _BUSINESS.search(lower[start:end]):
        behind = _doing_behind(text, trade.end())
        first = OPEN.search(lower, trade.end())
        if behind and behind - trade.end() < _TRADE_WORDS:
            return behind, 1 if first and first.start() < behind else -1
    opened = OPEN.match(lower, end)
    if opened and (_GROUP.search(text[:end]) or opened[0].strip() in ("có", "thuộc", "tại", "ở")):
        behind = _doing_behind(text, opened.end())
        if not behind and not re.search(r"[.;:,]", text[opened.end() :]) and len(text) < _HEADING:
            return len(text.rstrip()), 1  # a heading is all name
        narrowing = text[opened.end() : behind]
        plain = behind and len(narrowing) < _NARROW and "," not in narrowing and not short_doing(narrowing)
        return (behind, 1 if plain else -1) if behind else (end, -1)
    return end, sure


def _doing_behind(text: str, at: int) -> int:
    """Where the doing begins behind words that narrow a name: at a comma or colon, or the next known verb; 0: nowhere."""
    last = at
    for word in WORD.finditer(text, at):
        gap = text[last : word.start()].strip()
        if gap[:1] in (";", ".", ":") or (
            gap[:1] == "," and (verb_at(text, word.start()) or ADVERB.match(text, word.start()))
        ):
            return last
        if word.start() > at and doing_at(text, word.start()) and not _BEING.search(text[: word.start()]):
            return len(text[: word.start()].rstrip(" ,"))
        last = word.end()
    return 0
