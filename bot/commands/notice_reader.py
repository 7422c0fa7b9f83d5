"""What readers press under a notice: "đã nhận", or their choice."""

from __future__ import annotations

from bot.turn import Command, Reply, Turn, reply
from domain.messages import Choice
from domain.notices import LIVE, Notice, NoticeState
from domain.phrases import say


def read(turn: Turn) -> Reply:
    """Note it once; a choice may be changed while the notice stands."""
    if turn.args.get("test"):
        return reply(say("This was a test; nothing is counted."))
    notice = turn.uow.notices.get(int(turn.args["notice"]))
    if notice is None or not turn.uow.notices.reads(notice.id, turn.who.id):
        return reply(say("This notice is not for you any more, so nothing was recorded."))
    if notice.state is NoticeState.WITHDRAWN:
        return reply(say("This notice was withdrawn; no answer is needed."))
    if notice.state not in LIVE and notice.state is not NoticeState.CANCELLED:
        return reply(say("This notice is not for you any more, so nothing was recorded."))
    if turn.act == "notice_answer":
        return _answer(turn, notice, int(turn.args["option"]))
    if not turn.uow.notices.acknowledge(notice.id, turn.who.id, turn.now):
        return reply(say("It was noted before that you received this notice."))
    return reply(say("Thank you. It is noted that you received “{title}”.", title=notice.title))


def _answer(turn: Turn, notice: Notice, option: int) -> Reply:
    if option >= len(notice.options):
        raise LookupError(f"notice {notice.id} has no choice {option}")
    turn.uow.notices.answer(notice.id, turn.who.id, option, turn.now)
    others = tuple(
        Choice(say("Change to: {option}", option=label), "notice_answer", {"notice": notice.id, "option": n})
        for n, label in enumerate(notice.options)
        if n != option
    )
    noted = say("Noted for “{title}”: {option}.", title=notice.title, option=notice.options[option])
    if notice.answer_by and turn.now > notice.answer_by:
        late = say(
            "The time to answer ended at {when}; your answer is marked as late.", when=notice.answer_by
        )
        return reply(noted, late, choices=others)
    return reply(noted, choices=others)


COMMAND = Command("notice_reader", read, acts=("notice_received", "notice_answer"), once=("notice_received",))
