"""Directives and notices of conclusions: "Giao Sở Nội vụ chủ trì, phối hợp với … hoàn thành trước ngày …".

Looked for only where a document has neither a table of tasks nor labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.plans import TaskDraft
from domain.reading.agencies import scan
from domain.reading.fold import plain, tidy
from domain.reading.plan_columns import Column, looks_like_agency
from domain.reading.plan_table import Reader, make_task
from domain.reading.timeframes import find_timeframes
from domain.reading.verbs import end_of_known, first_verb
from domain.timeframes import TimeFrameKind

_NUMBER = re.compile(r"^((?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?=\s*[.)]))\s*[.)]\s*(?=\S)|^[-–+•]\s+")
_ROMAN = re.compile(r"^[IVXLC]{1,6}\s*[.)]\s+\S")
_GIVEN = re.compile(r"^(?:Thống nhất |Đồng ý )?(?:Giao|Yêu cầu|Đề nghị|Phân công|Chỉ đạo|Chủ tịch UBND .{3,30} (?:giao|yêu cầu))(?: cho)?\s*:?\s+", re.IGNORECASE)  # fmt: skip
_POST = re.compile(r"^(?:(?:đồng chí|ông|bà)\s+)?(?:Giám đốc|Thủ trưởng|Chủ tịch|Chánh|Trưởng|Người đứng đầu)\s+(?:các\s+)?(?=\S)", re.IGNORECASE)  # fmt: skip
_WITH = re.compile(r"phối hợp(?: chặt chẽ)?(?: cùng)?(?: với)?\s+(?=\S)", re.IGNORECASE)
_STOP = re.compile(r"[.;:]|,?\s+để\s")
#: an event that has to come first, at the end of what is said
_EVENT = re.compile(
    r"\b(?:ngay sau khi|ngay khi|sau khi|khi có|trong vòng \d+ ngày)\b[^.;]{4,140}(?=[.;/]*\s*$)",
    re.IGNORECASE,
)
#: what closes such a document tells nobody anything in particular
_CLOSING = re.compile(
    r"^(?:Yêu cầu|Đề nghị|Giao|Nhận được).{0,160}(?:nghiêm túc|khẩn trương|tổ chức|triển khai)[^.]{0,60}thực hiện\W*$"
    r"|thông báo (?:đến|để|tới)\b.{0,120}\b(?:biết|thực hiện)\W*$",
    re.IGNORECASE,
)
_END = re.compile(r"^(?:Nơi nhận|TM\.|KT\.|TL\.|PHỤ LỤC)")
_MAX_WHO = 220
#: so many letters of what is to be done must stand behind a name, where no known verb does
_LEAST_DOING = 20
#: who issues does not order itself
_RECIPIENTS = re.compile(r"^Kính gửi\b|\bđiện\s*:\s*$", re.IGNORECASE)
_ISSUER = re.compile(
    r"^(?:(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:tinh|thanh pho|huyen|xa|phuong)|thu tuong chinh phu|chinh phu)$"
)


def read_orders(paragraphs: Sequence[str], reader: Reader) -> Iterator[TaskDraft]:
    """A task for each sentence that names who is to do what; lines under an agency are its tasks."""
    section, over = "", _Over()
    for text in paragraphs:
        if _END.match(text):
            return
        marked = _NUMBER.match(text)
        if _ROMAN.match(text) or _RECIPIENTS.search(text):
            section = text if _ROMAN.match(text) else section
            over = _Over(level=_SKIP if _RECIPIENTS.search(text) else 0)
            continue
        if _CLOSING.search(text) and not marked:
            continue
        said, number = (text[marked.end() :], marked[1] or "") if marked else (text, "")
        level = _level(text, number) if marked else 0
        if over.level == _SKIP and level == _BULLET:
            continue
        who, what = _addressed(said, reader, numbered=bool(marked))
        if over.who and level > over.level and not (who and _GIVEN.match(said)):
            part = f"{over.number}.{number}".strip(".") if number else ""
            yield _task(over.who, said, section, part, reader)
            continue
        if not who:
            over = over if level > over.level else _Over()
            continue
        over = _Over(who, number, level)
        if len(plain(what)) >= 8:
            yield _task(who, said, section, number, reader)


@dataclass(frozen=True, slots=True)
class _Over:
    """Whom the lines below belong to, by what it is numbered with and how deep."""

    who: str = ""
    number: str = ""
    level: int = 0


#: how deep a line stands: a plain one, "1.", "1.1.", "a)", "-"; behind recipients bullets are names
_BULLET, _SKIP = 5, -1


def _level(text: str, number: str) -> int:
    if not number:
        return _BULLET
    return 4 if not number[0].isdecimal() else 1 + number.count(".")


def _addressed(said: str, reader: Reader, *, numbered: bool) -> tuple[str, str]:
    """(who is told, what); ("", "") for a sentence that tells nobody in particular."""
    given = _GIVEN.match(said)
    rest = said[given.end() :] if given else said
    post = _POST.match(rest)
    named = bool(given) and given[0].lower().startswith("giao") and rest[:1].isupper()
    if not named and not looks_like_agency(rest[post.end() :] if post else rest):
        return "", ""
    end = _end_of_names(rest, reader)
    if end < 0 and numbered and len(rest) > _LEAST_DOING and (known := end_of_known(rest)):
        end = known
    if end < 0 and not given and len(rest) > 120:
        return "", ""
    end = len(rest) if end < 0 else end
    if end > _MAX_WHO or (not given and _ISSUER.match(plain(rest[:end]).strip(" ,:;."))):
        return "", ""
    return tidy(rest[:end]).rstrip(" ,:;."), rest[end:].lstrip(" ,:;")


def _end_of_names(text: str, reader: Reader) -> int:
    """Where the names that a text begins with end: at a colon, a verb, or behind the last known one; -1 for nowhere."""
    verb, colon = first_verb(text, 4), text.find(":")
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


def _task(who: str, what: str, section: str, number: str, reader: Reader) -> TaskDraft:
    cells = {Column.LEAD: who, Column.TITLE: what, Column.TIME: _deadline(what, reader)}
    if helping := _helping(what[:600]):
        cells[Column.COORDINATE] = helping
    return make_task(cells, what, section, number, reader)


def _helping(what: str) -> str:
    """Whom the sentence says to work with."""
    shared = _WITH.search(what)
    if not shared:
        return ""
    rest = what[shared.end() : shared.end() + 300]
    stop = _STOP.search(rest)
    ends = [p for p in (first_verb(rest), stop.start() if stop else -1) if p >= 0]
    names = rest[: min(ends, default=len(rest))].strip(" ,")
    return names if looks_like_agency(names) else ""


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
    if bound:
        return bound[-1]
    steady = [text[a:b] for a, b, f in found if f.kind is TimeFrameKind.CONTINUOUS]
    event = _EVENT.search(text)
    return event[0].strip() if event else steady[-1] if steady else ""


def _limits(text: str, start: int) -> bool:
    near = plain(f"{text[max(0, start - 40) : start]} {text[start : start + 18]}")
    return bool(
        re.search(
            r"\b(?:truoc|cham nhat|hoan thanh|khong qua|den het|xong|dung|trong (?:thang|quy|nam|ngay))\b",
            near,
        )
    )
