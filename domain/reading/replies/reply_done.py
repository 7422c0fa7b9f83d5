"""Whether a clause says that the work is done: yes, no, part of it, or maybe. Built so that "yes" is hard to get."""

from __future__ import annotations

import re

from domain.reading.replies.reply_clauses import Clause
from domain.reading.replies.reply_line import terms

_DONE = terms("DONE|TICK")
_NEGATED = terms("NOT|NOTYET|NOPE|ZERO|LACK|LATE|NOTDONE|STOPASK")
#: "không vướng", "hết vướng": what is said not to be there. "chưa hết vướng" is there.
_VOID = terms(
    r"(?<!NOTYET )(?:NOT|HET)(?: (?:REMAIN|QWORD|GOT|MORE|PAST|FEW|WAIT|ASKFOR|WILL|co|bi|cai|su|nhung|ANYTHING))*"
    r" (?:BLOCK|WAIT|REMAIN|LACK|LATE|STOP|CHO|EXTEND)(?: QWORD)?"
)
_SOON = terms("ALMOST|SOON")
_NOT_REAL = terms("WILL|IF|WHEN|ASKFOR|TARGET|LET|CHO|de|QWORD|EXTEND|BUSY")
_GUESS = terms("MAYBE")
_AFTER = terms(
    r"NOPE|NOTYET|(?:THEN )?NOT|QWORD|QTAG|PLEASE|IF|WHEN|REMIND|REMAIN|REDO|em TELL|TELL (?!ALREADY|DA)|THEN|LATER|(?:em|WHO) (?:DO|START)(?! ALREADY)|(?:PAST|DA)(?: POLITE| WHO)* $|SOON|JUST"
)
_FINISHED = terms("PAST|ALREADY|DA|AGO|BEFORE(?! DAY)")
_PART = terms(r"PART|PARTS|BASIC|RANGE|FEW|\d+ (?:UNITNAME|WORK|TASK|OTHERU|~\S+)|BUT UNITNAME")
_WHOLE = terms("ALL|HET")
_STEP = terms("STEP|GATE")
#: "chị Lan nói đã xong": somebody else says so
_HEARSAY = terms(r"(?:WHO|UNITNAME)(?: (?!TELL|,)\S+){0,2} (?:noi|bao|keu)")
#: "nay xong": it is now, or will be today
_TODAY = terms("NOW DONE")
#: "anh bấm xong giúp em": has it been done, or is only the mark wanted?
_FOR_ME = terms("HELPME|giup|gium|ho")
#: a tick and no word: "done", or "seen"?
_SIGN_ONLY = re.compile(r"[ /]*(?:(?:TICK|ACK|POLITE|DA|WHO|THANKS)[ /]*)+")
#: "xong được" without "rồi" is what could be.
_COULD = terms("DONE (?:trong |vao )?(?:YEARU|QUARTERU)|DONE(?: ALL| HET)? GOT(?! PCT| DAY| WORK| TASK)")


def without_void(text: str) -> str:
    """The clause without what it says is not there; "không phải chưa làm" is begun."""
    if "NOT" not in text and "HET" not in text:
        return text
    return _VOID.sub("FREE", text.replace(" NOT ZERO ", " START "))


def done_in(clause: Clause) -> str:
    """ "" nothing about done; yes; no; part; maybe."""
    if " DONE " not in clause.text and " TICK " not in clause.text:
        return ""
    text = without_void(clause.text)
    match = _DONE.search(text)
    if match is None:
        return ""
    before, after = text[: match.start()], text[match.end() :]
    verdict = _denied(before, after, clause)
    if verdict:
        return verdict
    finished = _FINISHED.search(text)
    if clause.has("DAY") and not finished:
        return "no"
    percents = [i.value for i in clause.items if i.term == "PCT"]
    if any(p != 100 for p in percents):
        return "part"
    if _PART.search(text) and not percents and not _WHOLE.search(text):
        return "part"
    if (
        _SIGN_ONLY.fullmatch(text)
        or _STEP.search(before)
        or _FOR_ME.search(after)
        or _HEARSAY.search(before)
        or (not finished and (_COULD.search(text) or _TODAY.search(text)))
    ):
        return "maybe"
    return "yes"


def _denied(before: str, after: str, clause: Clause) -> str:
    negations = len(_NEGATED.findall(before))
    if negations > 1:
        return "maybe"
    if negations or _SOON.search(before):
        return "no"
    if _GUESS.search(before) or _GUESS.search(after):
        return "no" if clause.has("IF", "WHEN", "NOTYET") else "maybe"
    if _NOT_REAL.search(before) or _AFTER.search(after) or clause.ends == "?":
        return "no"
    return ""
