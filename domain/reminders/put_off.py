"""The hour somebody asked to be reminded at has come."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.phrases import Phrase, say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped
from domain.wording import progress_words

NAME = "put_off"


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """Once for each time named; any report ends it."""
    for a in situation.open:
        if a.snoozed_until is None or situation.snoozed(a):
            continue
        rung = (f"{a.snoozed_until:%Y%m%dT%H%M%S}", situation.day_of(a.snoozed_until))
        yield from ask(situation, a, Question(NAME, rung, urgency.PUT_OFF, _words, prompt=True))


def _words(situation: Situation, a: Assignment) -> Phrase:
    return say(
        "As you asked, once more: {task} — {due} ({state})",
        task=situation.task_words(a.task),
        due=situation.due_words(a),
        state=progress_words(a),
    )


KIND = ReminderKind(NAME, owes)
