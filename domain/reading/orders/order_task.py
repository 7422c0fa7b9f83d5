"""One task from one sentence: who leads and helps, by when, and what of it was guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.plans import Doubt, TaskDraft
from domain.reading.orders.plan_addressed import Known
from domain.reading.orders.plan_helpers import helping
from domain.reading.plan_when import When, deadline
from domain.reading.tables.plan_columns import Column
from domain.reading.tables.plan_table import Reader, make_task

_LONGEST = 80  # letters of a doubt's detail
_WORD, _SMALL_WORDS = re.compile(r"[^\W_]+|[,;:()]"), 11
_HELPERS = 700  # letters of a sentence in which those who help are looked for


@dataclass(frozen=True, slots=True)
class Order:
    """Who is to do what, in the words of the document; ``helps``: those named above for all the lines below;
    ``torn``: a plain line that begins in the middle of a sentence."""

    who: str
    what: str
    section: str = ""
    number: str = ""
    helps: str = ""
    torn: bool = False


def order_task(order: Order, reader: Reader, known: Known) -> TaskDraft:
    """The draft of an order."""
    when = deadline(order.what, reader, max(order.what.find(order.who), 0))
    names, sure = helping(order.what[:_HELPERS], order.who, known)
    cells = {Column.LEAD: order.who, Column.TITLE: order.what}
    if names or order.helps:
        cells[Column.COORDINATE] = names or order.helps
    task = make_task(cells, order.what, order.section, order.number, reader)
    doubts = [
        d
        for d in task.doubts
        if not (d.code == "unlikely_title" and order.what[:1].islower() and not order.torn)
    ]
    doubts += _of_time(when)
    if names and (not sure or is_wordy(names)):
        doubts.append(Doubt("coordinators", "name_guessed", names[:_LONGEST], 0.5))
    if is_wordy(order.who):
        doubts.append(Doubt("leads", "name_guessed", order.who[:_LONGEST], 0.4))
    return replace(task, frame=replace(when.frame, doubts=()), doubts=tuple(doubts))


def is_wordy(names: str) -> bool:
    """Whether one of the names has more words in small letters than a name has."""
    run = 0
    for word in _WORD.findall(names):
        run = run + 1 if (word[0].islower() or word.isdecimal()) and word != "và" else 0
        if run > _SMALL_WORDS:
            return True
    return False


def _of_time(when: When) -> Iterator[Doubt]:
    for code in when.frame.doubts:
        yield Doubt("timeframe", code)
    if when.missed:
        yield Doubt("timeframe", "unread", confidence=0.5)
    if when.late:
        yield Doubt("timeframe", "unlikely_time", when.frame.text[:_LONGEST], 0.4)
    if when.several:
        yield Doubt("timeframe", "two_deadlines", when.frame.text[:_LONGEST], 0.5)


def doubted(task: TaskDraft, field: str, code: str, detail: str, confidence: float = 0.5) -> TaskDraft:
    """The task with one doubt more."""
    return replace(task, doubts=(*task.doubts, Doubt(field, code, detail[:_LONGEST], confidence)))
