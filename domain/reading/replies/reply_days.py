"""Times a line of terms names, before it is known what they count from: "mai", "thứ sáu", "3 ngày nữa", "15h30".

:func:`mark_days` puts a ``DAY`` with a :class:`Mention` in the line; ``domain.reading.dates`` makes a day of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from domain.reading.replies.reply_line import Found, Line
from domain.reading.replies.reply_line import terms as _p


@dataclass(frozen=True, slots=True)
class Mention:
    """Something said about time, before it is known what it counts from.

    kind: date (year 0: not said; month 0: neither), weekday (1–7; week 0 this, 1 next, None not said),
    shift (``count`` of ``unit``), end, middle or start of a period ``count`` periods from now (or ``month``,
    ``quarter``, ``year`` named), clock (an hour only), vague (a time nobody can put a day to).
    """

    kind: str
    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int = 0
    week: int | None = None
    count: float = 0
    unit: str = ""
    clock: time | None = None


_D = r"(?:(?:DAYU|MUNG|TODAY) )?"
_PARTS_OF_DAY = "SANG|MORNING|NOONTIME|AFTERNOON|EVENING|AMTIME|PMTIME"
_UNIT = "DAYU|DAYSPAN|WORKDAYU|WEEKU|MONTHU|QUARTERU|YEARU|HOURSPAN|HOURU|MINUTEU"
_UNITS = {
    "DAYU": "day", "DAYSPAN": "day", "WORKDAYU": "workday", "WEEKU": "week", "MONTHU": "month",
    "QUARTERU": "quarter", "YEARU": "year", "HOURSPAN": "hour", "HOURU": "hour", "MINUTEU": "minute",
}  # fmt: skip
_NEXT = "NEXT|TOI|NUA|NEXTPRE"
_THIS = "THIS|NOW|nay|THISPRE"


_FULL = _p(_D + r"(?P<d>\d{1,2}) (?P<s>[/.-]) (?P<m>\d{1,2}) (?P=s) (?P<y>\d{4}|\d\d)")
_DOTTED = _p(_D + r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})")
_ISO = _p(r"(?P<y>20\d\d) [-/] (?P<m>\d{1,2}) [-/] (?P<d>\d{1,2})")
_WORDED = _p(_D + r"(?P<d>\d{1,2}) MONTHU (?P<m>\d{1,2})(?: (?:/|-|YEARU|,? ?YEARU) (?P<y>\d{4}))?")
_DAY_NEXT_MONTH = _p(rf"(?:DAYU|MUNG) (?P<d>\d{{1,2}}) MONTHU (?:(?P<next>{_NEXT})|(?P<this>{_THIS}))")
_SLASHED = _p(_D + r"(?P<d>\d{1,2}) (?:/|-) (?P<m>\d{1,2})")
_POINTED = _p(r"(?:(?:UNTIL|TOI|TO) )?(?:DAYU|MUNG|UNTIL|TOI) (?P<d>\d{1,2})\.(?P<m>\d{1,2})")
_MONTH_NAME = _p(
    r"(?:(?P<d>\d{1,2})(?: ORDINAL)?(?: of)? MON(?P<m>\d{1,2})|MON(?P<m2>\d{1,2}) (?P<d2>\d{1,2})(?: ORDINAL)?)"
    r"(?:(?: ,)? (?P<y>20\d\d))?"
)
_DAY_ONLY = _p(rf"(?:DAYU|MUNG) (?P<d>\d{{1,2}})(?! (?:{_UNIT}|/|-|PERCENT|UNITNAME|NUA|MORE)(?![^ ]))")
_ORDINAL = _p(r"(?:the )?(?P<d>\d{1,2}) ORDINAL")
_MONTH_YEAR = _p(r"(?<!QUARTERU )(?:(?P<end>HET|END) )?(?:MONTHU )?(?P<m>\d{1,2}) / (?P<y>20\d\d)")
_WEEKDAY = _p(
    rf"(?:(?P<pre>NEXTPRE|THISPRE) )?(?:WD(?P<w>\d)|WDAY (?P<n>[2-7]))"
    rf"(?:(?: WEEKU)?(?: (?:(?P<next>{_NEXT})|(?P<this>{_THIS})))| NEXTPRE WEEKU(?P<nw>)| THISPRE WEEKU(?P<tw>))?"
)
_PERIOD = "WEEKU|MONTHU|QUARTERU|YEARU|DAYU|DAYSPAN"
_EDGE = _p(
    rf"(?P<edge>HET|END|BEGIN|MID|ENDPRE|BEGINPRE|MIDPRE|OUTOF|NOPE) (?:(?P<pre>NEXTPRE|THISPRE) )?(?P<unit>{_PERIOD})"
    rf"(?: (?:(?P<n>\d{{1,2}})(?! (?:{_UNIT}))|(?P<y4>20\d\d)|(?P<next>{_NEXT})|(?P<this>{_THIS})))?"
    rf"(?:(?: /| YEARU| -)? (?P<y>20\d\d))?"
)
_EDGE_SHORT = _p(r"(?P<edge>HET|END|BEGIN|MID) WDAY (?P<m>\d{1,2})")
_EDGE_NAME = _p(r"(?P<edge>HET|END|ENDPRE|MIDPRE|BEGINPRE) (?:of )?MON(?P<m>\d{1,2})(?: (?P<y>20\d\d))?")
_NAMED_PERIOD = _p(r"(?P<unit>MONTHU|QUARTERU) (?P<n>\d{1,2})(?:(?: /| YEARU)? (?P<y>20\d\d))?")
_NEXT_PERIOD = _p(
    rf"(?:(?P<unit>WEEKU|MONTHU|QUARTERU|YEARU) (?:{_NEXT})|NEXTPRE (?P<unit2>WEEKU|MONTHU|QUARTERU|YEARU))"
)
_THIS_PERIOD = _p(
    rf"(?:(?P<unit>WEEKU|MONTHU|QUARTERU|YEARU) (?:{_THIS})|THISPRE (?P<unit2>WEEKU|MONTHU|QUARTERU|YEARU))"
)
_PAST_PERIOD = _p(rf"(?:\d+|FEW) (?:{_UNIT}) BEFORE")
_SHIFT = _p(
    rf"(?:(?:IN|MORE|OUTOF) )?(?P<n>\d+(?:[.,]\d+)?)(?: MORE)? (?P<unit>{_UNIT})(?P<half> RUOI)?"
    rf"(?: (?:MORE|NUA|NEXT|LATER|TOI|lam viec))?"
)
_HALF_SHIFT = _p(rf"(?:(?:IN|MORE) )?(?:HALF|NUA|NEXTHALF) (?P<unit>{_UNIT})(?: (?:MORE|NUA|NEXT|LATER))?")
_FEW = _p(rf"(?:(?:MORE|IN) )?FEW(?: MORE)? (?:{_UNIT})(?: (?:MORE|NUA|NEXT))?")
_CLOCK = _p(
    rf"(?:luc |at |UNTIL )?(?P<h>\d{{1,2}}) (?:HOURU(?: (?P<min>\d{{1,2}})(?: MINUTEU)?)?|: (?P<min2>\d\d))(?: (?P<half>RUOI|NUA(?= (?:{_PARTS_OF_DAY}))))?"
    rf"(?! (?:NUA|MORE|NEXT|LATER))(?: (?P<part>{_PARTS_OF_DAY}))?"
)
_CLOCK_EN = _p(r"(?:at )?(?P<h>\d{1,2})(?: [:.] (?P<min>\d\d))? (?P<part>AMTIME|PMTIME)")
_RELATIVE = _p(
    rf"(?:(?P<part>{_PARTS_OF_DAY}) )?(?:(?P<today>TODAY)|(?P<mai>TOMORROW)|(?P<kia>DAYAFTER))(?: (?P<part2>{_PARTS_OF_DAY}))?"
)
_PART_NOW = _p(rf"(?P<part>MORNING|NOONTIME|AFTERNOON|EVENING)(?: (?:{_THIS}|TODAY|NUA|SOON))?")
_TRIGGER = re.compile(
    r"\d|DAY|WEEKU|MONTHU|QUARTERU|YEARU|WD|TOMORROW|TODAY|MORNING|NOONTIME|AFTERNOON|EVENING|HOUR|MINUTE|MON\d|BEFORE"
)


def mark_days(line: Line) -> None:
    """Put a ``DAY`` (value: Mention), ``CLOCK`` (value: time) or ``AGO`` for every time the line names."""
    if not _TRIGGER.search(line.text):
        return
    if "BEFORE" in line.text:
        line.put(_PAST_PERIOD, lambda match, _: ("AGO", None))
    for needed, pattern, read in _RULES:
        if needed in line.text:
            line.put(pattern, read)
    if "DAY" in line.text or "CLOCK" in line.text:
        line.put(_JOIN, _join)


def _named(match: re.Match[str], _: Line) -> Found:
    part = match.groupdict()
    day, month = int(part.get("d") or part.get("d2") or 0), int(part.get("m") or part.get("m2") or 0)
    year = int(part.get("y") or 0)
    year += 2000 if 0 < year < 100 else 0
    if not (1 <= day <= 31 and month <= 12):
        return None
    return "DAY", Mention("date", day=day, month=month, year=year)


def _slashed(match: re.Match[str], line: Line) -> Found:
    before = line.text[: match.start()]
    if (
        "-" in match[0]
        and not re.search(r"(?:UNTIL|TOI|TO|SANG|EXTEND|FROM|MOVE) $", before)
        and "DAYU" not in match[0]
    ):
        return None
    return _named(match, line)


def _day_next_month(match: re.Match[str], _: Line) -> Found:
    return "DAY", Mention("date", day=int(match["d"]), count=1 if match["next"] else 0, unit="month")


def _month_year(match: re.Match[str], _: Line) -> Found:
    if not 1 <= int(match["m"]) <= 12:
        return None
    return "DAY", Mention("end", month=int(match["m"]), unit="month", year=int(match["y"]))


def _weekday(match: re.Match[str], _: Line) -> Found:
    number = int(match["w"] or int(match["n"]) - 1)
    following = match["next"] or match["nw"] is not None or (match["pre"] == "NEXTPRE")
    this = match["this"] or match["tw"] is not None or match["pre"] == "THISPRE"
    in_week = "WEEKU" in match[0]
    if following and not in_week:
        week: int | None = None if match["pre"] is None else 1
    else:
        week = 1 if following else 0 if this else None
    return "DAY", Mention("weekday", weekday=number, week=week)


def _edge(match: re.Match[str], _: Line) -> Found:
    part = match.groupdict()
    edge = {"B": "start", "N": "start", "M": "middle"}.get(part["edge"][0], "end")
    unit = _UNITS[part.get("unit") or "MONTHU"]
    year = int(part.get("y") or part.get("y4") or 0)
    count = 1 if part.get("next") or part.get("pre") == "NEXTPRE" else 0
    named = int(part.get("n") or part.get("m") or 0)
    if part["edge"] == "OUTOF" and not (named or count or part.get("this")):
        return None
    if unit == "day":
        return "DAY", Mention("shift", count=count, unit="day")
    if unit == "week" and edge == "middle":
        return "DAY", Mention("vague")
    if named and (unit in ("week", "year") or named > (12 if unit == "month" else 4)):
        return None
    return "DAY", Mention(edge, month=named, count=count, unit=unit, year=year)


def _period(match: re.Match[str], line: Line) -> Found:
    if not (1 <= int(match["n"]) <= (12 if match["unit"] == "MONTHU" else 4)):
        return None
    year = int(match["y"] or 0)
    return "DAY", Mention("period", month=int(match["n"]), unit=_UNITS[match["unit"]], year=year)


def _next_period(match: re.Match[str], _: Line) -> Found:
    return "DAY", Mention("period", count=1, unit=_UNITS[match["unit"] or match["unit2"]])


def _this_period(match: re.Match[str], _: Line) -> Found:
    return "DAY", Mention("this", unit=_UNITS[match["unit"] or match["unit2"]])


def _shift(match: re.Match[str], line: Line) -> Found:
    unit = _UNITS[match["unit"]]
    count = float(match["n"].replace(",", "."))
    if unit == "hour" and match["unit"] == "HOURU" and not re.search(r"(?:NUA|MORE|NEXT|LATER)$", match[0]):
        return None
    if unit == "year" and count > 100:
        return None
    if line.text[match.end() :].startswith((" BEFORE", " qua")):
        return "AGO", None
    return "DAY", Mention("shift", count=count + (0.5 if match["half"] else 0), unit=unit)


def _half_shift(match: re.Match[str], _: Line) -> Found:
    unit = _UNITS[match["unit"]]
    if unit in ("day", "workday", "week", "quarter"):
        return "DAY", Mention("vague")
    return "DAY", Mention("shift", count=0.5, unit=unit)


def _clock(match: re.Match[str], _: Line) -> Found:
    part = match.groupdict()
    hour, minute = int(part["h"]), int(part.get("min") or part.get("min2") or (30 if part.get("half") else 0))
    if hour > 24 or minute > 59:
        return None
    return "CLOCK", _of_day(hour % 24, minute, part.get("part"))


def _of_day(hour: int, minute: int, part: str | None) -> time:
    """The hour of the day meant: "3 giờ chiều" is 15; an hour before 7 that nobody qualified is the afternoon's."""
    if (
        (part in ("AFTERNOON", "EVENING", "PMTIME") and hour < 12)
        or (part == "NOONTIME" and hour < 3)
        or (part is None and 1 <= hour < 7)
    ):
        hour += 12
    elif part == "AMTIME" and hour == 12:
        hour = 0
    return time(hour, minute)


