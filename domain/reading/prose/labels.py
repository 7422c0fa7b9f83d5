"""Labels: a short phrase that names a role, before what it says ("Cơ quan chủ trì: …", "(hạn: 30/6)", "CQPH: …").

One grammar for every place a label may stand: at the beginning of a line, in a bracket, behind a semicolon, in the
middle of a line. A phrase is a label when every word of it belongs to such phrases and one of them names a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.reading.fold import plain
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time
from domain.reading.verbs import begins_with_verb

#: the first that is found in a phrase says what it labels
_ROLES: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(rf"\b(?:{pattern})\b"))
    for column, pattern in (
        (Column.NOTE, r"^(?:ngay |thoi gian |thoi diem )?bat dau|^(?:giai phap|cach (?:lam|thuc)|quy mo|chi tieu)|^pham vi|tinh trang|hien trang|trang thai|ghi chu|kinh phi|nguon|(?:ngay|thoi gian|thoi diem) (?:giao|ban hanh|ky|bat dau|nhan)|ly do|nguyen nhan|cap(?! nhat)|nguoi ky"
            r"|^dia diem|\bcu\b|kho khan|vuong mac|hinh thuc|tien do hien|(?:ket qua|tien do) (?:den nay|hien|thuc te|da)|qua han|doi tuong|thanh phan(?! tham)|muc do|de xuat"),
        (Column.NOTE, r"lanh dao .*(?:phu trach|chi dao|theo doi)|(?:phu trach|chi dao) (?:chung|linh vuc)"),
        (Column.SOURCE, r"van ban(?! phai| can)|can cu|giao tai|so cong van|(?:thong bao|cong van|quyet dinh|ke hoach) giao"),
        (Column.PRODUCT, r"san pham|ket qua|dau ra"),
        (Column.TIME, r"thoi (?:gian|han|diem)|tien do|lo trinh|han|moc|hoan (?:thanh|tat)|xong|khi nao|bao gio|ngay|deadline|ket thuc|dinh ky|ky bao cao|tan suat"),
        (Column.COORDINATE, r"phoi hop|cung|ho tro|giup|tham gia|lien quan|dong (?:thuc hien|chu tri)|tham dinh"),
        (Column.LEAD, r"chu tri"),
        (Column.TITLE, r"^(?:ten )?(?:noi dung|nhiem vu|cong viec|dau viec|muc tieu)"),
        (Column.MONITOR, r"theo doi|giam sat|don doc|kiem tra"),
        (Column.LEAD, r"thuc hien|phu trach|dau moi|chuan bi|ai|lam|dam nhan|tham muu|soan thao|trach nhiem|phan cong|duoc giao|giao|trien khai|chiu|to chuc|xay dung|trinh|bao cao"),
        (Column.TITLE, r"noi dung|nhiem vu|cong viec|viec|dau viec|muc tieu"),
        (Column.LEAD, r"^(?:cac )?(?:co quan|don vi|co quan, don vi)|^ro nguoi"),
    )
)  # fmt: skip
#: the words labels are made of, besides those of the roles
_WORDS = frozenset(
    " ".join(
        (
            "co quan don vi phong ban bo phan nguoi so nganh dia phuong to chuc ca nhan can bo cong chuc dong chi lanh dao thanh vien chuyen",
            "cac va hoac duoc chinh nhiem vu truc tiep cung voi noi dung cong viec cu the du kien de yeu cau phai theo cua tu chuc dau viec",
            "tinh trang thai ghi chu kinh phi nguon ngay giao thoi gian han diem ban hanh ki ky bat nhan ly do nguyen cap trinh nguoi kho khan",
            "vuong mac hinh thuc tien hien nay den qua doi tuong thanh phan muc de xuat van can cu tai so hieu san pham ket dau ra lo moc hoan xong",
            "khi nao deadline thuc phoi hop ho tro tham gia lien dong dinh ky bao cao tan suat chu tri theo doi giam sat don doc kiem tra phu trach",
            "bi chuan gio moi muu soan thao nhiem phan chiu trien khai xay dung noi cong viec tieu chi dao cuoi bo sung gui chat luong can dat thu truong phuong an",
            "ai lam gi hien dam nhan tat phap cach giai quy mo khi xong truc ubnd tinh huyen xa chung linh vuc hi kien cu quyet thong ke hoach cong van so ten tham dinh thuc te da ro giup",
        )
    ).split()
)
#: beginnings of labels that say what the label is for, whatever the rest is
_HEADS = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.NOTE, r"ly do|nguyen nhan|hien trang|tinh trang|ghi chu|kinh phi|nguon|dia diem|so ngay"),
        (Column.COORDINATE, r"(?:co quan|don vi|nguoi|bo phan|ben|luc luong|dv|cq) (?:phoi|cung|ho tro|giup|lien|tham gia)|phoi hop"),
        (Column.TIME, r"thoi (?:gian|han|diem) |han |ky han|moc "),
        (Column.LEAD, r"luc luong (?:chinh|nong cot)|(?:co quan|don vi|nguoi|bo phan|dv|cq) (?!cap|khac|duoc kiem|de nghi|yeu|nop|nhan|su dung|thu huong|tu van|ky|ngoai|tren|duoi|dang|trong|thuoc)"),
    )
)  # fmt: skip
_ABBREVIATED = {
    **dict.fromkeys(("cqct", "dvct", "cqth", "dvth", "cqdm", "dvdm", "cqtm", "dvtm", "cqss", "dvss", "ct", "pt", "cqcttm", "cqtmth"), Column.LEAD),
    **dict.fromkeys(("cqph", "dvph", "ph"), Column.COORDINATE),
    **dict.fromkeys(("tght", "tgth", "thth", "thht", "tg", "tgian", "t.gian", "t/gian", "t/g", "ht", "td", "tdht", "t.han"), Column.TIME),
    **dict.fromkeys(("c.tri", "ch.tri"), Column.LEAD),
    "p.hop": Column.COORDINATE,
    **dict.fromkeys(("sp", "kq", "spdr"), Column.PRODUCT),
    "th": Column.LEAD,
}  # fmt: skip
#: "Xong trước ngày: 10/9"
_BEFORE = re.compile(r"(?<=.) truoc(?: ngay)?$")
#: single words need a partner, but for these
_LONE = frozenset(("han", "xong", "ngay"))
#: sentences that give something to somebody: "Giao các Bộ: Công an, Tài chính …"
_GIVES = re.compile(
    r"^(?:giao|phan cong|yeu cau|de nghi|trinh|gui|bao cao) (?:cac|cho|so|don vi|co quan|phong|ban|can bo)\b"
)
_LONGEST, _MOST_WORDS, _FEW_WORDS, _SHORT, _FEW = 70, 12, 6, 26, 4
#: what stands before a label at the beginning of a line
_MARK = re.compile(
    r"^\s*(?:[a-zđ]\s*[.)]\s+|\((?:[ivx]{1,4}|\d|[a-zđ])\)\s*|\d{1,2}(?:\.\d{1,2})*\s*[.)]\s+)?[\s\-–+•*●▪→>o(\[]*(?=\S)"
)
_BOUNDS = re.compile(r"[.;()\[\]\n:]|\s[-–]\s")
#: a name before a label: "Sở Xây dựng Phối hợp: …"
_NAMED = re.compile(
    r"(?:Sở|Phòng|Ban|Cục|Chi cục|Trung tâm|Hội|Thanh tra|Văn phòng|Công an|UBND|Bộ|Viện|Trường)\s+[A-ZĐƯÂ]"
)
#: an abbreviation with a stop in it
_DOTTED = re.compile(r"(?:^|[\s;(])((?:t\.gian|t\.hạn|c\.trì|ch\.trì|p\.hợp))\s*$", re.IGNORECASE)
_COLON = re.compile(r"\s*:\s*")
_SCOPE = re.compile(r"\s*\(([^()]{1,60})\)\s*$")
_CAPITAL = re.compile(r"(?<=\s)(?=[A-ZĐƯ][a-zà-ỹ]* )")
_TIME_WORDS = re.compile(
    r"thuong xuyen|lien tuc|hang|dinh ky|khi|sau|theo|\d|lan|quy|thang|nam|trong|truoc|ngay"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: where it begins, where what it says begins, and for which items ("điểm a, b")."""

    start: int
    value: int
    column: Column
    scope: str = ""


