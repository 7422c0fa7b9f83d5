"""Reads the cells of one record, and says of every cell that cannot be read what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.records.outcome import Findings
from bot.records.table import Record, Table, cell_text, folded
from domain.phrases import Phrase, say, verbatim

T = TypeVar("T")
#: what a cell holds whose value is to be taken away; an empty one leaves what is known
CLEAR = {"-", "–", "—"}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{2})?(?::\d{2})?")
_LONGEST = 300
FIRST_YEAR, LAST_YEAR = 1945, 2199


class Reader:
    """One record's cells; ``ok`` is False once something could not be read."""

    def __init__(self, table: Table, record: Record, findings: Findings) -> None:
        self.record, self.ok = record, True
        self._headings, self._findings = table.headings, findings

    def has(self, column: str) -> bool:
        """Whether the cell says something."""
        return self.record.text(column) != ""

    def clears(self, column: str) -> bool:
        """Whether the cell says "-": take away what is known."""
        return self.record.text(column) in CLEAR

    def bad(self, column: str, says: Phrase, todo: Phrase) -> None:
        """Leave the row out, for this reason."""
        self.ok = False
        self._findings.bad(self.record.row, self._headings.get(column, ""), says, todo)

    def text(self, column: str) -> str:
        """The cell, at most 300 characters."""
        text = self.record.text(column)
        if len(text) > _LONGEST:
            self.bad(
                column,
                say("The cell holds more than {number} characters.", number=_LONGEST),
                say("Please shorten it."),
            )
            return ""
        return text

    def needed(self, column: str, todo: Phrase) -> str:
        """The cell, which may not be empty."""
        text = self.text(column)
        if self.ok and (not text or text in CLEAR):
            self.bad(column, say("The cell is empty."), todo)
        return text

    def word(self, column: str, words: Mapping[str, T], allowed: str) -> T | None:
        """One of ``words`` (by folded spelling), None for an empty cell. ``allowed`` lists them for a person."""
        text = self.text(column)
        if not text or text in CLEAR:
            return None
        found = words.get(folded(text))
        if found is None:
            self._unknown(column, text, allowed)
        return found

    def words(self, column: str, words: Mapping[str, T], allowed: str) -> list[T]:
        """Several of ``words``, parted by ``; , / +`` or "và"."""
        text = self.text(column)
        if (whole := words.get(folded(text))) is not None:
            return [whole]
        parts = [p.strip() for p in re.split(r"[;,/+\n]|\s+(?:và|and)\s+", text) if p.strip()]
        for part in parts:
            if folded(part) not in words:
                self._unknown(column, part, allowed)
        return list(dict.fromkeys(words[folded(p)] for p in parts if folded(p) in words))

    def _unknown(self, column: str, text: str, allowed: str) -> None:
        self.bad(
            column,
            say("“{text}” is not known here.", text=verbatim(text)),
            say("Please write one of: {allowed}.", allowed=verbatim(allowed)),
        )

    def several(self, column: str) -> tuple[str, ...]:
        """Names parted by semicolons or line breaks (commas stand within names)."""
        raw = self.record.raw(column)
        text = raw if isinstance(raw, str) else cell_text(raw)
        parts = (cell_text(part) for part in re.split(r"[;\n]", text))
        return tuple(dict.fromkeys(p for p in parts if p and p not in CLEAR))

    def day(self, column: str) -> date | None:
        """A day: a date cell, 30/6/2024 or 2024-06-30; None for an empty cell."""
        value = self.record.raw(column)
        if isinstance(value, datetime):
            value = value.date()
        text = self.record.text(column)
        if not text or text in CLEAR:
            return None
        day = value if isinstance(value, date) else _parse_day(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.bad(
                column,
                say("“{text}” is not a day that can be read.", text=verbatim(text[:60])),
                say("Please write the day as 30/6/2024."),
            )
            return None
        return day

    def clock(self, column: str) -> str:
        """A time of day as HH:MM, "" for an empty cell."""
        text = self.record.text(column)
        value = self.record.raw(column)
        if not text or text in CLEAR:
            return ""
        if isinstance(value, datetime | time):
            return value.strftime("%H:%M")
        found = _CLOCK.fullmatch(text.lower())
        if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
            return text
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return f"{int(found[1]):02}:{int(found[2] or 0):02}"
        self.bad(
            column,
            say("“{text}” is not a time of day.", text=verbatim(text[:60])),
            say("Please write the time as 07:45."),
        )
        return ""


def _parse_day(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _LOCAL.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