def _relative(match: re.Match[str], _: Line) -> Found:
    part = match["part"] or match["part2"] or ""
    count = 1 if match["mai"] else 2 if match["kia"] else 0
    return "DAY", Mention("shift", count=count, unit="named_day", day=_PART_HOURS.get(part, 0))


def _part_now(match: re.Match[str], _: Line) -> Found:
    return "DAY", Mention("part", unit="named_day", day=_PART_HOURS.get(match["part"], 0))


#: The hour a part of the day ends at, to tell whether it is already over and what "3 giờ" in it means.
_PART_HOURS = {"MORNING": 12, "SANG": 12, "NOONTIME": 13, "AFTERNOON": 18, "EVENING": 23}
_JOIN = _p(r"(?:CLOCK(?: (?:DAY|,))? DAY|DAY(?: (?:DAY|,|luc|at|UNTIL))? CLOCK|DAY(?: ,)? DAY|CLOCK)")


def _join(match: re.Match[str], line: Line) -> Found:
    """ "3 giờ" and "chiều nay" are one time; so are "thứ sáu" and "28/6"."""
    first, last = line.span(*match.span())
    values = [item.value for item in line.items[first:last]]
    clock = next((v for v in values if isinstance(v, time)), None)
    mentions = [v for v in values if isinstance(v, Mention)]
    if not mentions:
        return "DAY", Mention("clock", clock=clock)
    dated = next((m for m in mentions if m.kind == "date"), None)
    mention = dated or next((m for m in mentions if m.kind != "part"), mentions[0])
    if clock is None and len(mentions) > 1 and dated is None and not any(m.kind == "part" for m in mentions):
        return None
    part = (
        max(m.day for m in mentions if m.unit == "named_day")
        if any(m.unit == "named_day" for m in mentions)
        else 0
    )
    if clock and part >= 18 and clock.hour < 12:
        clock = clock.replace(hour=clock.hour + 12)
    elif clock and part == 12 and clock.hour > 12:
        clock = clock.replace(hour=clock.hour - 12)
    return "DAY", replace(mention, clock=clock)


