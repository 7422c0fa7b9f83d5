"""What a message wants, from its clauses: the first rule that holds decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from domain.reading.reply_clauses import Clause
from domain.reading.reply_status import Standing, without_void


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])")


_NO = r"(?:NOT|NOTYET)"
_NEG_BEFORE = r"(?<!NOT )(?<!NOTYET )(?<!NOT ASKFOR )(?<!NOTYET ASKFOR )(?<!STOPASK )"
_EXTEND = _p(_NEG_BEFORE + "EXTEND")
_MORE_TIME = _p(
    r"(?:ASKFOR|LET|CHO)(?: (?!BLOCK|GIVE|QWORD)\S+){0,4} (?:MORE|NUA)(?: \S+){0,2} (?:DAY|DUE)|(?:ASKFOR|LET|CHO)(?: \S+){0,3} DAY(?: MORE| NUA)?"
    r"|(?:ASKFOR|LET|CHO)(?: \S+){0,3} (?:UNTIL|TOI|TO|SANG|OUTOF) DAY|(?:LET |CHO )?UNTIL DAY(?= (?:POLITE|DA|/))|ASKFOR(?: (?!REMIND)\S+){0,2} DAY|ASKFOR DUE"
    r"|MOVE(?: \S+){0,2} (?:TO |SANG |UNTIL )?DAY|MORE DAY|DAY (?:MORE|NUA)"
)
_ONLY_THEN = _p(r"DAY (?:THEN )?(?:JUST|moi)(?: \S+){0,3} DONE|(?:UNTIL|TOI|WILL) DAY (?:JUST|moi)")
_REMIND = _p(_NEG_BEFORE + "REMIND")
_DAY_TELL = _p(
    r"(?:DAY|SOON|NEXT|LATER)(?: (?!PAST|DONE|NOTYET|GOT|PCT|QWORD|NOT|EXTEND)\S+){0,3} (?:TELL|LATER|SHOW|DO|REMIND)|LATER|BUSY|SOON (?:TELL|em TELL)|de DAY(?: (?:em|POLITE|DA))* $"
)
_MOVED = _p(
    r"MOVE(?: (?!WORK|DAY|PCT|NOT|DONE)\S+){0,4}? (?:WHO|UNITNAME|LET|CHO|~\S+|anh|chi|UNTIL \S+)|MOVE|(?:WHO|UNITNAME|~\S+)(?: \S+){0,5} INCHARGE|CONTACT (?:WHO|UNITNAME)"
    r"|(?:ASKFOR|LET|CHO)(?: \S+)? WHO(?: (?!REMIND)\S+){0,4} (?:DO|INCHARGE)|CONTACT UNTIL \S+"
)
_MOVED_PAPER = _p(r"(?:PAST|ALREADY)?(?: ?MOVE)(?: \S+){0,1} (?:WORK|DOCNO)")
_QUESTION = _p("QWORD|GIVE|QTAG|NOT(?: POLITE| WHO)* (?:/ )*$|(?:DONE|PAST|OVER|GOT|WORK)(?: \\S+){0,4} NOTYET(?: POLITE| WHO| DA| / )* *$")


def _one(term: str) -> Callable[[str], bool]:
    pattern = _p(term)
    return lambda text: bool(pattern.search(text))


def find_intent(parts: Sequence[Clause], stands: Standing, last: str) -> tuple[str, str]:
    """(intent, the rule that decided) for the clauses of one answer; ``last`` is the sign the message ends with."""
    text = " / ".join(without_void(part.text) for part in parts)
    for name, rule in _RULES:
        intent = rule(text, parts, stands, last)
        if intent:
            return intent, name
    return "unknown", "nothing_matched"


Rule = Callable[[str, Sequence[Clause], Standing, str], str]


def _undo(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if _p("UNDO").search(text) and stands.percent is None:
        return "undo"
    if _p("CANCEL").search(text) and not stands.said and not _p("EXTEND").search(text):
        return "undo"
    if re.fullmatch(r"(?: |/|em|anh|DA|POLITE|ALREADY|chi)* WRONG(?: |/|em|POLITE|ALREADY|DA|anh)*", text):
        return "undo"
    return ""


def _not_mine(text: str, *_: object) -> str:
    return "not_mine" if _p(r"NOTMINE|NOT(?: \S+){0,2} (?:MINE|INCHARGE)").search(text) else ""


def _handover(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if not _MOVED.search(text) or _p(_NO + r" (?:\S+ )?MOVE|MOVE(?: \S+){0,3} DAY").search(text):
        return ""
    if _MOVED_PAPER.search(text) or _p("QWORD").search(text):
        return ""
    return "handover"


def _extension(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if last == "?" and _p("(?:PAST|DA) EXTEND").search(text):
        return ""
    if _EXTEND.search(text) or (_MORE_TIME.search(text) and not _p("REMIND|QWORD").search(text)):
        return "extension" if not _p("CANCEL|UNDO").search(text) else "undo"
    return "extension" if _ONLY_THEN.search(text) else ""


def _snooze(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if _REMIND.search(text) and not _p("REMIND (?:UNITNAME|WHO)").search(text):
        return "snooze"
    if (
        _DAY_TELL.search(text)
        and stands.percent is None
        and not _p("DONE|NOTYET|BLOCK|WAIT|GOING|QWORD").search(text)
    ):
        return "snooze"
    return ""


def _command(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    words = text.replace("/", " ").split()
    if _p("HELPME").search(text) and all(w in _FILLER for w in words):
        return "help"
    if _p("HELP").search(text) and not stands.percent and not _p("DONE|BLOCK|WAIT").search(text):
        return "help"
    if _LIST_FIRST.match(text) and not _p("PAST|ALREADY|PCT|GIVE").search(text):
        return "list"
    if (
        _p("LIST").search(text)
        and not _p("DONE|PCT|DUE|GIVE").search(text)
        and not _p("NOTYET LIST").search(text)
    ):
        if len(words) <= 14:
            return "list"
    return ""


def _ask(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if (
        _p(r"DONE(?: \S+){0,2} NOTYET").search(text)
        and stands.percent is None
        and not _p("DONE THEN NOTYET").search(text)
    ):
        return "ask"
    if last == "?" and not (stands.percent is not None or stands.status == "done"):
        return "ask"
    if (
        _p("WHEN|IF").search(text)
        and _p("DUE|TELL|GIVE").search(text)
        and not _p("DONE").search(text)
        and not stands.said
    ):
        return "ask"
    if _QUESTION.search(text) and stands.percent is None and stands.status in (None, "in_progress"):
        return "ask"
    return ""


def _progress(text: str, parts: Sequence[Clause], stands: Standing, last: str) -> str:
    if not stands.said:
        return ""
    plain = _p(
        "DONE|PCT|RANGE|NOTYET|ZERO|BLOCK|WAIT|GOING|STOP|LACK|START|CHO|OVER|ALMOST|JUST|NOT|TICK"
    ).search(text)
    if plain or not _p("ACK").search(text):
        return "progress"
    return ""


def _acknowledge(text: str, *_: object) -> str:
    if _p("NOT ACK|NOTYET ACK").search(text):
        return ""
    return (
        "acknowledge"
        if _p("ACK").search(text)
        or (re.fullmatch(r"(?: |/|DA|em|POLITE|WHO|anh|chi|oi)+", text) and "DA" in text)
        else ""
    )


_LIST_FIRST = re.compile(r"(?: DA| em| WHO| SHOW| CHO| LET| ASKFOR| giup| HELPME)* LIST ")
_FILLER = frozenset(
    [
        "HELPME",
        "DA",
        "em",
        "WHO",
        "POLITE",
        "toi",
        "minh",
        "admin",
        "bot",
        "~bot",
        "~oi",
        "oi",
        "CHO",
        "LET",
        "ASKFOR",
        "chi",
        "anh",
        "THANKS",
        "GREET",
        "GIVE",
    ]
)
_RULES: tuple[tuple[str, Rule], ...] = (
    ("undo", _undo),
    ("not_mine", _not_mine),
    ("handover", _handover),
    ("extension", _extension),
    ("snooze", _snooze),
    ("command", _command),
    ("ask", _ask),
    ("progress", _progress),
    ("acknowledge", _acknowledge),
)
