"""Taking the last report back."""

from bot.turn import Command, Reply, Turn, reply
from domain.phrases import say
from domain.wording import progress_words, task_name


def undo(turn: Turn) -> Reply:
    """Undo the report whose button was pressed, else the person's own last one.

    Not when somebody has reported on the task since: that would lose their word.
    """
    report = turn.args.get("report")
    if report is None:
        last = turn.uow.assignments.last_report(turn.who.id)
        report = last.id if last else None
    if report is None:
        return reply(say("There is nothing of yours to take back."))
    restored = turn.uow.assignments.undo(int(report), turn.now, by=turn.who.id)
    if restored is None:
        return reply(say("Somebody has reported on this task since, so nothing was taken back."))
    task = turn.task_of(restored)
    return reply(
        say("Taken back — {task}: {state}.", task=task_name(task, 80), state=progress_words(restored)),
        assignment=restored.id,
    )


COMMAND = Command(
    "undo", undo, say("take my last report back"), ("huy", "undo"), ("undo",), ("undo",), once=("undo",)
)
