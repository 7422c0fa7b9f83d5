"""Time phrases of Vietnamese plans → :class:`TimeFrame`; total on any text, and never a date not written there.

Matching is done on a folded copy of the text (no tone marks, lower case) that keeps every offset.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from domain.reading.plan_days import Day, find_days, fold, last_day, safe_date
from domain.reading.recurrence import occurrences
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

_SOME_DAY = date(2000, 1, 1)
_EVERY = r"(?:h[a]ng|moi|dinh ky(?: hang)?(?: theo)?)"
#: "định kỳ tháng 6/2026" is one meeting of many
_NOT_DATED = r"(?!\s+(?:(?:\d{1,2}|[ivx]+)\s*(?:/|nam)\s*)?20\d\d)"
_UNIT = r"tuan|thang|qu[iy]|(?:0?6|sau) thang|nua nam|hoc ky|nam"
_RECUR = re.compile(
    rf"\b{_EVERY}\s+(?P<unit>{_UNIT})\b{_NOT_DATED}|\b(?P<end>thang (?:cuoi|dau) (?:cua )?(?:moi )?qu[iy])\b"
    rf"|^\W*(?P<several>thang|qu[iy])\s*,\s*(?:qu[iy]|0?6 thang|nam)\b(?!\s*20)|\b(?P<each>{_UNIT})(?: (?:mot|0?1) lan| ?/ ?lan)\b|\b\d{{1,3}} (?!lan\b)(?:[a-z]+ ){{0,3}}[a-z]+ ?/ ?(?P<rate>{_UNIT})\b(?! ?\d)|\b(?P<times>\d{{1,2}}) lan\s*(?:/|trong|mot|moi)\s*(?:0?1 |mot )?(?P<per>{_UNIT})\b"
    r"|\bngay \d{1,2} (?:cua )?(?P<next>thang|qu[iy]) (?:ke tiep|tiep theo|ke|sau)\b(?! khi)"
)
_UNITS = {
    "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "qui": "quarterly",
    "6 thang": "half_yearly", "sau thang": "half_yearly", "nua nam": "half_yearly", "hoc ky": "half_yearly", "nam": "yearly",
}  # fmt: skip
_CONTINUOUS = re.compile(
    r"^\W*tx\W*$|\bsuot (?!doi)|\bthuong xuyen\b|\blien tuc\b|\bh[a]ng (?:ngay|dem)\b|\bxuyen suot\b"
)
_OPEN = re.compile(r"(?:cac |nhung )?nam (?:tiep theo|sau|ke tiep|toi)|\btro di\b|\btro ve sau\b")
_FROM = re.compile(r"^\W*(?:thuc hien |bat dau )*(?:ke )?tu (?:ngay |thang |qu[iy] |nam |dau nam |\d)")
_EVENT = re.compile(
    r"^\W*(?:(?:thoi gian|thoi han|tien do)(?: thuc hien| hoan thanh)?:? )?(?:thuc hien )?"
    r"(?:(?:ngay |kip thoi )?(?:khi|sau khi|truoc khi)\b|(?:cham nhat )?\d+ ngay(?: lam viec)? truoc (?:khi|ngay)\b|sau (?:moi|tung|ky|dot|hoi nghi|cuoc)\b|ngay sau\b|trong vong\b|sau \d+ (?:ngay|thang)\b|theo yeu cau\b|theo phat sinh|dot xuat"
    r"|(?:trong |thoi (?:han|gian) |cham nhat |khong qua |toi da |sau )*\d+ (?:ngay|thang)(?: lam viec)?,? (?:ke tu|tu khi|tu ngay(?! [\d/.-]+ den)|sau)\b|neu co\b|phat sinh\b)"
)
_OTHER = re.compile(r"^\W*(?:(?:thuc hien|hoan thanh) )?(?:theo|can cu|tuy theo)\s+\w")
#: somebody's yearly plan sets the time, which is no rhythm
_BY_PLAN = re.compile(
    r"^\W*(?:thuc hien )?theo (?:ke hoach|chuong trinh|phuong an|lich)\b[^,;]*\bh[a]ng nam(?: cua [^,;\d]+)?\W*$"
)
#: of the year, and no day: sessions, seasons, feasts
_OCCASION = re.compile(
    r"\bky hop\b|\bmua (?:mua|kho|bao|lu)\b|\b(?:truoc|sau|dip) (?:\w+ )?tet\b|\bkhai giang\b|\bky thi\b"
)
#: rounds of one task: the last one ends it
_ROUNDS = re.compile(
    r"\b(?:dot|lan|ky|giai doan|vong) (?:1|i|mot|dau)\b.*\b(?:dot|lan|ky|giai doan|vong) (?:2|ii|hai|cuoi)\b"
)
_SESSION = re.compile(r"\bky hop(?: \w+){0,4} $")
_FROM_SCHOOL_YEAR = re.compile(
    r"^\W*(?:thuc hien |ap dung |bat dau )*(?:ke )?tu (?:dau )?nam hoc 20\d\d|\bnam hoc 20\d\d.*\bnam hoc (?:tiep theo|sau|ke tiep)"
)
_UNLIMITED = re.compile(r"^\W*khong (?:co |quy dinh |xac dinh |an dinh )?(?:thoi )?han\W*$")
_LIMIT = re.compile(r"[;,(]\W*(?:hoan thanh|xong|cham nhat)(?: truoc| trong| la| vao)*(?: ngay)?\W*$")
_BINDING = ("truoc", "cham nhat", "muon nhat", "xong", "khong qua", "den het")
#: a day that only one part of the task has
_PARTLY = re.compile(r"\b(?:trong do|rieng|so ket|bao cao|dot)\b")
_BOUND = re.compile(r"(?:truoc|cham nhat|hoan thanh|xong|khong qua|den het)\W+(?:trong |vao |la )*$")
_MONTHDAY = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:/|\s+thang\s+)\s*(\d{1,2})(?![\d/])")
_MONTHLY_DAY = re.compile(r"(?:ngay|truoc|nhat)\s+(\d{1,2})(?!\s*[\d/])")
#: "trước ngày 20", not "trước 16 giờ ngày 20", when that day still counts
_BEFORE = re.compile(r"truoc(?! \d{1,2} ?(?:gio|h)\b)")
#: "thứ Tư hằng tuần": days of the week, Monday 1 to Sunday 7
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_WEEKDAYS = {"hai": "1", "ba": "2", "tu": "3", "nam": "4", "sau": "5", "bay": "6", None: "7"}
_WEEKDAYS |= {str(n): str(n - 1) for n in range(2, 8)}
_IN_MONTH = re.compile(r"\bthang\s+(\d{1,2})\b")
_IN_QUARTER = re.compile(r"\bqu[iy]\s+(iv|i{1,3}|[1-4])\b")
_PROSE_RECUR = re.compile(
    rf"(?:\b(?:dinh ky|truoc|cham nhat|ngay)\s[^.;:\n]{{0,45}})?(?:\bthang \d{{1,2}} )?"
    rf"\b(?:{_EVERY}\s+(?:{_UNIT})|thang cuoi qu[iy])\b{_NOT_DATED}"
)
#: words a converter has torn ("trư ớc ngày"), put together for matching only
_TORN = tuple(
    (re.compile(r"\b" + r"\s?".join(word) + r"\b"), word)
    for word in ("truoc", "ngay", "thang", "thuong", "xuyen", "hoan", "thanh", "giai", "doan", "nhat", "hang", "dinh", "tiep", "theo", "nam")
)  # fmt: skip

#: what leads from the first of two times to the second, and within one
_UP_TO = re.compile(r"\s*(?:-|den\b)")
_WITHIN_ONE = re.compile(
    r"\b(?:thang|t|qu[iy])\s*(?:1?\d|[iv]+)\s*(?:-|den)\s*(?:thang\s*|qu[iy]\s*)?(?:1?\d(?!\d)|[iv]+\b)"
    r"|(?<![\d/.])\d{1,2}\s*(?:-|den)\s*(?:het\s|ngay\s)*\d{1,2}\s*/\s*\d"
)
#: a time, and words in brackets behind it
_REMARK = re.compile(r"([^()]{4,60}?)\s*\([^()]*\)\W*$")
_TORN_QUARTER = re.compile(r"(?<=\bqu[iy] )i\s(?:i\s?i|i|v)(?=\W*(?:20|nam\b|$))")


def read_timeframe(text: str, *, issued_on: date | None, calendar: WorkCalendar) -> TimeFrame:
    """Read one cell; a year that is not written is taken from ``issued_on``, and without it no date is given."""
    plain = " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())
    folded = _mended(fold(plain))
    if not any(c.isalnum() for c in folded):
        return TimeFrame(text=text)
    days = find_days(folded, issued_on)
    special = _special(folded, days)
    if special is not None:
        return replace(special, text=text)
    if not days:
        bare = _REMARK.match(plain)  # "2025 (thời gian ban hành phù hợp với Luật)"
        again = read_timeframe(bare[1], issued_on=issued_on, calendar=calendar) if bare else TimeFrame()
        return replace(again, text=text) if again.due_on else TimeFrame(text=text, doubts=("unread",))
    days = _narrowed(days, folded)
    last = max(days, key=lambda day: day.due)
    frame = _dated(replace(last, named="period") if _spans(days, folded) else last, calendar)
    several = len({d.due for d in days}) > 1 and not _is_range(days, folded) and not _ROUNDS.search(folded)
    doubts = ("two_deadlines",) if several else ()
    return replace(frame, text=text, doubts=doubts)


def _narrowed(days: list[Day], folded: str) -> list[Day]:
    """ "Quý II (trước ngày 15/6)", "trước 15/6 (quý II)": of a period and a day within it, the day is what counts."""
    if len(days) < 2 or _PARTLY.search(folded):
        return days
    return [
        day
        for index, day in enumerate(days)
        if not any(_within(other, day) for other in days[index + 1 :])
        and not (len(days) > 1 and _SESSION.search(folded[: day.start]))
        and not (_bracketed(folded, day) and any(_within(other, day) for other in days[:index]))
    ]


def _within(day: Day, period: Day) -> bool:
    """Whether a day, or a shorter period, lies in a longer one: "trước ngày 31/12" in "năm 2025"."""
    return period.since <= day.due <= period.due and (
        day.since > period.since or (day.strict and not period.strict)
    )


def _bracketed(folded: str, day: Day) -> bool:
    return folded[: day.start].rstrip().endswith("(")


def says_when(text: str) -> bool:
    """Whether words say some time, whatever their year."""
    folded = _mended(fold(" ".join(text.split())))
    days = find_days(folded, _SOME_DAY)
    return bool(days) or _special(folded, days) is not None


def _mended(folded: str) -> str:
    squeezed = folded.replace(" ", "")
    for pattern, word in _TORN:
        if squeezed.count(word) > folded.count(word):  # seldom, and counting is quicker than matching
            folded = pattern.sub(word, folded)
    return _TORN_QUARTER.sub(lambda m: m[0].replace(" ", ""), folded) if "q" in folded else folded


def _is_range(days: list[Day], folded: str) -> bool:
    """ "từ … đến …", "… - …": the first day only begins what the second ends."""
    if len(days) != 2:
        return False
    between, before = folded[days[0].end : days[1].start], folded[: days[0].start]
    return bool(
        re.fullmatch(r"\s*(?:-|den|,|va)?\s*(?:het |ngay |thang )*", between)
        and (between.strip() or folded[days[1].start :].startswith("den"))
        and not ("va" in between.split() and days[0].named == "date" == days[1].named and _is_day(days[0]))
    ) or bool(re.search(r"\b(?:tu|bat dau)\W+(?:ngay |thang |nam )*$", before))


def _spans(days: list[Day], folded: str) -> bool:
    """ "Quý IV/2025 - Quý II/2026", "từ ngày 10/9 đến ngày 15/9", "tháng 3 - 5": time within which, not a day by which."""
    if len(days) == 2 and _is_range(days, folded):
        return bool(_UP_TO.match(folded, days[0].end))
    return len(days) == 1 and bool(_WITHIN_ONE.search(folded[: days[0].end]))


def _is_day(day: Day) -> bool:
    """A day of its own, not the last of a month."""
    return day.due.day != last_day(day.due.year, day.due.month) or day.strict


def find_timeframes(
    prose: str, *, issued_on: date | None, calendar: WorkCalendar
) -> list[tuple[int, int, TimeFrame]]:
    """Every deadline and rhythm in a sentence, with its place: ``prose[start:end]`` is the phrase."""
    folded = fold(prose)
    found: list[tuple[int, int, TimeFrame]] = []
    taken: list[tuple[int, int]] = []
    for match in (*_PROSE_RECUR.finditer(folded), *_CONTINUOUS.finditer(folded)):
        start, end = match.span()
        if any(start < b and a < end for a, b in taken):
            continue
        frame = read_timeframe(prose[start:end], issued_on=issued_on, calendar=calendar)
        found.append((start, end, frame))
        taken.append((start, end))
    for day in find_days(folded, issued_on):
        if not any(day.start < b and a < day.end for a, b in taken):
            frame = replace(_dated(day, calendar), text=prose[day.start : day.end])
            found.append((day.start, day.end, frame))
    return sorted(found, key=lambda item: item[:2])


def _special(folded: str, every: list[Day]) -> TimeFrame | None:
    """The kinds without a due day; None when the text names a day or a period."""
    if _EVENT.search(folded) and not any(_limits(day, folded) for day in every):
        return TimeFrame(kind=TimeFrameKind.ON_EVENT)
    if _UNLIMITED.search(folded):
        return TimeFrame()
    if _BY_PLAN.match(folded) and not any(_binds(day, folded) for day in every):
        return TimeFrame(kind=TimeFrameKind.BY_OTHER_DOCUMENT)
    recurs = _recurs(folded)
    days = [day for day in every if day.year_given]
    ends = [day.due for day in days]
    if _CONTINUOUS.search(folded):
        end = max(ends, default=None)
        return TimeFrame(kind=TimeFrameKind.CONTINUOUS, period_end=end, recurs=recurs)
    if recurs:
        on = _recurs_on(folded, recurs)
        strict = bool(on) and bool(_BEFORE.search(folded))
        return TimeFrame(kind=TimeFrameKind.RECURRING, recurs=recurs, recurs_on=on, strict=strict)
    if _FROM_SCHOOL_YEAR.search(folded):
        return TimeFrame(kind=TimeFrameKind.OPEN_ENDED)
    if ends and (_OPEN.search(folded) or (_FROM.search(folded) and len(ends) == 1 and not _reaches(folded))):
        return TimeFrame(kind=TimeFrameKind.OPEN_ENDED, period_end=date(min(ends).year, 12, 31))
    if _OCCASION.search(folded) and all(day.since.month == 1 and day.due.month == 12 for day in every):
        return TimeFrame(kind=TimeFrameKind.ON_EVENT)
    if _OTHER.search(folded) and not any(_binds(day, folded) for day in days):
        return TimeFrame(kind=TimeFrameKind.BY_OTHER_DOCUMENT)
    return None


def _limits(day: Day, folded: str) -> bool:
    """ "Ngay sau khi ký; xong trước 30/4/2025": a limit of its own behind an event."""
    before = folded[: day.start].rstrip()
    bound = folded.startswith(_BINDING, day.start)
    return (bound and before[-1:] in tuple(";,(")) or bool(_LIMIT.search(before))


def _binds(day: Day, folded: str) -> bool:
    """Whether a day is a limit of its own, not part of another document's name."""
    return day.strict or bool(_BOUND.search(folded[: day.start]))


