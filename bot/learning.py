"""Keeping what somebody corrected, so that the reader can be taught (docs/replies.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.turn import Turn
from domain.learning import anonymous
from domain.reading.replies.replies import Reading


def parts(reading: Reading) -> dict[str, Any]:
    """What of a reading a case compares."""
    return {
        "intent": reading.intent,
        "status": reading.status,
        "percent": reading.percent,
        "doubts": list(reading.doubts),
    }


def note_case(turn: Turn, said: str, read: Mapping[str, Any], meant: Mapping[str, Any]) -> None:
    """Keep a message with how it was read and how it was meant; nothing of who said it."""
    if said.strip():
        turn.uow.cases.add(anonymous(said), read, meant, turn.today)


def note_correction(turn: Turn, meant: Reading) -> None:
    """ "No, only 60%": the report before it was misread, or mistaken; an administrator will see which."""
    last = turn.uow.assignments.last_report(turn.who.id)
    if last is not None and last.act == "report":
        note_case(turn, last.note, {"status": last.status, "percent": last.percent}, parts(meant))
