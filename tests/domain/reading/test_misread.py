"""Misread words of office are put right in scans, and nowhere else."""

from __future__ import annotations

from domain.reading.misread import put_right

SCAN = [
    "Bộ Tai chính chú trì, phôi hợp với các đơn vi liên quan báo cáo.",
    "UY BAN NHÂN DÂN tỉnh đây mạnh tuyên truyền.",
]


def test_words_of_office_that_a_scan_has_misread_are_put_right() -> None:
    assert put_right(SCAN) == [
        "Bộ Tài chính chủ trì, phối hợp với các đơn vị liên quan báo cáo.",
        "ỦY BAN NHÂN DÂN tỉnh đẩy mạnh tuyên truyền.",
    ]


def test_one_slip_of_a_typist_is_left_as_it_is() -> None:
    assert put_right(["Các đơn vi báo cáo.", "Sở Y tế"]) == ["Các đơn vi báo cáo.", "Sở Y tế"]


def test_other_words_of_the_same_letters_stay() -> None:
    typed = "Sở mở khóa học về nghề truyền thống để xuất khẩu, đầu từ tháng 5, trong mọi trường hợp; các Uỷ ban, văn hoá"
    assert put_right([*SCAN, typed])[-1] == typed
