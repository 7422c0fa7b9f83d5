"""Who is meant where a cell holds more than names of the register: units, bodies of places, groups by their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agencies import Register
from domain.reading.agencies import resolve
from storage import seed

REGISTER = Register.of(*seed.load_agencies("kontum-2024"))


@pytest.mark.parametrize(
    "cell",
    [
        "Công an huyện Đăk Hà",
        "Công an các xã, phường, thị trấn",
        "Huyện ủy Đăk Hà",
        "Hội Nông dân xã Đăk Kan",
        "Đoàn Thanh niên các huyện, thành phố",
        "LĐLĐ các huyện, thị xã, thành phố",
        "UBND thành phố Phú Quốc",
        "Công an tỉnh Bắc Kạn",
        "Kho bạc Nhà nước Nam Định",
    ],
)
def test_a_body_that_only_has_a_known_name_in_it_is_asked_about(cell: str) -> None:
    found = resolve(cell, REGISTER)
    assert (found.agencies, found.group_members, found.conditional) == ((), (), ())
    assert [(d.code, d.detail) for d in found.doubts] == [("unknown_agency", cell)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Văn phòng Sở Nội vụ", "snv"),
        ("Thanh tra Sở Y tế", "syt"),
        ("Trung tâm Kiểm soát bệnh tật thuộc Sở Y tế", "syt"),
        ("Phòng Tài chính - Kế hoạch huyện Ngọc Hồi", "ubnd-ngoc-hoi"),
        ("Ban Quản lý dự án huyện Kon Rẫy", "ubnd-kon-ray"),
    ],
)
def test_a_part_of_an_agency_is_taken_for_it_and_said(cell: str, code: str) -> None:
    found = resolve(cell, REGISTER)
    assert found.agencies == (code,)
    assert [(d.code, d.detail) for d in found.doubts] == [("unit_of_agency", cell)]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Giám đốc Sở Tài chính", "stc"),
        ("đồng chí Chánh Văn phòng UBND tỉnh", "vp-ubnd"),
        ("Chủ tịch UBND huyện Đăk Hà", "ubnd-dak-ha"),
        ("UBND huyện Ngọc Hồi, Đăk Hà, thành phố Kon Tum", "ubnd-ngoc-hoi ubnd-dak-ha ubnd-kon-tum"),
        ("UBND các xã Đăk Kan, Đăk Ang", "xa-dak-kan-ngoc-hoi xa-dak-ang-ngoc-hoi"),
        ("UBND TP Kon Tum", "ubnd-kon-tum"),
        ("Sở Nội vụ tỉnh Kon Tum; CÔNG AN TỈNH", "snv ca"),
    ],
)
def test_posts_lists_of_places_and_the_provinces_name(cell: str, codes: str) -> None:
    found = resolve(cell, REGISTER)
    assert (list(found.agencies), found.doubts) == (codes.split(), ())


@pytest.mark.parametrize(
    ("cell", "group"),
    [
        ("UBND các huyện, thị xã, thành phố", "ubnd-cac-huyen"),
        ("Chủ tịch Ủy ban nhân dân các quận, huyện, thị xã", "ubnd-cac-huyen"),
        ("các huyện, thị xã và thành phố", "ubnd-cac-huyen"),
        ("UBND các huyện, thành phố trên địa bàn tỉnh", "ubnd-cac-huyen"),
        ("UBND các xã, phường, đặc khu", "ubnd-cac-xa"),
        ("Các sở, ban, ngành thuộc tỉnh", "cac-so-ban-nganh"),
    ],
)
def test_every_committee_of_a_level_in_whatever_words(cell: str, group: str) -> None:
    found = resolve(cell, REGISTER)
    assert (found.groups, found.condition, found.doubts) == ((group,), "", ())


@pytest.mark.parametrize(
    "cell",
    [
        "UBND các huyện có liên quan",
        "UBND các xã, phường nơi có dự án",
        "Các sở, ban, ngành được phân công",
        "UBND các xã biên giới",
    ],
)
def test_a_group_that_is_narrowed_waits_for_a_persons_word(cell: str) -> None:
    found = resolve(cell, REGISTER)
    assert (found.agencies, found.group_members, found.condition) == ((), (), cell)
    assert found.conditional


@pytest.mark.parametrize("cell", ["UBND tỉnh", "Ủy ban nhân dân tỉnh Kon Tum", "Chủ tịch UBND tỉnh"])
def test_the_committee_itself_is_reminded_by_nobody_and_said_so(cell: str) -> None:
    found = resolve(cell, REGISTER)
    assert (found.agencies, [d.code for d in found.doubts]) == ((), ["province_committee"])


def test_who_advises_the_committee_is_no_doubt() -> None:
    found = resolve("Sở Nội vụ tham mưu UBND tỉnh", REGISTER)
    assert (found.agencies, found.doubts) == (("snv",), ())


KNOWN = {"Sở Nội vụ": "snv", "Sở Văn hóa, Thể thao và Du lịch": "svhttdl", "Công an tỉnh": "ca", "UBND huyện Đăk Hà": "ubnd-dak-ha", "Ban Dân tộc": "bdt"}  # fmt: skip
STRANGE = ("Công ty Điện lực", "Bưu điện tỉnh", "Hội Chữ thập đỏ", "Báo Núi Xa", "Trung tâm Tính toán", "Chi cục Quản lý rừng")  # fmt: skip


@given(st.lists(st.sampled_from([*KNOWN, *STRANGE]), min_size=1, max_size=6, unique=True), st.sampled_from([", ", "; ", " và "]))  # fmt: skip
def test_of_names_in_a_row_none_is_lost(names: list[str], between: str) -> None:
    found = resolve(between.join(names), REGISTER)
    assert list(found.agencies) == [KNOWN[name] for name in names if name in KNOWN]
    assert [d.detail for d in found.doubts] == [name for name in names if name not in KNOWN]
