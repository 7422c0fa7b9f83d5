"""A document as a workbook of one sheet: letterhead and title above the table, merged ranges."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from domain.documents import Document, Paragraph, Table


def write(document: Document) -> bytes:
    """The file. Whole numbers are written as numbers, as people type them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    line = 1
    taken: set[tuple[int, int]] = set()
    for piece in document.body:
        if isinstance(piece, Paragraph):
            sheet.cell(line, 1, piece.text)
            line += 1
            continue
        for row in piece.rows:
            column = 1
            for cell in row.cells:
                while (line, column) in taken:
                    column += 1
                text = cell.text
                sheet.cell(line, column, int(text) if text.isdecimal() and text.isascii() else text or None)
                if cell.colspan > 1 or cell.rowspan > 1:
                    end = column + cell.colspan - 1
                    sheet.merge_cells(
                        f"{get_column_letter(column)}{line}:{get_column_letter(end)}{line + cell.rowspan - 1}"
                    )
                    taken |= {
                        (line + r, column + c) for r in range(1, cell.rowspan) for c in range(cell.colspan)
                    }
                column += cell.colspan
            line += 1
    for note in document.notes:
        sheet.cell(line, 1, f"[{note.mark}] {note.text}")
        line += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fits(document: Document) -> bool:
    """Whether a sheet can hold it: one table."""
    return sum(isinstance(p, Table) for p in document.body) == 1
