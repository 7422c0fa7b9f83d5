"""The head was told and nobody answered still: whoever follows the task up learns of it, agencies together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import urgency
from domain.asking import key
from domain.assignments import Assignment
from domain.messages import Choice, Tone
from domain.phrases import say
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation
from domain.wording import agency_names, task_code, task_name

NAME = "still_unanswered"


def owes(situation: Situation) -> Iterator[Owed]:
    """One line a task for all who have waited since the same day, once in each stretch."""
    waiting: dict[tuple[int, str, date], list[Assignment]] = {}
    for a in situation.open:
        if a.unanswered_since is not None and not situation.snoozed(a):
            since = situation.day_of(a.unanswered_since)
            if situation.rungs.since(since) >= _after(situation, a):
                waiting.setdefault((a.task, a.occurrence, since), []).append(a)
    for (_, _, since), shares in waiting.items():
        yield from _tell(situation, shares, since)


def _after(situation: Situation, a: Assignment) -> int:
    ladder = situation.plan_of(a).ladder
    return ladder.unanswered_head_after + ladder.unanswered_monitor_after


def _tell(situation: Situation, shares: list[Assignment], since: date) -> Iterator[Owed]:
    first, task = shares[0], situation.tasks[shares[0].task]
    phrase = say(
        "{task} — {due}: not answered since {since}: {agencies}.",
        task=task_name(task),
        due=situation.due_words(first),
        since=since,
        agencies=agency_names(situation.register, [a.agency for a in shares]),
    )
    label = say("Follow up {code}", code=task_code(task))
    nudge = Choice(label, "nudge", {"task": task.id, "only": "all"}, Tone.GOOD)
    for person in situation.recipients.monitors(task):
        yield Owed(
            kind=NAME,
            key=key(NAME, f"{task.id}/{first.occurrence}", str(since), 1, person.id),
            official=person.id,
            phrase=phrase,
            why=situation.recipients.why_monitor(person, task),
            due_since=situation.rungs.add(since, _after(situation, first)),
            urgency=urgency.UNANSWERED,
            plan=task.plan,
            due=first.act_by,
            section="monitor",
            choices=(nudge,),
        )


KIND = ReminderKind(NAME, owes)
