"""Small spreadsheets for tests."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from bot.records.sheets import Sheets, read_sheets


def xlsx(*sheets: Sequence[Sequence[Any]], merge: str = "") -> bytes:
    """A workbook with one sheet for each list of rows; ``merge`` is a range of the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for n, rows in enumerate(sheets):
        page = book.create_sheet(f"S{n}")
        for row in rows:
            page.append(list(row))
        if merge and n == 0:
            page.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_of(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A text table."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def sheets(*rows: Sequence[str]) -> Sheets:
    """The rows as they are read from a .csv."""
    return read_sheets(csv_of(rows))
