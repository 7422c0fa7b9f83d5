"""What narrows a name: "UBND các xã có rừng", "các đơn vị liên quan", "Sở Du lịch (cơ quan thường trực)"."""

from __future__ import annotations

import re

from domain.reading.orders.who_walk import WORD, walk
from domain.reading.verbs import doing_at, doing_length, short_doing, verb_at
from domain.reading.who_words import ADVERB, BEING, CLOSED, OPEN, TRADE

_BRACKET = re.compile(r"\s*\([^()]{2,90}\)")
_QUOTED = re.compile(r"\s*[\"“][^\"“”]{2,60}[\"”]")
#: more than one: what narrows them may stand behind
_GROUP = re.compile(
    r"\b(?:các|những|mọi|toàn thể|tất cả|một số|từng|\d{1,2})\b|^(?:đơn vị|cơ quan|địa phương|chủ đầu tư|nhà thầu|đồng chí|cấp|người|cán bộ)",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"(?:doanh nghiệp|công ty|cơ sở|cửa hàng|hộ|hợp tác xã|tổ chức|cá nhân|chủ|đơn vị|nhà máy|hộ dân|hộ gia đình)$"
)
#: who may be said to be in charge of something, where others take charge of it
_PERSONS = re.compile(
    r"đồng chí|chủ tịch|giám đốc|thành viên|(?:ủy|uỷ) viên|cán bộ|công chức|lãnh đạo|trưởng|phó "
)
_PLACES = re.compile(r"địa bàn|thuộc|trung ương|trong ngành")
#: how many letters may narrow a name, a heading have, a trade be told in
_HANDS_IN = re.compile(r"(?:gửi|trình|nộp|báo cáo|hoàn thành|hoàn thiện|chịu)\s")
_THEN = re.compile(r"[^.;:,]{3,80}(?=,? thì )")
_UPWARDS = re.compile(r"trở (?:lên|xuống|đi)\s$")
_REST = re.compile(r"[^.;:,]{4,40}(?=\s*[.;])")
_NARROW, _HEADING, _TRADE_WORDS = 70, 90, 90


def is_trade(lower: str, start: int, end: int) -> bool:
    """Whether a business is named by what it does: "các doanh nghiệp chế biến, xuất khẩu …"."""
    return bool(TRADE.match(lower, end) and _BUSINESS.search(lower[start:end]))


def narrowed(text: str, lower: str, start: int, end: int, sure: int) -> tuple[int, int]:
    """Words that narrow a name: "UBND các xã có rừng", "các đơn vị liên quan", "Sở Du lịch (cơ quan thường trực)"."""
    while True:
        if (bracket := _BRACKET.match(text, end)) and text[bracket.end() :].strip(" .;"):
            end = bracket.end()
        elif quoted := _QUOTED.match(text, end):
            end = quoted.end()
        elif (closed := CLOSED.match(lower, end)) and (
            "phụ trách" not in closed[0]
            or (_PERSONS.search(lower[start:end]) and not doing_at(text, closed.end() + 1))
        ):
            end, sure = closed.end(), 1
            end = max(end, walk(text, lower, end)[0]) if _PLACES.search(closed[0]) else end
        else:
            break
    if (trade := TRADE.match(lower, end)) and is_trade(lower, start, end):
        if verb_at(text, trade.end()):
            return trade.end() - 1, 1
        behind = _doing_behind(text, trade.end() - 1)
        first = OPEN.search(lower, trade.end())
        if behind and behind - trade.end() < _TRADE_WORDS:
            return behind, 1 if first and first.start() < behind else -1
    opened = OPEN.match(lower, end)
    if opened and (_GROUP.search(text[:end]) or opened[0].strip() in ("có", "thuộc", "tại", "ở")):
        behind = _doing_behind(text, opened.end())
        if not behind and not re.search(r"[.;:,]", text[opened.end() :]) and len(text) < _HEADING:
            return len(text.rstrip()), 1  # a heading is all name
        if not behind and (rest := _REST.match(text, end)):
            return rest.end(), -1
        narrowing = text[opened.end() : behind]
        plain = behind and len(narrowing) < _NARROW and "," not in narrowing and not short_doing(narrowing)
        return (behind, 1 if plain else -1) if behind else (end, -1)
    return end, sure


def _doing_behind(text: str, at: int) -> int:
    """Where the doing begins behind words that narrow a name: at a comma or colon, or the next known verb; 0: nowhere."""
    last = at
    if then := _THEN.match(text, at):
        return then.end()  # "các khoa chưa báo cáo thì …"
    for word in WORD.finditer(text, at):
        gap = text[last : word.start()].strip()
        if _UPWARDS.search(text[: word.start()]):
            return last
        if gap[:1] in (";", ".", ":") or (
            gap[:1] == "," and (verb_at(text, word.start()) or ADVERB.match(text, word.start()))
        ):
            return last
        if word[0] == "mỗi":
            return last  # "… mỗi người viết một bản"
        if text.endswith("được giao ", 0, word.start()) and (last_doing := _chain(text, word.start())):
            return last_doing - 1
        if word.start() > at and doing_at(text, word.start()) and not BEING.search(text[: word.start()]):
            return len(text[: word.start()].rstrip(" ,"))
        last = word.end()
    return 0


def _chain(text: str, at: int) -> int:
    """Where the last of several doings in a row begins, of which those before it are what somebody was given; 0 for one."""
    place = at
    while (length := doing_length(text, place)) and doing_length(text, place + length + 1):
        place += length + 1
        if _HANDS_IN.match(text, place):
            break
    return place if place > at else 0
