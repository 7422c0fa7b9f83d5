"""Work that waits for an event: whoever follows it up is asked each quarter whether it has come."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import key
from domain.messages import Choice, Tone
from domain.periods import quarter
from domain.phrases import say, verbatim
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation
from domain.timeframes import TimeFrameKind
from domain.wording import task_code, task_name

NAME = "event"


def owes(situation: Situation) -> Iterator[Owed]:
    """From the first quarter after the work was assigned, until somebody declares the event."""
    name, day = quarter(situation.today, situation.calendar)
    for task_id, shares in situation.by_task.items():
        task = situation.tasks[task_id]
        if task.frame.kind is not TimeFrameKind.ON_EVENT or task.event_on is not None:
            continue
        if day <= min(situation.day_of(a.assigned_at) for a in shares):
            continue
        phrase = say(
            "{task} waits for this: “{event}”. Has it come?",
            task=task_name(task),
            event=verbatim(task.frame.text),
        )
        about, code = {"task": task.id}, task_code(task)
        choices = (
            Choice(say("{code}: it has come", code=code), "event.declare", about, Tone.GOOD),
            Choice(say("{code}: not yet", code=code), "event.not_yet", about),
        )
        for person in situation.recipients.monitors(task):
            yield Owed(
                kind=NAME,
                key=key(NAME, task.id, name, 1, person.id),
                official=person.id,
                phrase=phrase,
                why=situation.recipients.why_monitor(person, task),
                due_since=day,
                urgency=urgency.EVENT,
                plan=task.plan,
                section="monitor",
                prompt=True,
                choices=choices,
            )


KIND = ReminderKind(NAME, owes)
