"""Rows of an export → dossiers, cleaned and checked; what cannot be right is told by row and left out.

The quick way takes a row that is in order. Anything else goes the slow way, which says everything that is
wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from bot.records import dossier_columns as c
from bot.records.dossier_cells import Channels, Days, Months, Procedures, States, Terms, Unreadable
from bot.records.dossier_explain import Explainer
from bot.records.dossier_groups import Groups
from bot.records.dossier_layout import SEARCHED, Layout, RawRow, find_layout
from bot.records.dossier_places import Places
from bot.records.dossier_problems import DossierFindings, place_of
from bot.records.dossier_rows import Opened, Part
from bot.records.sheets import Cell
from bot.records.table import cell_text
from domain.agencies import Register
from domain.dossiers.checks import wrong, wrong_stops
from domain.dossiers.codes import is_dossier_code, tidy_code
from domain.dossiers.dossier import Deadlines, Procedure, State, closing, late_from
from domain.dossiers.months import NEVER
from domain.errors import BadInput
from domain.phrases import say, verbatim
from storage.stores.dossier_intake import Staged

_RARE = (c.PUT_OFF, c.APOLOGY, c.STOPPED, c.RESUMED)
_PICKED = (
    c.CODE, c.PROCEDURE_CODE, c.PROCEDURE, c.FIELD, c.AGENCY, c.RECEIVING, c.LEVEL, c.CHANNEL, c.STATE,
    c.RECEIVED, c.PROMISED, c.RESULT, c.RETURNED, *_RARE,
)  # fmt: skip
_FIRST = 4  # columns in which titles of groups stand
_NONE = (None, None, None, None)


class DossierReader:
    """Reads the parts of one source. ``keep`` gives a procedure its number; days to come are after ``today``."""

    def __init__(
        self,
        register: Register,
        deadlines: Deadlines,
        today: date,
        keep: Callable[[Procedure], int],
        findings: DossierFindings,
    ) -> None:
        self.places, self.findings = Places(register), findings
        self.today = today.isoformat()
        self.days, self.states, self.channels = Days(), States(), Channels()
        self.procedures, self.terms, self.months = Procedures(keep), Terms(deadlines), Months()

    def read(self, opened: Opened) -> Iterator[Staged]:
        """Every dossier of every sheet that has the headings. Raises BadInput when none has."""
        self.findings.notes.extend(opened.doubts)
        missing: frozenset[str] | None = None
        found = False
        for sheet, part in enumerate(opened.parts):
            self.findings.sheets.append(part.name)
            rows = iter(part.rows)
            first = list(islice(rows, SEARCHED))
            layout, absent = find_layout(first)
            if layout is None:
                missing = absent if missing is None or len(absent) < len(missing) else missing
                continue
            found = True
            yield from _Part(self, part, sheet, layout).read(chain(first, rows))
        if not found:
            raise _no_headings(missing or frozenset())


def _note_columns(layout: Layout, findings: DossierFindings) -> None:
    """What of the file is not read at all."""
    if layout.personal:
        columns = verbatim(", ".join(layout.personal))
        findings.notes.append(
            say("Personal data was not read and is not stored: {columns}.", columns=columns)
        )
    if layout.ignored:
        findings.notes.append(
            say("Columns not read: {columns}.", columns=verbatim(", ".join(layout.ignored)))
        )


def _no_headings(missing: frozenset[str]) -> BadInput:
    names = [x.headings[0] for x in c.COLUMNS if x.needed and (not missing or x.name in missing)]
    return BadInput(
        say(
            "No row of headings was found; nothing was read. Missing columns: {missing}. "
            "A template with the headings: add --template to a new file's name.",
            missing=verbatim(", ".join(names)),
        ),
        code="no_headings",
    )


class _Part:
    """One sheet, row by row."""

    def __init__(self, reader: DossierReader, part: Part, sheet: int, layout: Layout) -> None:
        self._r, self._layout, self._part = reader, layout, part
        self._place = place_of(sheet, 0)
        # columns the file has not are read from an empty cell put behind every row
        self._pick = itemgetter(*(layout.at.get(name, -1) for name in _PICKED))
        self._has_state = layout.has(c.STATE)
        self._is_plain = not any(map(layout.has, _RARE))
        self._groups = Groups(reader.places, layout, reader.findings)
        self._explain = Explainer(reader, layout, self._place)
        self._unknown: dict[str, None] = {}  # places of receipt
        _note_columns(layout, reader.findings)

    def read(self, rows: Iterator[RawRow]) -> Iterator[Staged]:
        """What is in order."""
        counts, below = self._r.findings.counts, self._layout.row
        self._part.only(frozenset({*self._layout.at.values(), *range(_FIRST)}))
        width = self._layout.width
        least = 1 + max(self._layout.at.values())
        most = width if self._part.is_ragged else 1 << 20
        seen = passed = 0
        for number, found in rows:
            if number <= below:
                continue
            cells = list(found)
            if len(cells) < least:
                cells += [""] * (least - len(cells))
            has_slipped = len(cells) > most and any(str(cell).strip() for cell in cells[most:])
            cells.append("")
            staged = None if has_slipped else self._row(number, self._pick(cells))
            if staged is not None:
                seen += 1
                yield staged
            elif any(cell != "" and str(cell).strip() for cell in cells):
                if self._other(number, cells, has_slipped, seen):
                    passed += 1
                else:
                    seen += 1
                    counts["left_out"] += 1
        counts["passed_over"] += passed
        counts["read"] += seen + passed
        self._close(seen)

    def _row(self, number: int, picked: Sequence[Any]) -> Staged | None:
        """The quick way; None for anything out of order."""
        (code, p_code, p_name, field, agency, receiving, level, channel, state,
         received, promised, result, returned, *rare) = picked  # fmt: skip
        r, days, today = self._r, self._r.days, self._r.today
        if code.__class__ is not str or not is_dossier_code(code):
            code = tidy_code(cell_text(code))
            if not is_dossier_code(code):
                return None
        try:
            received, promised, result, returned = (
                days[received],
                days[promised],
                days[result],
                days[returned],
            )
            latest, apology, stopped, resumed = _NONE if self._is_plain else [days[day] for day in rare]
            kind = r.states[state] or self.by_days(result, returned)
            procedure = r.procedures[p_code, p_name, field or self._groups.field]
        except Unreadable:
            return None
        if kind is None or wrong(kind, received, promised, latest, result, returned, today):
            return None
        if not self._is_plain and wrong_stops(received, stopped, resumed, apology, today):
            return None
        by, due, after = r.terms[promised, stopped, resumed] if promised else (None, None, None)
        closed, outcome = closing(kind, by, due, result, returned, today)
        decides = r.places.code(agency or self._groups.agency, level, received or today, closed or today)
        if not decides:
            return None
        return (
            self._place + number, code, decides, self._receiving(receiving, received or today), procedure,
            kind.value, r.channels[channel], received, promised, latest or promised, apology, stopped, resumed,
            result, returned, due, late_from(kind, due, after, stopped), closed, outcome.value,
            r.months[received] if received and kind is not State.WAITING else None,
            r.months[closed] if closed else NEVER,
        )  # fmt: skip

    def by_days(self, result: str | None, returned: str | None) -> State | None:
        """Where the file has no column of states, its days say it; an empty cell in one says nothing."""
        if self._has_state:
            return None
        return State.RETURNED if returned else State.RESULT if result else State.PROCESSING

    def _receiving(self, cell: Cell, day: str) -> str:
        if cell == "":
            return ""
        code = self._r.places.code(cell, "", day, day)
        if not code and len(self._unknown) < 50 and self._r.places.is_showable(cell):
            self._unknown[cell_text(cell)[:80]] = None
        return code

    def _other(self, number: int, cells: list[Cell], has_slipped: bool, seen: int) -> bool:
        """The slow way: True for titles, groups and totals; the rest is left out with every reason."""
        if has_slipped:
            self._explain.slipped(number)
            return False
        picked = self._pick(cells)
        if self._groups.takes(number, cells, seen, has_days=any(day != "" for day in picked[9:])):
            return True
        named = dict(zip(_PICKED, picked, strict=True))
        named[c.AGENCY] = named[c.AGENCY] or self._groups.agency
        self._explain.row(number, named, self.by_days)
        return False

    def _close(self, seen: int) -> None:
        self._groups.close(seen)
        if self._unknown:
            names = verbatim("; ".join(self._unknown))
            self._r.findings.notes.append(
                say("Places of receipt that are not known were left empty: {names}.", names=names)
            )
