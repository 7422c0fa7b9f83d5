"""What each percentage of a clause is: how far the work is now, how far it was, the target, what is left."""

from __future__ import annotations

import re

from domain.reading.replies.reply_clauses import Clause
from domain.reading.replies.reply_line import terms

#: "trước 30/6" is a deadline, "tuần trước" is past.
PASSED = "AGO|BEFORE(?! DAY)"

_LEFT = re.compile(r"(?<![^ ])(?:REMAIN|LACK)(?: GOT| ALMOST| JUST| MORE| THEN)* $")
_LEFT_AFTER = re.compile(
    r" (?:UNITNAME |WORK |TASK |~\S+ )?(?:REMAIN|NOTYET (?:DONE|DO|GOT|\S+)|ZERO|left|to go)(?![^ ])"
)
_SAYS_NOW = terms("GOT|JUST|DONE|NOW")
_NOT_FIGURE = terms(r"(?:NOT|NOTYET|NOTDONE)(?: (?!PCT|BUT|NOW)\S+){0,5}")
_CHANGE = terms(r"RISE(?: GOT| FROM| MORE| ALMOST)*")
_CHANGE_TO = terms(r"RISE (?:UNTIL|TOI|len)")
_FROM = re.compile(r"(?<![^ ])(?:FROM|tu)(?: (?!GOT|NOW)\S+)? $")
_PASSED = terms(PASSED)
_NEARLY = re.compile(r"(?<![^ ])(?:ALMOST|SOON)(?: GOT| DONE)* $")
#: "tuần trước được 50%" was then; "từ tuần trước đến nay được 50%" is now
_SINCE = terms("NOW|UNTIL|TOI|(?<!BEFORE )(?<!AGO )GOT")
_TARGET_BEFORE = re.compile(r"(?<![^ ])(?:TARGET(?: (?!NOW|GOT (?=PCT))\S+){0,3}|TARGET) $")
_TARGET_AFTER = re.compile(r" (?:(?:WORK|UNITNAME|~\S+|THEN|la|is) ){0,3}TARGET(?![^ ])")
_TARGET_OF = re.compile(r" TARGET(?![^ ])")
_INTENDED = terms("WILL|IF|WHEN|ASKFOR")

#: How far around a figure its meaning is looked for, in characters of the clause.
_NEAR = 240

Figure = tuple[str, int | None]


def percents_in(clause: Clause) -> list[Figure]:
    """Every percentage as (role, value): now, old, target, change, left, not, over."""
    if " PCT " not in clause.text:
        return []
    out: list[Figure] = []
    at, text = 1, clause.text
    for item in clause.items:
        if item.term == "PCT":
            out.append(_role(item.value, text[max(0, at - _NEAR) : at], text[at + 3 : at + 3 + _NEAR]))
        at += len(item.term) + 1
    return out


def _role(value: int | None, before: str, after: str) -> Figure:
    if value is None:
        return "over", None
    last = before[max(before.rfind(" PCT "), 0) :]
    if _LEFT.search(last) and not after.startswith(" DONE"):
        return "left", 100 - value
    if _LEFT_AFTER.match(after) and not _SAYS_NOW.search(last):
        return "left", 100 - value
    if _NOT_FIGURE.search(last) or after.startswith(" NOPE"):
        return "not", value
    if _CHANGE.search(last) and not _CHANGE_TO.search(last):
        return "change", value
    if _FROM.search(last):
        return "old" if "TARGET" not in last else "target", value
    if value == 100 and _NEARLY.search(last):
        return "not", value  # "gần 100%" names what it is not
    if _PASSED.search(before) and not _SINCE.search(last):
        return "old", value
    if _TARGET_BEFORE.search(last) or _INTENDED.search(last):
        return "target", value
    if _TARGET_AFTER.match(after) and not (_TARGET_OF.match(after) and _SAYS_NOW.search(last)):
        return "target", value
    return "now", value


def percent_of(figures: list[Figure], doubts: list[str]) -> int | None:
    """The one percentage that stands; None, with a doubt, where several contend."""
    now = {value for role, value in figures if role == "now" and value is not None}
    left = {value for role, value in figures if role == "left" and value is not None}
    if any(role == "over" for role, _ in figures):
        doubts.append("percent_over_100")
    if len(now) > 1:
        doubts.append("several_percents")
        return None
    if now:
        return now.pop()
    if len(left) == 1:
        return left.pop()
    if figures and all(role == "change" for role, _ in figures):
        doubts.append("percent_unclear")
    return None
