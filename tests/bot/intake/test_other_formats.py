"""Web pages, Markdown, spreadsheets, plain text and older files."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document as new_docx
from openpyxl import Workbook

from bot.intake import read_document
from domain.documents import Document, Note, Paragraph, Table
from domain.errors import BadInput


def tables(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in r.cells] for r in p.rows] for p in document.body if isinstance(p, Table)]


def texts(document: Document) -> list[str]:
    return [p.text for p in document.body if isinstance(p, Paragraph)]


def code(data: bytes, name: str = "a") -> str:
    with pytest.raises(BadInput) as told:
        read_document(data, name)
    return told.value.code


# --- web pages


def test_items_of_lists_have_the_marks_that_a_browser_shows() -> None:
    page = """<ol start="3"><li>Sở A</li><li><p>Sở B</p></li></ol><ol type="a"><li>c</li></ol><ul><li><b>d</b></li><li>- e</li></ul>"""
    assert texts(read_document(page.encode(), "a.html")) == ["3. Sở A", "4. Sở B", "a) c", "- d", "- e"]


def test_lists_of_links_are_menus_and_no_text() -> None:
    page = """<nav>Trang chủ</nav><ul><li><a href="/">Tin tức</a></li><li><a href="#">Hội nghị (21/09/2025)</a></li></ul>
    <ol><li><a href="/1">Quyết định 5</a> giao Sở A</li><li><a href="/2">Sở B</a></li></ol>"""
    assert texts(read_document(page.encode(), "a.html")) == ["1. Quyết định 5 giao Sở A", "2. Sở B"]


def test_an_item_in_bold_is_an_item() -> None:
    text = "# Việc\n\n* **Phòng A** lập sổ.\n* **Phòng B** gửi thư.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert texts(read_document(text.encode(), "a.md")) == ["Việc", "- Phòng A lập sổ.", "- Phòng B gửi thư."]


def test_a_page_as_collections_have_it() -> None:
    page = """<html><head><title>x</title><style>p{}</style></head><body><script>1</script>
    <table><tr><td><table><tr><td colspan="2">I. Chung</td></tr><tr><td rowspan="2">1</td><td>a<br>b</td></tr><tr><td>c</td></tr></table></td></tr></table>
    <div>Các cơ quan<a href="#_ftn1">1</a> thực hiện<p style="display: none">ẩn</p></div><p><a href="#_ftnref1">[1]</a> Sở Nội vụ</p></body>"""
    found = read_document(page.encode(), "a.html")
    [table] = [p for p in found.body if isinstance(p, Table)]
    assert [(c.paragraphs, c.colspan, c.rowspan) for r in table.rows for c in r.cells] == [
        (("I. Chung",), 2, 1), (("1",), 1, 2), (("a", "b"), 1, 1), (("c",), 1, 1),
    ]  # fmt: skip
    assert texts(found) == ["Các cơ quan[1] thực hiện"]
    assert found.notes == (Note("1", "Sở Nội vụ"),)


def test_a_page_in_another_encoding() -> None:
    page = '<html><head><meta charset="utf-16"></head><body><p>Kế hoạch</p></body></html>'
    assert texts(read_document(page.encode("utf-16"), "a.html")) == ["Kế hoạch"]


# --- Markdown


@pytest.mark.parametrize(
    "text",
    [
        "Mở đầu\n\n| STT | Nội dung |  Chủ trì |\n| :-- | --- | ---: |\n| 1 | Làm \\| việc<br>hai | **Sở A** |\n| 2 | b | |\n\nHết",
        "Mở đầu | STT | Nội dung | Chủ trì | |---|---|---| | 1 | Làm \\| việc<br>hai | Sở A | | 2 | b | | Hết",
        "Mở đầu\n\nSTT | Nội dung | Chủ trì\n---|---|---\n1 | Làm \\| việc<br>hai | Sở A\n2 | b |\n\nHết",
        "Mở đầu\n\n| STT | Nội dung | Chủ trì |\n|:-:|:-|-:|\n| 1 | Làm \\| việc<br>hai | Sở A |\n| 2 | b | |\n\nHết",
        "Mở đầu\n\n| STT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Làm \\| việc<br>\nhai | Sở A |\n| 2 | b |\n\nHết",
    ],
    ids=["lines", "one line", "no edges", "short rules", "broken cells and short rows"],
)
def test_markdown_tables(text: str) -> None:
    found = read_document(text.encode(), "a.md")
    [rows] = tables(found)
    assert rows[:2] == [["STT", "Nội dung", "Chủ trì"], ["1", "Làm | việc\nhai", "Sở A"]]
    assert [c for c in rows[2] if c] == ["2", "b"]
    assert texts(found) == ["Mở đầu", "Hết"]


# --- spreadsheets


def sheet() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["ỦY BAN NHÂN DÂN TỈNH"])
    page.append(["STT", "Nội dung", "Chủ trì", "Thời hạn"])
    page.append(["I. Chung"])
    page.merge_cells("A3:D3")
    page.append([1, "Làm việc\nhai", "Sở A", date(2024, 6, 30)])
    page.append([None, "Làm thêm", "Sở B", None])
    page.merge_cells("A4:A5")
    page.append(["[1] Ghi chú"])
    hidden = book.create_sheet("ẩn")
    hidden.append(["không đọc"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_with_a_letterhead_merged_cells_and_days() -> None:
    found = read_document(sheet(), "a.xlsx")
    assert texts(found) == ["ỦY BAN NHÂN DÂN TỈNH"]
    assert found.notes == (Note("1", "Ghi chú"),)
    [table] = [p for p in found.body if isinstance(p, Table)]
    assert [[(c.text, c.colspan, c.rowspan) for c in r.cells if c.text] for r in table.rows[1:]] == [
        [("I. Chung", 4, 1)],
        [("1", 1, 2), ("Làm việc\nhai", 1, 1), ("Sở A", 1, 1), ("30/06/2024", 1, 1)],
        [("Làm thêm", 1, 1), ("Sở B", 1, 1)],
    ]
    assert table.rows[1].cells[0].origin.row == 3


def test_a_broken_sheet_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert code(out.getvalue()) == "damaged"


# --- plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_content_before_names(encoding: str) -> None:
    found = read_document("Kế hoạch".encode(encoding), "lừa.docx")
    assert found.body == (Paragraph("Kế hoạch"),)


def test_the_wrong_kind_of_file_gets_a_sentence() -> None:
    assert code(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.docx") == "unknown_format"


# --- older files


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')  # fmt: skip
        archive.writestr("content.xml", '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:p>Kế hoạch năm</text:p></office:text></office:body></office:document-content>')  # fmt: skip
    return out.getvalue()


OLDER = {".rtf": b"{\\rtf1\\ansi Ke hoach nam}", ".odt": odt()}
RTF_TABLE = b"{\\rtf1\\ansi\\trowd\\cellx2000\\cellx6000\\intbl STT\\cell Noi dung\\cell\\row\\trowd\\cellx2000\\cellx6000\\intbl 1\\cell Xay dung\\cell\\row\\pard Het\\par}"


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed; older files are not tested"
)
@pytest.mark.parametrize("kind", OLDER)
def test_older_files_through_libreoffice(kind: str) -> None:
    assert [
        t.replace("ế", "e").replace("ạ", "a").replace("ă", "a")
        for t in texts(read_document(OLDER[kind], "a"))
    ] == ["Ke hoach nam"]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed; .doc files are not tested"
)
def test_a_doc_file_is_read(tmp_path: Path) -> None:
    made = new_docx()
    made.add_paragraph("KẾ HOẠCH")
    made.add_paragraph("Nội dung của kế hoạch")
    source = tmp_path / "a.docx"
    made.save(str(source))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = read_document((tmp_path / "a.doc").read_bytes(), "a.doc")
    assert texts(found) == ["KẾ HOẠCH", "Nội dung của kế hoạch"]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed; tables of .rtf are not tested"
)
def test_a_table_of_an_older_file_stays_a_table() -> None:
    assert tables(read_document(RTF_TABLE, "a.rtf")) == [[["STT", "Noi dung"], ["1", "Xay dung"]]]


def test_without_libreoffice_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert code(OLDER[".rtf"]) == "needs_libreoffice"


# --- pieces of other files


def test_a_piece_of_a_page_is_read_as_a_page() -> None:
    found = read_document(b"<p>Giao S&#7903; N&#7897;i v&#7909;</p>\n<p>b&aacute;o c&aacute;o.</p>", "a.txt")
    assert texts(found) == ["Giao Sở Nội vụ", "báo cáo."]


def test_letters_that_a_page_spells_are_letters_in_a_text_too() -> None:
    found = read_document(b"Giao S&#7903; Y t&#7871; b&aacute;o c&aacute;o.", "a.txt")
    assert texts(found) == ["Giao Sở Y tế báo cáo."]
    assert texts(read_document(b"Bao cao R&D; P&L;", "a.txt")) == ["Bao cao R&D; P&L;"]


def test_a_short_numbered_line_over_what_is_to_be_done_is_a_heading() -> None:
    lines = [
        "2. Đồng chí Phó Hiệu trưởng phụ trách nền nếp",
        "Xây dựng bộ quy tắc ứng xử của trường, lấy ý kiến cha mẹ học sinh rồi trình Hiệu trưởng",
        "ban hành.",
    ]
    text = "\n".join(lines)
    assert texts(read_document(text.encode(), "a.txt")) == [lines[0], f"{lines[1]} {lines[2]}"]


def test_a_mark_alone_on_its_line_begins_a_paragraph() -> None:
    found = read_document(
        "C.\nPhân công\nI.\nNhiệm vụ năm 2025\n1.\nSở Y tế:\n- Báo cáo.\n".encode(), "a.txt"
    )
    assert texts(found) == ["C. Phân công", "I. Nhiệm vụ năm 2025", "1. Sở Y tế:", "- Báo cáo."]
    assert texts(read_document("Theo Thông tư số\n5.\nvà Luật".encode(), "a.txt")) == [
        "Theo Thông tư số 5. và Luật"
    ]
