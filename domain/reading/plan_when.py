"""The time that a sentence sets: "hoàn thành trước ngày 15/7", "trước kỳ họp HĐND tỉnh", "trong 10 ngày kể từ ngày ký"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from domain.reading.fold import plain
from domain.reading.occasions import occasion
from domain.reading.tables.plan_table import Reader
from domain.reading.timeframes import find_timeframes, weekdays
from domain.timeframes import TimeFrame, TimeFrameKind

#: over some years
_YEARS = re.compile(
    r"(?:trong )?(?:giai đoạn|các năm|\d+ năm|năm|từ năm|từ)\s+(?:từ )?(20\d\d)\s*(?:-|–|đến|tới)\s*(?:hết )?(?:năm )?(20\d\d)",
    re.IGNORECASE,
)
_NAMED_SO = re.compile(
    r"(?:kế hoạch|chương trình|đề án|chiến lược|quy hoạch|nghị quyết|mục tiêu|nhiệm kỳ|đầu tư công|năm học)(?:[^.,;]{0,30}|[^.;]{0,60}[^.,;(]{6})$",
    re.IGNORECASE,
)
#: "cấp điện liên tục", "chi thường xuyên": how, not when
_HOW = re.compile(
    r"(?:chi|nguồn|đầu tư|kinh phí|vốn|họp)\s+thường xuyên|(?<!thường xuyên, )(?<!trì )\bliên tục(?!\W*$)|(?:hằng|hàng) ngày",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|hoan thanh|khong qua|khong muon hon|khong cham hon|khong sau|den het|den ngay|tu nay den|xong|hoan tat|ket thuc|dut diem|dung (?:ngay|han|thoi gian)|thoi han|han cuoi|han chot|han (?!ngan|muc|che|han|hep)|het (?:ngay|thang|quy|qui|nam|tuan)|ngay trong|(?:sang|chieu|toi) (?:ngay )?\d{1,2}/|vao (?:ngay|thang|quy|qui|nam|cuoi|dau|giua|tuan|chieu|sang|luc|toi|dip|\d)|trong (?:(?:ky |buoi |dot )?(?:sinh hoat|giao ban|phien hop|ky hop)|vong|thang|quy|nam|ngay|tuan|qui|6 thang|9 thang|dot|cac ngay))\b"
)
_UNTIL = re.compile(r"\bden (?:het |cuoi |truoc )?(?:ngay )?$|\((?:trong |truoc )?$|: $")
#: a time that only begins something, or is an occasion's name
_BEGINS = re.compile(
    r"(?<!\w)(?:(?:kể )?từ|sau|bắt đầu(?: từ)?|có hiệu lực|hiệu lực từ|giai đoạn|năm học|dịp|quốc khánh|kỷ niệm|lễ|tết|của|phiên họp|cuộc họp|diễn ra)\s*(?:\d{1,2} (?:giờ|h)(?: \d\d)?)?\s*(?:vào )?(?:ngày\s*)?$",
    re.IGNORECASE,
)
#: a limit of its own, beside another
_SETS = re.compile(r"(?:truoc|cham nhat|muon nhat|khong qua|den het|trong thang)\b")
_DONE = re.compile(r"(?:hoàn thành|xong|báo cáo|trình|gửi|kết thúc)(?: [^\s.;]+){0,8}\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\bsố\s+[\w./-]+\s*(?:của [^.;,]{0,30})?(?:ngày\s*)?$", re.IGNORECASE)


#: every day, by some hour: there is no finer rhythm than a week, at whose end such a duty is asked about
_DAILY = re.compile(
    r"(?:(?:định kỳ|trước|vào|lúc|chậm nhất)[^.;,]{0,40} )?(?:h[ằà]ng|mỗi) (?:ngày|đêm|tối|sáng|chiều|buổi(?: sáng| chiều| tối)?)(?: trước \d+ (?:giờ|h)(?: \d+)?)?(?!\w)",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"(?:ít nhất |tối thiểu )?\d{1,2} lần\s?(?:/|trong|mỗi|một)\s?(?:01 |một )?(?:ngày|tuần|tháng|quý|năm)(?!\w)"
    r"|(?:cứ )?(?:mỗi|hai|ba|\d{1,2}) (?:học kỳ|ngày|tuần|tháng|quý|năm)(?: ít nhất)? (?:một|hai|\d{1,2}) (?:lần|kỳ|lượt|buổi)(?!\w)|(?:mỗi|hằng|hàng|định kỳ) nửa tháng|cứ \d{1,2} (?:phút|giờ|ngày|tuần|tháng)(?: [^\s.,;]+){0,7} (?:một|1|01) lần(?!\w)|(?:cứ|mỗi|hằng|hàng) (?:sáng |chiều |tối )?thứ (?:hai|ba|tư|năm|sáu|bảy)(?!\w)|(?:cứ )?\d{1,2} (?:giờ|ngày|tuần|tháng)\s?/\s?lần|(?:mỗi |một )?(?:ngày|tuần|tháng) \d{1,2} lần(?!\w)|theo (?:tuần|tháng|quý)(?=\W*$|[.;,])|(?:ngày|tuần|tháng|quý|năm) nào cũng(?!\w)",
    re.IGNORECASE,
)
_RHYTHMS = {
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "học kỳ": "half_yearly",
    "năm": "yearly",
    "giờ": "weekly",
    "ngày": "weekly",
}


#: what looks like a time where none was found
_LOOKS = re.compile(
    r"\b(?:chậm nhất|muộn nhất|thời hạn (?:hoàn thành|là|trong)|hạn (?:cuối|chót)|hoàn thành (?:trước|trong(?! phạm))|xong (?:trước|trong)|(?<!từ )(?<!dịp )(?:đầu |giữa |cuối |hết |ngay )(?:tuần|tháng|quý|năm)(?! học| nay| trước| mới| và đầu năm mới)|(?:tuần|tháng|quý) (?:sau|tới|này|trước)"
    r"|ngày mai|hôm nay|(?:trước|sau|dịp) tết|mùng|trung tuần|thượng tuần|hạ tuần|trước \d|lần/|mỗi (?:tuần|tháng|quý|năm))(?!\w)",
    re.IGNORECASE,
)


_PERIOD = re.compile(
    r"(?:(?:cuối|hết|trong|giữa|đầu)\s+)?(?:tháng|quý)\s+(?:\d{1,2}|[IVX]+)\s*(?:/|-|năm)\s*20\d\d",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[.;)]|/\.|$|, (?:báo cáo|gửi|trình|nộp) )")
_RANGE = re.compile(r"(?:thang|quy|qui|tuan) \S+ den (?:het )?(?:thang|quy|qui|tuan) ")
#: the first of two times: "từ ngày 01/10/2022 ", "từ tháng 4 "
_FIRST_OF_TWO = re.compile(
    r"(?<!\w)từ (?:ngày |tháng |quý )?[\dIVX][\dIVX/.-]{0,9} (?:tháng \d{1,2} )?(?:năm \d{4} )?$",
    re.IGNORECASE,
)
_BEFORE_FEAST = re.compile(
    r"(?<!\w)trước (?:ngày |dịp |lễ )*(?:Quốc khánh|Tết|khai giảng|khai mạc|Giáng sinh|lễ)(?: [^\W\d_]+){0,3} $",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?:(?:sáng|chiều|tối) )?(?:ngày )?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật) $",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?<!\w)từ (?:ngày )?$", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]\s*$")
#: a period that names what is spoken of
_OF_WHAT = re.compile(
    r"(?:báo cáo|kết quả|số liệu|của|kỳ|so với|từ|kế hoạch|chương trình|đầu|phiên họp|tình hình|doanh thu|năng suất|kinh phí|lương|học phí)(?: [^\s.,;]+){0,3}\s*$",
    re.IGNORECASE,
)
#: "đến hết tháng 6 hoặc tháng 12": one of two sets no day
_OR = re.compile(r"hoặc (?:ngày |hết |trong |từ )?$", re.IGNORECASE)
_OR_BEHIND = re.compile(r"\s*hoặc (?:ngày |hết |trong |từ )?(?:ngày|tháng|thang|quý|năm|\d)", re.IGNORECASE)
_MEETING = re.compile(r"trước (?:kỳ họp|phiên họp|cuộc họp|hội nghị|đại hội|lễ)[^.,;]{0,50}$", re.IGNORECASE)


#: counted from the day of the document: "trong quý này", "trước ngày 15 tháng sau"
_RELATIVE = re.compile(
    r"(?P<lead>(?:(?:trước|chậm nhất|muộn nhất|ngay trong|trong|hết|cuối|xong trong|vào)(?: là)?\s+)?)(?:ngày (?P<day>\d{1,2}) )?(?:cuối )?(?P<unit>tháng|quý|năm) (?P<which>này|nay|sau|tới)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """The words that set a time, "" where none do, and what they say; ``several`` where others set another day,
    ``missed`` where words look like a time and none was understood, ``late`` where the day was over at the outset."""

    frame: TimeFrame = TimeFrame()
    several: bool = False
    missed: bool = False
    late: bool = False


def deadline(text: str, reader: Reader, begin: int = 0) -> When:
    """The last binding time phrase of a sentence, else an event, else how steadily; the date of a cited document binds
    nobody. ``begin``: where whoever is told stands."""
    found = find_timeframes(text, issued_on=reader.issued_on, calendar=reader.calendar)
    bound = [(start, end, frame) for start, end, frame in found if _binds(text, start, end, frame, reader)]
    late = False
    bound += [(*m.span(), _DAY_BY_DAY) for m in _DAILY.finditer(text)]
    bound += [(*m.span(), _often(m[0], reader)) for m in _OFTEN.finditer(text)]
    if not bound:
        bound = [
            (a, b, f)
            for a, b, f in found
            if f.due_on and _SETS.match(plain(text[a:b])) and _DONE.search(text[:a])
        ]
        late = bool(bound)
    if bound:
        start, end, last = max(bound, key=lambda one: one[1])
        several = any(
            f.due_on and f.due_on != last.due_on and _SETS.match(plain(text[a:b])) for a, b, f in bound
        )
        begins = _since(text, start, last)
        recurring = last.kind is TimeFrameKind.RECURRING and begins == start
        frame = last if recurring else reader.timeframe(text[begins:end])
        return When(replace(frame, text=text[begins:end]), several, late=late)
    if other := _years(text, reader) or _relative(text, reader) or occasion(text, reader, begin):
        return When(other)
    steady = [
        text[a:b] for a, b, f in found if f.kind is TimeFrameKind.CONTINUOUS and not _is_how(text, a, b)
    ]
    if steady:
        return When(reader.timeframe(steady[-1]))
    ahead = any(
        f.due_on and reader.issued_on and f.due_on > reader.issued_on and _is_named(text, a, b)
        for a, b, f in found
    )
    return When(missed=ahead or bool(_LOOKS.search(text)))


def _since(text: str, start: int, frame: TimeFrame) -> int:
    """Where the words begin that set a time: "đến ngày 30/10" at "từ ngày 01/10", if that stands before it, "hằng tuần" at
    "thứ Sáu", "02/9/2025" at "trước ngày Quốc khánh"."""
    first = (_FIRST_OF_TWO if text.startswith("đến ", start) else _BEFORE_FEAST).search(text[:start])
    if frame.recurs == "weekly":
        first = _WEEKDAY.search(text[:start])
    return first.start() if first else start


def _years(text: str, reader: Reader) -> TimeFrame | None:
    """The last stretch of years that is no thing's name."""
    for found in reversed(list(_YEARS.finditer(text))):
        named = _NAMED_SO.search(text[: found.start()]) or _of_a_thing(text, found)
        if found[1] < found[2] and (found[0].lower().startswith("trong") or not named):
            return replace(reader.timeframe(f"{found[1]} - {found[2]}"), text=found[0])
    return None