def _reaches(folded: str) -> bool:
    return bool(re.search(r"\bden\b|\d\s*-\s*\d|\bhoan thanh\b.*\d", folded))


def _recurs(folded: str) -> str | None:
    found = list(_RECUR.finditer(folded))
    if not found:
        return None
    if any(m["end"] for m in found):
        return "quarterly"
    first = found[0]
    if first["times"]:
        unit = _UNITS[first["per"].lstrip("0")]
        often = {("yearly", 2): "half_yearly", ("yearly", 4): "quarterly", ("yearly", 12): "monthly"}
        return often.get((unit, int(first["times"])), unit)
    return _UNITS[
        (first["unit"] or first["each"] or first["rate"] or first["several"] or first["next"]).lstrip("0")
    ]


def weekdays(folded: str) -> tuple[str, ...]:
    """The days of the week that a folded text names, Monday "1" to Sunday "7"."""
    return tuple(_WEEKDAYS[found[1]] for found in _WEEKDAY.finditer(folded))


def _recurs_on(folded: str, recurs: str) -> tuple[str, ...]:
    """Days named in a recurring phrase. A month alone ("Tháng 12 hằng năm") is due on its last day."""
    quarter = re.search(r"thang (cuoi|dau) (?:cua )?(?:moi )?qu[iy]", folded)
    if recurs == "quarterly" and quarter:
        day = _MONTHLY_DAY.search(folded)
        last = (3, 6, 9, 12) if quarter[1] == "cuoi" else (1, 4, 7, 10)
        return tuple(f"{m:02}-{int(day[1]):02}" for m in last) if day and 1 <= int(day[1]) <= 30 else ()
    if recurs == "weekly":
        return weekdays(folded)
    if recurs == "monthly":
        return tuple(f"{int(d):02}" for d in _MONTHLY_DAY.findall(folded) if 1 <= int(d) <= 31)
    pairs = [(int(m), int(d)) for d, m in _MONTHDAY.findall(folded)]
    if not pairs and recurs in ("yearly", "half_yearly"):
        named = [int(m) for m in _IN_MONTH.findall(folded)]
        quarters = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
        named += [quarters[q] for q in _IN_QUARTER.findall(folded)] if recurs == "yearly" else []
        pairs = [(m, last_day(2001, m)) for m in named if 1 <= m <= 12]
    return tuple(f"{m:02}-{d:02}" for m, d in pairs if safe_date(2024, m, d))


def _dated(day: Day, calendar: WorkCalendar) -> TimeFrame:
    act_by = calendar.act_by(day.due, day.strict)
    if day.named == "period" and not day.strict:
        kind = TimeFrameKind.WITHIN_PERIOD
        return TimeFrame(kind=kind, due_on=day.due, act_by=act_by, period_end=day.due)
    return TimeFrame(kind=TimeFrameKind.FIXED_DATE, due_on=day.due, strict=day.strict, act_by=act_by)


__all__ = ["find_timeframes", "fold", "occurrences", "read_timeframe", "says_when", "weekdays"]
