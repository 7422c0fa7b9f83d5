"""Files that Telegram has already: each goes up once for a bot, whoever it is sent to afterwards.

"If the file is already stored somewhere on the Telegram servers, you don't need to reupload it": its id, which is
the bot's own, is passed instead (https://core.telegram.org/bots/api#sending-files).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest

from bot.channel import WireFile

#: so many files are remembered; a notice has one, a person's own report is sent once
KEPT = 256
#: how Telegram calls an id it does not know (any more)
_UNKNOWN = ("file identifier", "file_id")

Send = Callable[[InputFile | str], Awaitable[Mapping[str, Any]]]


@dataclass(slots=True)
class _Upload:
    known: str = ""
    going_up: asyncio.Lock = field(default_factory=asyncio.Lock)


class Uploads:
    """What one bot has sent up, by :attr:`WireFile.key`; forgotten with the process, after which it goes up anew."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, _Upload] = OrderedDict()

    async def send(self, file: WireFile, send: Send) -> Mapping[str, Any]:
        """Send it by its id, or up; of many at once one goes up and the others wait for its id.

        Raises what ``send`` raises. An id that Telegram does not know any more is forgotten, and the file goes up.
        """
        if not file.key:
            return await send(_whole(file))
        upload = self._of(file.key)
        if not upload.known:
            async with upload.going_up:
                if not upload.known:
                    return await self._up(file, upload, send)
        known = upload.known
        try:
            return await send(known)
        except BadRequest as error:
            if not any(sign in str(error).lower() for sign in _UNKNOWN):
                raise
        async with upload.going_up:
            if upload.known == known:
                return await self._up(file, upload, send)
        return await send(upload.known)

    async def _up(self, file: WireFile, upload: _Upload, send: Send) -> Mapping[str, Any]:
        upload.known = ""
        sent = await send(_whole(file))
        upload.known = str((sent.get("document") or {}).get("file_id", ""))
        return sent

    def _of(self, key: str) -> _Upload:
        upload = self._files.setdefault(key, _Upload())
        self._files.move_to_end(key)
        while len(self._files) > KEPT:
            self._files.popitem(last=False)
        return upload


def _whole(file: WireFile) -> InputFile:
    return InputFile(file.data, filename=file.name)
