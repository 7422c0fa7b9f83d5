"""However a program cuts its text into pieces, the same table is read; and two threads do not get in each other's way."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen import canvas as drawing
from reportlab.pdfgen.textobject import PDFTextObject

from bot.intake import read_document
from domain.documents import Document, Paragraph, Table
from tests.plan_generator.made import make
from tests.plan_generator.writers import pdf

pytestmark = pytest.mark.skipif(
    not pdf.font(), reason="no font with Vietnamese letters is installed (fonts-noto-core, fonts-dejavu-core)"
)

CUTS: dict[str, Callable[[str], list[str]]] = {
    "letters": list,
    "words with the space before": lambda text: re.findall(r"\s*\S+|\s+", text),
    "words with the space behind": lambda text: re.findall(r"\S+\s*|\s+", text),
    "runs of seven": lambda text: [text[at : at + 7] for at in range(0, len(text), 7)],
}


def tables(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in r.cells] for r in p.rows] for p in document.body if isinstance(p, Table)]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("layout", ["roman", "spans", "two-row heading"])
def test_pieces_of_any_size_are_the_same_table(
    cut: str, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = make(Random(7), layout).document
    whole = read_document(pdf.write(written), "a.pdf")
    draw = PDFTextObject._textOut

    def pieces(self: PDFTextObject, text: str | bytes, newline: int = 0) -> None:
        parts = CUTS[cut](text.decode() if isinstance(text, bytes) else text) or [""]
        for part in parts[:-1]:
            draw(self, part, 0)
        draw(self, parts[-1], newline)

    monkeypatch.setattr(PDFTextObject, "_textOut", pieces)
    parted = read_document(pdf.write(written), "a.pdf")
    assert tables(parted) == tables(whole) != []


def ruled(*columns: float, texts: list[tuple[float, float, str, float]]) -> bytes:
    """A page with one table of two rows, its columns parted at these places; texts are (x, y, words, size)."""
    out = io.BytesIO()
    page = drawing.Canvas(out)
    for y in (700, 660, 620):
        page.line(columns[0], y, columns[-1], y)
    for x in columns:
        page.line(x, 620, x, 700)
    for x, y, words, size in texts:
        page.setFont(pdf.font(), size)
        page.drawString(x, y, words)
    page.save()
    return out.getvalue()


def test_a_line_drawn_across_columns_is_parted_by_them() -> None:
    words = "Rà soát thủ tục  Sở Nội vụ"
    second = 55 + pdfmetrics.stringWidth("Rà soát thủ tục ", pdf.font(), 10)
    data = ruled(50, second, 300, texts=[(52, 675, words, 10), (52, 635, "Công khai", 10)])
    assert tables(read_document(data, "a.pdf")) == [[["Rà soát thủ tục", "Sở Nội vụ"], ["Công khai", ""]]]


def test_a_raised_number_behind_words_is_a_mark_and_one_on_the_line_is_not() -> None:
    name = "Sở Nội vụ"
    behind = 52 + pdfmetrics.stringWidth(name, pdf.font(), 10)
    texts = [(52, 675, name, 10), (behind, 679, "3", 6), (202, 675, "Quý 4", 10), (52, 635, "12 34", 10)]
    found = read_document(ruled(50, 200, 300, texts=texts), "a.pdf")
    assert tables(found) == [[["Sở Nội vụ[3]", "Quý 4"], ["12 34", ""]]]


def test_several_threads_read_at_once() -> None:
    files = [pdf.write(make(Random(n), layout).document) for n, layout in enumerate(("roman", "overdue"))]
    alone = [read_document(data, "a.pdf") for data in files]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda n: read_document(files[n % 2], "a.pdf"), range(12)))
    assert together == [alone[n % 2] for n in range(12)]


def lettered(page: drawing.Canvas, x: float, y: float, words: str) -> None:
    """Words drawn letter by letter, as browsers print them; a space is only a gap."""
    for letter in words:
        if letter != " ":
            page.drawString(x, y, letter)
        x += pdfmetrics.stringWidth(letter, pdf.font(), 12)


def test_a_page_of_few_letters_drawn_one_by_one_is_read_across() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    page.setFont(pdf.font(), 12)
    for x in (50, 300):
        lettered(page, x, 500, "Đào tạo, bồi dưỡng các")
        lettered(page, x, 486, "mô hình điểm về chuyển")
    page.save()
    words = "Đào tạo, bồi dưỡng các mô hình điểm về chuyển"
    found = read_document(out.getvalue(), "a.pdf").body
    assert [p.text for p in found if isinstance(p, Paragraph)] == [f"{words} {words}"]


def test_a_number_alone_in_the_first_row_of_a_page_is_no_page_number() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    for number, rows in enumerate(([("Nội dung", "Thời gian"), ("Rà soát", "Trước năm")], [("", "2025"), ("Công khai", "2026")]), 1):  # fmt: skip
        page.setFont(pdf.font(), 10)
        page.drawString(300, 30, str(number))
        for x in (50, 250, 450):
            page.line(x, 720, x, 800)
        for y, (left, right) in zip((800, 760), rows, strict=True):
            page.line(50, y - 40, 450, y - 40)
            page.line(50, y, 450, y)
            page.drawString(60, y - 20, left)
            page.drawString(260, y - 20, right)
        page.showPage()
    page.save()
    cells = [
        text for table in tables(read_document(out.getvalue(), "a.pdf")) for row in table for text in row
    ]
    assert cells == ["Nội dung", "Thời gian", "Rà soát", "Trước năm", "", "2025", "Công khai", "2026"]


def unruled(*pages: list[tuple[float, tuple[str, ...]]]) -> bytes:
    """Pages of rows (y, cells) with nothing between the columns, the ordinal's close to the next."""
    out = io.BytesIO()
    page = drawing.Canvas(out)
    for rows in pages:
        page.setFont(pdf.font(), 10)
        for y, cells in rows:
            for x, words in zip((50, 76, 280, 420), cells, strict=False):
                page.drawString(x, y, words)
        page.showPage()
    page.save()
    return out.getvalue()


