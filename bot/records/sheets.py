"""An .xlsx or .csv file → rows of cells, numbered as in the file. Formulas are never evaluated.

Content decides the type. A workbook gives the values it was saved with; a text is UTF-8, UTF-16 or, with a
doubt that is said, Windows-1258; its columns are parted by comma, semicolon or tab, whichever fits.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from bot.intake.format import Limits
from bot.intake.zipped import members
from bot.records.xlsx_guard import MAX_ROWS, broken, refuse_hostile, too_much
from domain.errors import BadInput
from domain.phrases import Phrase, say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: What a cell holds; an empty one holds "".
Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

LIMITS = Limits(max_bytes=30_000_000, max_unpacked=400_000_000, max_characters=60_000_000)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAX_FILL = 1_000_000  # cells filled from merged ones
_SNIFFED = 30  # lines looked at to tell the delimiter


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something. ``number`` counts from 1 as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's rows, blank ones left out."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file's sheets, and what had to be guessed to read it."""

    sheets: tuple[Sheet, ...]
    doubts: tuple[Phrase, ...] = ()


def read_sheets(data: bytes, limits: Limits = LIMITS) -> Sheets:
    """The file's sheets. Raises BadInput, with a sentence, for what cannot be read or is too large."""
    if not data.strip():
        raise BadInput(say("The file is empty; nothing was read."), code="empty")
    if len(data) > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise BadInput(say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes))
    if data.startswith(b"PK"):
        return _workbook(data, limits)
    if data.startswith(_OLD_OFFICE):
        raise BadInput(
            say("This is an old or locked Excel file. Please save it as .xlsx, without a password."),
            code="unknown_format",
        )
    return _text(data, limits)


# --- workbooks


def _workbook(data: bytes, limits: Limits) -> Sheets:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    if "xl/workbook.xml" not in members(data):
        raise BadInput(
            say("This is not a workbook. Please send the table as .xlsx or .csv."), code="unknown_format"
        )
    refuse_hostile(data, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        return Sheets(tuple(_sheet(book.get_sheet_by_name(name)) for name in shown))
    except CalamineError as error:
        raise broken() from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    left = sheet.start[1] if sheet.start else 0
    filled = _merged(sheet, left)
    rows = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise too_much()
        for column, value in filled.get(number, ()):
            if column < len(cells) and cells[column] == "":
                cells[column] = value
        if any(cell != "" for cell in cells):
            rows.append(Row(number, (("",) * left) + tuple(cells)))
    return Sheet(sheet.name, tuple(rows))


def _merged(sheet: CalamineSheet, left: int) -> dict[int, list[tuple[int, Cell]]]:
    """What cells merged over several rows say, for the rows below the first: row → (column, value)."""
    spans = [s for s in sheet.merged_cell_ranges or () if s[1][0] > s[0][0] and s[0][1] >= left]
    if not spans:
        return {}
    height = sheet.total_height
    tops = {top for (top, _), _ in spans}
    values = {i: row for i, row in enumerate(sheet.iter_rows()) if i in tops}
    filled: dict[int, list[tuple[int, Cell]]] = {}
    left_to_fill = _MAX_FILL
    for (top, column), (bottom, _) in spans:
        row, at = values.get(top, []), column - left
        value = row[at] if at < len(row) else ""
        last = min(bottom, height - 1, top + left_to_fill)
        if value == "":
            continue
        left_to_fill -= max(0, last - top)
        for below in range(top + 1, last + 1):
            filled.setdefault(below + 1, []).append((at, value))
    return filled


# --- text


def _text(data: bytes, limits: Limits) -> Sheets:
    text, doubts = decode(data)
    if len(text) > limits.max_characters:
        raise too_much()
    rows = tuple(_numbered(_records(text)))
    return Sheets((Sheet("", rows),), doubts)


def decode(data: bytes) -> tuple[str, tuple[Phrase, ...]]:
    """The text of a .csv, and a doubt when its encoding was guessed. BadInput for what is no text."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    doubts: tuple[Phrase, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _decode_1258(data) if encoding == "utf-8" else ""
        doubts = (
            say(
                "The text was read as Windows-1258. Please check the Vietnamese, or save the file as CSV UTF-8."
            ),
        )
    if (
        not text.strip()
        or "\x00" in text
        or sum(ord(c) < 32 and c not in "\n\r\t\f" for c in text[:4000]) > 4
    ):
        raise BadInput(
            say("This is not a table that can be read. Please send it as .xlsx or .csv (UTF-8)."),
            code="unknown_format",
        )
    return text, doubts


def _decode_1258(data: bytes) -> str:
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258"))  # marks stand apart there
    except UnicodeDecodeError:
        return ""


def _records(text: str) -> Iterator[list[str]]:
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter = first.strip()[4]
        text = "\n" + rest  # keeps the numbering of rows
    delimiter = delimiter or _delimiter(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise BadInput(
            say("The table breaks off within a cell; nothing was read. Please save the file again."),
            code="broken",
        ) from error


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab parts lines into most columns; a comma when none does."""

    def columns(delimiter: str) -> int:
        lines = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            return sum(len(line) ** 2 for line in islice((x for x in lines if any(x)), _SNIFFED))
        except csv.Error:
            return 0

    return max((",", ";", "\t"), key=columns)


def _numbered(records: Iterable[Sequence[str]]) -> Iterator[Row]:
    for number, cells in enumerate(records, start=1):
        if number > MAX_ROWS:
            raise too_much()
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cells))
