"""Sentences put together again that the end of a page, or a line left empty, has cut; what belongs to pages taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: "--- PAGE BREAK ---", "Trang 2/5", "- 3 -"
_PAGE = re.compile(
    r"[-–—=_*\s\f]*(?:page break|ngắt trang|hết trang|(?:page|trang)\s*\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?)[-–—=_*\s\d/\f]*|[-–—]\s*\d{1,3}\s*[-–—]",
    re.IGNORECASE,
)
_PAGE_NUMBER, _NUMBER_BEHIND = re.compile(r"\d{1,3}"), re.compile(r"(?<=[^\W\d]) \d{1,3}$")
#: marks that a scan has misread: "©) Sở Xây dựng", "Ii. Tiến độ"
_MARKS = (
    (re.compile(r"^[©€¢]\)(?= )"), "c)"),
    (re.compile(r"^Ii(?=\. )"), "II"),
    (re.compile(r"^Iii(?=\. )"), "III"),
)
#: what a scan leaves before the mark of an item ("__ - Trình …"), and behind it ("đ) 1 Đề nghị …")
_SPECKS = re.compile(r"^[_~'`´^|.,*:;\\ ]+(?=(?:[-–+•]|\d{1,2}[.)]|[a-zđ]\))\s*\S)")
_SPECK_BEHIND = re.compile(
    r"^((?:[a-zđ]\)\s*|\d{1,2}\)\s*|\d{1,2}\.\s+|[-–+]\s*))[_~'`´^|.,*:;\\\d]\s+(?=[A-ZĐÀ-Ỹ])"
)
_ENDED = (".", ";", ":", "!", "?", "/", "…", ")")
_BEGINS = re.compile(
    r"(?:[-–—+•*●▪]|[©€¢]\)|\d{1,2}(?:\.\d{1,2})*\s*[.)/]|[a-zđ]\s*[.)]|[IVXLC]{1,6}\s*[.)]|\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)|[A-H]\.|Điều\s\d|Phụ lục|PHỤ LỤC|Nơi nhận|\[)",
)
#: shorter lines may be headings, or names
_LEAST = 40


def joined(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without what only counts pages, and each sentence in one piece."""
    found: list[str] = []
    broken = False
    for index, text in enumerate(paragraphs):
        if _is_furniture(paragraphs, index):
            if found and not broken and _is_open(bare := _NUMBER_BEHIND.sub("", found[-1])):
                found[-1] = bare
            broken = True
            continue
        for mark, right in _MARKS:
            text = mark.sub(right, text)
        text = _SPECK_BEHIND.sub(r"\1", _SPECKS.sub("", text))
        if found and _goes_on(found[-1], text, over_page=broken):
            found[-1] = f"{found[-1]} {text}"
        elif text:
            found.append(text)
        broken = False
    return found


def _is_furniture(paragraphs: Sequence[str], index: int) -> bool:
    """Whether a line only tells where a page ends: a number counts only beside such a line, or within a sentence."""
    text = paragraphs[index]
    if _PAGE.fullmatch(text):
        return True
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    beside = [*paragraphs[max(0, index - 1) : index], *paragraphs[index + 1 : index + 2]]
    within = len(beside) == 2 and _is_open(beside[0]) and beside[1][:1].islower()
    return within or any(_PAGE.fullmatch(other) for other in beside)


def _goes_on(before: str, text: str, *, over_page: bool) -> bool:
    """Whether a paragraph goes on with the sentence before it."""
    if _BEGINS.match(text) or not _is_open(before):
        return False
    return text[:1].islower() or (over_page and not text.isupper())


def _is_open(text: str) -> bool:
    """Whether a line is long enough for a sentence, and has not ended."""
    return len(text) >= _LEAST and not text.rstrip().endswith(_ENDED) and not text.isupper()
