"""Time phrases of Vietnamese plans → :class:`TimeFrame`; total on any text, and never a date not written there.

Matching is done on a folded copy of the text (no tone marks, lower case) that keeps every offset.
"""

from __future__ import annotations

import calendar as months
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from domain.reading.recurrence import occurrences
from domain.timeframes import TimeFrame, TimeFrameKind
from domain.workdays import WorkCalendar

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LIMIT = r"(?:(?P<strict>truoc)|cham nhat|muon nhat|khong qua|den het|den|vao|trong|het|xong)"
_LEAD = rf"(?:\b{_LIMIT}\s+(?:la\s+)?(?:vao\s+)?)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_OF = r"\s*(?:[/.\-]|,?\s*nam\b)?\s*"
_PATTERNS = (
    rf"{_LEAD}(?:ngay\s+)?(?<![\d/])(?P<d>\d{{1,2}})\s*(?:/|-|\.|\s+thang\s+)\s*(?P<m>\d{{1,2}})(?:\s*[/.\-]\s*|,?\s+nam\s+){_YEAR}",
    rf"{_LEAD}(?:ngay\s+)?(?<![\d/])(?P<d>\d{{1,2}})(?:\s*/\s*|\s+thang\s+)(?P<m>\d{{1,2}})(?![\d/])",
    rf"{_LEAD}\b(?:qu[iy]\s*|q)(?:(?:iv|i{{1,3}})\s*(?:,|va|-)\s*)*(?P<q>iv|i{{1,3}}|[1-4])\b{_OF}{_YEAR}",
    rf"{_LEAD}\b(?:qu[iy]\s+|q)(?P<q>iv|i{{1,3}}|[1-4])\b",
    rf"{_LEAD}\b(?P<half>6 thang dau nam|9 thang(?: dau nam)?|cuoi nam|dau nam){_OF}{_YEAR}",
    rf"{_LEAD}\b(?P<half>6 thang dau nam|9 thang dau nam|cuoi nam)\b",
    rf"{_LEAD}\bthang\s*(?P<m>\d{{1,2}})(?!\d)(?:\s*[/.\-]\s*|,?\s+nam\s+|\s+){_YEAR}",
    rf"{_LEAD}\bthang\s+(?P<m>\d{{1,2}})(?![\d/])",
    rf"{_LEAD}(?<![\d/.\-])(?P<m>\d{{1,2}})\s*/\s*{_YEAR}",
    rf"{_LEAD}(?:\bgiai doan\s+|\bnam\s+)?(?<![\d/])(?P<from>20\d\d)\s*(?:-|den(?: nam)?)\s*{_YEAR}",
    rf"{_LEAD}\b(?:trong\s+)?nam\s+{_YEAR}",
    rf"^\W*{_YEAR}\W*$",
)
_RULES = [re.compile(pattern) for pattern in _PATTERNS]
_EVERY = r"(?:h[a]ng|moi|dinh ky(?: hang)?)"
_RECUR = re.compile(
    rf"\b{_EVERY}\s+(?P<unit>tuan|thang|qu[iy]|6 thang|nua nam|nam)\b|\b(?P<end>thang cuoi qu[iy])\b"
)
_UNITS = {
    "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "qui": "quarterly",
    "6 thang": "half_yearly", "nua nam": "half_yearly", "nam": "yearly",
}  # fmt: skip
_CONTINUOUS = re.compile(r"\bthuong xuyen\b|\blien tuc\b")
_OPEN = re.compile(r"(?:cac )?nam (?:tiep theo|sau)|\btro di\b|\bnhung nam tiep theo")
_FROM_YEAR = re.compile(r"^\W*(?:ke )?tu (?:ngay |thang |qu[iy] |nam )")
_EVENT = re.compile(r"^\W*(?:thoi gian thuc hien:? )?(?:ngay )?(?:khi|sau khi|trong vong|sau \d+ ngay)\b")
_OTHER = re.compile(r"^\W*(?:thuc hien )?theo\s+\w")
_MONTHDAY = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:/|\s+thang\s+)\s*(\d{1,2})(?![\d/])")
_MONTHLY_DAY = re.compile(r"(?:ngay|truoc|nhat)\s+(\d{1,2})(?!\s*[\d/])")
_IN_MONTH = re.compile(r"\bthang (\d{1,2})\b")
_PROSE_RECUR = re.compile(
    rf"(?:\b(?:dinh ky|truoc|cham nhat|ngay)\s[^.;:\n]{{0,45}})?(?:\bthang \d{{1,2}} )?"
    rf"\b(?:{_EVERY}\s+(?:tuan|thang|qu[iy]|6 thang|nua nam|nam)|thang cuoi qu[iy])\b(?!\s+20\d\d)"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """One due day found in the text, with what it was named as."""

    start: int
    end: int
    due: date
    strict: bool
    named: str
    year_given: bool


def fold(text: str) -> str:
    """Lower case without marks, one character for each of ``text``, so offsets stay valid."""
    out = []
    for char in text:
        base = unicodedata.normalize("NFKD", char)[0].lower()
        if unicodedata.combining(char):
            base = "\u0301"
        out.append("d" if base in "đð" else "-" if base in "–—‑‐" else " " if base.isspace() else base[0])
    return "".join(out)


def read_timeframe(text: str, *, issued_on: date | None, calendar: WorkCalendar) -> TimeFrame:
    """Read one cell; a year that is not written is taken from ``issued_on``, and without it no date is given."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    folded = fold(plain)
    if not any(c.isalnum() for c in folded):
        return TimeFrame(text=text)
    special = _special(folded, issued_on)
    if special is not None:
        return replace(special, text=text)
    days = _days(folded, issued_on)
    if not days:
        return TimeFrame(text=text, doubts=("unread",))
    last = max(days, key=lambda day: day.due)
    ranged = len(days) == 2 and re.fullmatch(r"\s*(?:-|den|va)\s*", folded[days[0].end : days[1].start])
    frame = _dated(last, calendar)
    doubts = ("two_deadlines",) if len({d.due for d in days}) > 1 and not ranged else ()
    return replace(frame, text=text, doubts=doubts)


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
    for day in _days(folded, issued_on):
        if not any(day.start < b and a < day.end for a, b in taken):
            frame = replace(_dated(day, calendar), text=prose[day.start : day.end])
            found.append((day.start, day.end, frame))
    return sorted(found, key=lambda item: item[:2])


def _special(folded: str, issued_on: date | None) -> TimeFrame | None:
    """The kinds without a due day; None when the text names a day or a period."""
    if _EVENT.search(folded):
        return TimeFrame(kind=TimeFrameKind.ON_EVENT)
    recurs = _recurs(folded)
    ends = [day.due for day in _days(folded, issued_on) if day.year_given]
    if _CONTINUOUS.search(folded):
        end = max(ends, default=None)
        return TimeFrame(kind=TimeFrameKind.CONTINUOUS, period_end=end, recurs=recurs)
    if recurs:
        on = _recurs_on(folded, recurs)
        return TimeFrame(
            kind=TimeFrameKind.RECURRING, recurs=recurs, recurs_on=on, strict=bool(on) and "truoc" in folded
        )
    if ends and (
        _OPEN.search(folded) or (_FROM_YEAR.search(folded) and len(ends) == 1 and "den" not in folded)
    ):
        return TimeFrame(kind=TimeFrameKind.OPEN_ENDED, period_end=date(min(ends).year, 12, 31))
    if _OTHER.search(folded):
        return TimeFrame(kind=TimeFrameKind.BY_OTHER_DOCUMENT)
    return None


def _recurs(folded: str) -> str | None:
    found = list(_RECUR.finditer(folded))
    if not found:
        return None
    if any(m["end"] for m in found):
        return "quarterly"
    return _UNITS[found[0]["unit"]]


def _recurs_on(folded: str, recurs: str) -> tuple[str, ...]:
    """Days named in a recurring phrase. A month alone ("Tháng 12 hằng năm") is due on its last day."""
    if recurs == "quarterly" and re.search(r"thang cuoi qu[iy]", folded):
        day = _MONTHLY_DAY.search(folded)
        if day and 1 <= int(day[1]) <= 30:
            return tuple(f"{month:02}-{int(day[1]):02}" for month in (3, 6, 9, 12))
        return ()
    if recurs == "monthly":
        return tuple(f"{int(d):02}" for d in _MONTHLY_DAY.findall(folded) if 1 <= int(d) <= 31)
    pairs = [(int(m), int(d)) for d, m in _MONTHDAY.findall(folded)]
    if not pairs and recurs == "yearly":
        pairs = [(int(m), _last(2001, int(m))) for m in _IN_MONTH.findall(folded) if 1 <= int(m) <= 12]
    return tuple(f"{m:02}-{d:02}" for m, d in pairs if _safe(2024, m, d))


def _days(folded: str, issued_on: date | None) -> list[_Day]:
    found: list[_Day] = []
    for rule in _RULES:
        for match in rule.finditer(folded):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            day = _resolve(match, issued_on)
            if day is not None:
                found.append(day)
    return sorted(found, key=lambda day: day.start)


def _resolve(match: re.Match[str], issued_on: date | None) -> _Day | None:
    part = match.groupdict()
    given = part.get("y")
    if given is None and issued_on is None:
        return None
    year = int(given) if given else issued_on.year if issued_on else 0
    due, named = _end(part, year)
    if due is not None and given is None and issued_on and due < issued_on:
        due, named = _end(part, year + 1)
    if due is None:
        return None
    return _Day(match.start(), match.end(), due, bool(part.get("strict")), named, given is not None)


def _end(part: dict[str, str | None], year: int) -> tuple[date | None, str]:
    """The last day of what was named, and whether that was a date or a longer period."""
    if part.get("d"):
        return _safe(year, int(part["m"] or 0), int(part["d"] or 0)), "date"
    if part.get("m"):
        month = int(part["m"] or 0)
        return (_safe(year, month, _last(year, month)) if 1 <= month <= 12 else None), "date"
    if part.get("q"):
        month = 3 * _ROMAN[part["q"] or ""]
        return _safe(year, month, _last(year, month)), "date"
    if half := part.get("half"):
        month = 6 if half.startswith("6") else 9 if half.startswith("9") else 12
        return (None if half == "dau nam" else _safe(year, month, _last(year, month))), "date"
    return _safe(year, 12, 31), "period"


def _dated(day: _Day, calendar: WorkCalendar) -> TimeFrame:
    act_by = calendar.act_by(day.due, day.strict)
    if day.named == "period" and not day.strict:
        kind = TimeFrameKind.WITHIN_PERIOD
        return TimeFrame(kind=kind, due_on=day.due, act_by=act_by, period_end=day.due)
    return TimeFrame(kind=TimeFrameKind.FIXED_DATE, due_on=day.due, strict=day.strict, act_by=act_by)


def _last(year: int, month: int) -> int:
    return months.monthrange(year, month)[1] if 1 <= month <= 12 else 0


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


__all__ = ["find_timeframes", "fold", "occurrences", "read_timeframe"]
