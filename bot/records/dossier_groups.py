"""Rows of an export that are no dossiers: titles of groups, which may name the agency, and totals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.records.dossier_layout import Layout
from bot.records.dossier_places import Places
from bot.records.dossier_problems import DossierFindings
from bot.records.sheets import Cell
from bot.records.table import cell_text
from domain.phrases import say
from domain.reading.fold import fold

_TOTAL = re.compile(r"(?:tong|cong|tong cong|tong so|tong so ho so|cong so ho so|total|totals|sum)\b(?: .*)?")
_NUMBERING = re.compile(
    r"^\s*(?:[IVXLC]+|[A-Z]|\d{1,3})(?:\.\d+)*\s*[.)/-]\s*|^\s*(?:[IVXLC]+|\d{1,3})\s*$", re.IGNORECASE
)
_TAIL = re.compile(r"\s*(?:\(\s*([\d.,]+)(?:\s+hồ sơ)?\s*\)|:\s*([\d.,]+)(?:\s+hồ sơ)?)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_FIELD = re.compile(r"^\s*lĩnh vực\s*[:\-–]?\s*(.+)$", re.IGNORECASE)
_COUNTER = re.compile(r"\(?\d{1,2}\)?")
_MOST_TOLD = 20
_MOST_NOTES = 200


class Groups:
    """What group stands above the rows now: its ``agency`` and ``field`` as the file words them, "" for none.

    ``seen`` is everywhere the number of dossiers' rows so far, taken or left out.
    """

    def __init__(self, places: Places, layout: Layout, findings: DossierFindings) -> None:
        self.agency = self.field = ""
        self._places, self._layout, self._findings = places, layout, findings
        self._passed: list[int] = []  # rows taken for titles that name no agency
        self._begun = 0
        self._stated: tuple[int, int] | None = None  # row of the group's title, and the number it gives

    def takes(self, number: int, cells: Sequence[Cell], seen: int, *, has_days: bool) -> bool:
        """Whether the row is a title, a total, or the headings again."""
        if self._is_headings(cells) or self._is_counter(cells):
            return True
        texts = list(dict.fromkeys(text for cell in cells if (text := cell_text(cell))))
        if any(_TOTAL.fullmatch(fold(text)[:200]) for text in texts[:2]):
            self._compare(number, texts, seen)
            return True
        if has_days or len(texts) > 3:
            return False
        named = self._title(number, texts, seen)
        if not named and len(texts) <= 2:
            self._passed.append(number)
        return named or len(texts) <= 2

    def close(self, seen: int) -> None:
        """The part is at its end."""
        self._end_group(seen)
        if self._passed:
            rows = ", ".join(map(str, self._passed[:_MOST_TOLD]))
            self._findings.notes.append(say("Rows taken for titles and passed over: {rows}.", rows=rows))

    def _title(self, number: int, texts: Sequence[str], seen: int) -> bool:
        """Take a group's title; False where it names neither an agency nor a field."""
        for text in texts:
            label = _NUMBERING.sub("", text)
            stated = _TAIL.search(label)
            label = _TAIL.sub("", label).strip(" :-–")
            if found := _FIELD.match(label):
                self.field = found[1][:120]
                return True
            if label and self._places.named(label):
                self._end_group(seen)
                self.agency, self.field, self._begun = label, "", seen
                self._stated = (number, _whole(stated[1] or stated[2])) if stated else None
                return True
        self._end_group(seen)
        self.agency = self.field = ""  # whose rows follow is not known
        return False

    def _end_group(self, seen: int) -> None:
        if self._stated and self._stated[1] != seen - self._begun:
            self._differs(*self._stated, seen - self._begun)
        self._stated = None

    def _compare(self, number: int, texts: Sequence[str], seen: int) -> None:
        """A total that is the number of no rows above it is told, and left as it is."""
        stated = [_whole(found[0]) for text in texts if (found := _NUMBER.search(text))]
        if stated and stated[0] not in (seen, seen - self._begun):
            self._differs(number, stated[0], seen - self._begun if self._begun else seen)

    def _differs(self, row: int, given: int, counted: int) -> None:
        if len(self._findings.notes) < _MOST_NOTES:
            self._findings.notes.append(
                say(
                    "Row {row}: the source's figure is {given}, its rows are {counted}. Nothing was put right.",
                    row=str(row),
                    given=given,
                    counted=counted,
                )
            )

    def _is_headings(self, cells: Sequence[Cell]) -> bool:
        """The headings again on a new page."""
        found = [(cell_text(cells[i]), self._layout.headings[name]) for name, i in self._layout.at.items()]
        filled = [(text, heading) for text, heading in found if text]
        return bool(filled) and all(text == heading for text, heading in filled)

    def _is_counter(self, cells: Sequence[Cell]) -> bool:
        """The row of column numbers (1) (2) (3) below them."""
        texts = [cell_text(cells[i]) for i in self._layout.at.values()]
        filled = [text for text in texts if text]
        return len(filled) > 2 and all(_COUNTER.fullmatch(text) for text in filled)


def _whole(text: str) -> int:
    return int(re.sub(r"[.,]", "", text)[:12])
