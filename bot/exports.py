"""Tables on their way out, as .xlsx or .csv: no cell of ours is ever a formula in somebody's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: what makes a spreadsheet read a cell as a formula; tab and return hide one (OWASP, CSV injection)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: characters that XML 1.0, and so .xlsx, cannot hold
_NOT_XML = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One sheet to write. ``headings`` is the index of the row set in bold, None for no such row."""

    name: str
    rows: Sequence[Sequence[Any]]
    headings: int | None = 0


def neutralise(value: Any) -> Any:
    """The value as a cell that no spreadsheet takes for a formula; :func:`restore` is the inverse.

    Numbers, days and None pass through; a text that starts with ``= + - @`` gets an apostrophe before it.
    """
    if isinstance(value, str) and value.lstrip("'").startswith(_STARTS_A_FORMULA):
        return "'" + value
    return value


def restore(text: str) -> str:
    """A cell's text without the apostrophe that :func:`neutralise` put before it."""
    hidden = text.startswith("'") and text.lstrip("'").startswith(_STARTS_A_FORMULA)
    return text[1:] if hidden else text


def to_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma separated, UTF-8 with a mark, so that a spreadsheet shows Vietnamese; days are ISO."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutralise(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Sequence[OutSheet]) -> bytes:
    """A workbook with these sheets, columns as wide as their words, heading rows bold and kept in sight."""
    from openpyxl import Workbook  # heavy, and many a process never writes one
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        for row in sheet.rows:
            page.append([neutralise(_xml(value)) for value in row])
        for column, width in enumerate(_widths(sheet.rows), start=1):
            page.column_dimensions[get_column_letter(column)].width = width
        for cells in page.iter_rows():
            for cell in cells:
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        if sheet.headings is not None:
            for cell in page[sheet.headings + 1]:
                cell.font = Font(bold=True)
            page.freeze_panes = f"A{sheet.headings + 2}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else value


def _xml(value: Any) -> Any:
    return value.translate(_NOT_XML) if isinstance(value, str) else value


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    widest = [0] * max((len(row) for row in rows), default=0)
    for row in rows[:200]:
        for i, value in enumerate(row):
            widest[i] = max(widest[i], max(map(len, str(value or "").split("\n"))))
    return [min(_WIDEST, width + 2) for width in widest]
