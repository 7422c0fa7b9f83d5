"""After the deadline: the next working day, then every few, then weekly; a snooze does not stop it."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.ladders import Rung
from domain.phrases import Phrase, say
from domain.plans import Ladder
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped
from domain.wording import progress_words

NAME = "overdue"
#: how many earlier steps are recorded as overtaken after downtime
_REMEMBERED = 4


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """The latest step reached; what was missed before it, before the deadline too, is overtaken."""
    for a in situation.open:
        if a.act_by is None or a.overdue_from is None or situation.today < a.overdue_from:
            continue
        ladder = situation.plan_of(a).ladder
        reached = situation.rungs.overdue(a.act_by, ladder)
        if not reached:
            continue
        yield from ask(
            situation,
            a,
            Question(
                NAME,
                reached[-1],
                urgency.OVERDUE,
                _words,
                overtaken=_missed(a, ladder, reached),
                even_snoozed=True,
            ),
        )


def _missed(a: Assignment, ladder: Ladder, reached: tuple[Rung, ...]) -> Iterator[tuple[str, str]]:
    yield from ((NAME, name) for name, _ in reached[-1 - _REMEMBERED : -1])
    if len(reached) <= _REMEMBERED:
        steps = ladder.recurring_before if a.occurrence else ladder.before
        yield from (("due_soon", str(n)) for n in steps)


def _words(situation: Situation, a: Assignment) -> Phrase:
    task, due = situation.task_words(a.task), situation.due_words(a)
    if situation.asked(a):
        return say("{task} — {due}. Please let us know how it stands when you can.", task=task, due=due)
    state = progress_words(a)
    return say(
        "{task} — {due} ({state}). Please report the result, or what holds it up.",
        task=task,
        due=due,
        state=state,
    )


KIND = ReminderKind(NAME, owes)
