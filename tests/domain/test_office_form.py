"""The fixed words of an administrative paper."""

from datetime import date

import pytest

from domain.agencies import Register
from domain.office_form import dated, document, letterhead
from storage import seed

REGISTER = Register.of(*seed.load_agencies("kontum-2024"))


@pytest.mark.parametrize(
    ("code", "superior", "own", "symbol", "place", "signer"),
    [
        ("snv", "ỦY BAN NHÂN DÂN\nTỈNH KON TUM", "SỞ NỘI VỤ", "/BC-SNV", "Kon Tum", ("GIÁM ĐỐC",)),
        ("vp-ubnd", "ỦY BAN NHÂN DÂN\nTỈNH KON TUM", "VĂN PHÒNG UBND TỈNH", "/BC-VPUB", "Kon Tum", ("CHÁNH VĂN PHÒNG",)),
        ("ubnd-kon-tum", "", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ KON TUM", "/BC-UBND", "Kon Tum", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("ubnd-ia-h-drai", "", "ỦY BAN NHÂN DÂN\nHUYỆN IA H' DRAI", "/BC-UBND", "Ia H' Drai", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    ],
)  # fmt: skip
def test_letterheads(
    code: str, superior: str, own: str, symbol: str, place: str, signer: tuple[str, ...]
) -> None:
    head = letterhead(REGISTER.by_code[code], REGISTER)
    assert (head.superior, head.own, head.symbol) == (superior, own, symbol)
    assert (head.place, head.signer) == (place, signer)


def test_every_agency_has_a_letterhead() -> None:
    for agency in REGISTER.agencies:
        head = letterhead(agency, REGISTER)
        assert head.own
        assert head.signer


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 2, 5), "Kon Tum, ngày 05 tháng 02 năm 2024"),
        (date(2024, 1, 31), "Kon Tum, ngày 31 tháng 01 năm 2024"),
        (date(2024, 3, 9), "Kon Tum, ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 10), "Kon Tum, ngày 10 tháng 12 năm 2024"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_two_digits(day: date, words: str) -> None:
    assert dated("Kon Tum", day) == words


def test_documents_are_named_by_their_symbol() -> None:
    assert document("2164/KH-UBND") == "Kế hoạch số 2164/KH-UBND"
    assert document("24/QĐ-UBND") == "Quyết định số 24/QĐ-UBND"
    assert document("7/XYZ") == "Văn bản số 7/XYZ"
