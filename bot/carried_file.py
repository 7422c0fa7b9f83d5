"""How a message's file reaches a channel: as a file, or as a signed link where the channel carries none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.channel import Traits, WireFile
from bot.file_links import link_block
from bot.services import Service
from domain.messages import Message
from storage.unit_of_work import UnitOfWork


def carried(
    uow: UnitOfWork, service: Service, message: Message, traits: Traits, now: datetime
) -> tuple[Message, WireFile | None]:
    """The message as the channel shows it, and the file that goes along."""
    kept = uow.files.get(int(message.file)) if message.file else None
    if kept is None:
        return message, None
    if traits.files:
        return message, WireFile(kept.name, kept.media_type, kept.data, key=message.file)
    below = link_block(service.file_links, kept, now)
    return replace(message, blocks=(*message.blocks, below)), None
