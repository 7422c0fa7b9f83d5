"""Moments as they are given on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.errors import BadInput
from domain.phrases import say
from dondoc.terminal import settings


def instant(text: str | None) -> datetime:
    """An ISO moment as an aware instant, in the office's zone where it names none; None is now. BadInput else."""
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(say("{text} is not a moment; write it as 2024-06-25T09:00.", text=text)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=settings().zone)
