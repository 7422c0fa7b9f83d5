"""Time phrases of plans → :class:`TimeFrame`.

The phrases and what they mean were collected from plans of several provinces: "trước ngày D" is strict,
a quarter or month is due on its last day, "thường xuyên" has no date, "Năm Y và các năm tiếp theo" never
closes. Nothing is invented: a date that is not in the words (or fixed by them and the issue date) is None.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.reading.dates import Named, named_days, named_periods, quarter_end
from domain.reading.fold import plain, tidy
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

_CONTINUOUS = re.compile(r"\bthuong xuyen\b|\blien tuc\b|\bxuyen suot\b")
_OPEN_ENDED = re.compile(r"va (?:cac |nhung )?nam (?:tiep theo|tiep sau|sau)|nhung nam tiep theo|\btro di\b|^\s*(?:bat dau )?tu (?:quy [ivx1-4]+[ /-]*)?(?:nam )?\d{4}\s*\.?$")
_EVERY = r"(?:hang|moi|dinh ky(?: hang| moi)?|tung)"
_RECURS = (
    ("half_yearly", re.compile(rf"\b{_EVERY} (?:6|06|sau) thang\b|\b{_EVERY} nua nam\b|6 thang(?:/| mot )lan\b|\b2 lan ?/ ?nam")),
    ("weekly", re.compile(rf"\b{_EVERY} tuan\b|\btuan/lan\b")),
    ("monthly", re.compile(rf"\b{_EVERY} thang\b|\bthang/lan\b")),
    ("quarterly", re.compile(rf"\b{_EVERY} quy\b|\b{_EVERY} qui\b|\bqu[yi]/lan\b|thang cuoi qu[yi]\b|\b{_EVERY} (?:3|03|ba) thang\b")),
    ("yearly", re.compile(rf"\b{_EVERY} nam\b|\b(?:1|mot) lan ?/ ?nam|\bhang nam\b")),
)  # fmt: skip
_ON_EVENT = re.compile(
    r"^(?:thoi gian thuc hien:? )?(?:ngay )?(?:sau )?(?:khi|sau khi)\b|\bkhi co phat sinh\b|\bkhi (?:co|duoc) yeu cau\b"
    r"|^(?:thoi gian thuc hien:? )?sau (?:khi )?.{3,}\bban hanh\b|\bngay sau (?:khi|hoi nghi)\b|\b(?:ke tu|tu) (?:khi|ngay) (?:nhan|co|duoc|ban hanh|ky)"
)
_BY_OTHER = re.compile(
    r"^(?:thuc hien )?theo (?:dung )?(?:ke hoach|tien do|lo trinh|quy dinh|huong dan|chuong trinh|yeu cau|thoi gian|de an|chi dao|van ban|noi dung|tung)"
)
_STRICT = re.compile(r"\btruoc(?: ngay| thang|$|\s+\d)")
_YEARLY_DAY = re.compile(r"\bhang nam\b")
_MONTHLY_DAY = re.compile(r"ngay (?:mung |mong )?(\d{1,2})(?: (?:cua )?(?:hang|moi)? ?thang)")
_MONTHS_ONLY = {"quarterly": (3, 6, 9, 12), "half_yearly": (6, 12), "yearly": (12,)}


def read_timeframe(text: str, *, issued_on: date | None, calendar: WorkCalendar) -> TimeFrame:
    """One cell or phrase, read. Total: any text gives a frame, at worst ``unspecified`` with a doubt."""
    shown = tidy(text)
    words = plain(text).strip(" .;,-–")
    if not words:
        return TimeFrame(shown)
    frame = _read(shown, words, issued_on)
    if frame.due_on is not None:
        frame = replace(frame, act_by=calendar.act_by(frame.due_on, frame.strict))
    return frame


def _read(shown: str, words: str, issued_on: date | None) -> TimeFrame:
    recurs = next((name for name, pattern in _RECURS if pattern.search(words)), None)
    if _CONTINUOUS.search(words):
        return TimeFrame(
            shown, TimeFrameKind.CONTINUOUS, period_end=_last_end(words, issued_on), recurs=recurs
        )
    if _ON_EVENT.search(words) and not named_days(words, issued_on):
        return TimeFrame(shown, TimeFrameKind.ON_EVENT)
    if _OPEN_ENDED.search(words):
        return TimeFrame(shown, TimeFrameKind.OPEN_ENDED, period_end=_first_year_end(words))
    if recurs:
        return _recurring(shown, words, recurs, issued_on)
    if _BY_OTHER.search(words):
        return TimeFrame(shown, TimeFrameKind.BY_OTHER_DOCUMENT)
    return _dated(shown, words, issued_on)


def _last_end(words: str, issued_on: date | None) -> date | None:
    ends = [n.day for n in (*named_days(words, issued_on), *named_periods(words, issued_on))]
    return max(ends, default=None)


def _first_year_end(words: str) -> date | None:
    found = re.search(r"\b(20\d{2})\b", words)
    return date(int(found[1]), 12, 31) if found else None


def _recurring(shown: str, words: str, recurs: str, issued_on: date | None) -> TimeFrame:
    strict = bool(_STRICT.search(words))
    days = tuple(dict.fromkeys(_recurring_days(words, recurs)))
    return TimeFrame(shown, TimeFrameKind.RECURRING, strict=strict and bool(days), recurs=recurs, recurs_on=days)


def _recurring_days(words: str, recurs: str) -> list[str]:
    """The days a recurring phrase names: "20" of a month, or month-days."""
    if recurs == "monthly":
        return [f"{int(d):02d}" for d in re.findall(r"\bngay (?:mung |mong )?(\d{1,2})\b", words) if 1 <= int(d) <= 31]
    day = re.search(r"\bngay (\d{1,2})(?: cua)? thang (?:cuoi|dau)", words)
    if day and recurs in _MONTHS_ONLY:
        first = re.search(r"thang dau", words)
        months = tuple(m - 2 for m in _MONTHS_ONLY[recurs]) if first else _MONTHS_ONLY[recurs]
        return [f"{m:02d}-{int(day[1]):02d}" for m in months]
    pairs = re.findall(r"\b(\d{1,2}) ?[/-] ?(\d{1,2})\b(?! ?[/-] ?\d)", words)
    pairs += re.findall(r"\b(\d{1,2}) thang (\d{1,2})\b", words)
    found = [f"{int(m):02d}-{int(d):02d}" for d, m in pairs if _is_day(2024, int(m), int(d))]
    if not found and recurs == "yearly":
        months = re.findall(r"\bthang (\d{1,2})\b", words)
        found = [_month_end(int(m)) for m in months if 1 <= int(m) <= 12]
        found += [f"{quarter_end(2023, q):%m-%d}" for q in _quarters(words)]
    return found


def _quarters(words: str) -> list[int]:
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    return [roman.get(q) or int(q) for q in re.findall(r"\bqu[yi] (iv|iii|ii|i|[1-4])\b", words)]


def _month_end(month: int) -> str:
    return f"{month:02d}-{[31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]:02d}"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _dated(shown: str, words: str, issued_on: date | None) -> TimeFrame:
    days = named_days(words, issued_on)
    periods = named_periods(words, issued_on, without=days)
    every = sorted((*days, *periods), key=lambda n: (n.start, n.day))
    if not every:
        return TimeFrame(shown, TimeFrameKind.UNSPECIFIED, doubts=("timeframe_not_understood",))
    last = max(every, key=lambda n: n.day)
    only_years = all(n.is_year for n in every)
    kind = TimeFrameKind.WITHIN_PERIOD if only_years else TimeFrameKind.FIXED_DATE
    doubts: tuple[str, ...] = ()
    if not only_years and len(every) > 1 and not _is_range(words, every):
        doubts = ("two_deadlines",)
    if any(n.guessed_year for n in every):
        doubts += ("year_from_issue_date",)
    return TimeFrame(
        shown,
        kind,
        due_on=last.day,
        strict=_is_strict(words, last),
        period_end=last.day if kind is TimeFrameKind.WITHIN_PERIOD else None,
        doubts=doubts,
    )


def _is_strict(words: str, named: Named) -> bool:
    """ "trước" close before the date: "trước ngày 30/6", "trước tháng 10"."""
    lead = words[max(0, named.start - 14) : named.start]
    return bool(re.search(r"\btruoc(?: (?:ngay|thang|quy|qui|nam))?\s*$", lead)) or bool(
        re.search(r"\btruoc (?:ngay )?$", words[: named.start][-12:])
    )


def _is_range(words: str, every: list[Named]) -> bool:
    gaps = [words[a.end : b.start] for a, b in zip(every, every[1:])]
    return all(re.fullmatch(r"\s*(?:-|–|den|den het|toi|va|,|;)?\s*(?:het |ngay |thang |nam )*", g) for g in gaps)


def find_timeframes(
    prose: str, *, issued_on: date | None, calendar: WorkCalendar
) -> list[tuple[int, int, TimeFrame]]:
    """Deadlines and rhythms inside a sentence, as (start, end, frame) in the *tidied* prose.

    Only phrases that bind are taken: "trước ngày …", "chậm nhất …", "hằng tháng"; the date of a document
    cited in passing is not a deadline.
    """
    shown = tidy(prose)
    flat = _same_length_plain(shown)
    found: list[tuple[int, int, TimeFrame]] = []
    for match in _BINDING.finditer(flat):
        start, end = match.span()
        while end > start and flat[end - 1] in " ,;.":
            end -= 1
        frame = read_timeframe(shown[start:end], issued_on=issued_on, calendar=calendar)
        if frame.kind is not TimeFrameKind.UNSPECIFIED:
            found.append((start, end, frame))
    return found


_DAY = r"(?:\d{1,2} ?[/-] ?\d{1,2}(?: ?[/-] ?\d{4})?|\d{1,2} thang \d{1,2}(?: nam \d{4})?)"
_BINDING = re.compile(
    rf"(?:dinh ky )?(?:truoc|cham nhat(?: la)?(?: den)?|khong qua|han cuoi(?: la)?|den het|hoan thanh trong)"
    rf" ?(?:ngay )?(?:{_DAY}(?:(?:,| va) ?(?:ngay )?{_DAY})*(?: (?:hang|moi) nam)?|\d{{1,2}} (?:cua )?(?:hang thang|moi thang|thang cuoi qu[yi])"
    rf"|(?:thang|qu[yi]) (?:\d{{1,2}}|[ivx]+)(?: ?[/-] ?\d{{4}}| nam \d{{4}})?|nam \d{{4}})"
    rf"|\b(?:dinh ky )?(?:hang|moi) (?:tuan|thang|quy|qui|nam|6 thang)\b"
)


def _same_length_plain(text: str) -> str:
    """:func:`plain` of each character alone, so that positions stay those of the text shown."""
    return "".join((plain(c) or " ")[0] if len(plain(c)) != 1 else plain(c) for c in text)


def occurrences(frame: TimeFrame, start: date, end: date) -> list[date]:
    """The due days of a recurring frame within [start, end].

    Without a day named: the last day of month, quarter, half-year (30/6, 31/12) or year; Friday for weekly.
    """
    days: list[date] = []
    if frame.recurs == "weekly":
        first = start.toordinal() + (4 - start.weekday()) % 7
        return [date.fromordinal(n) for n in range(first, end.toordinal() + 1, 7)]
    for year in range(start.year, end.year + 1):
        days.extend(_in_year(frame, year))
    return sorted(d for d in set(days) if start <= d <= end)


def _in_year(frame: TimeFrame, year: int) -> list[date]:
    months = {"monthly": range(1, 13), "quarterly": (3, 6, 9, 12), "half_yearly": (6, 12), "yearly": (12,)}
    if frame.recurs not in months:
        return []
    if not frame.recurs_on:
        return [_clamped(year, month, 31) for month in months[frame.recurs]]
    days: list[date] = []
    for named in frame.recurs_on:
        if "-" in named:
            month, day = (int(x) for x in named.split("-"))
            days.append(_clamped(year, month, day))
        else:
            days.extend(_clamped(year, month, int(named)) for month in months[frame.recurs])
    return days


def _clamped(year: int, month: int, day: int) -> date:
    """The day of the month, or its last day where the month is shorter."""
    last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return date.fromordinal(min(date(year, month, 1).toordinal() + day - 1, last))
