"""How a notice is said: its own words with light formatting, what is wanted of the reader, and by when."""

from __future__ import annotations

import re
from typing import Any

from domain.messages import Block, Choice, Look, Message, Tone
from domain.notices import Notice
from domain.phrases import say, verbatim

_ITEM = re.compile(r"^\s*[-•*+]\s+(?=\S)")
_HEADING = re.compile(r"^\s*#+\s+(?=\S)")
_BOLD_LINE = re.compile(r"^\s*\*\*(.+)\*\*\s*$")


def notice_message(notice: Notice, locale: str, *, test: bool = False) -> Message:
    """The notice in the language, with its choices. Lines that start with "-" are items, with "#" headings.

    In a ``test`` the choices count for nothing.
    """
    about: dict[str, Any] = {"notice": notice.id} | ({"test": True} if test else {})
    blocks = [Block(say("Notice"), Look.HEADING)]
    blocks += [_line(line) for line in notice.text(locale).splitlines() if line.strip()]
    if notice.answer_by:
        blocks.append(Block(say("Please answer before {when}.", when=notice.answer_by), Look.QUIET))
    choices = [
        Choice(verbatim(option), "notice_answer", {**about, "option": n})
        for n, option in enumerate(notice.options)
    ]
    if notice.wants_ack and not notice.options:
        choices.append(Choice(say("Received"), "notice_received", about, Tone.GOOD))
    file = str(notice.files[0]) if notice.files else ""
    return Message(tuple(blocks), tuple(choices), file=file)


def _line(line: str) -> Block:
    if _HEADING.match(line):
        return Block(verbatim(_HEADING.sub("", line).strip()), Look.HEADING)
    if bold := _BOLD_LINE.match(line):
        return Block(verbatim(bold[1].strip()), Look.HEADING)
    if _ITEM.match(line):
        return Block(verbatim(_ITEM.sub("", line).strip()), Look.ITEM)
    return Block(verbatim(line.strip()))
