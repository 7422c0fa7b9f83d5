"""A notice is let go: by its author, and above a head-count by a second person."""

from __future__ import annotations

from bot.notices.asking import approved_words, for_approval, refused_words, sent_back, went_on
from bot.notices.cards import next_question
from bot.notices.desk import approve, find, refuse, require_shown, submit
from bot.turn import Command, Reply, Turn, ask, reply
from domain.errors import BadInput
from domain.messages import Choice
from domain.notices import Notice, NoticeState
from domain.phrases import say


def let_go(turn: Turn) -> Reply:
    """Submit, approve or refuse."""
    notice = find(turn.uow, turn.who, int(turn.args["notice"]))
    return _STEPS[turn.act](turn, notice)


def _submit(turn: Turn, notice: Notice) -> Reply:
    if notice.state is NoticeState.DRAFT and notice.version != turn.args["version"]:
        return Reply(next_question(turn.uow, turn.service, notice, turn.now))  # it was changed since
    return _submitted(turn, notice, None)


def _count(turn: Turn, notice: Notice) -> Reply:
    digits = turn.words.replace(".", "").replace(" ", "").strip()
    return _submitted(turn, notice, int(digits) if digits.isdecimal() and len(digits) < 9 else -1)


def _submitted(turn: Turn, notice: Notice, typed: int | None) -> Reply:
    try:
        done = submit(turn.uow, turn.service, turn.who, notice, turn.now, typed)
    except BadInput as error:
        if error.code != "type_the_count":
            raise
        return ask(error.phrase, "notice.count", {"notice": notice.id})
    if done.approvers:
        names = ", ".join(person.name for person in done.approvers[:3])
        return Reply(
            reply(say("The notice waits for approval by {names}.", names=names)).message,
            for_approval(turn.uow, turn.service, done.notice, done.approvers, turn.now),
        )
    follow = Choice(say("How far is it?"), "notice.progress", {"notice": notice.id})
    return reply(went_on(turn.service, done.notice, turn.now), choices=(follow,))


def _approve(turn: Turn, notice: Notice) -> Reply:
    require_shown(notice, turn.args["version"])
    notice = approve(turn.uow, turn.who, notice, turn.now)
    told = went_on(turn.service, notice, turn.now)
    follow = (Choice(say("How far is it?"), "notice.progress", {"notice": notice.id}),)
    to_author = reply(approved_words(turn.who, notice), told, choices=follow)
    return Reply(reply(say("Approved."), told, choices=follow).message, sent_back(notice, to_author))


def _refuse(turn: Turn, notice: Notice) -> Reply:
    return ask(say("Why is it sent back? The author will read it."), "notice.reason", dict(turn.args))


def _reason(turn: Turn, notice: Notice) -> Reply:
    require_shown(notice, turn.args["version"])
    notice = refuse(turn.uow, turn.who, notice, turn.words, turn.now)
    to_author = reply(
        refused_words(turn.who, notice),
        choices=(Choice(say("Open the draft"), "notice.open", {"notice": notice.id}),),
    )
    return Reply(
        reply(say("Sent back to its author; nothing went out.")).message, sent_back(notice, to_author)
    )


_STEPS = {
    "notice.submit": _submit,
    "notice.count": _count,
    "notice.approve": _approve,
    "notice.refuse": _refuse,
    "notice.reason": _reason,
}

COMMAND = Command("notice_submit", let_go, acts=tuple(_STEPS), once=("notice.approve",))
