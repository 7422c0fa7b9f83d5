"""/congkhai: the month's list of late dossiers — object to a row, decide on objections, approve."""

from __future__ import annotations

from bot.dossier_duty import codes_of
from bot.late_list_forms import as_docx
from bot.late_lists import may_approve, object_to, page_link, public_link, publish, settle
from bot.report_docx import MEDIA_TYPE
from bot.turn import Command, Reply, Turn, ask, reply
from domain.access import Act, may
from domain.dossiers.late_list import LateList, ListState
from domain.dossiers.late_list_words import (
    approval_message,
    month_name,
    own_message,
    review_message,
    row_words,
)
from domain.messages import Block, Message
from domain.officials import Role
from domain.phrases import say, verbatim


def late_list(turn: Turn) -> Reply:
    """What was pressed or asked for."""
    if turn.act == "late.contest":
        about = {"row": int(turn.args["row"])}
        return ask(say("What is wrong with it? The office will read your words."), "late.reason", about)
    if turn.act == "late.reason":
        row = object_to(turn.uow, turn.service, turn.who, int(turn.args["row"]), turn.words, turn.now)
        return reply(
            say("Your objection is noted and will be decided before the list is published."),
            row_words(row),
        )
    if turn.act in ("late.accept", "late.keep"):
        accepted = turn.act == "late.accept"
        row_id = int(turn.args["row"])
        lately = settle(turn.uow, turn.service, turn.who, row_id, turn.now, accepted=accepted)
        return _review(turn, lately)
    if turn.act in ("late.review", "late.approve"):
        found = turn.uow.late_lists.get(int(turn.args["list"]))
        if found is None:
            raise LookupError(turn.args["list"])
        return _review(turn, found) if turn.act == "late.review" else _approve(turn, found)
    return _standing(turn)


def _review(turn: Turn, lately: LateList) -> Reply:
    """The next objection; the list for approval when there is none left."""
    if not may_approve(turn.uow, turn.who, turn.today):
        return _standing(turn)
    register = turn.uow.agencies.register()
    if lately.contested:
        return Reply(review_message(lately, lately.contested[0], register))
    if lately.state is not ListState.WAITING:
        return reply(say("All objections are decided."))
    return Reply(approval_message(lately, register, page_link(turn.service, lately)))


def _approve(turn: Turn, lately: LateList) -> Reply:
    publish(turn.uow, turn.service, turn.who, lately, turn.now)
    link = verbatim(public_link(turn.service, lately.month))
    said = Block(say("Published for everybody: {link}", link=link))
    out = turn.uow.late_lists.get(lately.id)
    assert out is not None
    data = as_docx(out, turn.uow.agencies.register(), turn.service.speech("vi"))
    name = f"ho-so-tre-han-{lately.month}-ban-{lately.version}.docx"
    file_id = turn.uow.files.save(turn.who.id, name, MEDIA_TYPE, data, turn.now)
    return Reply(Message((said,), file=str(file_id)))


def _standing(turn: Turn) -> Reply:
    """What one can do now: approve, object, or read."""
    uow, register = turn.uow, turn.uow.agencies.register()
    if may_approve(uow, turn.who, turn.today):
        for lately in uow.late_lists.in_state(ListState.WAITING):
            return Reply(approval_message(lately, register, page_link(turn.service, lately)))
    own = codes_of(turn.who.agencies(Role.FOCAL, Role.HEAD), register, turn.today)
    codes = [code for some in own.values() for code in some]
    for lately in uow.late_lists.in_state(ListState.CONTEST):
        if lately.of(codes):
            return Reply(own_message(lately, codes, register))
    out = uow.late_lists.published()
    if out is None or not may(turn.who, Act.SEE_TASKS):
        return reply(say("No list of late dossiers has been published yet."))
    link = verbatim(public_link(turn.service, out.month))
    return reply(say("The list of month {month}: {link}", month=month_name(out.month), link=link))


COMMAND = Command(
    "congkhai",
    late_list,
    say("the month's list of agencies with late dossiers"),
    ("congkhai", "latelist"),
    (),
    ("late.contest", "late.reason", "late.review", "late.accept", "late.keep", "late.approve"),
    ("late.accept", "late.keep", "late.approve"),
)
