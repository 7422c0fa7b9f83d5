"""Reminding whom a task waits for."""

from bot.people import of_agencies
from bot.subject import find_subject
from bot.turn import Also, Command, Reply, Turn, reply
from domain.access import Act, require
from domain.messages import Block, Message
from domain.officials import Role
from domain.phrases import say, verbatim
from domain.reading.name_pieces import named
from domain.wording import task_name


def remind_other(turn: Turn) -> Reply:
    """Tell the focal people of the agency waited for, at most once a day for a task."""
    assignment = find_subject(turn)
    if assignment is None:
        return reply(say("I could not find that task; /viec shows yours."))
    require(turn.who, Act.REPORT_PROGRESS, turn.thing(assignment))
    register = turn.uow.agencies.register(as_of=turn.today)
    hits = [h.agencies[0] for h in named(assignment.waits_for, register) if len(h.agencies) == 1]
    people = of_agencies(turn, [a.code for a in hits], Role.FOCAL)
    if not people:
        return reply(say("I do not know whom to remind of “{whom}”; please contact them yourself.", whom=verbatim(assignment.waits_for)))  # fmt: skip
    task = turn.task_of(assignment)
    phrase = say(
        "{agency} is waiting for you on {task}. Their words: “{words}”",
        agency=verbatim(register.name(assignment.agency)),
        task=task_name(task, 90),
        words=verbatim(assignment.last_note),
    )
    message = Message((Block(phrase),))
    day = turn.today.isoformat()
    also = tuple(
        Also(o.id, message, "waited_for", key=f"waited:{assignment.id}:{o.id}:{day}") for o in people
    )
    names = verbatim(", ".join(o.name for o in people))
    return Reply(Message((Block(say("Reminded: {names}.", names=names)),), assignment=assignment.id), also)


COMMAND = Command("remind_other", remind_other, acts=("remind.other",))
