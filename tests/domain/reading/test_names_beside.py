"""An unknown name is asked about wherever it stands, also beside names that are known."""

import pytest

from domain.agencies import Register
from domain.reading.agencies import resolve
from storage import seed

REGISTER = Register.of(*seed.load_agencies("kontum-2024"))


@pytest.mark.parametrize(
    ("cell", "known", "asked"),
    [
        ("Sở Không Có Thật, Sở Tài chính", ("stc",), ["Sở Không Có Thật"]),
        ("Sở Tài chính; Sở Nội vụ, Trung tâm Tính toán", ("stc", "snv"), ["Trung tâm Tính toán"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ("svhttdl", "syt"), []),
        ("Các Sở: Nội vụ, Tài chính; UBND các huyện Ngọc Hồi, Đăk Hà", ("snv", "stc", "ubnd-ngoc-hoi", "ubnd-dak-ha"), []),
        ("Sở Nội vụ và các cơ quan, đơn vị liên quan", ("snv",), []),
    ],
)  # fmt: skip
def test_a_name_beside_known_ones_is_not_passed_over(
    cell: str, known: tuple[str, ...], asked: list[str]
) -> None:
    found = resolve(cell, REGISTER)
    assert found.agencies == known
    assert [d.detail for d in found.doubts if d.code == "unknown_agency"] == asked


def test_what_was_taught_is_found_beside_others() -> None:
    register = REGISTER.with_meant({"Sở Không Có Thật": "skhdt"})
    found = resolve("Sở Không Có Thật, Sở Tài chính", register)
    assert (found.agencies, found.doubts) == (("skhdt", "stc"), ())
