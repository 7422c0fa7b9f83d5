"""Dossiers as people are told of them: a line each, and the morning's list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.agencies import Register
from domain.dossiers.counting import TARGET
from domain.dossiers.dossier import Dossier
from domain.dossiers.forecast import words as forecast_words
from domain.dossiers.warnings import AtRisk, Morning
from domain.messages import Block, Choice, Look, Message
from domain.phrases import Phrase, say, say_many, verbatim
from domain.workdays import WorkCalendar

#: dossiers shown of all lists together; the rest is counted
SHOWN = 12
_LONGEST = 70
LACKING = say("Overdue, no letter of apology known")
LATE = say("Overdue, letter of apology sent")
SOON = say("Soon due")
LACKS = say("It is late, and no letter of apology is known.")
#: what leads from the list to what is late
SEE_LATE = Choice(say("Late dossiers"), "dossiers.late")


def dossier_name(dossier: Dossier, register: Register) -> Phrase:
    """Code, procedure, and who took it in where that is somebody else."""
    title = dossier.procedure.name or dossier.procedure.field
    if len(title) > _LONGEST:
        title = title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    name = verbatim(f"{dossier.code} {title}" if title else dossier.code)
    if dossier.receiving and dossier.receiving != dossier.agency:
        at = verbatim(register.name(dossier.receiving))
        return say("{dossier} (received at {agency})", dossier=name, agency=at)
    return name


def when_due(dossier: Dossier, today: date, calendar: WorkCalendar) -> Phrase:
    """Its day, and the working days left or over."""
    due = dossier.due_on
    if due is None:
        return say("no day promised")
    if dossier.late_from is None:
        return say("due {due}, the clock stands", due=due)
    if dossier.late_from <= today:
        days = max(1, calendar.count(due, today))
        return say_many(
            "due {due}, late by {count} working day", "due {due}, late by {count} working days", days, due=due
        )
    left = calendar.count(today, due)
    if left <= 0:
        return say("due {due}, today is the last day", due=due)
    return say_many(
        "due {due}, {count} working day left", "due {due}, {count} working days left", left, due=due
    )


def dossier_line(dossier: Dossier, today: date, calendar: WorkCalendar, register: Register) -> Phrase:
    """Name and day in one line."""
    return say(
        "{dossier} — {due}",
        dossier=dossier_name(dossier, register),
        due=when_due(dossier, today, calendar),
    )


def morning_message(
    news: Morning, today: date, calendar: WorkCalendar, register: Register, agencies: Sequence[str]
) -> Message:
    """The list of a morning. ``agencies`` are those the reader answers for; several are named line by line."""
    lists = ((LACKING, news.lacking), (LATE, news.late), (SOON, news.soon))
    blocks = [Block(say("Dossiers, {day:full}", day=today), Look.HEADING)]
    blocks += listed(lists, today, calendar, register, several=len(agencies) > 1)
    blocks += _closing(news, register, agencies)
    choices = (SEE_LATE,) if news.lacking or news.late or news.known else ()
    return Message(tuple(blocks), choices)


def listed(
    lists: Iterable[tuple[Phrase, Sequence[Dossier]]],
    today: date,
    calendar: WorkCalendar,
    register: Register,
    *,
    several: bool,
    shown: int = SHOWN,
) -> Iterator[Block]:
    """Lists under their headings, ``shown`` lines of all together; ``several``: the agency stands before each."""
    left = shown
    for heading, dossiers in lists:
        if not dossiers:
            continue
        yield Block(
            say_many("{what}: {count} dossier", "{what}: {count} dossiers", len(dossiers), what=heading),
            Look.HEADING,
        )
        for dossier in dossiers[:left]:
            line = dossier_line(dossier, today, calendar, register)
            if several:
                line = say("{agency}: {line}", agency=verbatim(register.name(dossier.agency)), line=line)
            yield Block(line, Look.ITEM, about=f"dossier:{dossier.code}@{dossier.due_on}")
        if len(dossiers) > left:
            yield Block(say("… and {count} more.", count=len(dossiers) - left), Look.ITEM)
        left = max(0, left - len(dossiers))


def _closing(news: Morning, register: Register, agencies: Sequence[str]) -> Iterator[Block]:
    if news.known:
        yield Block(
            say_many(
                "Overdue and told of before: {count} dossier.",
                "Overdue and told of before: {count} dossiers.",
                news.known,
            ),
            Look.QUIET,
        )
    if news.soon:
        yield Block(
            say(
                "What cannot be ready in time needs a letter of apology with a new day, before the day promised."
            ),
            Look.QUIET,
        )
    if news.at_risk:
        yield Block(say("For the head of the agency"), Look.HEADING)
    for risk in news.at_risk:
        yield Block(risk_line(risk, register), Look.ITEM)
    names = tuple(verbatim(register.name(code)) for code in agencies)
    yield Block(say("You get this because you answer for {agencies}.", agencies=names), Look.QUIET)


def risk_line(risk: AtRisk, register: Register, target: float = TARGET) -> Phrase:
    """That a month may end below the target, and what there is to know about it."""
    return say(
        "{agency}, month {month}: the on-time rate may end under {target}. {forecast}",
        agency=verbatim(register.name(risk.agency)),
        month=verbatim(f"{risk.month % 100}/{risk.month // 100}"),
        target=f"{target:g} %",
        forecast=forecast_words(risk.forecast, target),
    )
