"""The monitor decides on a request: agree, refuse, or another date. Decided once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.people import of_agencies
from bot.requests import told
from bot.turn import Also, Command, Reply, Turn, ask, reply
from domain.access import Act, require
from domain.assignments import Assignment, State, move_deadline
from domain.messages import Message, text
from domain.officials import Role
from domain.phrases import Phrase, say
from domain.requests import Request, RequestKind, RequestState
from domain.wording import task_name


def decide(turn: Turn) -> Reply:
    """Carry the decision out, and tell who asked."""
    request = turn.uow.requests.get(int(turn.args["request"]))
    assignment = turn.uow.assignments.get(request.assignment)
    require(turn.who, Act.DECIDE_REQUEST, turn.thing(assignment))
    if request.state is not RequestState.OPEN:
        return reply(say("This request has been decided already; nothing was changed."))
    if turn.act == "request.change":
        return ask(
            say("Until which day do you agree? For example: 5/7."), "request.until", {"request": request.id}
        )
    if turn.act == "request.refuse":
        return _close(turn, request, assignment, RequestState.REFUSED, None)
    if turn.act == "request.until":
        until = turn.read_day(turn.words, base=assignment.due_on)
        if until is None or until <= turn.today:
            return ask(say("I could not read a day to come in that. For example: 5/7."), "request.until", {"request": request.id})  # fmt: skip
        return _close(turn, request, assignment, RequestState.CHANGED, until)
    return _close(turn, request, assignment, RequestState.GRANTED, request.until)


def _close(
    turn: Turn, request: Request, assignment: Assignment, state: RequestState, until: date | None
) -> Reply:
    if not turn.uow.requests.decide(request.id, state, turn.who.id, until, turn.now):
        return reply(say("This request has been decided already; nothing was changed."))
    assignment = turn.uow.assignments.held(assignment)
    if state is not RequestState.REFUSED:
        turn.uow.assignments.save(_carried_out(turn, request, assignment, until))
    detail = {"state": state.value, "until": until.isoformat() if until else None}
    turn.uow.audit.note(
        turn.now, turn.who.id, f"decide_{request.kind.value}", f"assignment:{assignment.id}", detail
    )
    answer = _answer(turn, request, assignment, state, until)
    done = reply(say("Decided. {name} is being told.", name=turn.uow.people.get(request.official).name))
    assert isinstance(done.message, Message)
    others = _also_told(turn, request, assignment, answer)
    return Reply(done.message, (told(turn, request.official, answer, request.id, assignment.id), *others))


def _also_told(turn: Turn, request: Request, assignment: Assignment, answer: Phrase) -> list[Also]:
    """The rest of the agency's people who answer for the task learn of the decision as well."""
    people = of_agencies(turn, [assignment.agency], Role.FOCAL)
    message = text(answer)
    return [
        Also(o.id, message, "decision", key=f"decision:{request.id}:{o.id}")
        for o in people
        if o.id != request.official
    ]


def _carried_out(turn: Turn, request: Request, assignment: Assignment, until: date | None) -> Assignment:
    calendar = turn.service.calendar
    if request.kind is RequestKind.EXTENSION and until:
        moved = calendar.act_by(until, False), calendar.overdue_from(until, False)
        return move_deadline(assignment, until, *moved)
    state = State.RELEASED if request.kind is RequestKind.NOT_MINE else State.HANDED_OVER
    return replace(assignment, state=state, unanswered_since=None)


def _answer(
    turn: Turn, request: Request, assignment: Assignment, state: RequestState, until: date | None
) -> Phrase:
    task = task_name(turn.task_of(assignment), 80)
    if state is RequestState.REFUSED:
        return say("Your request was refused — {task}. What was assigned stays as it is.", task=task)
    if request.kind is RequestKind.EXTENSION and until:
        return say("Your deadline was moved to {until:full} — {task}.", task=task, until=until)
    return say("Your request was agreed to — {task}. You will not be reminded of it any more.", task=task)


COMMAND = Command(
    "decide",
    decide,
    acts=("request.grant", "request.refuse", "request.change", "request.until"),
    once=("request.grant", "request.refuse"),
)
