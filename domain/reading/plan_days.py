"""Due days named in a plan's words: dates, months, quarters, halves, years, ranges of them.

Everything works on a folded copy of the text (no tone marks, lower case) that keeps every offset.
"""

from __future__ import annotations

import calendar as months
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from domain.reading.fold import by_table

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LIMIT = r"(?:(?P<strict>truoc)|cham nhat|muon nhat|khong qua|den het|den|vao|trong|het|xong)"
_LEAD = rf"(?:\b{_LIMIT}\s+(?:la\s+)?(?:vao\s+|trong\s+|thoi diem\s+)?)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_OF = r"\s*(?:[/.,\-(]|,?\s*(?:cua\s+)?nam)?\s*"
_OF_YEAR = r"(?:\s*[/.\-]\s*|\s*\(?\s*|,?\s+(?:cua\s+)?nam\s+)"
_Q = r"(?:iv|i{1,3}|[1-4])"
_QUARTER = r"(?:qu[iy]\s*\.?\s*|q\.?\s*)"
_AND = r"\s*(?:,|va|-|den|\+|/)\s*"
_SOME_MONTHS = (
    rf"\b(?:thang|t)\s*\d{{1,2}}(?:{_AND}(?:thang\s*)?\d{{1,2}})*{_AND}(?:thang\s*)?(?P<m>\d{{1,2}})"
)
_PATTERNS = (
    rf"{_LEAD}\btuan\s+(?:thu\s+)?(?P<w>\d|cuoi|dau|nhat|nhi|hai|ba|tu|nam)\s*(?:cua\s+)?thang\s*(?P<m>\d{{1,2}})(?:{_OF_YEAR}{_YEAR})?(?!\d)",
    r"(?<![\d-])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])",
    rf"{_LEAD}{_SOME_MONTHS}{_OF_YEAR}{_YEAR}",
    rf"{_LEAD}(?<![\d/.\-])(?<!ngay )(?:0?[1-9]|1[0-2])\s*-\s*(?P<m>0?[1-9]|1[0-2])\s*/\s*{_YEAR}",
    rf"{_LEAD}(?:ngay\s+)?(?<![\d/])(?P<d>\d{{1,2}})\s*(?:/|-|\.|\s*thang\s+)\s*(?P<m>\d{{1,2}})(?:\s*[/.\-]\s*|,?\s+nam\s+){_YEAR}",
    rf"{_LEAD}(?:ngay\s+)?(?<![\d/])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<yy>[2-4]\d)(?![\d/])",
    rf"{_LEAD}(?:ngay\s+)?(?<![\d/])(?P<d>\d{{1,2}})(?:\s*/\s*|\s+thang\s+)(?P<m>\d{{1,2}})(?![\d/])",
    rf"{_LEAD}\b{_QUARTER}(?:{_Q}{_AND}(?:{_QUARTER})?)*(?P<q>{_Q})\b{_OF}{_YEAR}",
    rf"{_LEAD}\b{_QUARTER}(?:{_Q}{_AND}(?:{_QUARTER})?)*(?P<q>{_Q})\b(?!/)",
    rf"{_LEAD}\b(?P<half>(?:0?6 thang|nua) (?:dau|cuoi) nam|0?9 thang(?: dau nam)?|cuoi nam|dau nam){_OF}{_YEAR}",
    rf"{_LEAD}\b(?P<half>(?:0?6 thang|nua) (?:dau|cuoi) nam|0?9 thang dau nam|cuoi nam)\b",
    rf"{_LEAD}(?:cuoi\s+)?\bthang\s*(?P<m>\d{{1,2}})(?!\d){_OF_YEAR}{_YEAR}",
    rf"{_LEAD}\bt(?P<m>\d{{1,2}})\s*/\s*{_YEAR}",
    rf"{_LEAD}{_SOME_MONTHS}(?![\d/])",
    rf"{_LEAD}(?:cuoi\s+)?\bthang\s+(?P<m>\d{{1,2}})(?![\d/])",
    rf"{_LEAD}(?<![\d/.\-])(?P<m>\d{{1,2}})\s*[/\-]\s*{_YEAR}",
    rf"{_LEAD}(?:\bgiai doan\s+|\bnam\s+)?(?<![\d/])(?P<from>20\d\d)\s*(?:-|den(?: het)?(?: nam)?)\s*(?:nam\s+)?{_YEAR}",
    rf"{_LEAD}\b(?:trong\s+)?nam\s+(?:20\d\d{_AND}(?:nam\s+)?)*{_YEAR}",
    rf"^\W*(?:20\d\d{_AND})*{_YEAR}\W*$",
    rf"\b(?:den(?: het)?|truoc|trong|cuoi|tu)\s+{_YEAR}",
    rf"^\W*{_YEAR}(?=\W+(?:va\W+)?(?:cac|nhung) nam)",
    rf"^\W*(?P<q>iv|i{{1,3}})\s*/\s*{_YEAR}",
    r"\b(?P<this>(?:trong|het|cuoi|ca) nam)\b(?!\s*(?:20|nay\s*20|tiep|sau))(?=\s*(?:nay\b)?\W*$)",
)  # fmt: skip
#: (what the pattern cannot be without, the pattern): most texts are told apart without looking for what leads up to it
_RULES = [(re.compile(pattern.removeprefix(_LEAD)), re.compile(pattern)) for pattern in _PATTERNS]
#: small l and 1 for a capital I in a quarter's number, as scans have them
_SMALL_L = re.compile(r"(?<=qu[iy] )(?:l{1,3}v?|[1l]v)\b")
_PROMISING = re.compile(r"\d|\bqu[iy]|\bq\.?i|\bnam\b|\btuan\b")
_WEEKS = {"dau": 1, "nhat": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
#: a school year, and a part of a year that ends on no day, are no days
_NO_DAY = re.compile(
    r"\bnam hoc\s+20\d\d(?:\s*-\s*20\d\d)?|(?<!thang )(?<!nua )\b(?:giua|dau) nam(?:\s+20\d\d)?"
)
#: what follows is an outlook, no deadline
_OUTLOOK = re.compile(r"\b(?:tam nhin|dinh huong)\b(?=(?:\W+[a-z]+){0,3}\W+20\d\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """One due day found in the text, with what it was named as ("date" or "period")."""

    start: int
    end: int
    due: date
    strict: bool
    named: str
    year_given: bool
    since: date  # the first day of the period named; a day is a period of itself


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0].lower()
    if unicodedata.combining(char):
        return "\u0301"
    return "d" if base in "đð" else "-" if base in "–—‑‐−" else " " if base.isspace() else base[0]


def fold(text: str) -> str:
    """Lower case without marks, one character for each of ``text``, so offsets stay valid."""
    folded = _by_table(text)
    return _SMALL_L.sub(_as_roman, folded) if "qu" in folded else folded


_by_table = by_table(_folded)


def _as_roman(match: re.Match[str]) -> str:
    """Small l and 1 for a capital I, as scans have them."""
    return match[0].replace("l", "i").replace("1", "i")


_SPOKEN = {"gieng": "1", "hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9",
           "muoi": "10", "muoi mot": "11", "muoi hai": "12"}  # fmt: skip
_SPOKEN_MONTH = re.compile(
    r"(?<=\bthang )(gieng|hai|ba|tu|nam|sau(?! *\W*$)|bay|tam|chin|muoi(?: mot| hai)?)(?=\s*\W?\s*$|,? nam (?:20\d\d|nay)|\s*/\s*20)"
)


def _with_spoken(folded: str) -> str:
    """ "tháng tư năm 2025" as "tháng 4 năm 2025", as long as before."""
    return _SPOKEN_MONTH.sub(lambda m: _SPOKEN[m[1]].ljust(len(m[1])), folded)


def find_days(folded: str, issued_on: date | None) -> list[Day]:
    """Every due day of a folded text in order; a year that is not written comes from ``issued_on``."""
    if "thang " in folded:
        folded = _with_spoken(folded)
    if not _PROMISING.search(folded):
        return []
    folded = _NO_DAY.sub(lambda m: " " * len(m[0]), folded)
    outlook = _OUTLOOK.search(folded)
    if outlook and outlook.start() > 0:
        folded = folded[: outlook.start()]
    found: list[Day] = []
    for rule in _fitting(folded):
        for match in rule.finditer(folded):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            day = _resolve(match, issued_on)
            if day is not None:
                found.append(day)
    return _with_years(_with_events(sorted(found, key=lambda day: day.start), folded), folded)


@lru_cache(maxsize=1024)
def _fitting(folded: str) -> tuple[re.Pattern[str], ...]:
    """The rules that may find a day in a text; plans name the same times over and over."""
    return tuple(rule for core, rule in _RULES if core.search(folded))


#: "Trước ngày khai giảng (05/9/2025)": what is done before an event is done before its day; an hour still counts
_BEFORE_EVENT = re.compile(
    r"\btruoc (?:ngay |khi |le |thoi diem )?(?:(?!gio\b|\d+h)[a-z0-9]+ ){1,8}\(?\s*(?:ngay )?$"
)


def _with_events(days: list[Day], folded: str) -> list[Day]:
    return [
        replace(day, strict=True)
        if not day.strict and day.since == day.due and _BEFORE_EVENT.search(folded[: day.start])
        else day
        for day in days
    ]


def _with_years(days: list[Day], folded: str) -> list[Day]:
    """ "30/6 và 30/12/2025": a day without a year has that of the day right behind it; "trước" holds for both."""
    for index in range(len(days) - 2, -1, -1):
        day, following = days[index], days[index + 1]
        between = folded[day.end : following.start]
        if len(between) > 12 or not re.fullmatch(r"\W*(?:va|den|den het|-)?\W*(?:ngay\W*)?", between):
            continue
        if not day.year_given and following.year_given:
            years = (following.due.year, following.due.year - 1)
            dated = [
                d for y in years if (d := safe_date(y, day.due.month, day.due.day)) and d <= following.due
            ]
            days[index] = replace(day, due=dated[0] if dated else day.due, year_given=True)
        if day.strict and re.search(r"\bva\b", between):
            days[index + 1] = replace(following, strict=True)
    return days


def last_day(year: int, month: int) -> int:
    """The number of days of a month; 0 for one that is none."""
    return months.monthrange(year, month)[1] if 1 <= month <= 12 else 0


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve(match: re.Match[str], issued_on: date | None) -> Day | None:
    part = match.groupdict()
    given = part.get("y") or (f"20{part['yy']}" if part.get("yy") else None)
    if given is None and issued_on is None:
        return None
    year = int(given) if given else issued_on.year if issued_on else 0
    before = "truoc" in match[0].split() and not part.get("d")
    due, named = _end(part, year, before)
    if due is not None and given is None and issued_on and due < issued_on:
        due, named = _end(part, year + 1, before)
    if due is None:
        return None
    since = due if before else _since(part, due)
    return Day(
        match.start(), match.end(), due, bool(part.get("strict")) or before, named, given is not None, since
    )


def _since(part: dict[str, str | None], due: date) -> date:
    """The first day of what was named."""
    if part.get("d"):
        return due
    if part.get("w"):
        return due - timedelta(days=6)
    if part.get("m"):
        return due.replace(day=1)
    if part.get("q"):
        return due.replace(month=due.month - 2, day=1)
    if "cuoi" in (part.get("half") or ""):
        return due.replace(month=7, day=1)
    return date(int(part.get("from") or due.year), 1, 1)


def _end(part: dict[str, str | None], year: int, before: bool) -> tuple[date | None, str]:
    """The last day of what was named, and whether that was a date or a longer period.

    ``before``: "trước tháng 10", "trước năm 2026" — done before that period begins, so its first day is named.
    """
    if part.get("d"):
        return safe_date(year, int(part["m"] or 0), int(part["d"] or 0)), "date"
    if part.get("m"):
        month = int(part["m"] or 0)
        if not 1 <= month <= 12:
            return None, "date"
        if week := part.get("w"):
            count = _WEEKS.get(week) or (int(week) if week.isdigit() else 5)
            return safe_date(year, month, min(7 * max(count, 1), last_day(year, month))), "date"
        return safe_date(year, month, 1 if before else last_day(year, month)), "date"
    if part.get("q"):
        month = 3 * _ROMAN[part["q"] or ""]
        return (
            safe_date(year, month - 2, 1) if before else safe_date(year, month, last_day(year, month))
        ), "date"
    if half := part.get("half"):
        half = half.lstrip("0")
        month = 6 if half.startswith(("6 thang dau", "nua dau")) else 9 if half.startswith("9") else 12
        named = "period" if half.startswith(("6 thang", "9 thang", "nua")) else "date"
        return (None if half == "dau nam" else safe_date(year, month, last_day(year, month))), named
    return (safe_date(year, 1, 1), "date") if before else (safe_date(year, 12, 31), "period")
