"""Agencies as plans write them, against the register of a province."""

from __future__ import annotations

from datetime import date

import pytest

from domain.agencies import Register
from domain.reading.agencies import resolve
from storage import seed

REGISTER = Register.of(*seed.load_agencies("kontum-2024")).as_of(date(2024, 6, 20))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Các Sở: Nội vụ, Tài chính, Y tế", "snv stc syt"),
        ("Các sở: Tư pháp; Tài chính", "stp stc"),
        ("Giám đốc các Sở: Nội vụ, Kế hoạch và Đầu tư", "snv skhdt"),
        ("Sở Nội vụ, Tài chính, Tư pháp", "snv stc stp"),
        ("UBND các huyện: Ngọc Hồi, Đăk Hà và thành phố Kon Tum", "ubnd-ngoc-hoi ubnd-dak-ha ubnd-kon-tum"),
        ("UBND thành phố", "ubnd-kon-tum"),
        ("Sở LĐTB&XH; Sở VHTT&DL; Sở XD", "sldtbxh svhttdl sxd"),
        ("Sở Kế hoạchvà Đầu tư, Sở N ội vụ", "skhdt snv"),
        ("Mặt trận Tổ quốc Việt Nam tỉnh", "mttq"),
        ("Sở Nội vụ (chủ trì); Sở Tài chính (phối hợp)", "snv"),
        ("Sở Thông tin và Truyền thông chủ trì, phối hợp với Sở Nội vụ", "stttt"),
    ],
)
def test_names(cell: str, codes: str) -> None:
    found = resolve(cell, REGISTER)
    assert list(found.agencies) == codes.split()
    assert found.doubts == ()


def test_who_helps_is_no_lead() -> None:
    assert resolve("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", REGISTER).supporting == ("stc",)


@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        ("UBND huyện, thành phố", "ubnd-cac-huyen"),
        ("UBND cấp huyện, cấp xã", "ubnd-cac-huyen ubnd-cac-xa"),
        ("Tất cả các sở, ban, ngành, UBND các huyện, thành phố", "cac-so-ban-nganh ubnd-cac-huyen"),
    ],
)
def test_groups(cell: str, groups: str) -> None:
    found = resolve(cell, REGISTER)
    assert list(found.groups) == groups.split()
    assert found.group_members
    assert found.condition == ""


def test_a_condition_is_kept_and_expands_to_nobody() -> None:
    found = resolve("Các sở, ban, ngành, đơn vị có liên quan", REGISTER)
    assert (found.agencies, found.group_members) == ((), ())
    assert found.condition == "Các sở, ban, ngành, đơn vị có liên quan"


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Bộ Nội vụ", "outside_agency"), ("Ngân hàng Nhà nước chi nhánh tỉnh", "outside_agency"), ("Sở Không Có", "unknown_agency")],
)  # fmt: skip
def test_what_is_not_in_the_register_is_said(cell: str, code: str) -> None:
    assert [d.code for d in resolve(cell, REGISTER).doubts] == [code]
