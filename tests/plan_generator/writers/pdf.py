"""A document as a PDF with a text layer: ruled tables over page ends, or columns with nothing between them."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Flowing

from domain.documents import Document, Paragraph, Table

_FONTS = ("truetype/noto/NotoSerif-Regular.ttf", "truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSans.ttf", "truetype/noto/NotoSans-Regular.ttf", "truetype/liberation/LiberationSerif-Regular.ttf")  # fmt: skip


@lru_cache
def font() -> str:
    """The name of a registered font with Vietnamese letters; "" where the machine has none."""
    for name in _FONTS:
        path = Path("/usr/share/fonts", name)
        if path.exists():
            pdfmetrics.registerFont(TTFont(path.stem, str(path)))
            return path.stem
    return ""


def write(
    document: Document, *, ruled: bool = True, wide: bool = False, size: float = 10, running: str = "", repeat: bool = True
) -> bytes:  # fmt: skip
    """The file. ``running`` is printed above every page, the page's number below it from the second on."""
    page = landscape(A4) if wide else A4
    body = ParagraphStyle(
        "body", fontName=font(), fontSize=size, leading=size * 1.3, spaceAfter=4, firstLineIndent=25
    )
    heading = ParagraphStyle("heading", parent=body, alignment=TA_CENTER, firstLineIndent=0)
    cell = ParagraphStyle("cell", parent=body, firstLineIndent=0, spaceAfter=0)
    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=page, leftMargin=25 * mm, rightMargin=15 * mm, topMargin=25 * mm, bottomMargin=22 * mm)  # fmt: skip
    flow = []
    for piece in document.body:
        if isinstance(piece, Paragraph):
            style = heading if piece.text.isupper() or piece.text.startswith("(") else body
            flow.append(Flowing(escape(piece.text), style))
        else:
            width = page[0] - 40 * mm - 12
            flow += [Spacer(1, 6), _table(piece, cell, width, ruled=ruled, repeat=repeat), Spacer(1, 6)]
    flow += [
        Flowing(f"<super><font size='{size * 0.6:.1f}'>{n.mark}</font></super> {escape(n.text)}", cell)
        for n in document.notes
    ]

    def furniture(canvas: object, _template: object) -> None:
        canvas.setFont(font(), 8)  # type: ignore[attr-defined]
        if running:
            canvas.drawString(25 * mm, page[1] - 12 * mm, running)  # type: ignore[attr-defined]
        number = canvas.getPageNumber()  # type: ignore[attr-defined]
        if number > 1:
            canvas.drawCentredString(page[0] / 2, 10 * mm, str(number))  # type: ignore[attr-defined]

    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def _table(table: Table, style: ParagraphStyle, width: float, *, ruled: bool, repeat: bool) -> LongTable:
    columns = max(sum(c.colspan for c in row.cells) for row in table.rows)
    grid: list[list[object]] = [[""] * columns for _ in table.rows]
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(table.rows):
        c = 0
        for cell in row.cells:
            while (r, c) in taken:
                c += 1
            grid[r][c] = [Flowing(escape(p), style) for p in cell.paragraphs]
            if cell.colspan > 1 or cell.rowspan > 1:
                commands.append(("SPAN", (c, r), (c + cell.colspan - 1, r + cell.rowspan - 1)))
                taken |= {(r + i, c + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
            c += cell.colspan
    heading = max(cell.rowspan for cell in table.rows[0].cells) if repeat else 0
    made = LongTable(
        grid, colWidths=_widths(table, columns, width), repeatRows=heading, splitByRow=1, splitInRow=0
    )
    made.setStyle(TableStyle(commands))
    return made


def _widths(table: Table, columns: int, width: float) -> list[float]:
    """By what the columns hold, a number column narrow."""
    need = [4.0] * columns  # no column so narrow that "STT" is broken letter by letter
    for row in table.rows:
        if len(row.cells) == columns:
            for c, cell in enumerate(row.cells):
                need[c] = max(
                    need[c], min(len(cell.text), 120) ** 0.5 + max(map(len, cell.text.split() or [""])) * 0.4
                )
    return [width * n / sum(need) for n in need]
