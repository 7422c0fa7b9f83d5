"""What an import of dossiers says: by row what is left out and why, by dossier what changed, and what it all came to.

Nobody's personal data: a cell is repeated only where its form shows that it is no applicant's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.records import dossier_columns as c
from bot.records.outcome import Change, Problem
from domain.dossiers.checks import Wrong
from domain.phrases import Phrase, say, to_json, verbatim

#: of each kind this many are told by row; the rest are counted
MOST_PROBLEMS, MOST_CHANGES = 10_000, 2_000
_SHEET = 10_000_000  # rows of one sheet
_DAY_LIKE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_CODE_LIKE = re.compile(r"[A-Z0-9]{1,4}(?:[.-][A-Z0-9]{1,6}){2,8}")

_CHECK_DAYS = say("Please check both days in the dossier system.")
_CHECK_STATE = say("Please check the state and the days in the dossier system.")
WRONG: Mapping[Wrong, tuple[str, Phrase, Phrase]] = {
    Wrong.NO_RECEIVED: (c.RECEIVED, say("There is no day of receipt."), say("Please give the day of receipt.")),
    Wrong.RECEIVED_LATER: (c.RECEIVED, say("It was received on a day yet to come."), _CHECK_DAYS),
    Wrong.NO_PROMISE: (c.PROMISED, say("There is no promised day."), say("Please give the promised day.")),
    Wrong.PROMISED_FIRST: (c.PROMISED, say("The promised day is before the day of receipt."), _CHECK_DAYS),
    Wrong.PUT_OFF_BACK: (c.PUT_OFF, say("It was put off to a day before the promised one."), _CHECK_DAYS),
    Wrong.RESULT_FIRST: (c.RESULT, say("The result is older than the day of receipt."), _CHECK_DAYS),
    Wrong.RESULT_LATER: (c.RESULT, say("The result is from a day yet to come."), _CHECK_DAYS),
    Wrong.RETURNED_FIRST: (c.RETURNED, say("It was returned before it was received."), _CHECK_DAYS),
    Wrong.RETURNED_EARLY: (c.RETURNED, say("It was returned before there was a result."), _CHECK_DAYS),
    Wrong.RETURNED_LATER: (c.RETURNED, say("It was returned on a day yet to come."), _CHECK_DAYS),
    Wrong.NO_RESULT: (c.STATE, say("It is said to be finished, without a day."), _CHECK_STATE),
    Wrong.OPEN_RESULT: (c.STATE, say("It is said to be open, with a day of its result."), _CHECK_STATE),
    Wrong.STOPPED_FIRST: (c.STOPPED, say("The clock stopped before the day of receipt."), _CHECK_DAYS),
    Wrong.RESUMED_FIRST: (c.RESUMED, say("The clock ran again before it had stopped."), _CHECK_DAYS),
    Wrong.APOLOGY_FIRST: (c.APOLOGY, say("The letter of apology is older than the day of receipt."), _CHECK_DAYS),
    Wrong.APOLOGY_LATER: (c.APOLOGY, say("The letter of apology is from a day yet to come."), _CHECK_DAYS),
}  # fmt: skip


def shown(text: str) -> Phrase | None:
    """The cell, where its form shows that it is a day or a code; else None."""
    text = text.strip()
    if _DAY_LIKE.fullmatch(text) or (len(text) < 40 and _CODE_LIKE.fullmatch(text)):
        return verbatim(text)
    return None


def place_of(sheet: int, row: int) -> int:
    """A row of any sheet as one number."""
    return sheet * _SHEET + row


@dataclass(slots=True)
class DossierFindings:
    """Collects while rows go by. ``by_code`` counts problems by their machine code."""

    sheets: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)
    by_code: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def bad(self, place: int, code: str, column: str, says: Phrase, todo: Phrase) -> None:
        """A reason to leave a row out; the caller counts the row."""
        self.by_code[code] += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place % _SHEET, self._column(place, column), says, todo))

    def changed(self, change: Change) -> None:
        """A dossier that is new or different."""
        if len(self.changes) < MOST_CHANGES:
            self.changes.append(change)

    def _column(self, place: int, column: str) -> str:
        """With the sheet's name where there are several."""
        sheet = place // _SHEET
        name = self.sheets[sheet] if len(self.sheets) > 1 and sheet < len(self.sheets) else ""
        return f"{name}: {column}" if name else column

    def outcome(self) -> DossierOutcome:
        """What was found."""
        return DossierOutcome(
            dict(self.counts),
            tuple(sorted(self.problems, key=lambda p: p.row)),
            tuple(self.changes),
            tuple(dict.fromkeys(self.notes)),
            dict(self.by_code.most_common()),
        )


#: what is counted, in the order it is told
COUNTED = ("read", "new", "changed", "unchanged", "repeated", "left_out", "passed_over")


@dataclass(frozen=True, slots=True)
class DossierOutcome:
    """What an import did, or would do.

    ``counts``: rows ``read``, dossiers ``new``, ``changed``, ``unchanged``; rows ``repeated`` word for word, ``left_out``
    with a problem, ``passed_over`` (titles, groups, totals). They add up: read = the other six. ``problems`` and
    ``changes`` are cut at :data:`MOST_PROBLEMS` and :data:`MOST_CHANGES`; ``by_code`` counts all problems.
    """

    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[Phrase, ...] = ()
    by_code: Mapping[str, int] = field(default_factory=dict)

    def all_counts(self) -> dict[str, int]:
        """Every count, also those that are nought."""
        return {name: self.counts.get(name, 0) for name in COUNTED}

    def adds_up(self) -> bool:
        """Whether every row read became something."""
        counts = self.all_counts()
        return counts.pop("read") == sum(counts.values())

    def report(self, most: int = 500) -> dict[str, Any]:
        """As plain data for the database: phrases, so that each reader gets their own language."""
        return {
            "problems": [
                {"row": p.row, "column": p.column, "says": to_json(p.says), "todo": to_json(p.todo)}
                for p in self.problems[:most]
            ],
            "notes": [to_json(note) for note in self.notes],
            "by_code": dict(self.by_code),
        }


def sum_words(counts: Mapping[str, int]) -> Phrase:
    """It all in one sentence."""
    numbers = {name: counts.get(name, 0) for name in COUNTED}
    return say(
        "Rows read: {read}. Dossiers new: {new}, changed: {changed}, unchanged: {unchanged}. "
        "Rows repeated: {repeated}, left out: {left_out}, titles and totals passed over: {passed_over}.",
        **numbers,
    )


def more_words(left: int) -> Phrase:
    """For a list that is cut."""
    return say("… and {number} more.", number=left)
