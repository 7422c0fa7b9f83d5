"""Many lines for one person → one message. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.agencies import Register
from domain.choices import progress_choices
from domain.messages import Block, Choice, Look, Message, Priority
from domain.phrases import Phrase, say, verbatim
from domain.plans import Plan
from domain.situation import Owed
from domain.urgency import PRESSING

#: lines shown; the rest is counted, and is listed by /viec
MOST_ITEMS = 12
MOST_CHOICES = 10
#: choices that open single tasks, so that some are left for what a monitor can press
MOST_OPENED = 8
_WHYS = 3
#: what stands together, in this order: what one owes, then what one is told of
SECTIONS: Mapping[str, Phrase | None] = {
    "": None,
    "head": say("For the head of the agency"),
    "monitor": say("To follow up"),
    "service": say("About this service"),
}
_PLACES = tuple(SECTIONS)
HINT = say("Answer with the number, for example: “2 done” or “3 60%”.")


@dataclass(frozen=True, slots=True)
class Bundle:
    """One message for one person, and every line that it says or counts."""

    official: int
    message: Message
    owed: tuple[Owed, ...]
    priority: Priority


def bundle(
    owed: Sequence[Owed], today: date, plans: Mapping[int, Plan], register: Register, *, digest: bool
) -> Bundle:
    """The lines of one person, most urgent first, by section and plan; ``digest`` gives it the day's heading."""
    every = sorted(owed, key=_rank)
    lines = _once_each(every)
    shown = _in_order(lines[:MOST_ITEMS])
    numbered = tuple(o.assignment for o in shown if o.asks and o.assignment is not None)
    several = len({o.agency for o in shown if o.agency}) > 1
    blocks = [Block(say("Reminders for {day:full}", day=today), Look.HEADING)] if digest else []
    number = 0
    for (section, plan), group in groupby(shown, key=lambda o: (o.section, o.plan)):
        blocks += _heading(section, plans.get(plan or 0))
        for line in group:
            number += line.asks
            blocks.append(_item(line, number if line.asks and len(numbered) > 1 else None, several, register))
    blocks += _closing(every, len(lines) - len(shown), len(numbered))
    message = Message(
        tuple(blocks),
        _choices(shown),
        numbered=numbered if len(numbered) > 1 else (),
        assignment=numbered[0] if len(numbered) == 1 else None,
    )
    pressing = any(o.urgency <= PRESSING or o.prompt for o in every)
    return Bundle(
        every[0].official, message, tuple(every), Priority.REMINDER if pressing else Priority.DIGEST
    )


def _rank(o: Owed) -> tuple[int, date, int, str]:
    return (o.urgency, o.due or date.max, o.assignment or 0, o.key)


def _once_each(ranked: Sequence[Owed]) -> list[Owed]:
    """One question about one piece of work: of two kinds that ask, the more urgent speaks for both."""
    seen: set[int] = set()
    kept = []
    for o in ranked:
        if o.asks and o.assignment is not None:
            if o.assignment in seen:
                continue
            seen.add(o.assignment)
        kept.append(o)
    return kept


def _in_order(lines: Sequence[Owed]) -> list[Owed]:
    """By section, then by plan; the plan with the most urgent line first. ``lines`` are ranked already."""
    first: dict[tuple[str, int | None], int] = {}
    for place, o in enumerate(lines):
        first.setdefault((o.section, o.plan), place)
    return sorted(lines, key=lambda o: (_PLACES.index(o.section), first[o.section, o.plan]))


def _heading(section: str, plan: Plan | None) -> Iterable[Block]:
    """One heading a group, so that a group without lines can be left out whole."""
    of_section = SECTIONS[section]
    if plan is None:
        if of_section:
            yield Block(of_section, Look.HEADING)
        return
    name = say("Document {number} of {date}", number=verbatim(plan.number), date=plan.issued_on)
    if of_section:
        name = say("{section} — {document}", section=of_section, document=name)
    yield Block(name, Look.HEADING)


def _item(o: Owed, number: int | None, several: bool, register: Register) -> Block:
    phrase = o.phrase
    if several and o.agency:
        phrase = say("{agency}: {line}", agency=verbatim(register.name(o.agency)), line=phrase)
    about = f"assignment:{o.assignment}@{o.version}" if o.assignment is not None else ""
    return Block(phrase, Look.ITEM, number, about)


def _closing(every: Sequence[Owed], more: int, numbered: int) -> Iterable[Block]:
    if more:
        yield Block(say("… and {count} more; /viec lists what is open.", count=more), Look.QUIET)
    if numbered > 1:
        yield Block(HINT, Look.QUIET)
    for hint in _distinct(o.hint for o in every):
        yield Block(hint, Look.QUIET)
    whys = _distinct(o.why for o in every)
    yield Block(say("You get this because you are {why}.", why=tuple(whys[:_WHYS])), Look.QUIET)


def _distinct(phrases: Iterable[Phrase | None]) -> list[Phrase]:
    found: list[Phrase] = []
    for phrase in phrases:
        if phrase is not None and phrase not in found:
            found.append(phrase)
    return found


def _choices(shown: Sequence[Owed]) -> tuple[Choice, ...]:
    """Of one question its own answers, of several a way to open each; then what else can be pressed."""
    asked = [o for o in shown if o.asks and o.assignment is not None]
    own: list[Choice] = []
    if len(asked) == 1 and asked[0].assignment is not None:
        own = list(progress_choices(asked[0].assignment))
    elif asked:
        own = [
            Choice(say("{n}. {code}", n=n, code=o.code or "…"), "task.show", {"assignment": o.assignment})
            for n, o in enumerate(asked[:MOST_OPENED], 1)
        ]
    acts = {choice.act for choice in own}
    others: list[Choice] = []
    for o in shown:
        others += [c for c in o.choices if c not in others and c.act not in acts]
    return tuple((own + others)[:MOST_CHOICES])
