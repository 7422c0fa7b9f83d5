"""A question: about a deadline it is answered, any other goes to who monitors the task."""

from __future__ import annotations

import re

from bot.people import deciders
from bot.subject import find_subject
from bot.turn import Also, Command, Reply, Turn, reply
from domain.messages import Block, Message
from domain.phrases import say, verbatim
from domain.reading.fold import plain
from domain.wording import deadline, progress_words, task_name
from domain.workdays import why_this_date

_WHEN = re.compile(r"\b(?:han|khi nao|bao gio|ngay nao|den ngay|deadline|due|when)\b")
_STATE = re.compile(r"\b(?:xong chua|den dau|tien do|the nao|status|done yet|finished)\b")


def question(turn: Turn) -> Reply:
    """Answer what the service itself knows; pass on what it does not."""
    assignment = find_subject(turn, turn.reading.task_ref if turn.reading else None)
    words = plain(turn.words)
    if assignment and _WHEN.search(words):
        task = turn.task_of(assignment)
        due = deadline(task, assignment, turn.today, turn.service.calendar)
        phrases = [say("{task} — {due}", task=task_name(task, 90), due=due)]
        if assignment.due_on:
            phrases.append(why_this_date(assignment.due_on, assignment.strict, turn.service.calendar))
        return reply(*phrases, assignment=assignment.id)
    if assignment and _STATE.search(words):
        task = turn.task_of(assignment)
        state = progress_words(assignment)
        return reply(say("{task}: {state}.", task=task_name(task, 90), state=state), assignment=assignment.id)
    if assignment is None:
        return reply(say("Which task do you mean? Send /viec, then ask again with its number."))
    people = deciders(turn, turn.task_of(assignment))
    asked = say(
        "{name} asks about {task}: “{words}”",
        name=verbatim(turn.who.name),
        task=task_name(turn.task_of(assignment), 80),
        words=verbatim(turn.words[:500]),
    )
    message = Message((Block(asked),), assignment=assignment.id)
    also = tuple(
        Also(o.id, message, "question", key=f"question:{turn.incoming.update_id}:{o.id}") for o in people
    )
    names = verbatim(", ".join(o.name for o in people) or "–")
    return Reply(Message((Block(say("I passed your question on to: {names}.", names=names)),)), also)


COMMAND = Command("ask", question, say("ask about a task or its deadline"), intents=("ask",))
