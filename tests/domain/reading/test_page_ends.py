"""Sentences that the end of a page has cut are read in one piece, and nothing else is joined."""

from __future__ import annotations

import pytest

from domain.reading.page_ends import joined

CUT = "- Sở Y tế rà soát danh mục thuốc thiết yếu của các cơ sở, trình Ủy ban nhân dân"
REST = "tỉnh trong tháng 5 năm 2025."


@pytest.mark.parametrize(
    "between", [[], ["--- PAGE BREAK ---"], ["7", "--- PAGE BREAK ---"], ["Trang 7/12"], ["- 7 -"], ["7"]]
)
def test_a_sentence_is_put_together_over_the_end_of_a_page(between: list[str]) -> None:
    assert joined([CUT, *between, REST]) == [f"{CUT} {REST}"]


def test_a_capital_goes_on_only_over_the_end_of_a_page() -> None:
    rest = "Chính phủ trong tháng 5 năm 2025."
    assert joined([CUT, "--- PAGE BREAK ---", rest]) == [f"{CUT} {rest}"]
    assert joined([CUT, rest]) == [CUT, rest]


@pytest.mark.parametrize(
    "following",
    ["- Sở Nội vụ báo cáo.", "b) Sở Nội vụ báo cáo.", "2. Sở Nội vụ", "Phụ lục 1", "IV. KINH PHÍ"],
)
def test_what_begins_anew_is_not_joined(following: str) -> None:
    assert joined([CUT, "--- PAGE BREAK ---", following]) == [CUT, following]


def test_a_number_of_its_own_stays_and_specks_before_and_behind_a_mark_go() -> None:
    assert joined(["Sở Y tế", "2", "Sở Nội vụ"]) == ["Sở Y tế", "2", "Sở Nội vụ"]
    assert joined(["__ - Trình đề án.", "đ) 1 Đề nghị Hội Nông dân"]) == [
        "- Trình đề án.",
        "đ) Đề nghị Hội Nông dân",
    ]
