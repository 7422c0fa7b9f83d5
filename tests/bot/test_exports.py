"""No cell of ours is a formula."""

import io
from datetime import date

from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.exports import OutSheet, neutralise, restore, to_csv, to_xlsx

TEXTS = st.text(st.sampled_from("=+-@'\t\rab 1"), max_size=8)


@bounded(derandomize=True, max_examples=300, deadline=None)
@given(TEXTS)
def test_a_neutral_cell_starts_no_formula_and_comes_back(text: str) -> None:
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restore(neutralise(text)) == text


def test_other_values_pass() -> None:
    assert [neutralise(v) for v in (-5, 2.5, None, date(2024, 6, 30), "Sở")] == [
        -5,
        2.5,
        None,
        date(2024, 6, 30),
        "Sở",
    ]


def test_in_files_too() -> None:
    rows = [["Tên", "Ngày"], ["=HYPERLINK(1)", date(2024, 6, 30)], ["\x07kêu", None]]
    assert to_csv(rows).decode("utf-8-sig").split("\r\n")[1] == "'=HYPERLINK(1),2024-06-30"
    page = load_workbook(io.BytesIO(to_xlsx([OutSheet("Bảng", rows)])))["Bảng"]
    assert page["A2"].value == "'=HYPERLINK(1)"
    assert page["A2"].data_type == "s"
    assert (page["A3"].value, page["A1"].font.bold, page.freeze_panes) == ("kêu", True, "A2")
