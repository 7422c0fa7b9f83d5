"""Paper of an administrative document for python-docx: page, fonts, rules, borderless places.

Decree 30/2020/NĐ-CP, appendix I: A4, Times New Roman 13–14, margins 20–25, 20–25, 30–35, 15–20 mm (top,
bottom, left, right), page number in the middle of the top margin from the second page on.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT, SIZE, TABLE_SIZE = "Times New Roman", 14, 12
#: control characters that XML, and so a Word file, cannot hold
_NOT_XML = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


def page(document: Word) -> None:
    """Set the paper, the fonts and the page number."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def write(
    place: Word | _Cell,
    text: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
) -> Paragraph:
    """Add a paragraph; ``size``, ``before`` and ``after`` in points, ``indent`` of the first line in mm."""
    paragraph = _free(place) or place.add_paragraph()
    run = paragraph.add_run(text.translate(_NOT_XML))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(indent)
    return paragraph


def _free(place: Word | _Cell) -> Paragraph | None:
    """The empty paragraph a cell comes with, which its first text takes."""
    if not isinstance(place, _Cell):
        return None
    first: Paragraph = place.paragraphs[0]
    return first if len(place.paragraphs) == 1 and not first.runs else None


def rule(place: Word | _Cell, width: float, length: float) -> None:
    """A thin line of ``length`` mm in the middle of a place ``width`` mm wide."""
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph: Paragraph = place.add_paragraph()
    paragraph._p.get_or_add_pPr().append(borders)  # first: the schema wants borders before indents
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(3), Pt(4), Pt(3)


def places(document: Word, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """Cells side by side without borders, ``widths`` in mm."""
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
    set_columns(table, widths)
    return tuple(_widen(cell, width) for cell, width in zip(table.rows[0].cells, widths, strict=True))


def set_columns(table: Table, widths: Sequence[float]) -> None:
    """Fixed widths in mm; some programs go by the grid, others by the cells, so both are set."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _widen(cell: _Cell, width: float) -> _Cell:
    cell.width = Mm(width)
    return cell


def row_of(row: _Row, texts: Sequence[str], widths: Sequence[float], *, heading: bool = False) -> None:
    """Fill a row of a table; a heading is bold, centred and repeated on every page. No row is torn apart."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))
    for column, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        centred = heading or column == 0
        align = ALIGN.CENTER if centred else ALIGN.LEFT
        write(_widen(cell, width), text, size=TABLE_SIZE, bold=heading, align=align, before=2, after=2)