#: of a document that uses no labels of its own
NONE_LEARNED: Mapping[str, Column] = {}


@lru_cache(maxsize=4096)
def role_of(phrase: str) -> Column | None:
    """The column a phrase labels; None when it is no label."""
    words = _BEFORE.sub("", plain(phrase).strip(" .-–*_"))
    if not words or len(words) > _LONGEST:
        return None
    if words in _ABBREVIATED:
        return (
            _ABBREVIATED[words]
            if phrase.strip(" .-–*_").isupper() or "." in words or "/" in words or len(words) > 3
            else None
        )
    parts = re.findall(r"[^\s,/]+", words)
    if len(parts) > _MOST_WORDS or _GIVES.match(words):
        return None
    if not all(part in _WORDS for part in parts):
        return _by_its_head(words, parts)
    if "ubnd" in parts and not words.startswith(("lanh dao", "dong chi", "thanh vien")):
        return None
    found = next((column for column, pattern in _ROLES if pattern.search(words)), None) or _by_its_head(
        words, parts
    )
    return found if len(parts) > 1 or words in _LONE else None


def _by_its_head(words: str, parts: Sequence[str]) -> Column | None:
    """ "Đơn vị đảm nhận", "Hạn chót": a word nobody knows behind one that says enough."""
    if len(parts) > _FEW_WORDS or any(part.isdecimal() for part in parts):
        return None
    return next((column for column, pattern in _HEADS if pattern.match(words)), None)


