"""Headings that say for all items below them when ("THÁNG 7", "II. Quý II") or who ("1. Sở Tài chính: 03 nhiệm vụ")."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.reading.fold import plain
from domain.reading.tables.plan_columns import looks_like_agency
from domain.reading.verbs import first_verb

_ORDINAL = re.compile(
    r"^(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-HĐ]|[a-zđ])\s*[.)/-]\s*|[-–+•*●]\s*)+(?=\S)"
)
_MONTH = r"(?:thang|t)\s*(?:0?[1-9]|1[0-2])"
_QUARTER = r"(?:qu[iy]\s*(?:iv|i{1,3}|[1-4]))"
_YEAR = r"(?:\s*(?:/|-|,?\s*nam)?\s*20\d\d)?"
_PERIOD = (
    rf"(?:(?:cuoi|dau|het)\s+)?(?:{_MONTH}(?:\s*(?:,|va|-|den|\+)\s*(?:thang\s*)?\d{{1,2}})*|{_QUARTER}(?:\s*(?:,|va|-|den)\s*{_QUARTER})*"
    rf"|(?:0?6|sau) thang (?:dau|cuoi) nam|ca nam){_YEAR}"
)
_ABOUT = (
    r"(?:(?:cac|nhung|nhiem vu|noi dung|cong viec|cong tac|cong tac trong tam|de an|van ban|bao cao|trinh|thuc hien|hoan thanh|trien khai|trong|cua|vao|trong tam|chuong trinh|phien hop"
    r"|thuong ky|ky hop|hop|dot|chuyen de|thoi gian|thoi diem|giai doan|ubnd (?:tinh|huyen|xa|thanh pho|phuong)|hdnd (?:tinh|huyen|xa|thanh pho|phuong)|thang|uy ban nhan dan|hoi dong nhan dan|thuong le|giua nam|cuoi nam|dau nam)[\s:,]+)*"
)
_IS_PERIOD = re.compile(rf"{_ABOUT}(?P<when>{_PERIOD})")
_IS_YEAR = re.compile(r"(?:trong |thuc hien |hoan thanh )*nam 20\d\d(?:\s*-\s*20\d\d)?")
_BRACKETED = re.compile(rf"[^()]{{3,90}}\((?:(?:du kien|trong|vao|thoi gian:?|hoan thanh)\s+)*{_PERIOD}\)")
_DAY = r"(?:ngay )?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*20\d\d)?"
_SPAN = (
    rf"(?:tu )?{_DAY}\s*(?:den(?: het)?|[-–])\s*{_DAY}"
    rf"|(?:(?:phai |can )?(?:hoan thanh|xong|thuc hien|trien khai) )?(?:truoc|cham nhat|den het|trong|khong qua|vao)\s+(?:{_DAY}|{_PERIOD})"
)
#: "Tuần 1 (từ 03/3 đến 07/3/2025)", "Đợt 2: trước ngày 30/6:"
_STAGE = re.compile(
    rf"(?:tuan|dot|giai doan|buoc|chang|ky|moc)\s+(?:thu\s+)?(?:\d{{1,2}}|[ivx]{{1,4}}|nhat|mot|hai|ba|tu|nam)\s*[(:,–-]\s*(?P<when>{_SPAN}|{_PERIOD}|{_DAY})\s*\)?"
)
#: "Hoàn thành trước ngày 30/6:", with the colon of a heading
_LIMIT = re.compile(_SPAN)
#: "II. ĐỀ ÁN PHẢI TRÌNH TRONG THÁNG 11/2024"
_ENDS_IN = re.compile(rf".{{5,70}}\s(?:trong|vao|truoc mat trong)\s+(?P<when>{_PERIOD})")
_LOOKS_BACK = re.compile(r"\b(?:ket qua|tinh hinh|danh gia|muc tieu|chi tieu|thuc trang|ton tai|da)\b")
_REMARK = re.compile(r"\s*\((?P<said>[^()]*)\)$")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
#: "Sở Tài chính: 03 nhiệm vụ", "SỞ Y TẾ (05 nhiệm vụ)"
_COUNT = re.compile(
    r"\s*[:(–-]?\s*\(?\s*(?:gồm |có |còn |tổng số |được giao )*\d{1,3} (?:nhiệm vụ|nội dung|việc|công việc|văn bản|đầu việc|đề án|kiến nghị|dự án)[^)]{0,60}\)?\s*$",
    re.IGNORECASE,
)
_LONGEST = 130
_MAY = re.compile(r"\d|[IVi]|năm", re.IGNORECASE)


def bare(text: str) -> str:
    """A heading without its number and what ends it."""
    return _ORDINAL.sub("", text.strip()).strip(" .:;*_")


@lru_cache(maxsize=1024)
def period_of(text: str) -> str:
    """The time a heading gives for what stands below it, in its words; "" for another heading."""
    name = bare(text)
    if stage := _STAGE.fullmatch(plain(name)):
        ahead = len(re.findall(r"\w+", plain(name)[: stage.start("when")]))
        return name.split(maxsplit=ahead)[-1].strip("(:–-) ")
    if text.rstrip().endswith(":") and _LIMIT.fullmatch(plain(name)):
        return name
    remark = _REMARK.search(name)
    short = name[: remark.start()] if remark else name
    if not short or ":" in short or len(name) > _LONGEST or not _MAY.search(name):
        return ""
    words = plain(short)
    if _IS_PERIOD.fullmatch(words) or _IS_YEAR.fullmatch(words):
        return short
    if _BRACKETED.fullmatch(plain(name)):
        found = _IN_BRACKETS.search(name)
        return found[1] if found else ""
    if (within := _ENDS_IN.fullmatch(words)) and not _LOOKS_BACK.search(words):
        return " ".join(short.split()[-len(within["when"].split()) :])
    return ""


@lru_cache(maxsize=1024)
def agency_of(text: str) -> str:
    """The agency a heading names, and nothing else but how many tasks it has; "" for another heading."""
    name = _COUNT.sub("", bare(text)).strip(" .:;")
    is_name = (
        looks_like_agency(name.capitalize() if name.isupper() else name)
        and len(name) < _LONGEST
        and not _does(name.title() if name.isupper() else name)
    )
    return name if is_name and ":" not in name else ""


def _does(name: str) -> bool:
    """Whether a word of doing stands in it that is no part of the name, as in "Phòng Hậu cần - Kỹ thuật"."""
    verb = first_verb(name)
    if verb < 0:
        return False
    _, _, rest = name[verb:].partition(" ")
    return bool(rest) and not (rest[:1].isupper() or rest.startswith(("-", "–", "và ", ",")))
