"""/viec: what my agencies owe, numbered, the soonest first."""

from bot.subject import own_open
from bot.turn import Command, Reply, Turn, reply
from domain.messages import Block, Choice, Look, Message
from domain.phrases import say, verbatim
from domain.wording import deadline, progress_words, task_code, task_name

SHOWN = 12


def my_tasks(turn: Turn) -> Reply:
    """The list, with a choice for each of the first items."""
    mine = own_open(turn)
    if not mine:
        return reply(say("Your agency has no open task at the moment."))
    tasks = {t.id: t for t in turn.uow.plans.tasks()}
    plans = {p.id: p for p in turn.uow.plans.all()}
    many = len(turn.own_agencies()) > 1
    register = turn.uow.agencies.register() if many else None
    blocks = [Block(say("Open tasks: {count}.", count=len(mine)), Look.HEADING)]
    plan_id = None
    for n, a in enumerate(mine[:SHOWN], 1):
        task = tasks[a.task]
        if len(plans) > 1 and task.plan != plan_id:
            plan_id = task.plan
            blocks.append(Block(verbatim(plans[plan_id].number), Look.HEADING))
        line = say(
            "{task} — {due} ({state})",
            task=task_name(task, 80),
            due=deadline(task, a, turn.today, turn.service.calendar),
            state=progress_words(a),
        )
        if register:
            line = say("{agency}: {line}", agency=verbatim(register.name(a.agency)), line=line)
        blocks.append(Block(line, Look.ITEM, n))
    if len(mine) > SHOWN:
        blocks.append(Block(say("… and {count} more, on the board.", count=len(mine) - SHOWN), Look.QUIET))
    blocks.append(Block(say("Answer with the number, for example: “2 done” or “3 60%”."), Look.QUIET))
    shown = mine[:SHOWN]
    choices = tuple(
        Choice(say("{n}. {code}", n=n, code=task_code(tasks[a.task])), "task.show", {"assignment": a.id})
        for n, a in enumerate(shown[:8], 1)
    )
    return Reply(Message(tuple(blocks), choices, numbered=tuple(a.id for a in shown)))


COMMAND = Command("viec", my_tasks, say("my tasks"), ("viec", "viec cua toi", "tasks"), ("list",), ("list",))
