"""The time that a sentence sets: "hoàn thành trước ngày 15/7", "trước kỳ họp HĐND tỉnh", "trong 10 ngày kể từ ngày ký"."""

from __future__ import annotations

import re

from domain.reading.fold import plain
from domain.reading.plan_table import Reader
from domain.reading.timeframes import find_timeframes
from domain.timeframes import TimeFrame, TimeFrameKind

#: an event that has to come first, or by which it must be done
_BEFORE_EVENT = r"trước (?:khi|kỳ họp|phiên họp|mùa|tết|đại hội|hội nghị|lễ|khai giảng|ngày (?:khai giảng|khai mạc|bầu cử|hội|diễn ra|đại hội|lễ|tết|tựu trường|thi)|năm học|rằm|thềm|giao thừa|30 tết|bão|mùa mưa|kỳ thi|giờ|thời điểm (?!\d))"
_EVENT = re.compile(
    rf"\b(?:ngay sau khi|ngay sau|ngay khi|sau khi|khi có|khi phát sinh|khi xảy ra|trong vòng \d+ (?:ngày|giờ)|trong (?:thời hạn )?\d+ (?:ngày|giờ)|chậm nhất (?:là |sau )*\d+ (?:ngày|giờ)|sau \d+ ngày|không quá \d+ (?:ngày|giờ)|{_BEFORE_EVENT})\b[^.;]{{0,140}}(?=[.;/]*\s*$)",
    re.IGNORECASE,
)
#: the same within a sentence: up to the comma
_WITHIN = re.compile(
    rf"\b(?:hoàn thành|xong|báo cáo|trình|gửi)(?: [^\s.;,]+){{0,10}}? ((?:{_BEFORE_EVENT}|ngay sau khi|sau khi|trong (?:vòng |thời hạn )?\d+ (?:ngày|giờ))\b[^.;,]{{2,110}})|\b((?:trong vòng|trong thời hạn|chậm nhất|không quá|trong) \d+ (?:ngày|giờ)(?: làm việc)?,? (?:kể từ|sau khi|từ khi|từ ngày) [^.;,]{{3,90}})",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|hoan thanh|khong qua|khong muon hon|den het|den ngay|tu nay den|xong|dung|thoi han|han cuoi|het|ngay trong|vao|trong (?:thang|quy|nam|ngay|tuan|qui|6 thang|9 thang|dot))\b"
)
#: the day of a document that is cited, or a time that only begins something
_CITED = re.compile(
    r"(?:\b(?:so\s+[\w./-]+|so|thong bao|cong van|van ban|quyet dinh|ke hoach|nghi quyet|nghi dinh|chi thi|ket luan|cong dien|bao cao|to trinh)[^.;,]{0,30}|\b(?:tu|ke tu|bat dau tu|co hieu luc|hieu luc tu|hop|ky|cuoc hop|lam viec|giai doan|nam hoc|du kien khai mac|dip|quoc khanh|ky niem))\s*(?:ngay\s*)?$"
)
_PERIOD_OF = re.compile(
    r"\b(?:ke hoach|chi tieu|nhiem vu|du toan|cong tac|ngan sach|chuong trinh|giai doan|nhiem ky|nam hoc|de an|dau tu cong|chien luoc|quy hoach|muc tieu|tam nhin|dinh huong|vu|dien ra|khai mac|to chuc)[^.;,]{0,40}$"
)


def deadline(text: str, reader: Reader) -> str:
    """The last binding time phrase of a sentence, else an event, else how steadily; the date of a cited document binds
    nobody."""
    found = find_timeframes(text, issued_on=reader.issued_on, calendar=reader.calendar)
    bound = [(start, end) for start, end, frame in found if _binds(text, start, end, frame, reader)]
    if bound:
        return text[slice(*bound[-1])]
    if event := _EVENT.search(text):
        return event[0].strip()
    if within := _WITHIN.search(text):
        return (within[1] or within[2]).strip()
    steady = [text[a:b] for a, b, f in found if f.kind is TimeFrameKind.CONTINUOUS]
    return steady[-1] if steady else ""


def _binds(text: str, start: int, end: int, frame: TimeFrame, reader: Reader) -> bool:
    if frame.kind is TimeFrameKind.RECURRING:
        return True
    if not frame.due_on or (reader.issued_on and frame.due_on < reader.issued_on):
        return False
    near = plain(f"{text[max(0, start - 40) : start]} {text[start : start + 18]}")
    if _LIMIT.search(near):
        return True
    before = plain(text[max(0, start - 60) : start])
    is_day = bool(re.search(r"ngày \d", text[max(0, start - 5) : end]))
    return (
        is_day
        and reader.issued_on is not None
        and frame.due_on > reader.issued_on
        and not _CITED.search(before)
    )
