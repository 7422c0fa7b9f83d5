"""A file that came along in the chat goes with the notice that is being written."""

from __future__ import annotations

from bot.incoming import Incoming
from bot.notices.attaching import LARGEST, attach
from bot.turn import Turn
from domain.errors import BadInput
from domain.notices import Notice
from domain.phrases import Phrase, say


def attach_incoming(turn: Turn, notice: Notice) -> Notice:
    """The draft with the file of this turn; as it was when none came. Raises BadInput for one that was not fetched."""
    file = turn.incoming.attached
    if file is not None:
        return attach(turn.uow, turn.who, notice, file.name, file.data, turn.now)
    if turn.incoming.file is not None or turn.act == "notice.file":
        raise BadInput(why_lost(turn.incoming))
    return notice


def why_lost(incoming: Incoming) -> Phrase:
    """What to tell whoever sent a file that could not be had."""
    if incoming.lost == "too_large":
        return say("A file has at most {most} MB, so it was not attached.", most=LARGEST // 2**20)
    return say("The file could not be fetched. Please send it again, or attach it on the board.")
