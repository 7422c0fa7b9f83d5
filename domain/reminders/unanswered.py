"""Asked and not answered for a while: the head of the agency is told, once in each stretch of waiting."""

from __future__ import annotations

from collections.abc import Iterator

from domain import urgency
from domain.asking import key
from domain.assignments import Assignment
from domain.phrases import Arg, Phrase, say, verbatim
from domain.reminders import ReminderKind
from domain.situation import Owed, Situation

NAME = "unanswered"


def owes(situation: Situation) -> Iterator[Owed]:
    """A stretch begins when a question is sent and ends with any answer; whoever answers is not told of it."""
    for a in situation.open:
        if a.unanswered_since is None or situation.snoozed(a):
            continue
        task, since = situation.tasks[a.task], situation.day_of(a.unanswered_since)
        after = situation.plan_of(a).ladder.unanswered_head_after
        if situation.rungs.since(since) < after:
            continue
        for person in situation.recipients.heads(a.agency):
            yield Owed(
                kind=NAME,
                key=key(NAME, a.id, str(since), a.deadline_version, person.id),
                official=person.id,
                phrase=_words(situation, a),
                why=situation.recipients.why_answerer(person, a.agency),
                due_since=situation.rungs.add(since, after),
                urgency=urgency.UNANSWERED,
                plan=task.plan,
                assignment=a.id,
                version=a.deadline_version,
                due=a.act_by,
                section="head",
            )


def _words(situation: Situation, a: Assignment) -> Phrase:
    assert a.unanswered_since is not None
    what: dict[str, Arg] = {
        "task": situation.task_words(a.task),
        "due": situation.due_words(a),
        "since": situation.calendar.local_date(a.unanswered_since),
        "agency": verbatim(situation.register.name(a.agency)),
    }
    if situation.asked(a):
        return say("{task} — {due}: we have not heard from {agency} since {since}.", **what)
    return say("{task} — {due}: {agency} has not answered since {since}.", **what)


KIND = ReminderKind(NAME, owes)
