"""Whom a sentence tells to do something: "Giao Sở Nội vụ …", "Trước ngày 10/4, các địa phương gửi …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.reading.agencies import scan
from domain.reading.fold import plain, tidy
from domain.reading.plan_columns import looks_like_agency
from domain.reading.plan_table import Reader
from domain.reading.verbs import end_of_known, first_verb

GIVEN = re.compile(r"^(?:Thống nhất |Đồng ý )?(?:Giao|Yêu cầu|Đề nghị|Phân công|Chỉ đạo|Chủ tịch UBND .{3,30} (?:giao|yêu cầu))(?: cho)?\s*:?\s+", re.IGNORECASE)  # fmt: skip
_POST = re.compile(r"^(?:(?:đồng chí|ông|bà)\s+)?(?:Giám đốc|Thủ trưởng|Chủ tịch|Phó Chủ tịch|Chánh|Trưởng|Người đứng đầu)\s+(?:các\s+)?(?=\S)", re.IGNORECASE)  # fmt: skip
#: what may stand before whoever is told: "Trong tháng 3/2025, ", "Về kinh phí: ", "Đồng ý chủ trương, giao "
_BEFORE = re.compile(
    r"^(?:(?:Trong|Trước|Chậm nhất|Đến|Định kỳ|Hằng|Hàng)\s[^,;:]{3,50},\s+|(?:Về|Đối với)\s[^:.]{3,110}:\s+"
    r"|(?:Đồng ý|Thống nhất|Cơ bản)\s[^.;:]{3,110}?[,;:]\s+(?=(?:giao|yêu cầu|đề nghị)\s))",
    re.IGNORECASE,
)
#: who issues does not order itself
_ISSUER = re.compile(
    r"^(?:(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:tinh|thanh pho|huyen|xa|phuong)|thu tuong chinh phu|chinh phu)$"
)
#: a colon behind these lists names: "các Sở: Xây dựng, Công Thương"
_LISTS = re.compile(r"(?:\bsở|\bSở|đơn vị|cơ quan|địa phương|\bxã|phường|huyện|ngành)\s*$")
_MAX_WHO = 220
#: so many letters of what is to be done must stand behind a name, where no known verb does
_LEAST_DOING = 20
#: a sentence, and as many words of it are taken for a name where nothing tells its end
_SENTENCE, _GUESS = re.compile(r"[.;]\s*$"), 5


@dataclass(frozen=True, slots=True)
class Addressed:
    """Who is told, and what; ``sure`` is false where only the beginning of the sentence was taken for a name."""

    who: str = ""
    what: str = ""
    sure: bool = True


_NOBODY = Addressed()


def addressed(said: str, reader: Reader, *, numbered: bool) -> Addressed:
    """Who is told what; nobody where a sentence tells nobody in particular."""
    said = said[_before(said) :]
    given = GIVEN.match(said)
    rest = said[given.end() :] if given else said
    post = _POST.match(rest)
    named = given is not None and given[0].lower().startswith("giao") and rest[:1].isupper()
    if not named and not looks_like_agency(rest[post.end() :] if post else rest):
        return _NOBODY
    end = _end_of_names(rest, reader)
    if end < 0 and numbered and len(rest) > _LEAST_DOING and (known := end_of_known(rest)):
        end = known
    if end < 0 and numbered and len(rest) > 2 * _LEAST_DOING and _SENTENCE.search(rest):
        words = rest.split(" ")
        return Addressed(" ".join(words[:_GUESS]), " ".join(words[_GUESS:]), sure=False)
    if end < 0 and not given and len(rest) > 120:
        return _NOBODY
    end = len(rest) if end < 0 else end
    who = tidy(rest[:end]).rstrip(" ,:;.")
    if end > _MAX_WHO or (not given and _ISSUER.match(plain(who))):
        return _NOBODY
    return Addressed(who, rest[end:].lstrip(" ,:;"))


def _before(said: str) -> int:
    """Where whoever is told begins, behind words on the matter or the time."""
    found = _BEFORE.match(said)
    if not found:
        return 0
    rest = said[found.end() :]
    return found.end() if GIVEN.match(rest) or looks_like_agency(rest) else 0


def _end_of_names(text: str, reader: Reader) -> int:
    """Where the names that a text begins with end: at a colon, a verb, or behind the last known one; -1 for nowhere."""
    verb, colon = first_verb(text, 4), text.find(":")
    if colon >= 0 and (verb < 0 or verb > colon + 3) and _LISTS.search(text[:colon]):
        colon = text.find(":", colon + 1)
    end = min((p for p in (verb, colon) if p >= 0), default=-1)
    if not reader.register:
        return end
    hits = scan(text[: _MAX_WHO if end < 0 else end], reader.register)
    if not hits or hits[0].start > 20:
        return end
    last = hits[0].end
    for hit in hits[1:]:
        if not re.fullmatch(r"[\s,;]*(?:và|các|của)?\s*", text[last : hit.start]):
            break
        last = hit.end
    rest = text[last:].strip()
    return last if end < 0 and len(rest) > _LEAST_DOING and rest[0].islower() else end
