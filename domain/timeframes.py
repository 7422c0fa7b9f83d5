"""When something is due, as a plan's words give it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class TimeFrameKind(StrEnum):
    """How the words bind (see docs/glossary.md); each kind is reminded of differently."""

    FIXED_DATE = "fixed_date"
    WITHIN_PERIOD = "within_period"
    CONTINUOUS = "continuous"
    OPEN_ENDED = "open_ended"
    RECURRING = "recurring"
    ON_EVENT = "on_event"
    BY_OTHER_DOCUMENT = "by_other_document"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """A time phrase, read.

    ``due_on`` is the day the words name; ``strict`` ("trước ngày") says that day no longer counts; ``act_by``
    is the last working day in time. ``recurs`` is weekly, monthly, quarterly, half_yearly or yearly;
    ``recurs_on`` the days named, as day of month ("20"), month-day ("06-01") or, of a week, from Monday
    "1" to Sunday "7".
    """

    text: str = ""
    kind: TimeFrameKind = TimeFrameKind.UNSPECIFIED
    due_on: date | None = None
    strict: bool = False
    act_by: date | None = None
    period_end: date | None = None
    recurs: str | None = None
    recurs_on: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data; :meth:`from_json` is the inverse."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "due_on": _iso(self.due_on),
            "strict": self.strict,
            "act_by": _iso(self.act_by),
            "period_end": _iso(self.period_end),
            "recurs": self.recurs,
            "recurs_on": list(self.recurs_on),
            "doubts": list(self.doubts),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TimeFrame:
        """Rebuild what :meth:`as_json` wrote."""
        return cls(
            text=data["text"],
            kind=TimeFrameKind(data["kind"]),
            due_on=_day(data["due_on"]),
            strict=data["strict"],
            act_by=_day(data["act_by"]),
            period_end=_day(data["period_end"]),
            recurs=data["recurs"],
            recurs_on=tuple(data["recurs_on"]),
            doubts=tuple(data["doubts"]),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
