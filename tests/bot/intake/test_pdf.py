"""PDF files: what a reader sees on the page is what is read."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfgen import canvas as drawing

from bot.intake import read_document
from domain.documents import Cell, Document, Note, Paragraph, Row, Table
from domain.errors import BadInput
from tests.plan_generator.writers import pdf

pytestmark = pytest.mark.skipif(
    not pdf.font(), reason="no font with Vietnamese letters is installed (fonts-noto-core, fonts-dejavu-core)"
)
HEADING = Row((Cell(("STT",)), Cell(("Nội dung",)), Cell(("Cơ quan chủ trì",)), Cell(("Thời gian",))))


def task(number: int) -> Row:
    return Row((Cell((str(number),)), Cell((f"Xây dựng kế hoạch số {number} về cải cách hành chính",)), Cell(("Sở Nội vụ",)), Cell(("Quý IV/2024",))))  # fmt: skip


def tables(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in r.cells] for r in p.rows] for p in document.body if isinstance(p, Table)]


def texts(document: Document) -> list[str]:
    return [p.text for p in document.body if isinstance(p, Paragraph)]


def code(data: bytes) -> str:
    with pytest.raises(BadInput) as told:
        read_document(data, "a.pdf")
    return told.value.code


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_over_pages_is_one_table(ruled: bool) -> None:
    written = Document(
        (Paragraph("KẾ HOẠCH"), Table((HEADING, *map(task, range(1, 60)))), Paragraph("Nơi nhận: các sở"))
    )
    found = read_document(pdf.write(written, ruled=ruled, running="UBND TỈNH"), "a.pdf")
    [rows] = tables(found)
    assert [r for r in rows if r[0] != "STT"] == [[c.text for c in task(n).cells] for n in range(1, 60)]
    assert texts(found) == ["KẾ HOẠCH", "Nơi nhận: các sở"]
    pages = [r.cells[0].origin.page for p in found.body if isinstance(p, Table) for r in p.rows]
    assert (pages[0], pages[-1]) == (1, max(pages)) and max(pages) > 1


def test_merged_cells_have_their_spans() -> None:
    rows = (
        HEADING,
        Row((Cell(("I. Công tác chung",), colspan=4),)),
        Row((Cell(("1",), rowspan=2), Cell(("Rà soát",)), Cell(("Sở Y tế",)), Cell(("2024",), rowspan=2))),
        Row((Cell(("Công khai",)), Cell(("Sở Nội vụ",)))),
    )
    found = read_document(pdf.write(Document((Table(rows),))), "a.pdf")
    [table] = [p for p in found.body if isinstance(p, Table)]
    shapes = [[(c.text, c.colspan, c.rowspan) for c in r.cells] for r in table.rows]
    assert shapes[1:] == [[(c.text, c.colspan, c.rowspan) for c in r.cells] for r in rows[1:]]


def test_footnotes_are_notes() -> None:
    found = read_document(
        pdf.write(Document((Paragraph("Thân bài của kế hoạch"),), (Note("1", "Sở Nội vụ, Sở Y tế"),))),
        "a.pdf",
    )
    assert found.notes == (Note("1", "Sở Nội vụ, Sở Y tế"),)
    assert texts(found) == ["Thân bài của kế hoạch"]


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    upright = pdf.write(Document((Table((HEADING, task(1), task(2))),)), wide=True)
    with pypdfium2.PdfDocument(upright) as file:
        before = tables(read_document(upright, "a.pdf"))
        for turned in (90, 180, 270):
            assert tables(read_document(_turned(upright, turned), "a.pdf")) == before
        assert len(file) == 1


def _turned(data: bytes, angle: int) -> bytes:
    """The same page, its content drawn turned by -angle and shown turned by angle."""
    width, height = 841.89, 595.28
    shift = {90: (1, 0, 0, width), 180: (0, 0, width, height), 270: (0, 0, height, 0)}[angle]
    with pypdfium2.PdfDocument(data) as file:
        page = file[0]
        matrix = {
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[angle]
        for thing in page.get_objects():
            thing.transform(pypdfium2.PdfMatrix(*matrix))
        if angle != 180:
            page.set_mediabox(0, 0, height, width)
        page.set_rotation(angle)
        page.gen_content()
        out = io.BytesIO()
        file.save(out)
        assert shift
    return out.getvalue()


def test_a_scan_says_what_to_do() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    page.rect(10, 10, 200, 200, fill=1)
    page.showPage()
    page.save()
    assert code(out.getvalue()) == "scan"


def test_pages_without_text_are_said() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    page.drawString(100, 700, "Ke hoach")
    page.showPage()
    page.rect(10, 10, 200, 200, fill=1)
    page.showPage()
    page.save()
    assert read_document(out.getvalue(), "a.pdf").problems == ("pages_without_text",)


def test_a_locked_and_a_broken_file() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out, encrypt="mat khau")
    page.drawString(100, 700, "Ke hoach")
    page.showPage()
    page.save()
    assert code(out.getvalue()) == "encrypted"
    assert code(b"%PDF-1.7\nnothing more") == "damaged"
