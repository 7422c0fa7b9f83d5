"""What a channel hands in: one message or one press, the messenger forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file a messenger holds: how it is asked for there, its name, and its size in bytes where known."""

    ref: str
    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was fetched."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came in.

    ``update_id`` is unique for (channel, bot) and deduplicates. ``chat`` is where it was said and where the
    answer goes. ``token`` is a pressed choice ("<outbox id>:<index>"); ``reply_to`` the messenger's id of
    the message answered, where known. ``start_code`` is a join code. ``locale`` is the messenger's hint.
    """

    channel: str
    bot: str
    update_id: str
    chat: str
    at: datetime
    text: str = ""
    token: str = ""
    reply_to: str = ""
    start_code: str = ""
    locale: str = ""
    is_private: bool = True
    #: the words of the message answered, where the messenger brings them
    quoted: str = ""
    #: a file that came along, or goes with the message answered; ``attached`` once it was fetched
    file: FileRef | None = None
    attached: Attached | None = None
    #: why an awaited file is not attached: too_large, or a messenger's error
    lost: str = ""
    #: the messenger's id of what was written, or of the message whose button was pressed
    message_id: str = ""
    #: what the channel itself needs to end a press (Telegram: the callback query's id)
    press: str = ""
    #: what came instead of words (image, sticker, voice …), where nothing of it can be read
    unreadable: str = ""
