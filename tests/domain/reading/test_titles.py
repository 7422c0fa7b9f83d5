"""A title in capitals is written as people write it."""

from __future__ import annotations

import pytest

from domain.reading.plan_head import recase

PROSE = "Sở Nông nghiệp và Môi trường tỉnh Kon Tum báo cáo Đại HỘI; chỉ số PAPI; HỘI nghị."


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("VỀ VIỆC TĂNG CƯỜNG QUẢN LÝ VẬT TƯ", "Về việc tăng cường quản lý vật tư"),
        ("NÂNG CHỈ SỐ PAPI CỦA TỈNH KON TUM", "Nâng chỉ số PAPI của tỉnh Kon Tum"),
        ("ĐƯA DỊCH VỤ LÊN VNEID", "Đưa dịch vụ lên VNEID"),
        ("TỔ CHỨC ĐẠI HỘI", "Tổ chức Đại hội"),
        ("Đã viết thường", "Đã viết thường"),
    ],
)
def test_lines_in_capitals_say_nothing_of_how_a_word_is_written(title: str, written: str) -> None:
    assert recase(title, f"{title}\n{PROSE}") == written
