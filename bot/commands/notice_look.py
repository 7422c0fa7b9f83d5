"""A draft looked at before it goes: as each channel shows it, who gets it, and a test to oneself."""

from __future__ import annotations

from bot.notice_message import notice_message
from bot.notices.cards import names, preview
from bot.notices.desk import find
from bot.turn import Also, Command, Reply, Turn, reply
from domain.messages import Choice, Priority
from domain.notices import Notice
from domain.phrases import say


def look(turn: Turn) -> Reply:
    """The preview, the names, or the test."""
    notice = find(turn.uow, turn.who, int(turn.args["notice"]))
    if turn.act == "notice.people":
        return Reply(names(turn.uow, turn.service, notice, turn.now, int(turn.args["page"])))
    if turn.act == "notice.test":
        return _test(turn, notice)
    return Reply(preview(turn.uow, turn.service, notice, turn.now, [_back(notice)]))


def _back(notice: Notice) -> Choice:
    return Choice(say("Back to the notice"), "notice.open", {"notice": notice.id})


def _test(turn: Turn, notice: Notice) -> Reply:
    """The real message to the author alone; its buttons say that nothing is counted."""
    message = notice_message(notice, turn.who.locale, test=True)
    said = reply(say("A test goes to you alone; nobody else gets it."), choices=(_back(notice),))
    key = f"notice_test:{notice.id}:{turn.who.id}:{turn.now.timestamp()}"
    also = Also(turn.who.id, message, "notice_test", Priority.URGENT, key)
    return Reply(said.message, (also,))


COMMAND = Command("notice_look", look, acts=("notice.preview", "notice.people", "notice.test"))
