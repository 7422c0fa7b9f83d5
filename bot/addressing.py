"""Which of a person's addresses a message goes to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.officials import Address, Official

#: what people use most comes first; a channel that is not named comes after these, the browser last
ORDER = ("telegram", "zalo", "zalo-oa")
ALWAYS = "browser"  # inside the office it is always there
ELSEWHERE = len(ORDER)
PLACES = {channel: place for place, channel in enumerate(ORDER)} | {ALWAYS: ELSEWHERE + 1}


def choose(
    addresses: Sequence[Address], official: Official, bots: Collection[tuple[str, str]]
) -> Address | None:
    """The best active address among those of bots this service has, or None.

    ``addresses`` stand newest first, and of two that are equal the newer is taken. The channel the person
    prefers goes before every other.
    """
    return next(iter(ranked(addresses, official, bots)), None)


def ranked(
    addresses: Sequence[Address], official: Official, bots: Collection[tuple[str, str]]
) -> list[Address]:
    """The usable addresses, the best first."""
    usable = [a for a in addresses if a.active and (a.channel == ALWAYS or (a.channel, a.bot) in bots)]
    return sorted(usable, key=lambda a: _rank(a, official))


def _rank(address: Address, official: Official) -> tuple[bool, int]:
    return (address.channel != official.prefers, PLACES.get(address.channel, ELSEWHERE))
