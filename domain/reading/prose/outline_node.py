"""A line of a text and how deep it stands: parts, numbered items, letters, bullets, plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.reading.prose.headings import period_of
from domain.reading.prose.label_lines import ASSIGNING
from domain.reading.tables.plan_columns import Column

#: how deep a line stands
ROOT, PART, ROMAN, PERIOD, ITEM, LETTER, PLAIN, BULLET, PLUS = 0, 1, 2, 3, 4, 8, 9, 10, 11

_PART = re.compile(r"^(?:(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s+)?\w{1,5}|[A-HĐ])\s*[.)/:-]\s*(\S.*)$")
_ROMAN = re.compile(r"^(?!V/v)([IVXLC]{1,6})(?:\s*[.)/]\s*|\s*[-–]\s+)(\S.*)$")
_ITEM = re.compile(
    r"^(?:(?:Nhiệm vụ|Nội dung|Công việc|Phần việc|Đầu việc|Việc|Hoạt động|Giải pháp|Hạng mục|Bước|Mục|Điều)\s+)?(?:số\s+)?(\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=\s*[.)/:]|[-–]\s))\s*[.)/:–-]*\s*(?=\S)(.*)$"
)
#: "A.1. Khảo sát …", "II.2.1. …": an item numbered with its part
_WITHIN = re.compile(r"^((?:[A-HĐ]|[IVX]{1,5})\.(\d{1,2}(?:\.\d{1,2})*))\s*[.)/:–-]*\s+(\S.*)$")
#: "NHIỆM VỤ 1": what it is stands below
_BARE_ITEM = re.compile(
    r"^(?:nhiệm vụ|công việc|việc|đầu việc|phần việc|nội dung)\s+(?:số\s+)?(\d{1,2})\W*$", re.IGNORECASE
)
_CAPITALS = re.compile(r"[^\d:.;]{8,90}")
_LETTER = re.compile(r"^(?:([a-zđ])\s*[.)]|\((\d{1,2}|[a-zđ])\))\s+(\S.*)$")
BULLETED = re.compile(r"^[-–+•*●▪→>]\s+")


@dataclass(slots=True)
class Node:
    """A part, an item or a line of the text, and what its labels say."""

    level: int = ROOT
    mark: str = ""
    number: str = ""
    title: str = ""
    text: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    fields: dict[Column, str] = field(default_factory=dict)
    sure: bool = False  # a label with a colon said so
    below: bool = False  # its labels stood on lines of their own
    worked_out: bool = False  # whose labels they are, or what they mean, was worked out
    strict: bool = False  # the label of its time was "Xong trước"
    shared: bool = False  # labels of a group of items
    heads: bool = False  # labels over the items they are for, and no words besides
    open: Column | None = None  # a label with nothing behind it: the lines below are its value
    instead: Node | None = None  # the line above the labels, which may be the item they belong to

    @property
    def assigns(self) -> bool:
        """Whether its labels say who or when."""
        return any(self.fields.get(column) for column in ASSIGNING)

    def has(self) -> bool:
        """Whether it or something below it is assigned."""
        return self.assigns or any(child.has() for child in self.children)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in order."""
    yield node
    for child in node.children:
        yield from walk(child)


def placed_line(text: str, part: str) -> Node:
    """A line by how it begins."""
    if period_of(text) and not _ITEM.match(text) and not _ROMAN.match(text) and not _PART.match(text):
        return Node(PERIOD, "", "", text.strip(" -–+•*:"), text)
    if found := _WITHIN.match(text):
        return Node(ITEM + min(found[2].count("."), 3), found[1], found[1], found[3], text)
    if (
        (found := _PART.match(text))
        and (text[0] not in "CD" or part or text[0] == "D")
        and not _ROMAN.match(text)
    ):
        return Node(PART, text[0], "", found[1], text)
    if part and text[:2] in (f"{chr(ord(part[0]) + 1)}.", "Đ." if part == "D" else "-"):
        return Node(PART, text[0], "", text[2:].strip(), text)
    if found := _ROMAN.match(text):
        return Node(ROMAN, found[1], "", found[2], text)
    if found := _LETTER.match(text):
        mark = found[1] or found[2]
        return Node(LETTER, mark, mark, found[3], text)
    if found := _BARE_ITEM.match(text):
        return Node(ITEM, found[1], found[1], "", text)
    if found := _ITEM.match(text):
        return Node(ITEM + min(found[1].count("."), 3), found[1], found[1], found[2], text)
    if found := BULLETED.match(text):
        return Node(PLUS if text[0] == "+" else BULLET, text[0], "", text[found.end() :], text)
    if text.isupper() and _CAPITALS.fullmatch(text):
        return Node(
            PART if text.startswith("PHẦN ") else PERIOD, "", "", text, text
        )  # a heading by its letters
    return Node(PLAIN, "", "", text, text)
