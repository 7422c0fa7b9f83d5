"""A line in its clauses: several who are told something, parts it counts, pieces with times of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.reading.fold import capital_letters
from domain.reading.orders.plan_addressed import Addressed, Known, addressed, told_at
from domain.reading.orders.plan_helpers import helping
from domain.reading.plan_when import deadline
from domain.reading.tables.plan_table import Reader
from domain.reading.verbs import VERBS, begins_with_verb, doing_at, verb_at
from domain.timeframes import TimeFrameKind

_HELPS = re.compile(r"phối hợp(?: chặt chẽ| cùng| với)*\s", re.IGNORECASE)
_ONLY_HELPS = re.compile(
    r"\s*,?\s*(?:cùng )?(?:phối hợp(?! với| cùng| chặt)|(?:(?:cùng|tham gia|hỗ trợ|và),? ?)+\W*$|giúp |đi cùng|cùng lo|nghiêm túc|khẩn trương (?:tổ chức |triển khai )*thực hiện\W*$|(?:tổ chức |nghiêm túc |khẩn trương |kịp thời )*(?:triển khai(?:,? thực hiện)?|thực hiện)\W*$|căn cứ .{5,60}(?:nghiêm túc|thực hiện)\W*$)",
    re.IGNORECASE,
)
#: parts of whoever is told, and what he himself gives to others
_OF_THEIRS = re.compile(r"(?:mỗi|từng|đồng thời|trong đó|(?:sở|phòng|trường|xã|đơn vị)(?! [A-ZĐ])) ")
_ASSIGNS = re.compile(r"(?:phân công|chỉ đạo|giao|yêu cầu) ")
#: what ends a piece of a sentence; what goes on with the same task
_STOP = re.compile(r"[;.]\s+(?=[^\W\d])")
_REPORTS = re.compile(r"(?:báo cáo|gửi|nộp|trình|không để|bảo đảm|đảm bảo|kết quả|tổng hợp)\b", re.IGNORECASE)
_SET = (TimeFrameKind.FIXED_DATE, TimeFrameKind.WITHIN_PERIOD)
_LEAST = 30
_SENTENCE = re.compile(rf"(?<=[^\W{capital_letters()}]|\))\.\s+(?=[{capital_letters()}])")
#: what only says of the sentence before it by when it is done, or to whom it goes
_ENDS_IT = re.compile(
    r"(?:hoàn thành|hoàn tất|nghiệm thu|xong|báo cáo|gửi|nộp|trình|kết quả|tổng hợp)\b", re.IGNORECASE
)
_WHEN_FIRST = re.compile(
    rf"(?:Khi|Sau khi|Ngay khi|Trước khi|Trước|Trong|Hằng|Hàng)\s[^.;]{{3,90}}, (?=(?:{VERBS})\b)"
)
#: a sentence that begins with how often something of its own is to be done, or with words that join it to the one before
_RHYTHM_FIRST = re.compile(
    r"(?:(?:Hằng|Hàng|Mỗi) (?:ngày|tuần|tháng|quý|năm)|Định kỳ(?: [^\s.,;]+){1,3}?|(?:Ngày|Tuần|Tháng|Quý|Năm) nào cũng),?\s+(?=[^\W_])"
)
_JOINED = re.compile(r"(?:Đồng thời|Bên cạnh đó|Ngoài ra|Song song đó|Sau đó),?\s+(?=[a-zà-ỹđ])")
_PART = re.compile(r"\s*(?:\(\d{1,2}\)|\([ivx]{1,4}\)|\([a-zđ]\)|(?<=[;:] )[a-zđ]\)|(?<=[;:] )\d{1,2}\))\s+")


def clauses(said: str, known: Known, first: Addressed) -> list[Addressed]:
    """Every one who is told something of his own in a line, in order, beginning with ``first``."""
    found = [first]
    for match in re.finditer(r"[.;]\s+(?:Riêng\s+)?(?=\S)", said):
        begin, last = match.end(), found[-1]
        if begin <= last.begin + len(last.who):
            continue
        new = told_at(said, begin, known)
        if not new.who and match[0][0] == ".":
            new = _led_up_to(said, begin, known)
        if not new.who or _ONLY_HELPS.match(new.what) or not new.what or _in_list(said[last.begin : begin]):
            continue
        if _OF_THEIRS.match(said[begin:]) or (
            not last.given and not known.issues(last.who) and _ASSIGNS.match(said[begin:])
        ):
            continue
        if (
            new.given
            or ((new.sure or match[0][0] == ".") and _does(new.what))
            or said[begin + len(new.who) :].lstrip().startswith(":")
        ):
            found.append(new)
    return found


def _led_up_to(said: str, begin: int, known: Known) -> Addressed:
    """Who is told in a sentence that begins with when or why: "… . Sau khi có thông báo, kế toán làm thủ tục …"."""
    stop = re.search(r"\.\s", said[begin:])
    sentence = said[begin : begin + stop.start()] if stop else said[begin:]
    new = addressed(sentence, known, numbered=False)
    if not new.start or not new.sure or not verb_at(new.what, 0):
        return Addressed()
    return replace(new, begin=begin + new.begin, start=begin)


def _does(what: str) -> bool:
    """Whether words begin with a doing; a scan may have left a syllable before it."""
    return (
        verb_at(what, 0)
        or what.startswith("được ")
        or doing_at(what, 0)
        or doing_at(what, what.find(" ") + 1)
    )


def _in_list(before: str) -> bool:
    """Whether names behind a semicolon only go on with those that help: "phối hợp với Công an tỉnh; Sở Y tế …"."""
    helps = list(_HELPS.finditer(before))
    if not helps or before.rstrip().endswith("."):
        return False
    rest = before[helps[-1].end() :]
    return not any(doing_at(rest, m.start()) for m in re.finditer(r"(?<=\s)\w", rest))


def parts_of(text: str) -> list[str]:
    """The parts that a sentence counts itself: "Sở Y tế: (1) …; (2) …"; else the whole."""
    lead, *parts = _PART.split(text)
    return [part.strip(" ;,") for part in parts] if len(parts) > 1 and lead.rstrip().endswith(":") else [text]


def by_their_times(text: str, reader: Reader, known: Known) -> list[str]:
    """A sentence in the pieces that set a time of their own, where another doing follows with its own time or helpers."""
    begin, found = 0, []
    for stop in _STOP.finditer(text):
        before, rest = text[begin : stop.start()], text[stop.end() :]
        if len(rest) < _LEAST or not _does_more(rest):
            continue
        if stop[0][0] == "." and _RHYTHM_FIRST.match(rest):
            found.append(before)
            begin = stop.end()
            continue
        kind = deadline(rest, reader).frame.kind
        apart = stop[0][0] == "." and kind is TimeFrameKind.ON_EVENT
        if kind not in _SET and not apart and not helping(rest, "", known)[0]:
            continue
        frame = deadline(before, reader).frame
        if frame.text and frame.kind in _SET and _at_an_end(before, frame.text):
            found.append(before)
            begin = stop.end()
    return [*found, text[begin:]]


def _does_more(rest: str) -> bool:
    """Whether a piece begins with a doing other than telling of the one before it."""
    joint = _RHYTHM_FIRST.match(rest) or _JOINED.match(rest)
    doing = rest[joint.end() :] if joint else rest
    return begins_with_verb(doing) and not _REPORTS.match(doing)


def _at_an_end(text: str, time: str) -> bool:
    """Whether a time begins or ends a text."""
    return text.rstrip(" )").endswith(time.rstrip(" .;)")) or text.startswith(time)


def sentences(text: str) -> list[str]:
    """A line that says only what is to be done, in the sentences that each begin with a doing, or with when and a doing."""
    begin, found = 0, []
    for stop in _SENTENCE.finditer(text):
        rest = text[stop.end() :]
        if (begins_with_verb(rest) and not _ENDS_IT.match(rest)) or _WHEN_FIRST.match(rest):
            found.append(text[begin : stop.start()])
            begin = stop.end()
    return [*found, text[begin:]]


def clause_begin(said: str, told: Addressed) -> int:
    """Where the clause of somebody within a line begins: behind the last stop before the name."""
    return max(said.rfind("; ", 0, told.begin), said.rfind(". ", 0, told.begin), -2) + 2
