"""Very large sheets row by row: the same cells as any reader gives, and nothing laid out that a hostile file asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from openpyxl import Workbook as Written

from bot.intake.format import Limits
from bot.records.dossier_rows import LIMITS, open_rows
from bot.records.sheets import read_sheets
from bot.records.xlsx_sheet import Sheet, column_number
from bot.records.xlsx_stream import Workbook
from domain.errors import BadInput
from tests.bot.records.files import xlsx

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows(path: Path, limits: Limits = LIMITS) -> list[tuple[int, list[Any]]]:
    with open_rows(path, limits) as opened:
        return [(number, list(cells)) for part in opened.parts for number, cells in part.rows]


def kept(folder: Path, data: bytes) -> Path:
    path = folder / "x.xlsx"
    path.write_bytes(data)
    return path


def changed(data: bytes, parts: Mapping[str, str]) -> bytes:
    """The workbook with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def sheet(body: str) -> bytes:
    return changed(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": f"<worksheet {SPACE}>{body}</worksheet>"})


def by_expat(path: Path) -> list[tuple[int, list[Any]]]:
    """The same rows by the slow way alone."""
    book = Workbook(path, LIMITS)
    sheets: list[Sheet] = [book.rows(part) for _, part in book.sheets]
    return [(number, list(cells)) for one in sheets for number, cells in one._slowly()]


_CELL = st.one_of(
    st.none(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
        max_size=9,
    ),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 4)),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(microsecond=0)),
)


@bounded(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL, min_size=1, max_size=6), min_size=1, max_size=8))
def test_it_reads_what_the_reader_of_whole_sheets_reads(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[Any]]
) -> None:
    data = xlsx(cells)
    path = kept(tmp_path_factory.mktemp("x"), data)
    found = rows(path)
    assert found == by_expat(path)
    expected = [(row.number, list(row.cells)) for one in read_sheets(data).sheets for row in one.rows]
    assert [n for n, _ in found] == [n for n, _ in expected]
    for (_, ours), (_, theirs) in zip(found, expected, strict=True):
        ours += [""] * (len(theirs) - len(ours))
        for a, b in zip(ours, theirs, strict=True):
            if isinstance(a, datetime) and isinstance(b, datetime):
                assert abs((a - b).total_seconds()) < 1
            elif isinstance(a, datetime | date) or isinstance(b, datetime | date):
                assert str(a)[:10] == str(b)[:10]
            else:
                assert a == b


def test_columns_nobody_wants_are_passed_over(tmp_path: Path) -> None:
    path = kept(tmp_path, xlsx([["a", "b", "c"], *[[1, "secret", 3]] * 5_000]))
    with open_rows(path) as opened:
        part = next(opened.parts)
        part.only(frozenset({0, 2}))
        assert {tuple(cells) for _, cells in part.rows} == {("a", "", "c"), (1, "", 3)}


def test_cells_merged_downwards_and_sheets_that_are_hidden(tmp_path: Path) -> None:
    book = Written()
    page = book.active
    assert page is not None
    for row in (["a", "b"], ["x", 1], [None, 2], [None, 3], ["y", 4]):
        page.append(row)
    page.merge_cells("A2:A4")
    hidden = book.create_sheet("Ẩn")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    found = [cells for _, cells in rows(kept(tmp_path, file.getvalue()))]
    assert found == [["a", "b"], ["x", 1], ["x", 2], ["x", 3], ["y", 4]]


def test_shapes_other_programs_write(tmp_path: Path) -> None:
    body = (
        '<sheetData><row><c t="inlineStr"><is><r><t>Hồ </t></r><r><t>sơ</t></r></is></c><c t="str"><f>A1</f><v>x</v></c></row>'
        '<row r="5"><c r="B5" t="b"><v>1</v></c><c r="D5" t="e"><v>#REF!</v></c><c r="E5"><v>2.5</v></c></row></sheetData>'
    )
    assert rows(kept(tmp_path, sheet(body))) == [(1, ["Hồ sơ", "x"]), (5, ["", True, "", "", 2.5])]
    prefixed = body.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    data = changed(
        xlsx([["x"]]),
        {
            "xl/worksheets/sheet1.xml": f"<x:worksheet {SPACE.replace('xmlns', 'xmlns:x')}>{prefixed}</x:worksheet>"
        },
    )
    assert rows(kept(tmp_path, data)) == [(1, ["Hồ sơ", "x"]), (5, ["", True, "", "", 2.5])]


def test_a_cell_in_the_far_corner_lays_nothing_out(tmp_path: Path) -> None:
    body = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="ZZZZZZ9"><v>1</v></c></row></sheetData>'
    assert rows(kept(tmp_path, sheet(body))) == [(1, [1])]
    assert column_number("XFD") == 16_383


ENTITY = f'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">]><worksheet {SPACE}><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no archive",
        changed(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": ENTITY}),
        changed(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}),
        changed(xlsx([["x"]]), {"xl/workbook.xml": ENTITY}),
        changed(xlsx([["x"]]), {"xl/sharedStrings.xml": "<sst><si><t>x</si></sst>"}),
        xlsx([["x"]])[:-40],
    ],
    ids=["no archive", "entities", "cut sheet", "entities in the book", "broken texts", "cut archive"],
)
def test_what_is_broken_or_hostile_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput):
        rows(kept(tmp_path, data))


def test_what_unpacks_to_more_than_allowed_is_refused(tmp_path: Path) -> None:
    big = changed(xlsx([["x"]]), {"xl/media/a.bin": "a" * 3_000_000})
    with pytest.raises(BadInput) as refused:
        rows(kept(tmp_path, big), Limits(max_unpacked=2_000_000))
    assert refused.value.code == "bomb"
    texts = "<sst>" + f"<si><t>{'a' * 1000}</t></si>" * 200 + "</sst>"
    with pytest.raises(BadInput):
        Workbook(
            kept(tmp_path, changed(xlsx([["x"]]), {"xl/sharedStrings.xml": texts})),
            Limits(max_characters=50_000),
        )
