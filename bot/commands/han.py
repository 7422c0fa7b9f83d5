"""/han: what is due when, and why that day."""

from bot.subject import own_open
from bot.turn import Command, Reply, Turn, reply
from domain.messages import Block, Look, Message
from domain.phrases import say
from domain.wording import deadline, task_name
from domain.workdays import why_this_date

SHOWN = 10


def deadlines(turn: Turn) -> Reply:
    """Dated tasks by deadline, each with the reason for its day; undated ones are counted."""
    mine = own_open(turn)
    dated = [a for a in mine if a.act_by and a.due_on]
    if not mine:
        return reply(say("Your agency has no open task at the moment."))
    tasks = {t.id: t for t in turn.uow.plans.tasks()}
    calendar = turn.service.calendar
    blocks = [Block(say("Deadlines"), Look.HEADING)]
    for n, a in enumerate(dated[:SHOWN], 1):
        task = tasks[a.task]
        assert a.due_on is not None
        line = say("{task} — {due}", task=task_name(task, 70), due=deadline(task, a, turn.today, calendar))
        blocks.append(Block(line, Look.ITEM, n))
        if a.act_by != a.due_on:
            blocks.append(Block(why_this_date(a.due_on, a.strict, calendar), Look.QUIET))
    if undated := len(mine) - len(dated):
        blocks.append(Block(say("{count} tasks have no fixed day; see /viec.", count=undated), Look.QUIET))
    return Reply(Message(tuple(blocks), numbered=tuple(a.id for a in dated[:SHOWN])))


COMMAND = Command(
    "han", deadlines, say("what is due when, and why"), ("han", "deadlines"), (), ("deadlines",)
)
