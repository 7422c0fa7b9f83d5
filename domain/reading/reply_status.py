"""How the work stands, from the clauses of an answer: status, percent, and what makes them doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.reading.reply_clauses import Clause

NOT_STARTED, IN_PROGRESS, BLOCKED, DONE = "not_started", "in_progress", "blocked", "done"


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])")


_DONE = _p("DONE|TICK")
_NEGATED = _p("NOT|NOTYET|NOPE|ZERO|LACK")
#: "không vướng", "không còn": the negation is used up by what it stands before.
_VOID = _p(
    r"(?<!NOTYET )(?:NOT|HET)(?: (?:REMAIN|QWORD|GOT|MORE|PAST|FEW|WAIT|co|bi|cai|su|nhung|ANYTHING))*"
    r" (?:BLOCK|WAIT|REMAIN|LACK|LATE|STOP|CHO)(?: QWORD)?"
)
_UNCERTAIN = _p("MAYBE|WILL|IF|WHEN|ASKFOR|TARGET|LET|CHO|de")
_ALMOST = _p("ALMOST|SOON")
_FINISHED = _p("PAST|ALREADY|DA|AGO|BEFORE(?! DAY)")
_PARTIAL = _p(r"PART|PARTS|BASIC|RANGE|FEW|\d+ (?:UNITNAME|WORK|TASK|OTHERU|~\S+)")
_NOT_AFTER = _p(r"NOPE|NOTYET|(?:THEN )?NOT|QWORD|QTAG|PLEASE|IF|WHEN|REMIND|em TELL|TELL|REMAIN")
_STUCK = _p("BLOCK|STOP|LACK")
_STEP = _p("STEP|BUSY")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the clauses say together. ``said``: whether they say anything about progress at all."""

    said: bool
    status: str | None = None
    percent: int | None = None
    doubts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def without_void(text: str) -> str:
    """The clause without what it says is not there ("không vướng gì")."""
    return _VOID.sub("FREE", text)


def done_in(clause: Clause) -> str:
    """ "" nothing about done; yes; no; part; maybe."""
    text = without_void(clause.text)
    match = _DONE.search(text)
    if match is None:
        return ""
    before, after = text[: match.start()], text[match.end() :]
    if len(_NEGATED.findall(before)) > 1:
        return "maybe"
    if _NEGATED.search(before) or _ALMOST.search(before):
        return "no"
    if _NOT_AFTER.search(after):
        return "no"
    if clause.ends == "?" or _UNCERTAIN.search(before):
        return "maybe" if clause.has("MAYBE") and not clause.has("IF", "WHEN") else "no"
    if _p("QWORD").search(before):
        return "no"
    finished = _FINISHED.search(text)
    if clause.has("DAY") and not finished:
        return "no"
    percents = [i.value for i in clause.items if i.term == "PCT"]
    if any(p != 100 for p in percents):
        return "part"
    if _PARTIAL.search(text) and not clause.has("ALL", "HET"):
        return "part" if not percents else "yes"
    if _STEP.search(before):
        return "maybe"
    return "yes"


_TARGET_BEFORE = _p(r"(?:TARGET|WILL|IF|ASKFOR)(?: \S+){0,4}")
_TARGET_AFTER = re.compile(r" (?:(?:WORK|UNITNAME|~\S+|THEN|la|is) ){0,3}TARGET(?![^ ])")
_CHANGE = _p(r"RISE(?: GOT| FROM| MORE| ALMOST)*")
_OLD = _p("BEFORE(?! DAY)|AGO|FROM")
_LEFT = _p(r"(?:REMAIN|LACK)(?: GOT| ALMOST| \S+ve)?(?: THEN)?")
_NEG_FIGURE = _p(r"(?:NOT|NOTYET)(?: (?!PCT|BUT|NOW)\S+){0,5}")


def percent_in(clause: Clause, *, done: str) -> list[tuple[str, int | None]]:
    """Every percentage of the clause as (role, value): now, old, target, change, left, not, over."""
    out: list[tuple[str, int | None]] = []
    at, text = 0, clause.text
    for item in clause.items:
        place = at + 1
        at += len(item.term) + 1
        if item.term != "PCT":
            continue
        out.append(_role(clause, item.value, text[:place], text[place + 3 :]))
    return out


def _role(clause: Clause, value: int | None, before: str, after: str) -> tuple[str, int | None]:
    last = before[max(before.rfind(" PCT "), 0) :]
    if value is None:
        return "over", None
    if re.search(rf"{_LEFT.pattern} $", last) and not re.match(r" DONE", after):
        return "left", 100 - value
    if re.match(r" (?:\S+ )?(?:REMAIN|NOTYET (?:DONE|DO|GOT)|ZERO)(?![^ ])", after) and not re.search(
        r"GOT|JUST|DONE|NOW", last
    ):
        return "left", 100 - value
    if _NEG_FIGURE.search(last) or re.match(r" NOPE", after):
        return "not", value
    if _CHANGE.search(last) and not re.search(r"RISE (?:UNTIL|TOI|len)", last):
        return "change", value
    if re.search(r"(?:FROM|tu) (?:\S+ )?$", last):
        return "old", value
    if _OLD.search(before) and not _p("NOW|UNTIL|TOI|GOT").search(last):
        return "old", value
    if re.search(r"TARGET(?: \S+){0,3} $", last) or _p("WILL|IF").search(last) or _TARGET_AFTER.match(after):
        return "target", value
    return "now", value


