"""A new task, to whoever answers for the agency that leads it; a recurring duty is announced once."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.messages import Choice
from domain.phrases import Phrase, say
from domain.plans import Ladder
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped

NAME = "received"
HINT = say("Please answer “received” once you have seen this.")
#: about everything the message numbers
SEEN = Choice(say("Received"), "acknowledge", {})


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """Told once, as long as nobody has answered; it says the deadline, so steps reached by then are said too."""
    for a in situation.open:
        if a.acknowledged_at is not None or a.last_report_at is not None:
            continue
        yield from ask(
            situation,
            a,
            Question(
                NAME,
                ("0", situation.day_of(a.assigned_at)),
                urgency.RECEIVED,
                _words,
                once=True,
                about=f"{a.task}/{a.agency}" if a.occurrence else "",
                overtaken=_said_with_it(situation, a),
                prompt=True,
                hint=HINT,
                choices=(SEEN,),
            ),
        )


def _said_with_it(situation: Situation, a: Assignment) -> Iterator[tuple[str, str]]:
    if a.act_by is None or a.act_by < situation.today:
        return
    ladder: Ladder = situation.plan_of(a).ladder
    steps = ladder.recurring_before if a.occurrence else ladder.before
    yield from (("due_soon", name) for name, _ in situation.rungs.before(a.act_by, steps))


def _words(situation: Situation, a: Assignment) -> Phrase:
    task, due = situation.task_words(a.task), situation.due_words(a)
    if situation.asked(a):
        return say("Your agency is kindly asked to take part: {task} — {due}.", task=task, due=due)
    return say("New task: {task} — {due}.", task=task, due=due)


KIND = ReminderKind(NAME, owes)
