"""Figures in a line of terms: percentages and shares, and what only looks like one.

After :func:`mark_figures` the line holds ``PCT`` (value: percent 0–100, or None where it cannot be one),
``RANGE`` (two percentages), ``DOCNO``, ``MONEY`` and ``REF`` (value: "2b").
"""

from __future__ import annotations

import re

from domain.reading.replies.reply_line import Found, Line

_N = r"(?<![^ ])\d+(?:[.,]\d+)*(?![^ ])"
_NOUN = r"(?:UNITNAME|WORK|TASK|PARTS|OTHERU|MONEYU|DOCNOUN|OVER|~\S+)"

_DOC = re.compile(rf"(?<![^ ])(?:DOC|DOC [^ ]+|so|TASK so) (?:so )?({_N})(?: / \d+)?(?: / \S+(?: - \S+)*)?")
_SO = re.compile(rf"(?<![^ ])(?:WORK|TELL|~\S+) so ({_N})(?: / \d+)?")
_MONEY_SHARE = re.compile(rf"({_N})(?: MONEYU)? (?:/|OUTOF(?: GOT| tong| so)?|OUTOF) ({_N}) MONEYU(?! / )")
_RANGE = re.compile(rf"({_N})(?: PERCENT)? (?:-|UNTIL|TOI|den|hoac|hay) ({_N}) PERCENT")
_PERCENT = re.compile(rf"({_N}) PERCENT")
_WORD_SHARE = re.compile(rf"({_N}) PARTS ({_N})(?! PERCENT)")
_OUT_OF = re.compile(
    rf"({_N})(?: {_NOUN})? (?:OUTOF|OUTOF tong|OUTOF so|tren|trong)(?: tong| so| tong so)? ({_N})(?! PERCENT)"
)
_SLASH = re.compile(rf"(?<!/ )({_N}) / ({_N})(?! [/.-] \d)")
_HALF = re.compile(
    r"(?<![^ ])(?:(?:1 )?HALF|(?:1|mot) NUA)(?! (?:DAYU|MONTHU|HOURU|HOURSPAN|WEEKU|YEARU|DAYSPAN))"
)
_MONEY = re.compile(rf"({_N}) MONEYU(?: {_N})?")


#: "70-80%" is a guess of one figure; "2-60%" is task 2 at 60 %.
_WIDEST_RANGE = 30


def mark_figures(line: Line) -> None:
    """Put every figure of the line in its place."""
    if "/" in line.text or "DOC" in line.text or " so " in line.text:
        line.put(_DOC, lambda match, _: ("DOCNO", match[1]))
        line.put(_SO, lambda match, _: ("WORK", match[1]))
    if "MONEYU" in line.text:
        line.put(_MONEY_SHARE, _share)
        line.put(_MONEY, lambda match, _: ("MONEY", match[1]))
    if "PERCENT" in line.text:
        line.put(_RANGE, _range)
        line.put(_PERCENT, _percent)
    if "OUTOF" in line.text or " tren " in line.text or " trong " in line.text:
        line.put(_OUT_OF, _share)
    if "PARTS" in line.text:
        line.put(_WORD_SHARE, _share)
    if "HALF" in line.text or "NUA" in line.text:
        line.put(_HALF, lambda *_: ("PCT", 50))
    if "/" in line.text:
        line.put(_SLASH, _slash)


def number(text: str) -> float:
    """ "3,2" and "3.2" are 3.2; "1.200" is 1200: three digits after a point are thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    head, _, tail = text.partition(".")
    return float(f"{head}.{tail.replace('.', '')}" if tail else head)


def whole(percent: float) -> int:
    """A percentage as a whole number, half up; nothing short of 100 becomes 100."""
    return 100 if percent >= 100 else min(99, int(percent + 0.5))


def _percent(match: re.Match[str], _: Line) -> Found:
    value = number(match[1])
    return "PCT", whole(value) if value <= 100 else None


def _range(match: re.Match[str], line: Line) -> Found:
    low, high = number(match[1]), number(match[2])
    near = low < high <= 100 and high - low <= _WIDEST_RANGE
    return ("RANGE", (whole(low), whole(high))) if near else None


def _share(match: re.Match[str], _: Line) -> Found:
    part, total = number(match[1]), number(match[2])
    if total <= 0 or part > total or total == 1 or 1900 <= total <= 2100:
        return None
    return "PCT", whole(100 * part / total)


_DATE_BEFORE = re.compile(
    r"(?:UNTIL|TOI|TO|SANG|DAYU|EXTEND|MOVE|MORNING|AFTERNOON|EVENING|BEFORE|WD\d|NUA|FROM|NOW|trong|DUE|la|THEN|TODAY"
    r"|DAY|WILL|WDAY \d) $|(?:^|[,;.(] )$"
)
_SHARE_BEFORE = re.compile(r"(?:GOT|JUST|DONE|DO|OVER|PAST|DA|REMAIN|ALL|HET|WORK|START|GOING) $")
_SHARE_AFTER = re.compile(rf" (?:{_NOUN}|ALL|so)(?![^ ])")
#: "3/7 trình được": something happens then
_DAY_AFTER = re.compile(r" (?:(?:em|WHO|DA) )*(?:STEP|WILL|THEN|TELL)(?![^ ])")
_ASKS_DAY = re.compile(r"(?<![^ ])(?:EXTEND|REMIND|LATER|MORE|ASKFOR|IF)(?![^ ])")


#: How far around a figure its meaning is looked for, in characters of the line.
_NEAR = 60


def _slash(match: re.Match[str], line: Line) -> Found:
    """ "12/15 trường" is a share, "đến 5/7" a day; what could be either is left to the days."""
    part, total = number(match[1]), number(match[2])
    start, end = match.span()
    before, after = line.text[max(0, start - _NEAR) : start], line.text[end : end + _NEAR]
    possible_day = 1 <= part <= 31 and 1 <= total <= 12 and "," not in match[0]
    if not possible_day:
        return _share(match, line)
    if part > total:
        return None
    if _SHARE_AFTER.match(after) or _SHARE_BEFORE.search(before):
        return _share(match, line)
    if _DATE_BEFORE.search(before) and (before.strip() or _ASKS_DAY.search(after)):
        return None
    if not re.search(r"\w $", before) and _DAY_AFTER.match(after):
        return None
    alone = match[0] == line.text
    asks = _ASKS_DAY.search(line.text, max(0, start - 4 * _NEAR), end + 4 * _NEAR)
    return None if alone or asks else _share(match, line)
