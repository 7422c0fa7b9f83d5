"""What reminder kinds share: keys, and the line to whoever owes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from domain.assignments import Assignment
from domain.ladders import Rung
from domain.messages import Choice
from domain.officials import Official
from domain.phrases import Phrase
from domain.situation import Owed, Situation, Skipped
from domain.wording import task_code


def key(kind: str, about: str | int, rung: str, version: int, official: int) -> str:
    """A key that is unique for ever: a moved deadline has another version, so old rungs never come back."""
    return f"{kind}:{about}:{rung}:v{version}:{official}"


@dataclass(frozen=True, slots=True)
class Question:
    """One step of a kind about one agency's work, before it is known who has been told.

    ``rung`` is its name and the day it was reached; ``overtaken`` are (kind, rung) made needless by it.
    ``once``: a moved deadline is no reason to say it again. ``about`` stands in keys for the assignment.
    """

    kind: str
    rung: Rung
    urgency: int
    words: Callable[[Situation, Assignment], Phrase]
    about: str = ""
    once: bool = False
    overtaken: Iterable[tuple[str, str]] = ()
    prompt: bool = False
    even_snoozed: bool = False
    hint: Phrase | None = None
    choices: tuple[Choice, ...] = ()


def ask(situation: Situation, assignment: Assignment, question: Question) -> Iterator[Owed | Skipped]:
    """One line to each who answers for the agency, about which they owe an answer.

    Words are found, and ``overtaken`` gone through, only for who has not been told: most wishes are old ones.
    """
    item, name = question.about or assignment.id, question.rung[0]
    version = 1 if question.once else assignment.deadline_version
    people = [
        (person, said)
        for person in situation.recipients.answerers(assignment.agency)
        if (said := key(question.kind, item, name, version, person.id)) not in situation.said
    ]
    if not people:
        return
    if situation.snoozed(assignment) and not question.even_snoozed:
        yield from (Skipped(said, "snoozed") for _, said in people)
        return
    phrase, overtaken = question.words(situation, assignment), tuple(question.overtaken)
    for person, said in people:
        yield _line(situation, assignment, question, person, said, phrase, overtaken)


def _line(
    situation: Situation,
    assignment: Assignment,
    question: Question,
    person: Official,
    said: str,
    phrase: Phrase,
    overtaken: tuple[tuple[str, str], ...],
) -> Owed:
    task, version = situation.tasks[assignment.task], assignment.deadline_version
    return Owed(
        kind=question.kind,
        key=said,
        official=person.id,
        phrase=phrase,
        why=situation.recipients.why_answerer(person, assignment.agency),
        due_since=question.rung[1],
        urgency=question.urgency,
        plan=task.plan,
        assignment=assignment.id,
        version=version,
        due=assignment.act_by,
        agency=assignment.agency,
        code=task_code(task),
        prompt=question.prompt,
        asks=True,
        hint=question.hint,
        choices=question.choices,
        overtakes=tuple(key(kind, assignment.id, rung, version, person.id) for kind, rung in overtaken),
    )
