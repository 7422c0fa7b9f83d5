"""Word files: what Word shows is what is read."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as new_docx

from bot.intake import read_document
from domain.agencies import Register
from domain.documents import Cell, Document, Note, Paragraph, Row, Table
from domain.errors import BadInput
from domain.plans import draft_json
from domain.reading.cut_text import read_cut_text
from domain.reading.plan import read_plan
from domain.reading.tables.grid import Grid
from domain.reading.tables.plan_grid import lay_out
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from storage import seed
from tests.plan_generator.writers import word
from tests.plan_generator.writers.word import paragraph, run, table


def read(data: bytes) -> Document:
    return read_document(data, "ke-hoach.docx")


def texts(document: Document) -> list[str]:
    return [p.text for p in document.body if isinstance(p, Paragraph)]


def only_table(document: Document) -> Table:
    [found] = [p for p in document.body if isinstance(p, Table)]
    return found


def test_what_was_written_is_read() -> None:
    rows = (
        Row((Cell(("STT",)), Cell(("Nội dung",)), Cell(("Chủ trì",), colspan=2))),
        Row((Cell(("1",), rowspan=2), Cell(("a", "b")), Cell(("Sở A",)), Cell((), rowspan=2))),
        Row((Cell(("c",)), Cell(("Sở B",)))),
    )
    document = Document((Paragraph("Mở đầu"), Table(rows), Paragraph("Kết thúc")))
    found = read(word.write(document))
    assert texts(found) == ["Mở đầu", "Kết thúc"]
    shapes = [[(c.paragraphs, c.colspan, c.rowspan) for c in r.cells] for r in only_table(found).rows]
    assert shapes == [[(c.paragraphs, c.colspan, c.rowspan) for c in r.cells] for r in rows]


def test_footnotes_are_numbered_by_their_marks() -> None:
    notes = (Note("1", "Sở Nội vụ, Sở Tài chính"), Note("2", "Theo Quyết định 617"))
    document = Document((Paragraph("Các cơ quan[1] theo[2] quy định"),), notes)
    found = read(word.write(document))
    assert texts(found) == ["Các cơ quan[1] theo[2] quy định"]
    assert found.notes == notes


def test_numbers_are_counted_where_word_counts_them() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    styles = '<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'

    def item(text: str, level: int, list_id: int = 3) -> str:
        numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        return paragraph(text, properties=f"<w:pPr>{numbered}</w:pPr>")

    body = (
        paragraph("Chung", properties='<w:pPr><w:pStyle w:val="Muc"/></w:pPr>')
        + item("Rà soát", 1) + item("lần một", 2) + item("lần hai", 2) + item("Báo cáo", 1)
        + item("Riêng", 0) + item("Kiểm tra", 1) + item("Lại từ đầu", 1, 4)
    )  # fmt: skip
    found = texts(read(word.package(body, numbering=numbering, styles=styles)))
    assert found == [
        "I. Chung", "1. Rà soát", "a) lần một", "b) lần hai", "2. Báo cáo", "II. Riêng", "1. Kiểm tra", "1. Lại từ đầu",
    ]  # fmt: skip


def test_a_column_of_counted_numbers_has_its_numbers() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counted = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    cells = "".join(f"<w:tr><w:tc>{counted}</w:tc><w:tc>{paragraph(t)}</w:tc></w:tr>" for t in "ab")
    found = only_table(read(word.package(f"<w:tbl>{cells}</w:tbl>", numbering=numbering)))
    assert [[c.text for c in r.cells] for r in found.rows] == [["1", "a"], ["2", "b"]]


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = (
        f"<w:p>{run('Hoàn thành ')}<w:del>{run('trong năm').replace('w:t ', 'w:delText ').replace('/w:t>', '/w:delText>')}</w:del>"
        f"<w:ins>{run('trước ngày 30/6')}</w:ins><w:moveFrom>{run(' cũ')}</w:moveFrom><w:moveTo>{run(' mới')}</w:moveTo></w:p>"
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('bỏ')}</w:tc></w:tr>"
    added = f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{paragraph('thêm')}</w:tc></w:tr>"
    found = read(word.package(f"{changed}<w:tbl>{gone}{added}</w:tbl>"))
    assert texts(found) == ["Hoàn thành trước ngày 30/6 mới"]
    assert [[c.text for c in r.cells] for r in only_table(found).rows] == [["thêm"]]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = table(Table((Row((Cell(("trong",)),)),)))
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('ngoài')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    found = [p for p in read(word.package(outer)).body if isinstance(p, Table)]
    assert [[c.text for r in t.rows for c in r.cells] for t in found] == [["ngoài"], ["trong"]]


def test_a_text_box_is_read_once_and_hidden_text_not_at_all() -> None:
    box = f"<w:txbxContent>{paragraph('Số: 12/KH-UBND')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    found = read(word.package(f"<w:p><w:r>{both}</w:r>{run('hiện')}{hidden}</w:p>"))
    assert texts(found) == ["hiện", "Số: 12/KH-UBND"]


def test_a_file_of_python_docx_is_read() -> None:
    made = new_docx()
    made.add_paragraph("KẾ HOẠCH")
    grid = made.add_table(3, 3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "I. Chung"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "1"
    out = io.BytesIO()
    made.save(out)
    rows = only_table(read(out.getvalue())).rows
    assert [(c.text, c.colspan, c.rowspan) for r in rows for c in r.cells if c.text] == [
        ("I. Chung", 3, 1),
        ("1", 1, 2),
    ]


@pytest.mark.parametrize(
    "data", [word.package("<w:p/>")[:-40], word.package("<w:p>"), b"PK\x03\x04\x00\x00 nothing"]
)
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as told:
        read(data)
    assert told.value.code == "damaged"


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
        )
    with pytest.raises(BadInput) as told:
        read(out.getvalue())
    assert told.value.code == "damaged"


def as_word(text: str) -> bytes:
    """A cut text as the office's own Word file would have been: tables with merged cells, real footnotes."""
    cut = read_cut_text(text)
    headings = {"title": "Nội dung, nhiệm vụ, giải pháp", "lead": "Cơ quan chủ trì", "coordinate": "Cơ quan phối hợp/theo dõi", "time": "Thời gian thực hiện"}  # fmt: skip
    body: list[Paragraph | Table] = []
    for piece in lay_out(cut.body):
        if isinstance(piece, Grid):
            columns = piece.columns
            rows = [Row(tuple(Cell((headings[c],)) for c in columns))]
            for row in piece.rows:
                if row.section:
                    rows.append(Row((Cell((row.section,), colspan=len(columns)),)))
                else:
                    rows.append(Row(tuple(Cell(row.paragraphs[c]) for c in columns)))
            body.append(Table(tuple(rows)))
        elif isinstance(piece, Paragraph):
            body.append(piece)
    return word.write(Document(tuple(body), cut.notes))


def test_the_kon_tum_plan_is_the_same_plan_from_word(shared: Path) -> None:
    text = (shared / "plans" / "2164_kontum.txt").read_text("utf-8")
    register = Register.of(*seed.load_agencies("kontum-2024"))
    calendar = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
    plans = [
        draft_json(
            read_plan(read_document(data, name), register=register, calendar=calendar, today=date(2026, 1, 1))
        )
        for data, name in ((text.encode(), "a.txt"), (as_word(text), "a.docx"))
    ]
    assert len(plans[1]["tasks"]) == 15
    for from_text, from_word in zip(plans[0]["tasks"], plans[1]["tasks"], strict=True):
        for field in ("title", "leads", "coordinators"):  # Word counts its notes through, body and appendix
            from_text[field] = re.sub(r"\[\d+\]", "[]", from_text[field])
            from_word[field] = re.sub(r"\[\d+\]", "[]", from_word[field])
        assert from_word | {"problems": []} == from_text | {"problems": []}
    assert plans[1]["duties"] == plans[0]["duties"]
    assert plans[1]["problems"] == plans[0]["problems"]
