"""Duties outside the table: the part on carrying out, deadlines in the prose, rhythms inside a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from domain.plans import Doubt, DutyDraft, TaskDraft
from domain.reading.agencies import scan
from domain.reading.fold import plain, tidy
from domain.reading.tables.plan_table import Reader
from domain.reading.timeframes import find_timeframes
from domain.timeframes import TimeFrame, TimeFrameKind

_PART = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}|Phần [IVX]+|Điều \d+)\s*[.)]\s*.*\b(?:TỔ CHỨC THỰC HIỆN|PHÂN CÔNG|TRÁCH NHIỆM)\b", re.IGNORECASE)  # fmt: skip
_ANY_PART = re.compile(r"^([IVX]{1,5})\s*[.)]\s+\S")
_ITEM = re.compile(r"^(\d{1,2})\s*[.)]\s+(?=\S)")
_CLOSING = re.compile(
    r"^(?:Trên đây là|Trong quá trình|Yêu cầu|Căn cứ|Đề nghị|Ủy ban nhân dân .{3,40} yêu cầu|Nơi nhận|Giao )"
)
_ASKED = re.compile(r"^Đề nghị\s*:?\s*", re.IGNORECASE)
_VERB = re.compile(
    r"\s*(?::|\(cơ quan[^)]*\)|\s(?:có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp(?=\s|,)|tham mưu|thực hiện|xây dựng|(?<!các )tổ chức|hướng dẫn|theo dõi|căn cứ|Căn cứ|Trên cơ s[ởơ]|trên cơ sở|Chủ trì|Tham mưu|định kỳ|thường xuyên)\b)"
)
_REPORTING = re.compile(
    r"\b(?:bao cao|gui|tong hop|trinh|hoan thanh|dang ky|cung cap|ban hanh|xay dung|cong khai|cong bo|nop)\b"
)
_CITED = re.compile(
    r"(?:số\s+[\w./-]+|Quyết định|Kế hoạch|Nghị quyết|Nghị định|Công văn|Văn bản|Chỉ thị|Luật)[^.;]{0,60}$",
    re.IGNORECASE,
)
#: the first of the lines under whoever is named: "… cấp tỉnh - Giúp nhân dân …"
_LISTED = re.compile(r"\s[-–+]\s(?=[A-ZĐ])")
_RHYTHM = re.compile(r".{0,14}\b(?:hang|moi|dinh ky|truoc|cham nhat|ngay)\b")
_SUBJECT = re.compile(
    r"((?:các|Các)\s+(?:cơ quan|sở|đơn vị)[^.;:()]{0,80}(?:địa phương|đơn vị|ngành|xã, phường|thị trấn|đặc khu|thành phố))(?=[\s,;.]|$)"
)


def read_duties(paragraphs: Sequence[str], reader: Reader) -> Iterator[DutyDraft]:
    """The duties of the prose: each item of the part on carrying out, and every binding deadline in it."""
    part, item = "", ""
    lines: list[str] = []
    for text in [*paragraphs, "Nơi nhận:"]:
        begins_part = _ANY_PART.match(text)
        starts = _ITEM.match(text) if part else None
        if part and (starts or begins_part or _CLOSING.match(text)):
            if lines:
                yield from _item_duties(part, item, lines, reader)
            lines, item = [], ""
        if begins_part:
            part = begins_part[1] if _PART.match(text) else ""
        elif starts and part:
            item, lines = starts[1], [text[starts.end() :]]
        elif lines and not _CLOSING.match(text):
            lines.append(text)
        elif part and _CLOSING.match(text) and not text.startswith("Nơi nhận"):
            yield from _deadlines(text, "closing paragraph", "", reader)
        if text.startswith("Nơi nhận"):
            part = ""


def _item_duties(part: str, item: str, lines: list[str], reader: Reader) -> Iterator[DutyDraft]:
    asked = bool(_ASKED.match(lines[0]))
    first = _ASKED.sub("", lines[0])
    who, rest = _split_who(first, reader)
    what = " ".join(x for x in (rest, *lines[1:]) if x)
    where = f"{part}.{item}"
    if not who:
        return
    steady = "thuong xuyen" in plain(what)[:400]
    kind = TimeFrameKind.CONTINUOUS if steady else TimeFrameKind.UNSPECIFIED
    agencies, doubts = _agencies(who, reader)
    yield DutyDraft(who, tidy(what), where, TimeFrame("", kind), agencies, asked, doubts)
    for line in (first, *lines[1:]):
        yield from _deadlines(line, where, who, reader, asked=asked)


def _split_who(text: str, reader: Reader) -> tuple[str, str]:
    """(whom an item speaks to, the rest). A heading alone is all "who"."""
    verb = _VERB.search(text)
    if reader.register and (hits := scan(text, reader.register)) and hits[0].start < 40:
        end = hits[0].end
        for hit in hits[1:]:
            if not re.fullmatch(r"[\s,;]*(?:và|các)?\s*", text[end : hit.start]):
                break
            end = hit.end
        listed = _LISTED.search(text, end)
        limit = min(verb.start() if verb else len(text), listed.start() if listed else len(text))
        if end < limit <= 200:
            return tidy(text[:limit]).rstrip(" ,:;."), text[limit:].strip(" :,")
        return tidy(text[:end]).rstrip(" ,:;."), text[end:].strip(" :,")
    if verb and verb.start() <= 200:
        return tidy(text[: verb.start()]).rstrip(" ,:;."), text[verb.start() :].strip(" :,")
    return (tidy(text).rstrip(" ,:;."), "") if len(text) <= 200 else ("", text)


def _agencies(who: str, reader: Reader) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    if reader.register is None:
        return (), ()
    found = reader.resolve(who)
    return tuple(dict.fromkeys((*found.agencies, *found.group_members))), found.doubts


def _deadlines(
    text: str, where: str, who: str, reader: Reader, *, asked: bool = False
) -> Iterator[DutyDraft]:
    """Binding deadlines and rhythms in a paragraph; the date of a cited document is none."""
    text = tidy(text)
    for start, end, frame in find_timeframes(text, issued_on=reader.issued_on, calendar=reader.calendar):
        if frame.kind not in (TimeFrameKind.FIXED_DATE, TimeFrameKind.RECURRING):
            continue
        sentence_start = max(text.rfind(". ", 0, start), text.rfind("; ", 0, start), -2) + 2
        ends = [p for p in (text.find("; ", end), text.find(". ", end), text.find("./.", end)) if p >= 0]
        sentence = text[sentence_start : min(ends, default=len(text))]
        before = text[sentence_start:start]
        if not _binds(text, start, frame, before, sentence, reader.issued_on):
            continue
        subject = _subject(text[: start + 1]) or who
        agencies, doubts = _agencies(subject, reader)
        what = tidy(_what(sentence, text[start:end]))
        yield DutyDraft(subject, what, where, replace(frame, text=text[start:end]), agencies, asked, doubts)


def _binds(
    text: str, start: int, frame: TimeFrame, before: str, sentence: str, issued_on: date | None
) -> bool:
    if not _REPORTING.search(plain(sentence)):
        return False
    if frame.kind is TimeFrameKind.RECURRING:
        return bool(re.match(r"(?i)(?:định kỳ|hằng|hàng|trước|mỗi)", text[start:]))
    binding = re.match(
        r"(?i)(?:trước|chậm nhất|không quá|hoàn thành|đến hết|xong)", text[start:]
    ) or re.search(r"(?i)(?:trước|chậm nhất(?: là)?|không quá|hoàn thành(?: trong)?|đến hết)\s*$", before)
    in_time = issued_on is None or frame.due_on is None or frame.due_on >= issued_on
    return bool(binding) and in_time and not _CITED.search(before[-80:])


def _subject(before: str) -> str:
    """The last group spoken of before a deadline."""
    found = list(_SUBJECT.finditer(before))
    return tidy(found[-1][1]) if found else ""


def _what(sentence: str, phrase: str) -> str:
    """The clause with the verb of duty, without the time phrase."""
    clause = sentence.replace(phrase, " ")
    found = re.search(
        r"(?i)\b(báo cáo|gửi|tổng hợp|trình|đăng ký|cung cấp|ban hành|công khai|công bố|nộp|xây dựng|hoàn thành)\b.*",
        clause,
    )
    return (found[0] if found else clause).strip(" ,;:.")


def duties_in_cells(tasks: Sequence[TaskDraft], reader: Reader) -> Iterator[DutyDraft]:
    """A rhythm inside a cell of agencies ("…; Hằng tháng công khai danh sách …") is a duty of its own."""
    for task in tasks:
        for column, cell in (("second column", task.leads), ("third column", task.coordinators)):
            for segment in _with_rhythm(cell):
                found = find_timeframes(segment, issued_on=reader.issued_on, calendar=reader.calendar)
                if not found or found[0][0] > 12 or found[0][2].kind is not TimeFrameKind.RECURRING:
                    continue
                _start, end, frame = found[0]
                who = _head_agency(cell, reader)
                agencies, doubts = _agencies(who, reader)
                where = f"appendix, {task.number}, {column}"
                yield DutyDraft(who, tidy(segment[end:]), where, frame, agencies, False, doubts)


@lru_cache(maxsize=4096)
def _with_rhythm(cell: str) -> tuple[str, ...]:
    """The parts of a cell that begin with a rhythm or a day."""
    return tuple(part for s in cell.split(";") if _RHYTHM.match(plain(part := s.strip())))


def _head_agency(cell: str, reader: Reader) -> str:
    """The agency a cell begins with."""
    head = cell.split(";")[0]
    if reader.register and (hits := scan(head, reader.register)):
        return tidy(head[: hits[0].end])
    verb = re.search(r"\s(?:theo dõi|chủ trì|tham mưu|phối hợp|đôn đốc)\b", head)
    return tidy(head[: verb.start()] if verb else head)
