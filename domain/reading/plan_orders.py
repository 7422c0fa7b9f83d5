"""Directives and notices of conclusions: "Giao Sở Nội vụ chủ trì, phối hợp với … hoàn thành trước ngày …".

Looked for only where a document has neither a table of tasks nor labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.plans import TaskDraft
from domain.reading.fold import plain, tidy
from domain.reading.plan_columns import Column, looks_like_agency
from domain.reading.plan_table import Reader, make_task
from domain.reading.timeframes import find_timeframes
from domain.timeframes import TimeFrameKind

_NUMBER = re.compile(r"^((?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?=\s*[.)]))\s*[.)]\s*(?=\S)|^[-–+•]\s+")
_ROMAN = re.compile(r"^[IVXLC]{1,6}\s*[.)]\s+\S")
_GIVEN = re.compile(r"^(?:Thống nhất |Đồng ý )?(?:Giao|Yêu cầu|Đề nghị|Phân công|Chỉ đạo|Chủ tịch UBND .{3,30} (?:giao|yêu cầu))(?: cho)?\s*:?\s+", re.IGNORECASE)  # fmt: skip
_POST = re.compile(r"^(?:(?:đồng chí|ông|bà)\s+)?(?:Giám đốc|Thủ trưởng|Chủ tịch|Chánh|Trưởng|Người đứng đầu)\s+(?:các\s+)?(?=\S)", re.IGNORECASE)  # fmt: skip
_VERBS = (
    "chủ trì|chủ động|phối hợp|tham mưu|xây dựng|rà soát|tổ chức|triển khai|thực hiện|kiểm tra|hướng dẫn|đề xuất|trình|báo cáo"
    "|nghiên cứu|hoàn thiện|hoàn thành|theo dõi|đôn đốc|khẩn trương|tiếp tục|đẩy mạnh|đẩy nhanh|tăng cường|chỉ đạo|cung cấp|lập"
    "|ban hành|thẩm định|giải quyết|xử lý|bố trí|cân đối|tập trung|tổng hợp|căn cứ|trên cơ sở|có trách nhiệm|chịu trách nhiệm"
    "|thường xuyên|nâng cao|quán triệt|công khai|cập nhật|kịp thời|phát huy|vận động|tuyên truyền|làm việc|đăng ký|rút kinh nghiệm"
)
_VERB = re.compile(rf"(?:^|[\s,:])(?:{_VERBS})\b", re.IGNORECASE)
_WITH = re.compile(rf"phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?\s+(?P<who>.{{4,300}}?)(?=,?\s+(?:để )?(?:{_VERBS})\b|[.;:]|$)", re.IGNORECASE)  # fmt: skip
_END = re.compile(r"^(?:Nơi nhận|TM\.|KT\.|TL\.|PHỤ LỤC)")
_MAX_WHO = 220


def read_orders(paragraphs: Sequence[str], reader: Reader) -> Iterator[TaskDraft]:
    """A task for each sentence that names who is to do what; lines under an agency are its tasks."""
    section, over, over_number = "", "", ""
    for text in paragraphs:
        if _END.match(text):
            return
        if _ROMAN.match(text):
            section, over, over_number = text, "", ""
            continue
        marked = _NUMBER.match(text)
        number = (marked[1] or "") if marked else ""
        said = text[marked.end() :] if marked else text
        is_part = bool(marked) and not number.isdecimal()
        if over and is_part and not _GIVEN.match(said):
            yield _task(over, said, section, f"{over_number}.{number}".strip(".") if number else "", reader)
            continue
        who, what = _addressed(said)
        if not who:
            over = over if is_part else ""
            continue
        if len(plain(what)) < 8:
            over, over_number = who, number
            continue
        over, over_number = who, number
        yield _task(who, said, section, number, reader)


def _addressed(said: str) -> tuple[str, str]:
    """(who is told, what); ("", "") for a sentence that tells nobody in particular."""
    given = _GIVEN.match(said)
    rest = said[given.end() :] if given else said
    post = _POST.match(rest)
    if not looks_like_agency(rest[post.end() :] if post else rest):
        return "", ""
    verb = _VERB.search(rest, 4)
    colon = rest.find(":")
    end = min((p for p in (verb.start() if verb else -1, colon) if p >= 0), default=len(rest))
    if end > _MAX_WHO or (verb is None and colon < 0 and not given and len(rest) > 120):
        return "", ""
    return tidy(rest[:end]).rstrip(" ,:;."), rest[end:].lstrip(" ,:;")


def _task(who: str, what: str, section: str, number: str, reader: Reader) -> TaskDraft:
    cells = {Column.LEAD: who, Column.TITLE: what, Column.TIME: _deadline(what, reader)}
    if shared := _WITH.search(what[:600]):
        cells[Column.COORDINATE] = shared["who"].strip(" ,")
    return make_task(cells, what, section, number, reader)


def _deadline(text: str, reader: Reader) -> str:
    """The last binding time phrase; the date of a cited document binds nobody."""
    found = find_timeframes(text, issued_on=reader.issued_on, calendar=reader.calendar)
    bound = [
        text[start:end]
        for start, end, frame in found
        if frame.kind is TimeFrameKind.RECURRING
        or (
            frame.due_on
            and (reader.issued_on is None or frame.due_on >= reader.issued_on)
            and _limits(text, start)
        )
    ]
    return bound[-1] if bound else ""


def _limits(text: str, start: int) -> bool:
    near = plain(f"{text[max(0, start - 40) : start]} {text[start : start + 18]}")
    return bool(
        re.search(
            r"\b(?:truoc|cham nhat|hoan thanh|khong qua|den het|xong|trong (?:thang|quy|nam|ngay))\b", near
        )
    )
