"""Links to files, for messengers that carry none: signed, for one file and its owner, and good for some days.

Whoever holds the link can open it, as with any paper handed on; so it ends soon, and every opening is noted.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.messages import Block, Look
from domain.phrases import Phrase, say, verbatim
from storage.stores.office import StoredFile

#: a report made on a Friday afternoon can still be opened on Monday
GOOD_FOR = timedelta(days=4)
_TOKEN = re.compile(r"([1-9]\d{0,17})\.(\d{1,11})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes links below ``public_url`` and recognises its own."""

    key: bytes
    public_url: str

    def make(self, file: int, until: datetime) -> str:
        """The address of a stored file, good until an instant."""
        ends = int(until.timestamp())
        return f"{self.public_url}/f/{file}.{ends}.{self._sign(file, ends)}"

    def opened(self, token: str, now: datetime) -> int | None:
        """The file a link's token names; None for one that is not ours, or no longer good."""
        found = _TOKEN.fullmatch(token)
        if found is None or not hmac.compare_digest(found[3], self._sign(int(found[1]), int(found[2]))):
            return None
        return int(found[1]) if now.timestamp() < int(found[2]) else None

    def _sign(self, file: int, ends: int) -> str:
        return hmac.new(self.key, f"file\n{file}\n{ends}".encode(), hashlib.sha256).hexdigest()


def link_block(links: FileLinks | None, kept: StoredFile, now: datetime) -> Block:
    """What stands below a message in place of its file. ``links`` is None without a public address."""
    name = verbatim(kept.name)
    if links is None:
        return Block(
            say("The file {name} cannot be sent here; please ask for it in the browser chat.", name=name),
            Look.QUIET,
        )
    until = datetime.fromtimestamp(int((now + GOOD_FOR).timestamp()), UTC)
    link: Phrase = verbatim(links.make(kept.id, until))
    return Block(say("File {name} (can be opened until {until}):\n{link}", name=name, until=until, link=link))
