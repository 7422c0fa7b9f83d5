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
from domain.reading.dates import When
from domain.reading.fold import tidy
from domain.reading.replies.reply_clauses import Answer, Clause, answers, clauses, mark_tasks
from domain.reading.replies.reply_days import mark_days
from domain.reading.replies.reply_intents import find_intent
from domain.reading.replies.reply_line import Line, terms
from domain.reading.replies.reply_numbers import mark_figures
from domain.reading.replies.reply_status import Standing, standing
from domain.reading.replies.reply_tokens import readable
from domain.reading.replies.reply_topic import off_topic
from domain.reading.replies.reply_until import Moment, settle_day
from domain.reading.replies.reply_words import Item, read_words
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
    note = " ".join(shown.split()) if text.isascii() else tidy(text[:LONGEST])
    line = read_line(shown, lexicon)
    found: list[Reading] = []
    parts = answers(line)
    for answer in parts:
        words = note if len(parts) == 1 else _words(answer, shown)
        reading = _read(answer, shown, words, moment)
        found += [replace(reading, task_ref=ref) for ref in answer.refs] or [reading]
    first = replace(found[0], more=tuple(found[1:])) if len(found) > 1 else found[0]
    if len(text) > LONGEST:
        status = "in_progress" if first.status == "done" else first.status
        first = replace(first, doubts=(*first.doubts, "too_long"), status=status)
    return first


def read_line(shown: str, lexicon: Lexicon) -> Line:
    """The message as a line of terms with figures, days and task codes in place."""
    line = Line(read_words(shown, lexicon))
    _drop_greeting(line)
    _tell_wait(line)
    mark_figures(line)
    mark_days(line)
    _tell_before(line)
    mark_tasks(line)
    return line


_GREETING = re.compile(
    r"(?:(?:DA|WHO|POLITE|em|toi|anh|chi) )*GREET(?: (?:GREET|DA|WHO|em|oi|sep|bac|ca|nha|cac|moi|nguoi|admin|bot))*(?: [,.!:\n])*(?= )"
    r"|GREET(?: (?:UNITNAME|WORK|~\S+|WHO|cac|va|em|cua|va))* [.,:!\n](?= )"
)
_WAIT_FOR = re.compile(
    r"(?<![^ ])(?<!MOVE )(?<!WORK )(?<!TELL )(?<!MOVE TASK )(?<!THISTASK )CHO(?= (?:GATE|HELPME|UNITNAME|WORK|TELL|QWORD TELL|so (?:TELL|WORK|GATE|~))(?![^ ]))"
    r"|(?<![^ ])(?<=GOING )CHO(?![^ ])|(?<![^ ])(?<=REMAIN )CHO(?![^ ])|(?<![^ ])(?<=STILL )CHO(?![^ ])"
)


def _drop_greeting(line: Line) -> None:
    if "GREET" in line.text and (match := _GREETING.match(line.text)):
        line.drop(match.end())


def _tell_wait(line: Line) -> None:
    """ "cho" typed without its mark waits (chờ) where an opinion, an approval or an office follows."""
    if "CHO" in line.text:
        line.put(_WAIT_FOR, lambda *_: ("WAIT", None))


#: "xong trước 30/6" is what shall be; "trước 20/6 được 40%" is what was.
_BY_THEN = re.compile(
    r"(?<![^ ])"
    + "(?:"
    + "|".join(f"(?<={term} )" for term in ("DONE", "OVER", "STEP", "WORK", "TELL", "TASK", "HET", "ALL"))
    + r")BEFORE(?= DAY(?![^ ]))"
)


def _tell_before(line: Line) -> None:
    if "BEFORE DAY" in line.text:
        line.put(_BY_THEN, lambda *_: ("UNTIL", None))


def _words(answer: Answer, shown: str) -> str:
    if not answer.items:
        return ""
    return tidy(shown[answer.items[0].start : answer.items[-1].end])


def _read(answer: Answer, shown: str, note: str, moment: Moment) -> Reading:
    parts = clauses(answer.items)
    stands = standing(parts)
    intent, rule = find_intent(parts, stands)
    topic = off_topic(answer.items, intent)
    if topic == "yes":
        return Reading("unknown", note=note)
    if intent == "extension":
        return _extension(answer.items, parts, stands, rule, shown, note, moment)
    if intent == "snooze":
        return _dated(Reading("snooze", note=note), settle_day(answer.items, moment, extension=False))
    if intent == "progress":
        return _progress(answer.items, parts, stands, topic, shown, note)
    doubts: tuple[str, ...] = ("stop_reminders",) if rule == "stop_reminders" else ()
    if intent == "unknown" and not doubts:
        doubts = _leftover(answer.items)
    return Reading(intent, note=note, doubts=doubts)


def _leftover(items: tuple[Item, ...]) -> tuple[str, ...]:
    """A figure or a day and nothing else: likely an answer, but to what?"""
    rest = [item.term for item in items if item.term not in ("DA", "POLITE", "WHO", ".", ",", "em")]
    if rest == ["DAY"]:
        return ("which_intent",)
    return ("is_it_percent",) if len(rest) == 1 and rest[0].isdigit() and int(rest[0]) <= 100 else ()


def _progress(
    items: tuple[Item, ...], parts: list[Clause], stands: Standing, topic: str, shown: str, note: str
) -> Reading:
    doubts = stands.doubts + (("other_topic",) if topic else ())
    status = stands.status
    if doubts and status == "done":
        status = "in_progress"
    corrects = bool(_CORRECTS.search(" ".join([item.term for item in items])))
    reading = Reading(
        "progress",
        status,
        stands.percent,
        note=note,
        waits_for=_waits(parts, shown),
        doubts=doubts,
        corrects=corrects,
    )
    if not doubts:
        return reading
    base = replace(reading, doubts=())
    likely = [replace(base, status="done", percent=None), replace(base, status="in_progress")]
    if stands.figure is not None:
        likely.insert(0, replace(base, status="in_progress", percent=stands.figure))
    return replace(reading, candidates=tuple(likely))


_CORRECTS = terms(r"WRONG|UNDO|^NOT ,|^(?:DA |em )*NOT PCT")


def _extension(
    items: tuple[Item, ...],
    parts: list[Clause],
    stands: Standing,
    rule: str,
    shown: str,
    note: str,
    moment: Moment,
) -> Reading:
    """An extension; a day that is in time anyway is a promise ("mai mới xong") or a wish to answer then."""
    when, doubts = settle_day(items, moment, extension=True)
    early = when is not None and bool({"not_after_due", "date_in_past"} & set(doubts))
    if early and rule in ("only_then", "more_time"):
        said = any(item.term in ("DONE", "NOTYET", "PCT", "GOING") for item in items)
        if rule == "only_then" or said:
            return _progress(
                items, parts, replace(stands, status=stands.status or "in_progress"), "", shown, note
            )
        return _dated(Reading("snooze", note=note), settle_day(items, moment, extension=False))
    reading = Reading("extension", percent=stands.percent, note=note, waits_for=_waits(parts, shown))
    return _dated(reading, (when, doubts))


def _dated(reading: Reading, settled: tuple[When | None, tuple[str, ...]]) -> Reading:
    """The reading with its day; a doubtful day is offered, not taken."""
    when, doubts = settled
    if when is None:
        return replace(reading, doubts=doubts)
    clock = datetime.combine(when.day, when.time) if when.time else None
    dated = replace(reading, until=when.day, until_time=clock)
    return replace(reading, doubts=doubts, candidates=(dated,)) if doubts else dated


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
