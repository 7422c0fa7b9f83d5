"""How the work stands, from all clauses of an answer: status, percent, and what makes them doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.replies.reply_clauses import Clause
from domain.reading.replies.reply_done import done_in, without_void
from domain.reading.replies.reply_line import terms
from domain.reading.replies.reply_percent import PASSED, Figure, percent_of, percents_in

NOT_STARTED, IN_PROGRESS, BLOCKED, DONE = "not_started", "in_progress", "blocked", "done"

_PASSED = terms(PASSED)
_STUCK = terms("BLOCK|STOP|LACK")
_CANNOT = terms(r"(?:NOT|NOTYET)(?: \S+){0,3} (?:ONWARD|(?:DO|START|STEP) GOT)|NOT (?:DO|ONWARD|GOT DO)")
_HELD = terms("WAIT")
_MOVING = terms(
    r"GOING (?:DO|ONWARD|WORK|TELL|STEP)|(?:PAST|DA)(?! (?:POLITE|WHO|DA|/|GREET|em))(?= \S)|OVER|DONE|START|GOT|ALREADY(?= \S)"
)
_ZERO = terms(r"ZERO|NOTYET(?: (?!DONE)\S+){0,3} (?:START|DO)(?! (?:\S+ )?(?:DONE|ONWARD|ALL|HET|GOT PCT))")
_UNDER_WAY = terms(
    r"GOING|ONTRACK|REDO|START|DO|OVER|(?:PAST|DA|ALREADY) STEP|STEP ALREADY|STILL (?!WAIT)|ONWARD|(?:PAST|DA|JUST|ALREADY|GOT)(?: \S+){0,3} (?:WORK|TELL|TASK|MOVE|UNITNAME|MONEY)"
    r"|(?:WORK|TELL|TASK|MONEY)(?: \S+){0,2} ALREADY|WORK MONEY|ALMOST(?: ALREADY)?"
)
_NOT_DONE_YET = terms(r"NOTYET|LATE|NOTDONE|NOT (?:\S+ ){0,2}DONE|NOPE(?= DA| POLITE| WHO| /| $)")
_SUBMITTED = terms("OVER")
_NEGATED = terms("NOT|NOTYET|NOPE|ZERO|LACK")
_HUNDRED = re.compile(
    r"(?<![^ ])(?:GOT|ALREADY)(?![^ ])|^(?: |/|DA|POLITE|em|WHO|REF|:|THEN|TASK|THISTASK)*PCT(?: |/|DA|POLITE|em|WHO)*$"
)
_LEFT_OVER = terms(
    r"ALMOST|SOON|REDO|REMAIN(?! ALL)|GOING|NOTYET|NOT|ZERO|CHO|MAYBE|WILL|IF|WHEN|STEP|PART|LATE|RANGE|QWORD|QTAG"
)
_DENIES_DONE = terms("NOTYET|NOTDONE|NOPE|NOT")
_BARE_FIGURE = terms(r"(?:GOT|JUST)(?: GOT)? (\d{1,3})(?= (?:ALREADY|POLITE|DA|WHO|/|em)| $)")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the clauses say together; ``said``: whether they say anything about progress at all.

    ``figure`` is a bare number that may be meant as a percentage, to be offered, never taken.
    """

    said: bool
    status: str | None = None
    percent: int | None = None
    doubts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    figure: int | None = None


def standing(parts: Sequence[Clause]) -> Standing:
    """What all clauses together say. Nothing is done on a doubt."""
    dones = [done_in(part) for part in parts]
    figures = [figure for part in parts for figure in percents_in(part)]
    texts = [without_void(part.text) for part in parts]
    current, now = _present(texts, dones)
    doubts: list[str] = []
    percent = percent_of(figures, doubts) if figures else None
    if " RANGE " in current:
        doubts.append("percent_range")
    bare = _BARE_FIGURE.search(current) if percent is None else None
    figure = int(bare[1]) if bare and int(bare[1]) <= 100 else None
    if figure is not None:
        doubts.append("is_it_percent")
    asked = "?" in [part.ends for part in parts] or bool(parts and parts[-1].has("QTAG"))
    status = _status(current, now, percent, figures, doubts, asked)
    said = bool(status or doubts) or percent is not None
    rules = tuple([f"done:{d}" for d in dones if d] + [f"{role}:{value}" for role, value in figures])
    return Standing(said, status, percent, tuple(dict.fromkeys(doubts)), rules, figure)


def _present(texts: list[str], dones: list[str]) -> tuple[str, list[str]]:
    """What is said of now, and about done, where the past is told beside it ("hôm qua chưa, nay xong")."""
    whole = "/".join(texts)
    if not _PASSED.search(whole):
        return whole, dones
    now = [(text, done) for text, done in zip(texts, dones) if not _PASSED.search(text)]
    passed = "yes" in dones and "yes" not in [done for _, done in now]
    if not now or passed:
        return whole, dones
    return "/".join([text for text, _ in now]), [done for _, done in now]


def _status(
    current: str, dones: list[str], percent: int | None, figures: list[Figure], doubts: list[str], asked: bool
) -> str | None:
    stuck = bool(_STUCK.search(current) or _CANNOT.search(current))
    held = bool(_HELD.search(current))
    if _is_done(current, dones, percent, doubts, stuck or held or asked):
        return DONE
    if stuck:
        return BLOCKED
    if held and percent is None and not _MOVING.search(current):
        return BLOCKED
    if percent == 0 or (_ZERO.search(current) and percent is None and not {"yes", "part"} & set(dones)):
        return NOT_STARTED
    if percent is not None or figures or any(dones) or held or _UNDER_WAY.search(current):
        if _SUBMITTED.search(current) and percent is None and not held and not _LEFT_OVER.search(current):
            doubts.append("done_unclear")
        return IN_PROGRESS
    return IN_PROGRESS if _NOT_DONE_YET.search(current) or doubts else None


def _is_done(current: str, dones: list[str], percent: int | None, doubts: list[str], hindered: bool) -> bool:
    if "yes" in dones:
        others = {done for done in dones if done in ("no", "part", "maybe")}
        if not others and not hindered and percent in (None, 100) and not _LEFT_OVER.search(current):
            return not doubts
        if "maybe" in others or (others and not hindered and not _DENIES_DONE.search(current)):
            doubts.append("done_unclear")
    elif "maybe" in dones and not _DENIES_DONE.search(current):
        doubts.append("done_unclear")
    elif percent == 100 and not any(dones) and _HUNDRED.search(current):
        return not (hindered or doubts or _NEGATED.search(current) or _LEFT_OVER.search(current))
    return False
