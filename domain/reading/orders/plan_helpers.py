"""Whom a sentence says to work with: "phối hợp với …", "cùng với …", "Sở Y tế chủ trì, Công an tỉnh phối hợp …"."""

from __future__ import annotations

import re

from domain.reading.fold import tidy
from domain.reading.orders.plan_addressed import Known
from domain.reading.tables.plan_columns import looks_like_agency
from domain.reading.verbs import first_verb

_WITH = re.compile(
    r"(?:phối hợp|phối, kết hợp|kết hợp)(?: [a-zà-ỹ]+){0,2}? (?:với|cùng với|cùng):?\s+(?=\S)|(?:phối hợp|phối, kết hợp)\s+(?=\S)"
    r"|(?<!huy động )(?<!vận động )(?<!thu hút )(?<!tăng cường )(?<!kêu gọi )(?:có |với )?sự (?:tham gia|phối hợp|hiện diện|chứng kiến|hỗ trợ|đồng hành|giám sát|bàn bạc)(?: chặt chẽ| trực tiếp)? của\s+(?=\S)"
    r"|(?:chủ trì|chủ động)(?:,\s+(?:[^\s,.;]+\s+){0,4}với|,?\s+cùng(?: với)?)\s+(?=\S)|^cùng(?: với)?\s+(?=\S)|(?<=[,;] )cùng(?: với)?\s+(?=\S)|tham vấn\s+(?=\S)|bàn (?:bạc )?với\s+(?=\S)",
    re.IGNORECASE,
)
#: who is invited helps, if named: "có mời Hiệp hội … tham dự", "mời Ban đại diện cha mẹ học sinh cùng giám sát"
_INVITED = re.compile(r"(?<![^\s,;:])mời\s+(?=[A-ZĐ])")
#: who helps stands before the word: "Sở Y tế chủ trì; Công an tỉnh và UBND các xã phối hợp …"
_LEADS = re.compile(
    r"(?:\bchủ trì|chịu trách nhiệm|đầu mối|thường trực)\b\)?[^,;.]{0,40}[,;]\s+", re.IGNORECASE
)
_JOIN = re.compile(r"\s*\(?(?:cùng )?phối hợp\b(?! với| cùng| chặt)")
#: who lends a hand stands behind a comma: "…, có Hải đội 2 hỗ trợ", "…; Phòng Tin học giúp trích dữ liệu"
_BESIDE = re.compile(r"[,;]\s+(?:có\s+|cùng lo có\s+)?(?=\S)")
_LENDS = re.compile(r"\s+(?:cùng )?(?:tham gia|hỗ trợ|đi cùng|giúp(?! đỡ)|cùng lo|làm cùng)(?!\w)")
_LEFT = re.compile(r"\s+(?:cùng|để|tự|và)$")
_STOP = re.compile(r"[.;:]|,?\s+để\s")


def helping(what: str, who: str, known: Known) -> tuple[str, bool]:
    """The names of those who help, and whether their end is sure."""
    what = what.partition(who)[2].lstrip(" ,:") if who in what else what
    for led in _LEADS.finditer(what):
        names = known.at_start(what[led.end() :])
        if names.end and _JOIN.match(what, led.end() + names.end):
            return tidy(what[led.end() : led.end() + names.end]).strip(" ,;"), True
    told = sorted((*_WITH.finditer(what), *_INVITED.finditer(what)), key=lambda m: m.start())
    for place in () if told else _BESIDE.finditer(what):
        names = known.at_start(what[place.end() :])
        name = tidy(what[place.end() : place.end() + names.end]).strip(" ,;")
        if any(c.isupper() for c in name) and _LENDS.match(what, place.end() + names.end):
            return name, True
    for shared in told:
        rest = what[shared.end() : shared.end() + 420]
        names = known.at_start(rest, told=True)
        if names.end:
            return _LEFT.sub("", tidy(rest[: names.end]).strip(" ,;")), names.sure
        stop = _STOP.search(rest)
        ends = [p for p in (first_verb(rest), stop.start() if stop else -1) if p >= 0]
        words = rest[: min(ends, default=len(rest))].strip(" ,")
        if looks_like_agency(words):
            return words, False
    return "", True
