"""A notice under way: how far it is; pause, resume, cancel, withdraw."""

from __future__ import annotations

from bot.notices.desk import cancel, find, pause, resume, withdraw
from bot.notices.standing import standing
from bot.turn import Command, Reply, Turn, ask, reply
from domain.messages import Choice, Tone
from domain.notices import Notice
from domain.phrases import say


def control(turn: Turn) -> Reply:
    """One move; the notice as it stands after it."""
    notice = find(turn.uow, turn.who, int(turn.args["notice"]))
    return _STEPS[turn.act](turn, notice)


def _shown(turn: Turn, notice: Notice) -> Reply:
    return Reply(standing(turn.uow, turn.service, notice, turn.now))


def _pause(turn: Turn, notice: Notice) -> Reply:
    return _shown(turn, pause(turn.uow, turn.who, notice, turn.now))


def _resume(turn: Turn, notice: Notice) -> Reply:
    return _shown(turn, resume(turn.uow, turn.who, notice, turn.now))


def _cancel(turn: Turn, notice: Notice) -> Reply:
    left = turn.uow.notices.progress(notice.id).left
    sure = Choice(say("Cancel the rest"), "notice.cancel_now", {"notice": notice.id}, Tone.CAREFUL)
    back = Choice(say("Leave it"), "notice.progress", {"notice": notice.id})
    question = say("Cancel “{title}”? {left} people will not get it.", title=notice.title, left=left)
    return reply(question, choices=(sure, back))


def _cancel_now(turn: Turn, notice: Notice) -> Reply:
    return _shown(turn, cancel(turn.uow, turn.who, notice, turn.now))


def _withdraw(turn: Turn, notice: Notice) -> Reply:
    return ask(
        say("Why is “{title}” withdrawn? Its readers will see the reason.", title=notice.title),
        "notice.withdraw_now",
        {"notice": notice.id},
    )


def _withdraw_now(turn: Turn, notice: Notice) -> Reply:
    return _shown(turn, withdraw(turn.uow, turn.who, notice, turn.words, turn.now))


_STEPS = {
    "notice.progress": _shown,
    "notice.pause": _pause,
    "notice.resume": _resume,
    "notice.cancel": _cancel,
    "notice.cancel_now": _cancel_now,
    "notice.withdraw": _withdraw,
    "notice.withdraw_now": _withdraw_now,
}

COMMAND = Command("notice_control", control, acts=tuple(_STEPS))
