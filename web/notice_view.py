"""What the pages of one notice show."""

from __future__ import annotations

from typing import Any

from bot.notice_message import notice_message
from bot.notices.cards import facts_of
from bot.notices.preview import PLAIN, as_shown, by_agency
from bot.notices.roll_call import STANDINGS, roll_call, totals
from bot.notices.standing import seconds_left
from bot.notices.words import STATES, audience_words, progress_words
from bot.rendering import render
from domain.access import Act, may
from domain.audience import resolve_audience
from domain.notices import FAILING, LONGEST, MOVES, Notice, NoticeState, needs_second_person
from domain.phrases import Phrase, say, verbatim
from storage.stores.audiences import read_audience_facts
from storage.unit_of_work import UnitOfWork
from web.door import Visit
from web.notice_form import field_of

S = NoticeState


def composer(visit: Visit, uow: UnitOfWork, notice: Notice) -> dict[str, Any]:
    """A draft: its fields, whom it reaches, how each channel shows it, and what stands in its way."""
    service = visit.context.service
    facts = read_audience_facts(uow, visit.today)
    resolved = resolve_audience(notice.audience, facts)
    names = {a.code: a.name for a in facts.register.agencies}
    count = len(resolved.people)
    return {
        "notice": notice,
        "files": uow.browser.file_names(notice.files),
        "audience": audience_words(notice.audience, facts),
        "facts": facts_of(uow, service, notice, facts, resolved, visit.now),
        "groups": by_agency(resolved.people, names),
        "unreached": by_agency(resolved.unreached, names),
        "nobody": [names.get(code, code) for code in resolved.nobody],
        "count": count,
        "shown": as_shown(uow, service, notice, resolved, visit.now) if notice.text("vi") else [],
        "kept": uow.notices.audiences(),
        "second": needs_second_person(count, service.notice_approve_above),
        "everybody": notice.audience.is_everybody,
        "answer_by": field_of(visit, notice.answer_by),
        "send_at": field_of(visit, notice.send_at),
        "longest": LONGEST,
    }


def under_way(visit: Visit, uow: UnitOfWork, notice: Notice) -> dict[str, Any]:
    """A notice that is no draft: its words, its progress, its roll-call, and the moves that are legal now."""
    service = visit.context.service
    facts = read_audience_facts(uow, visit.today)
    progress = uow.notices.progress(notice.id)
    left = seconds_left(uow, service, notice, progress, visit.now)
    roll = roll_call(uow, notice, facts.register)
    people = {p.id: p.name for p in facts.people}
    return {
        "notice": notice,
        "files": uow.browser.file_names(notice.files),
        "state": STATES[notice.state],
        "reason": _reason(notice),
        "author": people.get(notice.author, ""),
        "approver": people.get(notice.approved_by or 0, ""),
        "facts": facts_of(uow, service, notice, facts, resolve_audience(notice.audience, facts), visit.now),
        "said": render(notice_message(notice, "vi"), visit.speech, PLAIN, row=0),
        "progress": progress,
        "progress_words": progress_words(progress, left),
        "roll": roll,
        "totals": totals(roll),
        "standings": STANDINGS,
        "register": facts.register,
        "moves": _moves(visit, uow, notice),
        "may_decide": notice.state is S.AWAITING and notice.author != visit.who.id,
        "refresh": notice.state in (S.SENDING, S.READY),
    }


def _reason(notice: Notice) -> Phrase | None:
    if notice.reason == FAILING:
        return say("Too much could not be delivered.")
    return verbatim(notice.reason) if notice.reason else None


def _moves(visit: Visit, uow: UnitOfWork, notice: Notice) -> set[str]:
    """Names of the buttons."""
    if not may(visit.who, Act.WRITE_NOTICE):
        return set()
    legal = MOVES[notice.state]
    moves = {
        name
        for name, to in (("pause", S.PAUSED), ("cancel", S.CANCELLED), ("withdraw", S.WITHDRAWN))
        if to in legal and (name != "withdraw" or notice.started)
    }
    if notice.state is S.PAUSED:
        moves.add("resume")
    if notice.state in (S.SENDING, S.PAUSED):
        moves.add("withdraw")
    return moves
