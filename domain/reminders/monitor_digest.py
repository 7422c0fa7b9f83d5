"""How a task stands at all its agencies, for whoever follows it up, when something there needs attention."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from domain import urgency
from domain.asking import key
from domain.messages import Choice, Tone
from domain.phrases import Phrase, say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation
from domain.standing import Standing, standings
from domain.wording import task_code, task_name

NAME = "monitor_digest"


def owes(situation: Situation) -> Iterator[Owed]:
    """Told when the picture changes, and each week while it stays: not every day for every task."""
    for standing in standings(situation):
        if not standing.needs_attention:
            continue
        task = standing.task
        phrase, choices = _words(standing), _choices(standing)
        for person in situation.recipients.monitors(task):
            yield Owed(
                kind=NAME,
                key=key(NAME, f"{task.id}/{standing.occurrence}", _rung(situation, standing), 1, person.id),
                official=person.id,
                phrase=phrase,
                why=situation.recipients.why_monitor(person, task),
                due_since=situation.today,
                urgency=urgency.MONITOR_LATE if standing.late else urgency.MONITOR,
                plan=task.plan,
                due=standing.due,
                section="monitor",
                choices=choices,
            )


def _rung(situation: Situation, standing: Standing) -> str:
    """The week, and a mark of who is late, silent, missing or undecided."""
    week = situation.today.isocalendar()
    seen = repr((standing.late, standing.silent, standing.missing, standing.undecided, standing.soon))
    return f"{week.year}W{week.week:02}.{hashlib.sha256(seen.encode()).hexdigest()[:12]}"


def _words(standing: Standing) -> Phrase:
    counts = []
    if standing.total:
        counts.append(say("{done} of {total} agencies done", done=standing.done, total=standing.total))
    for words, who in (
        (say("{number} overdue", number=len(standing.late)), standing.late),
        (say("{number} silent", number=len(standing.silent)), standing.silent),
        (say("{number} not reached yet", number=len(standing.missing)), standing.missing),
        (say("{number} to be decided on", number=len(standing.undecided)), standing.undecided),
    ):
        if who:
            counts.append(words)
    return say(
        "{task} — {due}: {counts}.",
        task=task_name(standing.task, 80),
        due=standing.words,
        counts=tuple(counts),
    )


def _choices(standing: Standing) -> tuple[Choice, ...]:
    task, code = standing.task.id, task_code(standing.task)
    nudge = Choice(say("Follow up {code}", code=code), "nudge", {"task": task, "only": "all"}, Tone.GOOD)
    decide = Choice(say("Who takes part in {code}", code=code), "condition.show", {"task": task})
    return ((nudge,) if standing.open else ()) + ((decide,) if standing.undecided else ())


KIND = ReminderKind(NAME, owes)
