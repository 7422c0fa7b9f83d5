"""A document as a web page."""

from __future__ import annotations

from html import escape

from domain.documents import Cell, Document, Paragraph, Table


def write(document: Document) -> bytes:
    """The page; footnotes stand at its end as offices' pages have them."""
    body = "\n".join(_piece(piece) for piece in document.body)
    notes = "\n".join(
        f'<p><a href="#_ftnref{n.mark}">[{n.mark}]</a> {escape(n.text)}</p>' for n in document.notes
    )
    page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Kế hoạch</title></head><body>{body}{notes}</body></html>'
    return page.encode()


def _piece(piece: Paragraph | Table) -> str:
    if isinstance(piece, Paragraph):
        return f"<p>{escape(piece.text)}</p>"
    rows = "".join(f"<tr>{''.join(_cell(c) for c in row.cells)}</tr>" for row in piece.rows)
    return f'<table border="1"><tbody>{rows}</tbody></table>'


def _cell(cell: Cell) -> str:
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    return f"<td{spans}>{''.join(f'<p>{escape(p)}</p>' for p in cell.paragraphs) or '&nbsp;'}</td>"
