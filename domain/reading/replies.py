"""What an official means by a short answer: a pure reader of words, with its doubts.

The words are data (``domain.lexicon``); the way they are put together is here and in ``reply_*``:
words → terms → figures, days, task codes → answers → clauses → status and intent. See docs/replies.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from domain.lexicon import Lexicon
from domain.reading.dates import When, mark_days, settle
from domain.reading.fold import tidy
from domain.reading.reply_clauses import Answer, Clause, answers, clauses, mark_tasks
from domain.reading.reply_intents import find_intent
from domain.reading.reply_line import Line
from domain.reading.reply_numbers import mark_figures
from domain.reading.reply_status import standing
from domain.reading.reply_words import Item, read_words, readable
from domain.workdays import WorkCalendar

#: Longer than any messenger's message; what lies behind is not read, and a doubt says so.
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer as understood.

    intent: progress, acknowledge, extension, snooze, handover, not_mine, ask, list, help, undo, unknown.
    status (with progress): not_started, in_progress, blocked, done. percent: 0–100 where stated.
    until: the day asked for or to remind again; until_time: local, naive, to the minute, where an hour was
    said. task_ref: "2b", "3", or "all". note, waits_for: the sender's own words. doubts: codes
    (docs/replies.md); with a doubt nothing may be taken as said. candidates: the likeliest readings to
    offer then. corrects: it replaces what the person said before. more: answers about further tasks.
    """

    intent: str
    status: str | None = None
    percent: int | None = None
    until: date | None = None
    until_time: datetime | None = None
    task_ref: str | None = None
    note: str = ""
    waits_for: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    more: tuple[Reading, ...] = ()
    candidates: tuple[Reading, ...] = ()
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When and about what the answer was given; ``now`` is local and naive."""

    now: datetime
    due_on: date | None
    plan_end: date | None
    calendar: WorkCalendar


def read_reply(
    text: str,
    *,
    lexicon: Lexicon,
    now: datetime,
    due_on: date | None,
    calendar: WorkCalendar,
    plan_end: date | None = None,
) -> Reading:
    """Read one message. ``now`` is an aware instant, looked at in ``calendar.zone``.

    Total: any text gives a reading, in time linear in its length (at most ``LONGEST`` characters are read).
    """
    moment = Moment(now.astimezone(calendar.zone).replace(tzinfo=None), due_on, plan_end, calendar)
    shown = readable(text[:LONGEST])
    note = tidy(text[:LONGEST])
    line = read_line(shown, lexicon)
    found: list[Reading] = []
    parts = answers(line)
    for answer in parts:
        words = note if len(parts) == 1 else _words(answer, shown)
        reading = _read(answer, shown, words, moment)
        found.extend(replace(reading, task_ref=ref) for ref in answer.refs) if answer.refs else found.append(
            reading
        )
    first = replace(found[0], more=tuple(found[1:]))
    if len(text) > LONGEST:
        first = replace(first, doubts=(*first.doubts, "too_long"), status=_not_done(first.status))
    return first


def read_line(shown: str, lexicon: Lexicon) -> Line:
    """The message as a line of terms with figures, days and task codes in place."""
    line = Line(read_words(shown, lexicon))
    _drop_greeting(line)
    _tell_wait(line)
    mark_figures(line)
    mark_days(line)
    mark_tasks(line)
    return line


_GREETING = re.compile(
    r"(?:(?:DA|WHO|POLITE|em|toi|anh|chi) )*GREET(?: (?:GREET|DA|WHO|em|oi|sep|bac|ca|nha|cac|moi|nguoi|admin|bot))*(?: [,.!:\n])*(?= )"
    r"|GREET(?: (?:UNITNAME|WORK|~\S+|WHO|cac|va|em|cua|va))* [.,:!\n](?= )"
)
_WAIT_FOR = re.compile(
    r"(?<![^ ])(?<!MOVE )(?<!WORK )(?<!TELL )(?<!MOVE TASK )(?<!THISTASK )CHO(?= (?:GATE|HELPME|UNITNAME|WORK|TELL|QWORD TELL)(?![^ ]))"
    r"|(?<![^ ])(?<=GOING )CHO(?![^ ])|(?<![^ ])(?<=REMAIN )CHO(?![^ ])|(?<![^ ])(?<=STILL )CHO(?![^ ])"
)


def _drop_greeting(line: Line) -> None:
    if "GREET" in line.text and (match := _GREETING.match(line.text)):
        line.drop(match.end())


def _tell_wait(line: Line) -> None:
    """"cho" typed without its mark waits (chờ) where an opinion, an approval or an office follows."""
    if "CHO" in line.text:
        line.put(_WAIT_FOR, lambda *_: ("WAIT", None))


def _not_done(status: str | None) -> str | None:
    return "in_progress" if status == "done" else status


def _words(answer: Answer, shown: str) -> str:
    if not answer.items:
        return ""
    return tidy(shown[answer.items[0].start : answer.items[-1].end])


def _read(answer: Answer, shown: str, note: str, moment: Moment) -> Reading:
    parts = clauses(answer.items)
    stands = standing(parts)
    last = parts[-1].ends if parts else ""
    intent, _ = find_intent(parts, stands, last)
    other = off_topic(answer.items, intent)
    if other == "yes":
        return Reading("unknown", note=note)
    doubts = list(stands.doubts) if intent == "progress" else []
    reading = Reading(
        intent, note=note, percent=stands.percent if intent in ("progress", "extension") else None
    )
    if intent == "progress":
        if other:
            doubts.append("other_topic")
        status = stands.status
        if doubts and status == "done":
            status = "in_progress"
        corrects = bool(
            re.search(r"(?<![^ ])(?:WRONG|UNDO|NOT ,|NOT PCT)", " ".join(i.term for i in answer.items))
        )
        reading = replace(reading, status=status, waits_for=_waits(parts, shown), corrects=corrects)
        if doubts:
            reading = replace(reading, candidates=_candidates(reading))
    if intent in ("extension", "snooze"):
        when, more = _until(answer.items, intent, moment)
        doubts += more
        if when is not None:
            clock = datetime.combine(when.day, when.time) if when.time else None
            dated = replace(reading, until=when.day, until_time=clock)
            reading = replace(reading, candidates=(dated,)) if doubts else dated
        if intent == "extension":
            reading = replace(reading, waits_for=_waits(parts, shown))
    return replace(reading, doubts=tuple(dict.fromkeys(doubts)))


def _candidates(reading: Reading) -> tuple[Reading, ...]:
    base = replace(reading, doubts=(), candidates=())
    return (replace(base, status="done", percent=None), replace(base, status="in_progress"))


def off_topic(items: tuple[Item, ...], intent: str) -> str:
    """ "yes" for another topic, "maybe" where nothing ties the words to work, else ""."""
    terms = [item.term for item in items]
    private = terms.count("PRIVATE") + 2 * terms.count("RUDE")
    work = sum(
        t in ("WORK", "TASK", "THISTASK", "UNITNAME", "REF", "DUE", "DOCNO", "TELL", "LIST", "MINE")
        for t in terms
    )
    unknown = sum(t.startswith("~") for t in terms)
    if (
        private
        and private >= work
        and intent in ("progress", "ask", "acknowledge", "snooze", "handover", "list", "help", "undo")
    ):
        if intent in ("snooze", "undo", "help") and private == 1 and "PRIVATE" in terms:
            return ""
        return "yes"
    if intent == "progress" and not work:
        if "MONEY" in terms and "DONE" in terms:
            return "yes"
        if unknown >= 3 and unknown * 2 > len(terms):
            return "yes" if "PCT" in terms or unknown >= 5 else "maybe"
        if unknown >= 2 and "DONE" in terms:
            return "maybe"
    return ""


def _until(items: tuple[Item, ...], intent: str, moment: Moment) -> tuple[When | None, list[str]]:
    today = moment.now.date()
    base = (moment.due_on or today) if intent == "extension" else today
    after = moment.due_on if intent == "extension" else None
    found: list[When] = []
    doubts: list[str] = []
    for index, item in enumerate(items):
        before = items[index - 1].term if index else ""
        if item.term != "DAY" or before in ("FROM", "tu", "BEFORE"):
            continue
        when = settle(item.value, base=base, now=moment.now, calendar=moment.calendar, after=after)
        if when is None:
            doubts.append("which_day")
        else:
            found.append(when)
    if not found:
        return None, doubts[:1]
    if intent == "extension" and len({w.day for w in found}) > 1:
        later = [w for w in found if w.day > (moment.due_on or today)]
        found = later or found
    when = found[-1]
    doubts = list(when.doubts)
    if len({w.day for w in found}) > 1:
        doubts.append("two_days")
    if intent == "snooze" and "which_day" in doubts:
        doubts.remove("which_day")
    if intent == "extension" and moment.due_on and when.day <= moment.due_on and "date_in_past" not in doubts:
        doubts.append("not_after_due")
    if moment.plan_end and when.day > moment.plan_end:
        doubts.append("after_plan_end")
    return when, doubts


_STOP_WAIT = frozenset(
    [
        "NOTYET",
        "NOT",
        "ALREADY",
        "POLITE",
        "THEN",
        "GOING",
        "DO",
        "REMIND",
        "ASKFOR",
        "EXTEND",
        "PCT",
        "DONE",
        "DA",
        "NOPE",
        "BLOCK",
        "WILL",
        "REF",
    ]
)


def _waits(parts: list[Clause], shown: str) -> tuple[str, ...]:
    out: list[str] = []
    for part in parts:
        start = next((i for i, item in enumerate(part.items) if item.term in ("WAIT", "CHO")), None)
        if start is None:
            continue
        rest: list[Item] = []
        for item in part.items[start + 1 :]:
            if item.term in _STOP_WAIT:
                break
            rest.append(item)
        if rest:
            out.append(shown[rest[0].start : rest[-1].end].strip())
    return tuple(out)


def reading_json(reading: Reading) -> dict[str, Any]:
    """The object ``dondoc understand --json`` prints; ``candidates`` and ``corrects`` only where they say something."""
    data: dict[str, Any] = {
        "intent": reading.intent,
        "status": reading.status,
        "percent": reading.percent,
        "until": reading.until.isoformat() if reading.until else None,
        "until_time": reading.until_time.isoformat(timespec="minutes") if reading.until_time else None,
        "task_ref": reading.task_ref,
        "note": reading.note,
        "waits_for": list(reading.waits_for),
        "doubts": list(reading.doubts),
        "more": [reading_json(part) for part in reading.more],
    }
    if reading.candidates:
        data["candidates"] = [reading_json(part) for part in reading.candidates]
    if reading.corrects:
        data["corrects"] = True
    return data
