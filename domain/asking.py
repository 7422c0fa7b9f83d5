"""What reminder kinds share: keys, and the line to whoever owes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from domain.assignments import Assignment
from domain.ladders import Rung
from domain.messages import Choice
from domain.phrases import Phrase
from domain.situation import Owed, Situation, Skipped
from domain.wording import task_code


def key(kind: str, about: str | int, rung: str, version: int, official: int) -> str:
    """A key that is unique for ever: a moved deadline has another version, so old rungs never come back."""
    return f"{kind}:{about}:{rung}:v{version}:{official}"


def ask(
    situation: Situation,
    kind: str,
    assignment: Assignment,
    rung: Rung,
    urgency: int,
    words: Callable[[Situation, Assignment], Phrase],
    *,
    about: str = "",
    once: bool = False,
    overtaken: Iterable[tuple[str, str]] = (),
    prompt: bool = False,
    even_snoozed: bool = False,
    hint: Phrase | None = None,
    choices: tuple[Choice, ...] = (),
) -> Iterator[Owed | Skipped]:
    """One line to each who answers for the agency, about which they owe an answer.

    ``rung`` is its name and the day it was reached; ``overtaken`` are (kind, rung) made needless by it.
    ``once``: a moved deadline is no reason to say it again. Words are found, and ``overtaken`` gone through, only for who has not been told: most wishes are old ones.
    """
    item, version = about or assignment.id, assignment.deadline_version
    people = [
        (person, said)
        for person in situation.recipients.answerers(assignment.agency)
        if (said := key(kind, item, rung[0], 1 if once else version, person.id)) not in situation.said
    ]
    if not people:
        return
    if situation.snoozed(assignment) and not even_snoozed:
        yield from (Skipped(said, "snoozed") for _, said in people)
        return
    task, phrase = situation.tasks[assignment.task], words(situation, assignment)
    passed = tuple(overtaken)
    for person, said in people:
        yield Owed(
            kind=kind,
            key=said,
            official=person.id,
            phrase=phrase,
            why=situation.recipients.why_answerer(person, assignment.agency),
            due_since=rung[1],
            urgency=urgency,
            plan=task.plan,
            assignment=assignment.id,
            version=version,
            due=assignment.act_by,
            agency=assignment.agency,
            code=task_code(task),
            prompt=prompt,
            asks=True,
            hint=hint,
            choices=choices,
            overtakes=tuple(key(k, assignment.id, r, version, person.id) for k, r in passed),
        )
