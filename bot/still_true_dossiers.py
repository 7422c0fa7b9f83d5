"""What of a morning's list of dossiers is still true when its turn to be sent has come. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from domain.messages import Block, Look, Message
from domain.phrases import Phrase

#: outbox rows of this kind list dossiers
KIND = "dossiers"
_MARK = "dossier:"


def dossiers_of(message: Message) -> frozenset[str]:
    """Codes of the dossiers the message lists: what :func:`without_closed` needs to know."""
    return frozenset(_split(block.about)[0] for block in message.blocks if block.about.startswith(_MARK))


def without_closed(message: Message, owed: Mapping[str, date]) -> Message | None:
    """The list without dossiers that have closed, stopped or got another day, its counts put right; None: nothing left.

    ``owed``: the last day in time of each listed dossier that is still owed by a running clock.
    """
    stale = {b for b in message.blocks if b.about.startswith(_MARK) and not _holds(b.about, owed)}
    if not stale:
        return message
    kept = list(_recounted(message.blocks, stale))
    if not any(block.look is Look.ITEM for block in kept):
        return None
    return replace(message, blocks=tuple(kept))


def _split(about: str) -> tuple[str, str]:
    code, _, due = about.removeprefix(_MARK).partition("@")
    return code, due


def _holds(about: str, owed: Mapping[str, date]) -> bool:
    code, due = _split(about)
    return code in owed and owed[code].isoformat() == due


def _recounted(blocks: Iterable[Block], stale: set[Block]) -> Iterator[Block]:
    """Each heading of a list with the number that is left of it; none where nothing is."""
    groups: list[list[Block]] = []
    for block in blocks:
        if block.look is not Look.ITEM or not groups:
            groups.append([block])
        else:
            groups[-1].append(block)
    for first, *items in groups:
        gone = sum(item in stale for item in items)
        count = first.phrase.args.get("count")
        if gone and isinstance(count, int):
            if count <= gone:
                continue
            first = replace(first, phrase=_counting(first.phrase, count - gone))
        yield first
        yield from (item for item in items if item not in stale)


def _counting(phrase: Phrase, count: int) -> Phrase:
    return replace(phrase, args={**phrase.args, "count": count})
