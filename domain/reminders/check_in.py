"""Work without a date is asked about each quarter, and at the end of its year or period; it never closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.ladders import Rung
from domain.periods import closing, quarter, quarter_of
from domain.phrases import Arg, Phrase, say
from domain.plans import Task
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped
from domain.timeframes import TimeFrameKind

NAME = "check_in"
KINDS = frozenset(
    {
        TimeFrameKind.CONTINUOUS,
        TimeFrameKind.OPEN_ENDED,
        TimeFrameKind.BY_OTHER_DOCUMENT,
        TimeFrameKind.UNSPECIFIED,
    }
)


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """The latest question reached after the work was assigned, unless a report has answered it already."""
    this_quarter = quarter(situation.today, situation.calendar)
    for a in situation.open:
        task = situation.tasks[a.task]
        if a.due_on is not None or not _is_asked(task):
            continue
        asked = situation.day_of(a.assigned_at)
        answered = situation.day_of(a.last_report_at) if a.last_report_at else asked
        reached = [r for r in _rungs(situation, task, this_quarter) if r[1] > asked]
        if reached and answered < reached[-1][1]:
            passed = ((NAME, name) for name, _ in reached[:-1])
            words = partial(_words, reached[-1])
            yield from ask(
                situation, a, Question(NAME, reached[-1], urgency.CHECK_IN, words, overtaken=passed)
            )


def _is_asked(task: Task) -> bool:
    kind = task.frame.kind
    return kind in KINDS or (kind is TimeFrameKind.ON_EVENT and task.event_on is not None)


def _rungs(situation: Situation, task: Task, this_quarter: Rung) -> list[Rung]:
    """The quarter, while the period lasts; then the last working day of the year, or of the period."""
    name, end = closing(task.frame, situation.today)
    rungs = [this_quarter] if end is None or this_quarter[1] <= end else []
    last = situation.calendar.last_workday_on_or_before(end) if end else None
    return [*rungs, (name, last)] if last and last <= situation.today else rungs


def _words(rung: Rung, situation: Situation, a: Assignment) -> Phrase:
    """On the first day of a quarter it is the quarter before that has ended."""
    name, day = rung
    ended = day - timedelta(days=1) if "Q" in name else day
    what: dict[str, Arg] = {
        "task": situation.task_words(a.task),
        "quarter": quarter_of(ended),
        "year": str(ended.year),
    }
    if situation.asked(a):
        return say(
            "{task}: we would be grateful for a word on how it stands after quarter {quarter} of {year}.",
            **what,
        )
    return say("{task}: how does it stand after quarter {quarter} of {year}?", **what)


KIND = ReminderKind(NAME, owes)