def labels(text: str, learned: Mapping[str, Column] = NONE_LEARNED) -> list[Label]:
    """Every label of a text, in order. ``learned``: phrases that this document uses as labels."""
    return list(_found(text, learned)) if ":" in text else []


def first_phrase(line: str) -> tuple[str, str]:
    """(what a line says before its first colon, what behind it); ("", "") without one."""
    colon = line.find(":")
    if colon < 0:
        return "", ""
    mark = _MARK.match(line)
    return _SCOPE.sub("", line[mark.end() if mark else 0 : colon]).strip(), line[colon + 1 :].strip()


def begins_with_label(line: str) -> bool:
    """Whether a line begins with a label that assigns something."""
    phrase, _ = first_phrase(line)
    return bool(phrase) and role_of(phrase) is not None


def _found(text: str, learned: Mapping[str, Column]) -> Iterator[Label]:
    last, known = 0, False
    for colon in _COLON.finditer(text):
        before = text[last : colon.start()]
        scope = _SCOPE.search(before)
        phrase = before[: scope.start()] if scope else before
        if phrase.endswith(")") and (inner := re.search(r"\s*\([^()]{1,40}\)$", phrase)):
            phrase = phrase[: inner.start()]
        start = _start(phrase, learned)
        if start is not None:
            column = role_of(phrase[start:]) or learned.get(plain(phrase[start:]).strip())
            settled = _settled(column, text[colon.end() :]) if column else None
            if settled:
                known = True
                yield Label(last + start, colon.end(), settled, scope[1] if scope else "")
        elif known and (place := _unknown(phrase)) is not None:
            rest = text[colon.end() : colon.end() + 80]
            column = (
                Column.COORDINATE
                if looks_like_agency(rest)
                else Column.TIME
                if looks_like_time(rest)
                else Column.NOTE
            )
            yield Label(last + place, colon.end(), column)
        last = colon.end()


def _unknown(phrase: str) -> int | None:
    """Where a short phrase begins that stands where labels do, behind another label's value."""
    bounds = [m.end() for m in re.finditer(r"[.;(]\s+", phrase)]
    if not bounds:
        return None
    tail = phrase[bounds[-1] :].strip()
    short = 2 < len(tail) < _SHORT and 1 < len(tail.split()) <= _FEW
    return (
        bounds[-1]
        if short and not any(c.isdecimal() or c == "," for c in tail) and not looks_like_agency(tail)
        else None
    )


def _start(phrase: str, learned: Mapping[str, Column]) -> int | None:
    """Where the label that a piece of text ends with begins; the longest that is one."""
    if short := _DOTTED.search(phrase):
        return short.start(1)
    bounds = [m.end() for m in _BOUNDS.finditer(phrase)]
    hard = bounds[-1] if bounds else 0
    mark = _MARK.match(phrase[hard:])
    hard += mark.end() if mark else 0
    tail = phrase[hard:]
    places = [
        0,
        *(m.end() for m in re.finditer(r",\s*", tail)),
        *(m.start() for m in _CAPITAL.finditer(tail)),
    ]
    for place in sorted(places, reverse=bool(_NAMED.match(tail))):
        if len(tail) - place <= _LONGEST and (
            role_of(tail[place:]) or (learned and plain(tail[place:]).strip() in learned)
        ):
            return hard + place
    return None


def _settled(column: Column, rest: str) -> Column | None:
    """The column by what follows: "Thực hiện: thường xuyên" is a time, "Các đơn vị: rà soát …" no label."""
    said = re.split(r"[;]|\.\s", rest[:200].strip(), maxsplit=1)[0]
    if column is Column.LEAD and said and not looks_like_agency(said):
        if looks_like_time(said):
            return Column.TIME
        return None if begins_with_verb(said) and said[:1].islower() else column
    if column is Column.TIME and said and looks_like_agency(said) and not looks_like_time(said):
        return Column.LEAD if not _TIME_WORDS.search(plain(said)[:40]) else column
    return column
