"""Tables drawn by spaces, semicolons or rules of dashes are read as those with pipes are."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.cut_text import read_cut_text
from domain.reading.plan import read_plan
from domain.reading.tables.drawn_text import with_pipes
from tests.domain.reading.office import READER

NAMES = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Phối hợp", "Thời hạn")
TASKS = (
    ("Lập danh sách nhà dột nát của hộ nghèo", "Phòng Nội vụ", "UBND các xã", "30/6/2025"),
    ("Sửa chữa trạm bơm Đồng Cỏ", "Phòng Kinh tế", "Điện lực huyện", "trước 15/7/2025"),
    ("Tập huấn cán bộ thôn về chuyển đổi số", "Phòng Văn hóa và Thông tin", "Bưu điện huyện", "Quý III/2025"),
)
ROWS = [NAMES, *((str(n), *task) for n, task in enumerate(TASKS, 1))]


def drawn(width: int, between: str = "  ", rule: str = "") -> list[str]:
    """The rows with cells of so many letters at most, their lines one below another."""
    found: list[str] = [rule] if rule else []
    for row in ROWS:
        cells = [wrap(cell, width) or [""] for cell in row]
        for lines in zip(*(cell + [""] * (max(map(len, cells)) - len(cell)) for cell in cells), strict=True):
            text = between.join(line.ljust(width + 1) for line in lines)
            found.append(f"| {text} |" if rule else text.rstrip())
        found += [rule] if rule else []
    return found


def read(lines: list[str]) -> list[tuple[str, ...]]:
    text = ["KẾ HOẠCH", "Năm 2025", "", *lines, "", "Các phòng thực hiện nghiêm túc."]
    document = read_cut_text("\n".join(with_pipes(text)))
    draft = read_plan(document, register=None, calendar=READER.calendar, today=date(2025, 1, 1))
    return [(t.title, t.leads, t.coordinators, t.frame.text) for t in draft.tasks]


@pytest.mark.parametrize("width", [18, 22, 30, 45])
def test_cells_may_stand_below_their_headings(width: int) -> None:
    assert read(drawn(width)) == list(TASKS)


@pytest.mark.parametrize("width", [18, 30, 45])
def test_rules_of_dashes_part_the_rows(width: int) -> None:
    assert read(drawn(width, " | ", f"+{'-' * 8}+{'-' * 20}+")) == list(TASKS)


def test_semicolons_part_the_cells() -> None:
    assert read([";".join(row) for row in ROWS]) == list(TASKS)


def test_a_letterhead_and_prose_are_no_table() -> None:
    lines = [
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI",
        "Số: 1/KH        Kon Tum, ngày 1",
        "Nội dung; thời hạn; kinh phí",
    ]
    assert with_pipes(lines) == lines


@given(
    st.lists(
        st.sampled_from(
            [
                "  ".join(NAMES),
                ";".join(NAMES),
                "1  Sửa cầu  Sở Y tế",
                "II. Mục",
                "|a|b|",
                "+--+--+",
                "",
                "   x",
            ]
        ),
        max_size=12,
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    assert Counter(re.findall(r"\w+", " ".join(with_pipes(lines)))) == Counter(
        re.findall(r"\w+", " ".join(lines))
    )


def test_headings_behind_a_table_are_no_part_of_it() -> None:
    lines = [*drawn(45), "", "II. TỔ CHỨC THỰC HIỆN", "1. Phòng Nội vụ theo dõi."]
    assert with_pipes(lines)[-2:] == lines[-2:]