def _of_a_thing(text: str, years: re.Match[str]) -> bool:
    """ "dự toán chi giai đoạn 2026 - 2030, bao gồm …": right behind a thing, and not at the end, they are that thing's."""
    apart = not text[: years.start()].strip() or text[: years.start()].rstrip()[-1] in ",;(:"
    ends = not text[years.end() :].strip(" ./;)")
    return years[0].lower().startswith("giai đoạn") and not apart and not ends


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether a day stands there that only the year makes no period of something else ("dự toán năm 2026")."""
    return bool(re.search(r"\d\s*[/.-]\s*\d|ngày \d|(?:tháng|quý) .*20\d\d", text[start:end], re.IGNORECASE))


def _relative(text: str, reader: Reader) -> TimeFrame | None:
    """The last time counted from the day of the document; None where there is none, or no such day."""
    found = [m for m in _RELATIVE.finditer(text) if m["lead"] or m["day"]]
    if not found or reader.issued_on is None:
        return None
    last, later = found[-1], found[-1]["which"].lower() in ("sau", "tới")
    year, month = reader.issued_on.year, reader.issued_on.month
    unit = last["unit"].lower()
    if unit == "năm":
        words = f"năm {year + later}"
    elif unit == "quý":
        years, quarter = divmod((month - 1) // 3 + later, 4)
        words = f"quý {quarter + 1}/{year + years}"
    else:
        years, number = divmod(month - 1 + later, 12)
        words = f"tháng {number + 1}/{year + years}"
        words = f"ngày {last['day']} {words.replace('/', ' năm ')}" if last["day"] else words
    return replace(reader.timeframe(f"{last['lead']}{words}".strip()), text=last[0].strip())


def _often(text: str, reader: Reader) -> TimeFrame:
    """A rhythm of so many times in so long."""
    frame = reader.timeframe(text)
    if frame.kind is TimeFrameKind.RECURRING:
        return frame
    unit = max((u for u in _RHYTHMS if u in text.lower()), key=len, default="tuần")
    on = weekdays(plain(text)) if _RHYTHMS[unit] == "weekly" else ()
    return TimeFrame(text=text, kind=TimeFrameKind.RECURRING, recurs=_RHYTHMS[unit], recurs_on=on)


_DAY_BY_DAY = TimeFrame(kind=TimeFrameKind.RECURRING, recurs="weekly")


def _is_how(text: str, start: int, end: int) -> bool:
    return any(m.start() < end and start < m.end() for m in _HOW.finditer(text))


def _binds(text: str, start: int, end: int, frame: TimeFrame, reader: Reader) -> bool:
    if frame.kind is TimeFrameKind.RECURRING:
        return True
    if not frame.due_on or (reader.issued_on and frame.due_on < reader.issued_on):
        return False
    named = plain(text[start:end])
    if _SINCE.search(text[:start]) and not _RANGE.match(named):
        return False
    before = plain(text[max(0, start - 60) : start]) + " "
    if _NUMBERED.search(text[:start].rstrip()) and not _LIMIT.match(plain(text[start:end])):
        return False
    lead = re.split(r"[;.]\s", text[max(0, start - 40) : start])[-1]
    near = plain(f"{lead} {text[start : min(end, start + 18)]}")
    is_day = bool(re.search(r"ngày \d|\d\s*[/-]\s*\d{1,2}\s*[/-]\s*20\d\d", text[max(0, start - 5) : end]))
    if (
        (_MEETING.search(text[:start]) and not is_day)
        or _OR.search(text[:start])
        or _OR_BEHIND.match(text, end)
    ):
        return False  # "trước phiên họp tháng 10"
    if _LIMIT.search(near) or _UNTIL.search(before) or named.startswith("den ") or _RANGE.match(named):
        return True
    if _CLAUSE.search(text[:start]) and re.match(r"\s(?:mỗi|từng|các|cả)\s", text[end:]):
        return True  # "…; năm 2023 mỗi người một buổi"
    if (
        _PERIOD.fullmatch(text[start:end].strip())
        and (_ENDS.match(text, end) or not text[:start].strip())
        and not _OF_WHAT.search(text[:start])
    ):
        return True  # "phát hành rộng rãi quý IV/2025."
    return (
        is_day
        and reader.issued_on is not None
        and frame.due_on > reader.issued_on
        and not _BEGINS.search(text[:start])
    )
