"""Whom a sentence says to work with: "phối hợp với …", "cùng với …", "Sở Y tế chủ trì, Công an tỉnh phối hợp …"."""

from __future__ import annotations

import re

from domain.reading.fold import capital_letters, tidy
from domain.reading.orders.plan_addressed import DIRECTS, Known
from domain.reading.tables.plan_columns import looks_like_agency
from domain.reading.verbs import first_verb
from domain.reading.who_words import HEAD

_CAPITAL = capital_letters()
_WITH = re.compile(
    r"(?:phối hợp|phối, kết hợp|kết hợp|hiệp đồng)(?: [a-zà-ỹ]+){0,2}? (?:với|cùng với|cùng):?\s+(?=\S)|(?:phối hợp|phối, kết hợp)\s*:?\s+(?=\S)"
    r"|(?<!huy động )(?<!vận động )(?<!thu hút )(?<!tăng cường )(?<!kêu gọi )(?:có |với )?sự (?!chỉ đạo|lãnh đạo|đồng ý|đồng thuận|cho phép|chấp thuận|thống nhất|quan tâm)(?:[a-zà-ỹđ]+ ){2,4}?của\s+(?=\S)"
    r"|(?:chủ trì|chủ động)(?:,\s+(?:[^\s,.;]+\s+){0,4}với|,?\s+cùng(?: với)?)\s+(?=\S)|^cùng(?: với)?\s+(?=\S)|(?<=[,;)] )cùng(?: với)?\s+(?=\S)"
    rf"|(?<=[a-zà-ỹ] )(?<!làm việc )cùng(?: với)?\s+(?=(?-i:[{_CAPITAL}]))"
    r"|tham vấn\s+(?=\S)|bàn (?:bạc )?với\s+(?=\S)|[,;] cùng (?:lo|làm|chung tay|tham gia|dự|giám sát) có\s+(?=\S)",
    re.IGNORECASE,
)
#: who is invited helps, if named: "có mời Hiệp hội … tham dự", "mời Ban đại diện cha mẹ học sinh cùng giám sát"
_INVITED = re.compile(rf"(?<![^\s,;:])mời\s+(?=[{_CAPITAL}])")
#: who has to come and answer helps nobody
_CALLED = re.compile(r"\s+(?:đến|lên|về)\s+(?:để )?(?:giải trình|làm việc|báo cáo|nhận)(?!\w)")
#: who helps stands before the word: "Sở Y tế chủ trì; Công an tỉnh và UBND các xã phối hợp …"
_LEADS = re.compile(
    r"(?:\bchủ trì|chịu trách nhiệm|đầu mối|thường trực)\b\)?[^,;.]{0,40}[,;]\s+", re.IGNORECASE
)
_JOIN = re.compile(r"\s*\(?(?:cùng |là (?:đơn vị|cơ quan) )?phối hợp\b(?! với| cùng| chặt)")
_MARKED = re.compile(r"\s*\((?:phối hợp|tham gia|hỗ trợ)\)", re.IGNORECASE)
#: who lends a hand stands behind a comma: "…, có Hải đội 2 hỗ trợ", "…; Phòng Tin học giúp trích dữ liệu"
_BESIDE = re.compile(rf"(?:[,;]|\.(?= [{_CAPITAL}]))\s+(?P<has>(?:(?:thành phần )?(?:có|gồm)|mời)\s+)?(?=\S)")
_LENDS = re.compile(
    r"\s+(?:cùng )?(?:tham gia|hỗ trợ|phối hợp|phụ lực|phụ giúp|trợ giúp|góp sức|tiếp sức|giúp(?! đỡ))(?!\w)|\s+cùng (?:đi|lo|làm|dự|giám sát)(?!\w)|\s+(?:đi|lo|làm) cùng(?!\w)"
)
_LENDING = re.compile(rf"(?: [^\s,.;:]+){{0,5}}?(?={_LENDS.pattern})")
_LEFT = re.compile(r"\s+(?:cùng|để|tự|và)$")
_STOP = re.compile(r"[.;:]|,?\s+để\s")


def helping(what: str, who: str, known: Known) -> tuple[str, bool]:
    """The names of those who help, and whether their end is sure."""
    what = what.partition(who)[2].lstrip(" ,:") if who and who in what else what
    for led in _LEADS.finditer(what):
        end = led.end() + known.at_start(what[led.end() :]).end
        if marked := _MARKED.search(what, led.end(), end):
            end = marked.start()
        if end > led.end() and (marked or _JOIN.match(what, end)):
            return tidy(what[led.end() : end]).strip(" ,;"), True
    for shared in sorted((*_WITH.finditer(what), *_INVITED.finditer(what)), key=lambda m: m.start()):
        rest = what[shared.end() : shared.end() + 420]
        names = known.at_start(rest, told=True)
        if _CALLED.match(rest, names.end):
            continue
        if names.end:
            return _LEFT.sub("", tidy(rest[: names.end]).strip(" ,;")), names.sure
        stop = _STOP.search(rest)
        ends = [p for p in (first_verb(rest), stop.start() if stop else -1) if p >= 0]
        words = rest[: min(ends, default=len(rest))].strip(" ,")
        if looks_like_agency(words):
            return words, False
    return _lending(what, known), True


def _lending(what: str, known: Known) -> str:
    """Who lends a hand in words of his own, if named, or said to be there: "…, có cán bộ quản lý thị trường đi cùng"."""
    directs = DIRECTS.match(what)
    directed = directs.end() + known.at_start(what[directs.end() :], told=True).end if directs else 0
    for place in _BESIDE.finditer(what, directed):
        end = place.end() + known.at_start(what[place.end() :]).end
        if place["has"] and end > place.end() and (lends := _LENDING.match(what, end)):
            end = lends.end()  # who is said to be there, in whatever words
        name = tidy(what[place.end() : end]).strip(" ,;")
        apart = place[0][0] in ";." and HEAD.match(name)  # behind a comma people may be what is done to
        named = place["has"] or apart or any(c.isupper() for c in name)
        if named and name and _LENDS.match(what, end):
            return name
    return ""
