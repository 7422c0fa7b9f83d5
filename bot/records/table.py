"""Rows → records by their headings: any order, Vietnamese or English, a title above, totals below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from bot.exports import restore
from bot.records.sheets import Cell, Row, Sheet, Sheets
from domain.errors import BadInput
from domain.phrases import Phrase, say, verbatim
from domain.reading.fold import fold, tidy

_SEARCHED = 60  # rows looked at for the headings
_IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_TOTAL = re.compile(r"(?:tong|cong|tong cong|tong so|total|totals|sum)(?: \d.*)?")
_COUNTER = re.compile(r"\(?(\d{1,2})\)?")
_SERIAL = {"stt", "tt", "so thu tu", "so tt", "no", "ghi chu", "note", "notes", "remarcs"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of table. The first Vietnamese and the English heading are what a template shows.

    ``says`` explains what may stand in it; without a ``needed`` column there is no table.
    """

    name: str
    headings: tuple[str, ...]
    english: str
    says: Phrase
    needed: bool = False
    synonyms: tuple[str, ...] = ()

    def heading(self, locale: str) -> str:
        """What a template shows in this language."""
        return self.headings[0] if locale == "vi" else self.english

    def folded(self) -> Iterator[str]:
        """Every heading it is known by, folded."""
        for heading in (*self.headings, self.english, *self.synonyms, self.name.replace("_", " ")):
            yield fold(heading)


@dataclass(frozen=True, slots=True)
class Record:
    """One row's values by column name."""

    row: int
    values: Mapping[str, Cell]
    texts: Mapping[str, str]

    def raw(self, column: str) -> Cell:
        """The value as it is, "" where there is none."""
        return self.values.get(column, "")

    def text(self, column: str) -> str:
        """The value as a person would write it: folded white space, whole numbers without a fraction."""
        return self.texts.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a file. ``headings`` shows each column as the file names it; ``ignored`` are the headings
    of columns that were not read at all."""

    records: tuple[Record, ...]
    headings: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = field(default=())


def cell_text(value: Cell) -> str:
    """One value as text; days are ISO, times HH:MM."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return _clean(str(value))


@lru_cache(maxsize=1 << 16)
def _clean(text: str) -> str:
    """Kept, because a column says the same few things over and over. Only columns that are read come here."""
    return restore(tidy(text))


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """:func:`domain.reading.fold.fold`, kept for the same reason."""
    return fold(text)


def find_table(sheets: Sheets, columns: Sequence[Column]) -> Table:
    """The first sheet whose headings name every needed column. Raises BadInput when none does."""
    known = {key: column.name for column in columns for key in column.folded()}
    needed = {column.name for column in columns if column.needed}
    nearest: set[str] = set()
    for sheet in sheets.sheets:
        at, found = _headings(sheet, known)
        if needed <= set(found.values()) and len(found) > 1:
            return _table(sheet, at, found, sheets.doubts)
        nearest = max(nearest, set(found.values()), key=len)
    missing = [c.headings[0] for c in columns if c.needed and c.name not in nearest]
    raise BadInput(
        say(
            "No row of headings was found; nothing was read. Missing columns: {missing}. "
            "A template with the headings: add --template to a new file's name.",
            missing=verbatim(", ".join(missing or [c.headings[0] for c in columns if c.needed])),
        ),
        code="no_headings",
    )


def _headings(sheet: Sheet, known: Mapping[str, str]) -> tuple[int, dict[int, str]]:
    """Index of the row of headings and its columns: the row that names most, the lower half of a double one."""
    best: dict[int, str] = {}
    at = 0
    for i, row in enumerate(sheet.rows[:_SEARCHED]):
        found = _named(row, known)
        if len(found) > len(best) or (found and found == best and i == at + 1):
            best, at = found, i
    return at, best


def _named(row: Row, known: Mapping[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for i, cell in enumerate(row.cells):
        if not isinstance(cell, str) or len(cell) > 200:
            continue
        name = known.get(fold(cell)) or known.get(fold(_IN_PARENTHESES.sub(" ", cell)))
        if name:
            found[i] = name
    return found


def _table(sheet: Sheet, at: int, found: Mapping[int, str], doubts: tuple[Phrase, ...]) -> Table:
    heads = sheet.rows[at].cells
    headings: dict[str, str] = {}
    for i, name in found.items():
        if name in headings:
            raise BadInput(
                say(
                    "Two columns mean the same: “{first}” and “{second}”; nothing was read. Please keep one.",
                    first=verbatim(headings[name]),
                    second=verbatim(cell_text(heads[i])),
                ),
                code="double_heading",
            )
        headings[name] = cell_text(heads[i])
    others = [cell_text(cell) for i, cell in enumerate(heads) if i not in found]
    ignored = tuple(h for h in others if h and fold(h) not in _SERIAL)
    records, totals = [], 0
    for row in sheet.rows[at + 1 :]:
        if _is_total(row):
            totals += 1
            continue
        values = {name: row.cells[i] for i, name in found.items() if i < len(row.cells)}
        texts = {name: cell_text(value) for name, value in values.items()}
        if any(texts.values()) and not _is_furniture(texts, headings):
            records.append(Record(row.number, values, texts))
    notes = (*doubts, say("Totals rows passed over: {number}.", number=totals)) if totals else doubts
    return Table(tuple(records), headings, ignored, notes)


def _is_total(row: Row) -> bool:
    first = next((cell for cell in row.cells if str(cell).strip()), "")
    return isinstance(first, str) and len(first) < 60 and bool(_TOTAL.fullmatch(fold(first)))


def _is_furniture(texts: Mapping[str, str], headings: Mapping[str, str]) -> bool:
    """The headings again on a new page, or the row of column numbers (1) (2) (3) below them."""
    if all(text in ("", headings[name]) for name, text in texts.items()):
        return True
    filled = [text for text in texts.values() if text]
    if len(filled) < 2 or max(map(len, filled)) > 4:
        return False
    numbers = [int(match[1]) for text in filled if (match := _COUNTER.fullmatch(text))]
    return len(numbers) == len(filled) and all(a < b for a, b in pairwise(numbers))
