"""A file that came along in the chat goes with the notice that is being written."""

from __future__ import annotations

from bot.notices.attaching import attach
from bot.turn import Turn
from domain.errors import BadInput
from domain.notices import Notice
from domain.phrases import say


def attach_incoming(turn: Turn, notice: Notice) -> Notice:
    """The draft with the file of this turn; as it was when none came. Raises BadInput for one that was not fetched."""
    file = turn.incoming.attached
    if file is not None:
        return attach(turn.uow, turn.who, notice, file.name, file.data, turn.now)
    if turn.incoming.file is not None or turn.act == "notice.file":
        raise BadInput(say("The file could not be fetched. Please send it again, or attach it on the board."))
    return notice
