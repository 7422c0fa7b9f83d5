"""What of a planned message is still true when its turn to be sent has come. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from domain.assignments import Assignment
from domain.bundling import HINT
from domain.choices import progress_choices
from domain.messages import Block, Choice, Look, Message

_ABOUT = re.compile(r"assignment:(\d+)@(\d+)")


def assignments_of(message: Message) -> frozenset[int]:
    """Every assignment the message speaks of: what ``freshen`` needs to know."""
    found = (_ABOUT.fullmatch(block.about) for block in message.blocks)
    return frozenset(int(match[1]) for match in found if match)


def asked_of(message: Message) -> tuple[int, ...]:
    """Assignments its reader owes an answer about; not those a head or a monitor is merely told of."""
    if message.numbered:
        return message.numbered
    return (message.assignment,) if message.assignment is not None else ()


def freshen(message: Message, assignments: Mapping[int, Assignment]) -> Message | None:
    """The message without lines about closed work or moved deadlines, numbered anew; None: nothing is left.

    ``assignments`` holds those of :func:`assignments_of`; one that is missing has ceased to be. A message
    that speaks of none stays as it is.
    """
    stale = {b.about for b in message.blocks if _is_stale(b.about, assignments)}
    if not stale:
        return message
    kept = [b for b in message.blocks if b.about not in stale]
    if not any(b.look is Look.ITEM or b.about for b in kept):
        return None
    open_ids = [i for i in asked_of(message) if not _gone(i, message, stale)]
    two = [b.look for b in message.blocks[:2]] == [Look.HEADING, Look.HEADING]
    of_day = message.blocks[0] if two else None
    return _renumbered(message, _without_empty_headings(kept, of_day), tuple(open_ids))


def _is_stale(about: str, assignments: Mapping[int, Assignment]) -> bool:
    match = _ABOUT.fullmatch(about)
    if match is None:
        return False
    found = assignments.get(int(match[1]))
    return found is None or not found.state.is_open or found.deadline_version != int(match[2])


def _gone(assignment: int, message: Message, stale: set[str]) -> bool:
    abouts = {b.about for b in message.blocks if b.about.startswith(f"assignment:{assignment}@")}
    return bool(abouts) and abouts <= stale


def _without_empty_headings(blocks: list[Block], of_day: Block | None) -> Iterator[Block]:
    """A heading stays while its first item follows; the day's stands above the others."""
    for block, after in zip_longest(blocks, blocks[1:]):
        is_heading = block.look is Look.HEADING and block is not of_day
        if not is_heading or (after is not None and after.look is Look.ITEM):
            yield block


def _renumbered(message: Message, blocks: Iterator[Block], left: tuple[int, ...]) -> Message:
    several = len(left) > 1
    number, fresh = 0, []
    for block in blocks:
        if block.phrase == HINT and not several:
            continue
        if block.number is not None:
            number += 1
            block = replace(block, number=number if several else None)
        fresh.append(block)
    return replace(
        message,
        blocks=tuple(fresh),
        choices=tuple(_choices(message, left)),
        numbered=left if several else (),
        assignment=left[0] if len(left) == 1 else None,
    )


def _choices(message: Message, left: tuple[int, ...]) -> Iterator[Choice]:
    """Choices about what is gone go with it; one task left gets its own quick answers."""
    if len(left) == 1:
        yield from progress_choices(left[0])
    for choice in message.choices:
        about = choice.args.get("assignment")
        if about is None:
            yield choice
        elif about in left and len(left) > 1:
            number = left.index(about) + 1
            label = replace(choice.label, args={**choice.label.args, "n": number})
            yield replace(choice, label=label) if "n" in choice.label.args else choice