def test_a_heading_at_the_foot_of_a_page_has_its_rows_on_the_next() -> None:
    heading = ("STT", "Nội dung, nhiệm vụ", "Cơ quan chủ trì", "Thời gian")
    tasks = [
        ("1", "Rà soát thủ tục", "Sở Nội vụ", "Quý IV/2024"),
        ("2", "Công khai kết quả", "Sở Y tế", "Năm 2025"),
    ]
    rows = [(700 - 40 * n, cells) for n, cells in enumerate(tasks)]
    first = [(700, ("KẾ HOẠCH",)), (140, heading), (100, ("I. Cải cách thủ tục hành chính",))]
    [found] = tables(read_document(unruled(first, rows), "a.pdf"))
    assert found == [list(heading), ["I. Cải cách thủ tục hành chính"], *map(list, tasks)]


def test_a_heading_of_two_rows_parted_by_the_end_of_a_page() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    upper = [(50, "STT"), (90, "Nhiệm vụ"), (250, "Cơ quan thực hiện"), (450, "Thời gian"), (540, "")]
    lower = [(50, ""), (90, ""), (250, "Chủ trì"), (350, "Phối hợp"), (450, ""), (540, "")]
    task = [(50, "1"), (90, "Rà soát"), (250, "Sở Nội vụ"), (350, "Sở Y tế"), (450, "Năm 2025"), (540, "")]
    for rows in ([(200, upper)], [(700, lower), (660, task)]):
        page.setFont(pdf.font(), 10)
        for y, cells in rows:
            page.rect(50, y, 490, 40)
            for x, words in cells:
                page.line(x, y, x, y + 40)
                page.drawString(x + 4, y + 20, words)
        page.showPage()
    page.save()
    [table] = [p for p in read_document(out.getvalue(), "a.pdf").body if isinstance(p, Table)]
    spans = [[(c.text, c.colspan) for c in row.cells if c.text] for row in table.rows]
    assert spans == [
        [("STT", 1), ("Nhiệm vụ", 1), ("Cơ quan thực hiện", 2), ("Thời gian", 1)],
        [("Chủ trì", 1), ("Phối hợp", 1)],
        [("1", 1), ("Rà soát", 1), ("Sở Nội vụ", 1), ("Sở Y tế", 1), ("Năm 2025", 1)],
    ]


def test_the_rest_of_the_last_row_on_a_page_of_its_own_belongs_to_it() -> None:
    out = io.BytesIO()
    page = drawing.Canvas(out)
    rows = [
        (240, ("Nội dung", "Chủ trì", "Thời gian")),
        (200, ("Xây dựng kế hoạch thực hiện", "Sở Y tế", "2025")),
    ]
    for below, lines in ((200, rows), (780, [(780, ("nhiệm vụ được giao", "", ""))])):
        page.setFont(pdf.font(), 10)
        for y, cells in lines:
            page.line(50, y, 500, y)
            for x, words in zip((54, 254, 404), cells, strict=True):
                page.drawString(x, y + 20, words)
        if below == 200:
            page.line(50, 280, 500, 280)
        for x in (50, 250, 400, 500):
            page.line(x, below, x, below + 40 * len(lines))
        page.showPage()
    page.save()
    [table] = tables(read_document(out.getvalue(), "a.pdf"))
    assert table[1:] == [["Xây dựng kế hoạch thực hiện", "Sở Y tế", "2025"], ["nhiệm vụ được giao", "", ""]]
