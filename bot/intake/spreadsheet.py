"""Spreadsheets (.xlsx, .xls, .ods): merged ranges are spans; days and whole numbers as people write them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from bot.intake.format import Format, Limits
from bot.intake.zipped import MAX_PART, bomb, damaged, guard, members
from domain.documents import Cell, Document, Origin, Paragraph, Row, Table
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.fold import tidy
from domain.reading.footnotes import split_notes

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_CELLS = 500_000


def _sniff(data: bytes, filename: str) -> bool:
    if data.startswith(_OLE):
        return "Workbook".encode("utf-16-le") in data and "EncryptedPackage".encode("utf-16-le") not in data
    names = members(data)
    return bool({"xl/workbook.xml", "xl/workbook.bin"} & names) or _is_ods(data, names)


def _is_ods(data: bytes, names: frozenset[str]) -> bool:
    return "content.xml" in names and b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200]


def _read(data: bytes, limits: Limits) -> Document:
    body: list[Paragraph | Table] = []
    try:
        if not data.startswith(_OLE):
            guard(data, limits)
            _guard_sheets(data)
        book = CalamineWorkbook.from_object(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        budget = _MAX_CELLS
        for number, name in enumerate(shown, 1):
            sheet = book.get_sheet_by_name(name)
            budget -= sheet.total_height * sheet.total_width
            if budget < 0:
                raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
            if table := _table(sheet, number):
                body += _parted(table)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, MemoryError) as error:
        raise damaged() from error
    pieces, notes = split_notes(body)
    return Document(tuple(pieces), tuple(notes))


def _guard_sheets(data: bytes) -> None:
    """No part so large that reading it fills the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(
            i.file_size > 2 * MAX_PART for i in archive.infolist() if i.filename.endswith((".xml", ".bin"))
        ):
            raise bomb()


def _table(sheet: CalamineSheet, number: int) -> Table | None:
    values = sheet.to_python(skip_empty_area=False)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    height, width = len(values), max((len(row) for row in values), default=0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top > bottom or left > right or (bottom - top + 1) * (right - left + 1) > 10_000:
            continue
        spans[top, left] = (right - left + 1, bottom - top + 1)
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
    covered -= spans.keys()
    rows = tuple(
        Row(
            tuple(
                Cell(_texts(value), *spans.get((r, c), (1, 1)), Origin(0, number, r + 1, c + 1))
                for c, value in enumerate(row)
                if (r, c) not in covered
            )
        )
        for r, row in enumerate(values)
    )
    return Table(rows, origin=Origin(table=number)) if rows else None


def _parted(table: Table) -> list[Paragraph | Table]:
    """A sheet as a page reads: rows before the first of several cells, and after the last, are paragraphs.

    Office sheets put letterhead and title into merged cells above the table.
    """
    rows = list(table.rows)
    body: list[Paragraph | Table] = []
    start = next(
        (i for i, row in enumerate(rows) if sum(bool(c.paragraphs) for c in row.cells) > 2), len(rows)
    )
    for row in rows[:start]:
        body += [Paragraph(text, cell.origin) for cell in row.cells for text in cell.paragraphs]
    end = next((i for i in range(len(rows), start, -1) if _filled(rows[i - 1]) > 1), start)
    if start < end:
        body.append(Table(tuple(rows[start:end]), origin=table.origin))
    return body + [p for row in rows[end:] for p in _lines(row)]


def _filled(row: Row) -> int:
    return sum(bool(cell.paragraphs) for cell in row.cells)


def _lines(row: Row) -> list[Paragraph]:
    return [Paragraph(text, cell.origin) for cell in row.cells for text in cell.paragraphs]


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(shown for line in _written(value).split("\n") if (shown := tidy(line)))


def _written(value: Any) -> str:
    """A cell as Vietnamese offices write it: dd/mm/yyyy, no ".0", a decimal comma."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime) and value.time() != time():
        return value.strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}".replace(".", ",")
    return str(value)


FORMAT = Format("spreadsheet", 20, _sniff, _read)
