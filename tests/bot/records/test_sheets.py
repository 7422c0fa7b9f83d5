"""Files → rows, whatever sends them; what is too much is refused before it is laid out."""

import io
import zipfile
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.intake.format import Limits
from bot.records.sheets import read_sheets
from domain.errors import BadInput
from tests.bot.records.files import csv_of, xlsx

ROWS = [["Mã", "Tên"], ["snv", "Sở Nội vụ; SNV, nội"], ["stc", "Sở Tài chính"]]


def texts(data: bytes) -> list[list[object]]:
    return [list(row.cells) for row in read_sheets(data).sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_usual_form(delimiter: str, encoding: str) -> None:
    data = csv_of(ROWS, delimiter, encoding)
    assert texts(data) == ROWS
    assert read_sheets(data).doubts == ()


def test_windows_1258_is_read_with_a_doubt() -> None:
    data = "Ma\u0303,Tên\nx,Đươ\u0300ng\n".encode("cp1258")
    found = read_sheets(data)
    assert found.sheets[0].rows[1].cells == ("x", "Đường")
    assert len(found.doubts) == 1


def test_a_line_that_names_the_delimiter_is_obeyed_and_counted() -> None:
    rows = read_sheets(b"sep=;\na,b;c\n\nd;e\n").sheets[0].rows
    assert [(r.number, r.cells) for r in rows] == [(2, ("a,b", "c")), (4, ("d", "e"))]


def test_rows_keep_their_number_and_types_in_a_workbook() -> None:
    data = xlsx([[], ["", "Ngày"], [None, date(2024, 6, 30), 2.5, True, time(7, 30)], [], ["", "=1+1", "x"]])
    rows = read_sheets(data).sheets[0].rows
    assert [r.number for r in rows] == [2, 3, 5]
    assert rows[1].cells[1:] == (date(2024, 6, 30), 2.5, True, time(7, 30))
    assert rows[2].cells == ("", "", "x", "", "")  # a formula is not evaluated


def test_cells_merged_downwards_speak_for_every_row() -> None:
    data = xlsx([["Cơ quan", "Tên"], ["Sở Nội vụ", "A"], [None, "B"], [None, "C"]], merge="A2:A3")
    assert texts(data) == [["Cơ quan", "Tên"], ["Sở Nội vụ", "A"], ["Sở Nội vụ", "B"], ["", "C"]]


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in its first sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old, new) if name.endswith("sheet1.xml") else part)
    return out.getvalue()


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="200000"><c r="ZZ200000"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r="999999"><c s=">" r = \'A999999\'><v>1</v></c></row>',
        b'<row><c r="XFD190000"><is><t>x</t></is></c></row>',
    ],
)
def test_a_far_cell_is_refused_before_the_sheet_is_laid_out(cell: bytes) -> None:
    data = rewritten(xlsx(ROWS), b"</sheetData>", cell + b"</sheetData>")
    with pytest.raises(BadInput) as refused:
        read_sheets(data)
    assert refused.value.code == "too_many_rows"


def test_far_cells_without_a_value_do_no_harm() -> None:
    styled = b'<row r="1048576" ht="12.8"></row><row r="5"><c r="XFD5" s="1"/></row></sheetData>'
    assert texts(rewritten(xlsx(ROWS), b"</sheetData>", styled)) == ROWS


def test_one_long_text_in_every_cell_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>")
        archive.writestr("xl/worksheets/sheet1.xml", b'<c t="s"><v>0</v></c>' * 60_000)
    with pytest.raises(BadInput) as refused:
        read_sheets(data.getvalue())
    assert refused.value.code == "too_many_rows"


def half_broken(data: bytes) -> bytes:
    """A workbook with a part whose packed bytes are wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 70
    return data[:at] + bytes(255 - b for b in data[at : at + 40]) + data[at + 40 :]


def test_a_bomb_an_old_file_and_other_things_are_refused_with_a_reason() -> None:
    with pytest.raises(BadInput) as refused:
        read_sheets(xlsx([["x" * 1000]] * 1000), Limits(max_unpacked=100_000))
    assert refused.value.code == "bomb"
    for data, code in (
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "unknown_format"),
        (b"\x00\x01\x02\x03" * 50, "unknown_format"),
        (xlsx(ROWS)[:900], "unknown_format"),
        (half_broken(xlsx(ROWS)), "broken"),
    ):
        with pytest.raises(BadInput) as refused:
            read_sheets(data)
        assert refused.value.code == code
    with pytest.raises(BadInput) as refused:
        read_sheets(b"a\n" * 200_001)
    assert refused.value.code == "too_many_rows"


@bounded(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", "Mã,Tên\n".encode()):
        try:
            rows = read_sheets(start + data).sheets[0].rows
        except BadInput:
            continue
        assert all(any(str(cell).strip() for cell in row.cells) for row in rows)
