"""A coordinating agency is told once what it supports, and whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import urgency
from domain.asking import key
from domain.phrases import Phrase, say
from domain.plans import Task
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation
from domain.wording import agency_names, task_name

NAME = "coordinator"


def owes(situation: Situation) -> Iterator[Owed]:
    """For each task that is under way; an agency with a share of its own has been told of it already."""
    for task_id, shares in situation.by_task.items():
        task = situation.tasks[task_id]
        own = {a.agency for a in shares}
        under_way = [a for a in shares if a.state.is_open]
        coordinators = [c for c in task.coordinators if c not in own and c not in task.leads]
        if not coordinators or not under_way:
            continue
        first = under_way[0]
        phrase = say(
            "Your agency supports {leads} in: {task} — {due}.",
            leads=agency_names(situation.register, [a.agency for a in under_way], most=3),
            task=task_name(task),
            due=situation.due_words(first),
        )
        day = situation.day_of(first.assigned_at)
        for agency in coordinators:
            yield from _tell(situation, task, agency, phrase, day)


def _tell(situation: Situation, task: Task, agency: str, phrase: Phrase, day: date) -> Iterator[Owed]:
    for person in situation.recipients.answerers(agency):
        yield Owed(
            kind=NAME,
            key=key(NAME, f"{task.id}/{agency}", "0", 1, person.id),
            official=person.id,
            phrase=phrase,
            why=situation.recipients.why_answerer(person, agency),
            due_since=day,
            urgency=urgency.COORDINATOR,
            plan=task.plan,
            agency=agency,
            prompt=True,
        )


KIND = ReminderKind(NAME, owes)
