"""One task in full, with what can be answered."""

from bot.dossier_targets import measure
from bot.subject import find_subject
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, require
from domain.choices import progress_choices
from domain.dossiers.targets import own_words
from domain.messages import Block, Look, Message
from domain.phrases import say, verbatim
from domain.wording import deadline, progress_words, task_name
from domain.workdays import why_this_date


def show(turn: Turn) -> Reply:
    """Title, clause, deadline with its reason, state, targets; then quick answers."""
    assignment = find_subject(turn)
    if assignment is None:
        return reply(say("I could not find that task; /viec shows yours."))
    require(turn.who, Act.SEE_AGENCY, turn.thing(assignment))
    task = turn.task_of(assignment)
    plan = turn.uow.plans.get(task.plan)
    calendar = turn.service.calendar
    blocks = [
        Block(task_name(task, 600), Look.HEADING),
        Block(deadline(task, assignment, turn.today, calendar)),
    ]
    if assignment.due_on and assignment.act_by != assignment.due_on:
        blocks.append(Block(why_this_date(assignment.due_on, assignment.strict, calendar), Look.QUIET))
    blocks.append(Block(say("State: {state}.", state=progress_words(assignment))))
    for target in task.targets:
        value = f"{target.op} {target.value:g}{target.unit}"
        blocks.append(Block(say("Target: {metric} {value}", metric=verbatim(target.metric), value=value)))
    if found := measure(turn.uow, task, frozenset({assignment.agency}), turn.today):
        blocks.append(Block(own_words(found, assignment.agency)))
    if plan:
        source = say("{number}, {date}", number=verbatim(plan.number), date=plan.issued_on)
        blocks.append(Block(source, Look.QUIET))
    choices = progress_choices(assignment.id) if assignment.state.is_open else ()
    return Reply(Message(tuple(blocks), choices, assignment=assignment.id))


COMMAND = Command("task", show, acts=("task.show",))
