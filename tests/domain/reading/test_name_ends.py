"""A name may go on behind its end where words of its kind follow: then its end is doubted."""

from __future__ import annotations

import pytest

from domain.reading.orders.name_ends import may_go_on


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        ("các đoàn thể thôn", ", buôn gõ cửa từng nhà"),
        ("UBND các huyện Tri Tôn", " và thị xã Tịnh Biên kiểm kê lễ hội"),
        ("Các chủ rừng", " là tổ chức bố trí người gác"),
        ("Phòng Kiểm tra", ", giải quyết khiếu nại ra văn bản"),
        ("Phòng Quản lý", " bảo vệ rừng và Bảo tồn thiên nhiên soi điểm cháy"),
        ("các tỉnh, thành phố", " sát rìa Trung ương chỉ đạo cắt điện"),
        ("Thanh tra viên", " phụ trách văn hóa và Phòng Pháp chế phối hợp kiểm tra"),
        ("Phòng Công nghệ", " thông tin có trách nhiệm nâng băng thông"),
        ("Các cơ quan", " báo chí mở đợt cao điểm tuyên truyền"),
        ("các đơn vị", " nhận quân thông báo chỉ tiêu"),
        ("Tổ Công nghệ", " thông tin rà soát lỗ hổng"),
    ],
)
def test_names_that_may_go_on(name: str, behind: str) -> None:
    assert may_go_on(name, behind)


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        ("Sở Y tế", " rà soát, tổng hợp"),
        ("Sở Y tế", ": kiểm tra các nhà thuốc"),
        ("ông Trần Văn Nam", ", chủ trì họp giao ban"),
        ("Sở Y tế", " và báo cáo UBND tỉnh"),
        ("Sở Y tế", ", trước ngày 30/6, gửi báo cáo"),
        ("Sở Y tế", " là cơ quan đầu mối"),
        ("các cơ quan, đơn vị", " tổ chức thực hiện nghiêm túc"),
        ("các đơn vị", " rà soát, tổng hợp, báo cáo"),
        ("Sở Y tế", " báo cáo UBND tỉnh kết quả"),
    ],
)
def test_names_that_have_ended(name: str, behind: str) -> None:
    assert not may_go_on(name, behind)
