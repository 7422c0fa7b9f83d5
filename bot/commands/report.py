"""/baocao: one press drafts the agency's report on a plan from its logged answers, as a Word file."""

from __future__ import annotations

import re

from bot.report_docx import MEDIA_TYPE, draft_report
from bot.report_facts import concerned, gather
from bot.turn import Command, Reply, Turn, reply
from domain.access import Act, Thing, require
from domain.messages import Block, Choice, Look, Message
from domain.phrases import say, verbatim
from domain.plans import Plan

_OFFERED = 10


def report(turn: Turn) -> Reply:
    """Choose agency and plan where there are several, then draft."""
    if "plan" in turn.args:
        plan = turn.uow.plans.get(int(turn.args["plan"]))
        if plan is None:
            return reply(say("I do not know that plan any more; /baocao starts again."))
        return _draft(turn, str(turn.args["agency"]), plan)
    pairs = concerned(turn.uow, turn.own_agencies())
    if not pairs:
        return reply(say("Your agency has no task in any plan, so there is nothing to report."))
    if len(pairs) == 1:
        return _draft(turn, *pairs[0])
    register = turn.uow.agencies.register()
    choices = tuple(
        Choice(
            verbatim(f"{register.name(code)} · {plan.number}"), "report", {"agency": code, "plan": plan.id}
        )
        for code, plan in pairs[:_OFFERED]
    )
    return reply(say("Which report shall I draft?"), choices=choices)


def _draft(turn: Turn, agency: str, plan: Plan) -> Reply:
    require(turn.who, Act.DRAFT_REPORT, Thing(agency))
    facts = gather(turn.uow, turn.service, agency, plan, turn.now)
    data = draft_report(facts, turn.service.speech("vi"), turn.now)
    name = f"bao-cao-{agency}-{re.sub(r'[^0-9A-Za-zĐđ]+', '-', plan.number)}.docx"
    file_id = turn.uow.files.save(turn.who.id, name, MEDIA_TYPE, data, turn.now)
    turn.uow.audit.note(turn.now, turn.who.id, "draft_report", f"plan:{plan.id}", {"agency": agency})
    words = say(
        "Here is the draft report of {agency} on {plan}, with the figures as of {day}.",
        agency=verbatim(facts.agency.name),
        plan=verbatim(plan.number),
        day=facts.as_of,
    )
    check = say("Please check it before it is signed; the signed paper is the formal report.")
    return Reply(Message((Block(words), Block(check, Look.QUIET)), file=str(file_id)))


COMMAND = Command(
    "report",
    report,
    say("draft my agency's report as a Word file"),
    ("baocao", "report"),
    (),
    ("report",),
)
