"""Plans without a table: "- Cơ quan chủ trì: …", "Thời gian thực hiện: …" under items, or all in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.plans import TaskDraft
from domain.reading.plan_columns import Column, looks_like_agency
from domain.reading.plan_table import Reader, make_task

_WHO = r"(?:(?:các )?(?:cơ quan|đơn vị|phòng, ban|bộ phận)(?:, (?:cơ quan|đơn vị|tổ chức|địa phương))*)"
_DO = r"(?:,?\s*(?:và )?(?:chủ trì|thực hiện|chịu trách nhiệm|tham mưu|triển khai|soạn thảo|đầu mối|được giao|phụ trách))"
_LABELS: tuple[tuple[Column, str], ...] = (
    (Column.COORDINATE, rf"(?:{_WHO} )?phối hợp(?: thực hiện| chính)?(?: \(nếu có\))?"),
    (Column.MONITOR, rf"(?:{_WHO} )?(?:theo dõi|đôn đốc)(?:, (?:theo dõi|đôn đốc|kiểm tra))*"),
    (Column.LEAD, rf"(?:{_WHO}{_DO}+|phân công(?: thực hiện)?|chủ trì(?:{_DO})*|trách nhiệm(?: thực hiện)?|đơn vị đầu mối)"),
    (Column.TIME, r"(?:(?:thời (?:gian|hạn)|tiến độ|lộ trình)(?:(?:,| và|/) ?(?:thời hạn|tiến độ|lộ trình))?(?: (?:dự kiến|thực hiện|hoàn thành|triển khai|trình|báo cáo|ban hành|xong|cụ thể|và))*|hoàn thành)"),
    (Column.PRODUCT, r"(?:(?:sản phẩm|kết quả)(?:,? (?:đầu ra|dự kiến|thực hiện|hoàn thành|sản phẩm|kết quả|cần đạt|phải đạt))*)"),
)  # fmt: skip
_LABEL = re.compile(
    r"(?:^(?:[a-zđ]\s*[.)]\s+|\((?:[ivx]{1,4}|\d|[a-zđ])\)\s*)?|(?<=[.;,(\[]))[\s\-–+•*o]*(?:"
    + "|".join(f"(?P<{column.value}>{pattern})" for column, pattern in _LABELS)
    + r")(?:\s*\([^()]{1,40}\))?\s*:\s*",
    re.IGNORECASE,
)
_TIME_SENTENCE = re.compile(
    r"^[-–+•*\s]*(Thời (?:gian|hạn) (?:thực hiện|hoàn thành)\b.{3,300})$", re.IGNORECASE
)
#: "- Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện." under an item
_LEADS = re.compile(
    r"^[-–+•*]\s+(?:(?:Giao|Phân công)\s+)?(?P<who>[^.:]{4,120}?)\s+(?:là (?:cơ quan|đơn vị) )?chủ trì"
    r"(?:,?\s+phối hợp(?:\s+với)?\s+(?P<helps>[^.:]{4,200}?))?(?:\s+(?:tổ chức )?(?:thực hiện|triển khai))*\s*[.;]?$",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"^[-–+•*\s]*(?:[a-zđ]\s*[.)]\s+)?(?:nội dung|mục tiêu)(?: thực hiện)?\s*:", re.IGNORECASE
)
_ROMAN = re.compile(r"^([IVXLC]{1,6})\s*[.)/]\s*(\S.*)$")
_ITEM = re.compile(
    r"^(?:(?:Nhiệm vụ|Điều)\s+)?(\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=\s*[.)/:]))\s*[.)/:]*\s*(?=\S)(.*)$"
)
_LETTER = re.compile(r"^([a-zđ])\s*[.)]\s+(\S.*)$")
_BULLET = re.compile(r"^[-–+•*]\s+")
_ENDS = re.compile(r"^(?:Nơi nhận|TM\.|KT\.|Trên đây là)")


@dataclass(slots=True)
class _Item:
    """A numbered item, or a plain line above labelled ones, and what the labels say."""

    number: str
    title: str
    section: str
    fields: dict[Column, str] = field(default_factory=dict)
    open: Column | None = None  # a label with nothing behind it: the lines below are its value


def read_prose(paragraphs: Sequence[str], reader: Reader) -> Iterator[TaskDraft]:
    """Tasks of a plan in prose: items that carry at least one labelled line."""
    for item in _items(paragraphs):
        if item.fields and item.title:
            yield make_task(item.fields, item.title, item.section, item.number, reader)


def labelled(text: str) -> tuple[str, list[tuple[Column, str]]]:
    """(what stands before the first label, each label with its value)."""
    found = list(_LABEL.finditer(text))
    if not found:
        if sentence := _TIME_SENTENCE.match(text):
            return "", [(Column.TIME, sentence[1])]
        if (led := _LEADS.match(text)) and looks_like_agency(led["who"]):
            helping = [(Column.COORDINATE, led["helps"])] if led["helps"] else []
            return "", [(Column.LEAD, led["who"]), *helping]
        return text, []
    values: list[tuple[Column, str]] = []
    ends = [m.start() for m in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        value = text[match.end() : end].strip()
        bracketed = "(" in text[: match.start()]
        inside = len(found) > 1 or text[: match.start()].strip()
        value = value.rstrip(" ;,().") if bracketed else value.rstrip(" ;,") if inside else value
        values.append((Column(match.lastgroup or ""), value))
    return text[: found[0].start()].rstrip(" ;,([-–+•*"), values


def _items(paragraphs: Sequence[str]) -> Iterator[_Item]:
    section, top, item = "", "", _Item("", "", "")
    above = ""  # the last line that is neither numbered nor labelled, since the last label
    for text in paragraphs:
        if _ENDS.match(text):
            yield item
            item, above = _Item("", "", section), ""
            continue
        if (roman := _ROMAN.match(text)) and not labelled(text)[1]:
            yield item
            section, top, above = f"{roman[1]}. {roman[2]}", "", ""
            item = _Item("", "", section)
            continue
        before, values = labelled(text)
        number, title = _numbered(before, top) if before and not _CONTENT.match(before) else ("", "")
        if number:
            yield item
            if not re.search(r"\.[a-zđ]$|^[a-zđ]$", number):
                top = number
            item, above = _Item(number, title, section), ""
        elif values and (above or before) and (item.fields or not item.title or _is_deeper(text, above)):
            yield item
            item = _Item("", _BULLET.sub("", before or above), section)
        elif not values and item.open and not _CONTENT.match(text):
            item.fields[item.open] = f"{item.fields[item.open]} {_BULLET.sub('', text)}".strip()
            continue
        elif before and not _CONTENT.match(text):
            above = text
        for column, value in values:
            item.fields.setdefault(column, value)
            item.open, above = (column if not value else None), ""
    yield item


def _is_deeper(text: str, above: str) -> bool:
    """ "+ Cơ quan chủ trì: …" below "- Xây dựng …": the labels belong to that line, not to the heading over it."""
    return text.startswith("+") and bool(_BULLET.match(above)) and not above.startswith("+")


def _numbered(text: str, top: str) -> tuple[str, str]:
    if letter := _LETTER.match(text):
        return (f"{top}.{letter[1]}" if top else letter[1]), letter[2]
    if found := _ITEM.match(text):
        return found[1], found[2]
    return "", text
