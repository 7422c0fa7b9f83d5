"""Directives and notices of conclusions: "Giao Sở Nội vụ chủ trì, phối hợp với … hoàn thành trước ngày …".

Looked for only where a document has neither a table of tasks nor labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import plain
from domain.reading.plan_addressed import GIVEN, Addressed, addressed
from domain.reading.plan_columns import Column, looks_like_agency
from domain.reading.plan_table import Reader, make_task
from domain.reading.timeframes import find_timeframes
from domain.reading.verbs import begins_with_verb, first_verb
from domain.timeframes import TimeFrameKind

_NUMBER = re.compile(r"^((?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?=\s*[.)]))\s*[.)]\s*(?=\S)|^[-–+•]\s+")
_ROMAN = re.compile(r"^[IVXLC]{1,6}\s*[.)]\s+\S")
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
#: what opens a list tells nobody yet: "… thực hiện các nội dung sau:"
_OPENING = re.compile(
    r"(?:\bsau|dưới đây)(?: đây)?\s*:\s*$|(?:\byêu cầu|kết luận|chỉ đạo)\s*:\s*$", re.IGNORECASE
)
_LONGEST_NAME = 90
#: shorter words say nothing that could be done: the line is a heading
_LEAST = 8
#: whoever a list is for may direct others itself
_DIRECTS = re.compile(r"Chỉ đạo\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^Kính gửi\b|\bđiện\s*:\s*$", re.IGNORECASE)


def read_orders(paragraphs: Sequence[str], reader: Reader) -> Iterator[TaskDraft]:
    """A task for each sentence that names who is to do what; lines under an agency are its tasks."""
    section, over = "", _Over()
    for text in paragraphs:
        if _END.match(text):
            return
        marked = _NUMBER.match(text)
        if _ROMAN.match(text) or _RECIPIENTS.search(text):
            section = text if _ROMAN.match(text) else section
            over = _Over(level=_SKIP) if _RECIPIENTS.search(text) else _heading(text)
            continue
        if not marked and (_CLOSING.search(text) or _OPENING.search(text)):
            over = _Over()
            continue
        said, number = (text[marked.end() :], marked[1] or "") if marked else (text, "")
        level = _level(text, number) if marked else 0
        if over.level == _SKIP and level == _BULLET:
            continue
        told = addressed(said, reader, numbered=bool(marked))
        given = GIVEN.match(said) is not None and not _DIRECTS.match(said)
        own = bool(told.who) and (given or said[len(told.who) :].lstrip().startswith(":"))
        under_a_name = over.bare and not marked and begins_with_verb(said)
        if (over.holds(level) or under_a_name) and not own:
            part = f"{over.number}.{number}".strip(".") if number else ""
            yield _task(over.who, said, section, part, reader)
            continue
        if not told.who:
            over = over if level > over.level else _Over()
            continue
        leads_in = said.rstrip().endswith(":") and len(told.what) < _LONGEST_NAME  # "Sở Y tế có trách nhiệm:"
        bare = leads_in or len(plain(told.what)) < _LEAST
        over = _Over(told.who, number, level, bare=bare)
        if not bare:
            yield _unsure(_task(told.who, said, section, number, reader), told)


@dataclass(frozen=True, slots=True)
class _Over:
    """Whom the lines below belong to, by what it is numbered with and how deep."""

    who: str = ""
    number: str = ""
    level: int = 0
    whole: bool = False  # a section is headed by whoever it is: all numbers below are parts
    bare: bool = False  # only a name: a plain line below it says what is to be done

    def holds(self, level: int) -> bool:
        """Whether a line so deep belongs to it; numbered lines below a plain sentence stand for themselves."""
        return bool(self.who) and level > self.level and (self.whole or self.level > 0 or level >= _LETTER)


#: how deep a line stands: a plain one, "1.", "1.1.", "a)", "-"; behind recipients bullets are names
_LETTER, _BULLET, _SKIP = 4, 5, -1


def _level(text: str, number: str) -> int:
    if not number:
        return _BULLET
    return _LETTER if not number[0].isdecimal() else 1 + number.count(".")


def _heading(text: str) -> _Over:
    """The agency that a section is headed by: "II. SỞ NỘI VỤ"; nobody for another heading."""
    name = text.partition(".")[2].strip(" :")
    is_name = looks_like_agency(name) and len(name) < _LONGEST_NAME and first_verb(name.lower()) < 0
    return _Over(name, whole=True) if is_name else _Over()


def _unsure(task: TaskDraft, told: Addressed) -> TaskDraft:
    """A name whose end was only guessed is doubted."""
    if told.sure:
        return task
    return replace(task, doubts=(*task.doubts, Doubt("leads", "unlikely_lead", told.who[:80], 0.3)))


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
            r"\b(?:truoc|cham nhat|hoan thanh|khong qua|den het|den ngay|xong|dung|trong (?:thang|quy|nam|ngay))\b",
            near,
        )
    )
