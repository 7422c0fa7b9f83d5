"""The lines of a document in sentences: how each is numbered and how deep, and the names that stand in lists of recipients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.reading.prose.labels import first_phrase, role_of
from domain.reading.tables.plan_columns import Column, looks_like_agency

_ARTICLE = re.compile(r"^(?:Điều|Mục|Nhiệm vụ|Khoản)\s+(\d{1,2})\s*[.:]\s*(?=\S)")
_COUNTED = re.compile(
    r"^(?:Thứ (nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là)\s*[,:]\s*(?=\S)",
    re.IGNORECASE,
)
_WORDS = {
    word: str(n)
    for n, words in enumerate(
        ("nhất một", "hai", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1
    )
    for word in words.split()
}
_NUMBER = re.compile(
    r"^[_ ]*((?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?=\s*[.)/]|\s*[-–] ))\s*(?:[.)/]+|[-–](?= ))\s*(?=\S)|^\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)|^[-–—*•●▪+]\s*(?=\S)"
)
_ROMAN = re.compile(
    r"^(?:Phần |PHẦN )?([IVXLC]{1,6}|[A-E])\s*[.)/:-]\s+(?=\S)|^(?:Phần|PHẦN)\s+([IVXLC]{1,6}|thứ \w+)\b[\s.:]*"
)
_BARE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Ea-zđ])\s*[.)]")
_END = re.compile(r"^(?:Nơi nhận|NƠI NHẬN|TM\.|KT\.|TL\.|TUQ\.|PHỤ LỤC)")
_RECIPIENTS = re.compile(r"^(?:Kính gửi|Gửi)\b|\b(?:điện|gửi)\s*:\s*$", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"^(?:Kính gửi|Nơi nhận)\s*:?\s*|^[-–+•*]\s*|^(?:Như|Lưu)\b.*|\s*\([^()]*\)|[;.]\s*$", re.IGNORECASE
)
#: who signs stands in capitals in the last part of a document
_SIGNED = 0.6
_SIGNER = re.compile(
    r"(?:(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CỤC TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG BAN|BỘ TRƯỞNG)|CHỈ HUY TRƯỞNG|CHI CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|T/M |THƯ KÝ|CHỦ TỌA|CHỦ TRÌ|NGƯỜI GHI)(?!.*:)"
)
_HEAD_LINES = 16
_HEAD = re.compile(
    r"(?:Số|SỐ)\s*:|(?:CHỈ THỊ|THÔNG BÁO|CÔNG ĐIỆN|QUYẾT ĐỊNH|KẾ HOẠCH|KẾT LUẬN|CÔNG VĂN|CHƯƠNG TRÌNH|PHƯƠNG ÁN)\b|V/v\b|[^,.;:]{2,40}, ngày \d{1,2} tháng|CỘNG H|Độc lập|[-_ ]{3,}$"
)
#: how deep a line stands: 0 a plain one, 1 "Điều 2.", 2 "1.", 3 "1.1.", then letters and bullets
ARTICLE, FIRST, LETTER, BULLET, PLUS = 1, 2, 6, 7, 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, what stands behind its number, the number, how deep it is; ``roman`` heads a part."""

    text: str
    said: str
    number: str = ""
    level: int = 0
    roman: bool = False


def lines_of(paragraphs: Sequence[str]) -> Iterator[Line]:
    """The lines that may tell somebody something: up to the list of recipients at the end, without the one at the head."""
    recipients, number = False, ""
    for place, text in list(enumerate(paragraphs))[_letterhead(paragraphs) :]:
        if _BARE.fullmatch(text):
            number = text  # alone on its line
            continue
        text, number = f"{number} {text}".strip(), ""
        if _END.match(text) or (place > _SIGNED * len(paragraphs) and _SIGNER.match(text)):
            return
        line = _line(text)
        if _RECIPIENTS.search(text) and line.level in (0, BULLET) and len(text) < 400:
            recipients = text.rstrip().endswith(":") or text.rstrip().endswith(";")
            continue
        listed = line.level in (BULLET, PLUS) or (not line.level and bool(re.search(r";\s*$", text)))
        if recipients and listed:
            continue
        recipients = False
        yield line


def with_labels(lines: Iterable[Line]) -> list[Line]:
    """The lines, each with the labels that stand below it: "Tiến độ: …", "- Đơn vị phối hợp: …"."""
    found: list[Line] = []
    for line in lines:
        below = found and not found[-1].roman and (not line.level or line.level >= BULLET > found[-1].level)
        if below and role_of(first_phrase(line.said)[0]) in (Column.TIME, Column.COORDINATE):
            last = found[-1]
            found[-1] = replace(last, text=f"{last.text} {line.said}", said=f"{last.said} {line.said}")
        else:
            found.append(line)
    return found


def _letterhead(paragraphs: Sequence[str]) -> int:
    """How many lines the letterhead has: up to the number, the day, the kind of document, what it is about."""
    return max((i + 1 for i, text in enumerate(paragraphs[:_HEAD_LINES]) if _HEAD.match(text)), default=0)


def _line(text: str) -> Line:
    if article := _ARTICLE.match(text):
        return Line(text, text[article.end() :], article[1], ARTICLE)
    if number := _NUMBER.match(text):
        mark = number[1] or number[2] or ""
        return Line(text, text[number.end() :], mark, _level(mark, number[0]))
    if counted := _COUNTED.match(text):
        word = (counted[1] or counted[2]).lower()
        return Line(text, text[counted.end() :], _WORDS[word], FIRST)
    if roman := _ROMAN.match(text):
        return Line(text, text[roman.end() :], "", 0, roman=True)
    return Line(text, text)


def _level(mark: str, whole: str) -> int:
    if not mark:
        return BULLET if whole[0] in "-–—*" else PLUS
    return FIRST + mark.count(".") if mark[0].isdecimal() and whole[0] != "(" else LETTER


def names_elsewhere(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Names that stand alone in lists of recipients, in small letters, the longest first: they end where they end there."""
    found: dict[str, None] = {}
    listing = False
    for text in paragraphs:
        if re.match(r"(?:Kính gửi|Nơi nhận)\b", text, re.IGNORECASE) or _RECIPIENTS.search(text):
            listing = True
        elif listing and not re.match(r"[-–+•*]", text) and not re.search(r";\s*$", text):
            listing = False
        if not listing:
            continue
        for part in text.split(";"):
            name = _bare(part)
            if 8 < len(name) < 120 and looks_like_agency(name):
                found[name.lower()] = None
    return tuple(sorted(found, key=len, reverse=True))


def _bare(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _ADDRESSEE.sub("", text.strip()).strip()
    return text