#: (what the line must hold for the rule to be worth trying, the pattern, its reader), in order.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Line], Found]], ...] = (
    ("", _FULL, _named),
    (".", _DOTTED, _named),
    ("20", _ISO, _named),
    ("MONTHU", _WORDED, _named),
    ("MONTHU", _DAY_NEXT_MONTH, _day_next_month),
    ("/", _MONTH_YEAR, _month_year),
    ("", _SLASHED, _slashed),
    (".", _POINTED, _named),
    ("MON", _MONTH_NAME, _named),
    ("WD", _WEEKDAY, _weekday),
    ("U", _EDGE, _edge),
    ("WDAY", _EDGE_SHORT, _edge),
    ("MON", _EDGE_NAME, _edge),
    ("MTIME", _CLOCK_EN, _clock),
    ("", _CLOCK, _clock),
    ("FEW", _FEW, lambda *_: ("DAY", Mention("vague"))),
    ("", _SHIFT, _shift),
    ("N", _HALF_SHIFT, _half_shift),
    ("U", _NAMED_PERIOD, _period),
    ("U", _NEXT_PERIOD, _next_period),
    ("U", _THIS_PERIOD, _this_period),
    ("DAYU", _DAY_ONLY, _named),
    ("MUNG", _DAY_ONLY, _named),
    ("ORDINAL", _ORDINAL, _named),
    ("", _RELATIVE, _relative),
    ("", _PART_NOW, _part_now),
)
