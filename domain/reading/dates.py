"""Days and periods named in (plain, folded) words: 30/6/2024, tháng 10, quý IV/2025, 6 tháng đầu năm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Named:
    """A day the words name (for a period: its last), and where they stand."""

    start: int
    end: int
    day: date
    is_year: bool = False
    guessed_year: bool = False


_YEAR = r"(20\d{2})"
_FULL_DAY = re.compile(rf"(?<![\d/.-])(\d{{1,2}}) ?[/.-] ?(\d{{1,2}}) ?[/.-] ?{_YEAR}(?!\d)")
_SPOKEN_DAY = re.compile(rf"(?:\bngay )?(?<!\d)(\d{{1,2}}) thang (\d{{1,2}})(?:,? nam {_YEAR})?(?!\d)")
_SHORT_DAY = re.compile(r"(?<![\d/.-])(\d{1,2}) ?[/-] ?(\d{1,2})(?![\d/]| ?[/-] ?[a-z\d])")
_MONTH = re.compile(rf"\bthang (\d{{1,2}})(?: ?[/-] ?| nam |,? )?(?:{_YEAR})?(?![\d/])")
_BARE_MONTH = re.compile(rf"(?<![\d/.-])(\d{{1,2}}) ?[/-] ?{_YEAR}(?!\d)")
_QUARTER = re.compile(rf"\b(?:qu[yi] ?|q)(iv|iii|ii|i|[1-4])(?![a-z\d])(?: ?[/-] ?| nam |,? )?(?:{_YEAR})?(?!\d)")
_HALF = re.compile(rf"\b(6|06|sau|9|09|chin) thang(?: (dau|cuoi))?(?: nam)? ?{_YEAR}?")
_YEAR_END = re.compile(rf"\b(?:cuoi|het) nam ?{_YEAR}?")
_PERIOD = re.compile(rf"\b{_YEAR}\s*(?:-|–|den|toi)\s*(?:het )?(?:nam )?{_YEAR}\b")
_ONE_YEAR = re.compile(rf"(?<![\d/-]){_YEAR}(?![\d/])")


def quarter_end(year: int, quarter: int) -> date:
    """31/3, 30/6, 30/9, 31/12."""
    return month_end(year, quarter * 3)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next(month: int, day: int, after: date | None) -> date | None:
    """The first such day on or after the issue date; None when there is no issue date to count from."""
    if after is None:
        return None
    for year in (after.year, after.year + 1):
        found = _day(year, month, day)
        if found and found >= after:
            return found
    return None


def _shared_year(words: str, issued_on: date | None) -> tuple[int | None, bool]:
    """The year for a month or quarter named without one: the only year in the words, else the issue's."""
    years = {int(y) for y in re.findall(r"\b(20\d{2})\b", words)}
    if len(years) == 1:
        return years.pop(), False
    return (issued_on.year if issued_on else None), True


def named_days(words: str, issued_on: date | None) -> list[Named]:
    """Single days, in order. A day without a year is the next such day from the issue date."""
    found = list(_days(words, issued_on))
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Named] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _days(words: str, issued_on: date | None) -> Iterator[Named]:
    for m in _FULL_DAY.finditer(words):
        if day := _day(int(m[3]), int(m[2]), int(m[1])):
            yield Named(m.start(), m.end(), day)
    for m in _SPOKEN_DAY.finditer(words):
        year = int(m[3]) if m[3] else None
        spoken = _day(year, int(m[2]), int(m[1])) if year else _next_safe(m[2], m[1], issued_on)
        if spoken:
            yield Named(m.start(), m.end(), spoken, guessed_year=year is None)
    for m in _SHORT_DAY.finditer(words):
        if short := _next_safe(m[2], m[1], issued_on):
            yield Named(m.start(), m.end(), short, guessed_year=True)


def _next_safe(month: str, day: str, issued_on: date | None) -> date | None:
    return _next(int(month), int(day), issued_on) if 1 <= int(month) <= 12 else None


def named_periods(words: str, issued_on: date | None, without: Sequence[Named] = ()) -> list[Named]:
    """Months, quarters, halves, years, outside the spans of ``without``; overlaps go to the first kind."""
    taken = [(n.start, n.end) for n in without]
    found: list[Named] = []
    for named in _periods(words, issued_on):
        if all(named.end <= s or named.start >= e for s, e in taken):
            taken.append((named.start, named.end))
            found.append(named)
    return sorted(found, key=lambda n: n.start)


def _periods(words: str, issued_on: date | None) -> Iterator[Named]:
    year, guessed = _shared_year(words, issued_on)
    for m in _QUARTER.finditer(words):
        q = _ROMAN.get(m[1]) or int(m[1])
        if y := int(m[2]) if m[2] else year:
            yield Named(m.start(), m.end(), quarter_end(y, q), guessed_year=guessed and not m[2])
    for m in _MONTH.finditer(words):
        y = int(m[2]) if m[2] else year
        if y and 1 <= int(m[1]) <= 12:
            yield Named(m.start(), m.end(), month_end(y, int(m[1])), guessed_year=guessed and not m[2])
    for m in _BARE_MONTH.finditer(words):
        if 1 <= int(m[1]) <= 12:
            yield Named(m.start(), m.end(), month_end(int(m[2]), int(m[1])))
    for m in _HALF.finditer(words):
        if y := int(m[3]) if m[3] else year:
            months = 12 if m[2] == "cuoi" else 9 if m[1] in ("9", "09", "chin") else 6
            yield Named(m.start(), m.end(), month_end(y, months), guessed_year=guessed and not m[3])
    for m in _PERIOD.finditer(words):
        yield Named(m.start(), m.end(), date(int(m[2]), 12, 31), is_year=True)
    for m in _YEAR_END.finditer(words):
        if y := int(m[1]) if m[1] else year:
            yield Named(m.start(), m.end(), date(y, 12, 31), is_year=True, guessed_year=guessed and not m[1])
    for m in _ONE_YEAR.finditer(words):
        yield Named(m.start(), m.end(), date(int(m[1]), 12, 31), is_year=True)