#: "trước 30/6" is a deadline, "tuần trước" is past.
_PASSED = "AGO|BEFORE(?! DAY)"
_ZERO = _p(r"ZERO|NOTYET(?: \S+){0,2} (?:START|DO)(?! (?:\S+ )?(?:DONE|ONWARD|ALL|HET))")
_UNDER_WAY = _p(r"GOING|START|DO|JUST|ONWARD|STILL|TELL|STEP|OVER|PAST|GOT|HALF|DA (?:MOVE|WORK|DO|TELL|STEP)")
_HELD = _p(r"WAIT|(?:STILL|GOING|REMAIN|NOW|ALREADY) CHO")
_CANNOT = _p(r"(?:NOT|NOTYET)(?: \S+){0,3} (?:ONWARD|(?:DO|START) GOT)|NOT (?:DO|ONWARD|GOT DO)")
_NOT_DONE_YET = _p(r"NOTYET|LATE|NOTDONE|NOT (?:\S+ ){0,2}DONE")


def standing(parts: list[Clause]) -> Standing:
    """What all clauses together say. Nothing is done on a doubt."""
    dones = [done_in(part) for part in parts]
    figures = [figure for part, done in zip(parts, dones) for figure in percent_in(part, done=done)]
    doubts: list[str] = []
    rules: list[str] = [f"done:{d}" for d in dones if d] + [f"{role}:{value}" for role, value in figures]
    percent = _figure(figures, doubts)
    if any(part.has("RANGE") for part in parts):
        doubts.append("percent_range")
    status = _status(parts, dones, percent, figures, doubts)
    said = bool(status) or percent is not None or bool(doubts)
    return Standing(said, status, percent, tuple(dict.fromkeys(doubts)), tuple(rules))


def _figure(figures: list[tuple[str, int | None]], doubts: list[str]) -> int | None:
    now = [value for role, value in figures if role == "now" and value is not None]
    left = [value for role, value in figures if role == "left" and value is not None]
    if any(role == "over" for role, _ in figures):
        doubts.append("percent_over_100")
    if len(set(now)) > 1:
        doubts.append("several_percents")
        return None
    if now:
        return now[0]
    if len(set(left)) == 1:
        return left[0]
    if figures and all(role == "change" for role, _ in figures):
        doubts.append("percent_unclear")
    return None


def _status(
    parts: list[Clause],
    dones: list[str],
    percent: int | None,
    figures: list[tuple[str, int | None]],
    doubts: list[str],
) -> str | None:
    texts = [without_void(part.text) for part in parts]
    whole = " / ".join(texts)
    current = " / ".join(t for t in texts if not _p(_PASSED).search(t)) or whole
    stuck = _STUCK.search(current) or _CANNOT.search(current)
    held = _HELD.search(current)
    if "yes" in dones and not _p(_PASSED + "|NOTDONE").search(texts[dones.index("yes")]):
        against = [
            d for d, t in zip(dones, texts) if d in ("no", "part", "maybe") and not _p(_PASSED).search(t)
        ]
        if (
            not against
            and not stuck
            and not held
            and (percent in (None, 100))
            and not _left_over(current)
            and not doubts
        ):
            return DONE
        if "maybe" in against or ("no" in against and not held):
            doubts.append("done_unclear")
    if "maybe" in dones and not _p("NOTYET|NOTDONE|NOPE").search(current):
        doubts.append("done_unclear")
    if stuck:
        return BLOCKED
    if held and percent is None and not _p("GOING (?:DO|ONWARD)|PAST|OVER|DONE|START|GOT|DA (?:MOVE|WORK|STEP)").search(current):
        return BLOCKED
    if percent == 0 or (_ZERO.search(current) and percent is None and "yes" not in dones):
        return NOT_STARTED
    if percent == 100 and not any(dones) and _HUNDRED.search(current) and not _left_over(current):
        return (
            DONE
            if not _NEGATED.search(current) and not doubts and "?" not in [p.ends for p in parts]
            else IN_PROGRESS
        )
    if percent is not None or figures or any(dones) or held or _UNDER_WAY.search(current):
        return IN_PROGRESS
    if _NOT_DONE_YET.search(current):
        return IN_PROGRESS
    return None


_HUNDRED = re.compile(
    r"(?<![^ ])(?:GOT|ALREADY)(?![^ ])|^(?: |/|DA|POLITE|em|WHO|REF|:)*PCT(?: |/|DA|POLITE|em|WHO)*$"
)
_LEFT_OVER = _p(r"REMAIN(?! ALL)|GOING|NOTYET|ZERO|CHO")


def _left_over(text: str) -> bool:
    return bool(_LEFT_OVER.search(text))
