"""No report for a while, and the deadline is near enough to matter: asked once in each stretch of silence."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import Question, ask
from domain.assignments import Assignment
from domain.phrases import Arg, Phrase, say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation, Skipped

NAME = "silent"


def owes(situation: Situation) -> Iterator[Owed | Skipped]:
    """Between the horizon and the first step before the deadline; from there on the ladder asks anyway."""
    for a in situation.open:
        if a.act_by is None or a.occurrence or not situation.silent(a):
            continue
        ladder = situation.plan_of(a).ladder
        left = -situation.rungs.since(a.act_by)
        if left <= max(ladder.before, default=0):
            continue
        since = situation.silent_since(a)
        day = max(
            situation.rungs.add(since, ladder.silent_after),
            situation.rungs.add(a.act_by, -situation.horizon(a)),
        )
        yield from ask(situation, a, Question(NAME, (f"{since:%Y%m%d}", day), urgency.SILENT, _words))


def _words(situation: Situation, a: Assignment) -> Phrase:
    what: dict[str, Arg] = {
        "task": situation.task_words(a.task),
        "due": situation.due_words(a),
        "since": situation.silent_since(a),
    }
    if situation.asked(a):
        return say("{task} — {due}. We would be grateful to hear how far it has come.", **what)
    return say("{task} — {due}. No report since {since}; how far has it come?", **what)


KIND = ReminderKind(NAME, owes)
