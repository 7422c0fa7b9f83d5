"""Plans without a table: "- Cơ quan chủ trì: …", "Thời gian thực hiện: …" under numbered items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.plans import TaskDraft
from domain.reading.plan_columns import Column
from domain.reading.plan_table import Reader, make_task

_LEAD = r"(?:cơ quan|đơn vị|các đơn vị|các cơ quan|phân công)(?: được giao)?(?: chủ trì| thực hiện| chịu trách nhiệm)+(?: tham mưu| thực hiện)?"
_LABELS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.LEAD, re.compile(rf"^[-–+•*\s]*(?:{_LEAD}|chủ trì)\s*:\s*", re.IGNORECASE)),
    (Column.COORDINATE, re.compile(r"^[-–+•*\s]*(?:(?:cơ quan|đơn vị|các cơ quan|các đơn vị) )?phối hợp(?: thực hiện)?\s*:\s*", re.IGNORECASE)),
    (Column.TIME, re.compile(r"^[-–+•*\s]*(?:(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành)*|hoàn thành)\s*:\s*", re.IGNORECASE)),
    (Column.PRODUCT, re.compile(r"^[-–+•*\s]*(?:sản phẩm|kết quả)(?: đầu ra| dự kiến| thực hiện)*\s*:\s*", re.IGNORECASE)),
)  # fmt: skip
_TIME_SENTENCE = re.compile(
    r"^[-–+•*\s]*(Thời (?:gian|hạn) (?:thực hiện|hoàn thành)\b.{3,300})$", re.IGNORECASE
)
_CONTENT = re.compile(r"^[-–+•*\s]*(?:nội dung|mục tiêu)\s*:", re.IGNORECASE)
_ROMAN = re.compile(r"^([IVXLC]{1,6})\s*[.)]\s+(\S.*)$")
_ITEM = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\s*[.)]?\s+(?=\S)(.*)$")
_LETTER = re.compile(r"^([a-zđ])\s*[.)]\s+(\S.*)$")


@dataclass(slots=True)
class _Item:
    """A numbered item and the labelled lines under it."""

    number: str
    title: str
    section: str
    fields: dict[Column, str] = field(default_factory=dict)
    plain_lines: int = 0


def read_prose(paragraphs: Sequence[str], reader: Reader) -> Iterator[TaskDraft]:
    """Tasks of a plan in prose: items that carry at least one labelled line."""
    items = [i for i in _items(paragraphs) if i.fields]
    for item in items:
        yield make_task(item.fields, item.title, item.section, item.number, reader)


def _items(paragraphs: Sequence[str]) -> Iterator[_Item]:
    section, top, item = "", "", None
    for text in paragraphs:
        if roman := _ROMAN.match(text):
            if item:
                yield item
            section, top, item = f"{roman[1]}. {roman[2]}", "", None
            continue
        if labelled := _labelled(text):
            if item:
                item.fields.setdefault(*labelled)
            continue
        number, title = _numbered(text, top)
        if number:
            if item:
                yield item
            if not re.search(r"\.[a-zđ]$|^[a-zđ]$", number):
                top = number
            item = _Item(number, title, section)
        elif item and not _CONTENT.match(text):
            item.plain_lines += 1
    if item:
        yield item


def _labelled(text: str) -> tuple[Column, str] | None:
    for column, pattern in _LABELS:
        if found := pattern.match(text):
            return column, text[found.end() :].strip()
    if found := _TIME_SENTENCE.match(text):
        return Column.TIME, found[1]
    return None


def _numbered(text: str, top: str) -> tuple[str, str]:
    if letter := _LETTER.match(text):
        return (f"{top}.{letter[1]}" if top else letter[1]), letter[2]
    if found := _ITEM.match(text):
        return found[1], found[2]
    return "", text
