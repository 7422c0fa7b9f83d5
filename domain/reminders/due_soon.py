"""Before the deadline: the steps of the plan's ladder, the last of them on the last working day itself."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.phrases import Phrase, say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped
from domain.wording import progress_words

NAME = "due_soon"


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """The latest step reached; earlier ones that were not said are overtaken by it."""
    for a in situation.open:
        if a.act_by is None or a.act_by < situation.today:
            continue
        ladder = situation.plan_of(a).ladder
        steps = ladder.recurring_before if a.occurrence else ladder.before
        reached = situation.rungs.before(a.act_by, steps)
        if not reached:
            continue
        left = -situation.rungs.since(a.act_by)
        yield from ask(
            situation,
            a,
            Question(
                NAME,
                reached[-1],
                urgency.DUE_SOON + left if left > 0 else urgency.DUE_TODAY,
                _words,
                overtaken=((NAME, name) for name, _ in reached[:-1]),
            ),
        )


def _words(situation: Situation, a: Assignment) -> Phrase:
    task, due = situation.task_words(a.task), situation.due_words(a)
    if situation.asked(a):
        return say("{task} — {due}. We would be grateful to hear how it stands.", task=task, due=due)
    return say("{task} — {due} ({state})", task=task, due=due, state=progress_words(a))


KIND = ReminderKind(NAME, owes)
