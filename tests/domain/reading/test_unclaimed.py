"""Names and times that stand in the words of a task and in none of its fields are said, in whatever words they come."""

from __future__ import annotations

import pytest

from domain.plans import TaskDraft
from domain.reading.orders.plan_orders import read_orders
from domain.reading.plan_unclaimed import with_unclaimed
from domain.timeframes import TimeFrame, TimeFrameKind
from tests.domain.reading.office import READER


def _codes(task: TaskDraft) -> list[tuple[str, str]]:
    return [(d.field, d.code) for d in with_unclaimed([task], orders=True)[0].doubts]


def _order(leads: str, title: str, *, when: str = "trước 30/6", helps: str = "") -> TaskDraft:
    return TaskDraft("", "1", title, leads, helps, TimeFrame(text=when))


@pytest.mark.parametrize(
    "title",
    [
        "Phòng Kỹ thuật cùng các trạm bơm ở hai huyện đo lại cao trình kênh chính.",
        "Phòng Kỹ thuật lập hồ sơ, cùng lo có Hội Nông dân xã.",
        "Phòng Kỹ thuật đo lại cao trình kênh chính, với sự cộng tác của những người coi kênh.",
        "Phòng Kỹ thuật dỡ đăng chắn trên kênh, Công an thị trấn phụ lực.",
        "Phòng Kỹ thuật nắm tình hình bến cảng, có Hải đội 2 hỗ trợ.",
        "Phòng Kỹ thuật chủ trì, cùng những người coi kênh lập danh sách trạm bơm.",
        "Phòng Kỹ thuật đo kênh chính, bàn với Phòng Tài vụ về kinh phí.",
    ],
)
def test_somebody_who_helps_in_words_nobody_knows(title: str) -> None:
    assert ("coordinators", "name_unclaimed") in _codes(_order("Phòng Kỹ thuật", title))


@pytest.mark.parametrize(
    "title",
    [
        "Phòng Kỹ thuật báo cáo UBND tỉnh kết quả đo kênh chính.",
        "Phòng Kỹ thuật làm việc cùng lúc tại hai trạm bơm.",
        "Phòng Kỹ thuật tổ chức ký cam kết với các hộ dân ven kênh.",
    ],
)
def test_others_a_sentence_only_speaks_of(title: str) -> None:
    assert _codes(_order("Phòng Kỹ thuật", title)) == []


@pytest.mark.parametrize(
    ("title", "doubted"),
    [
        ("Sở Y tế phun hóa chất trước, trong và sau ngày hội.", True),
        ("Sở Y tế mở lớp, lịch học theo thông báo của trường.", True),
        ("Sở Y tế phun hóa chất ở các ổ dịch.", False),
        ("Sở Y tế rút ngắn thời gian khám bệnh.", False),
    ],
)
def test_words_that_may_set_a_time(title: str, *, doubted: bool) -> None:
    codes = _codes(_order("Sở Y tế", title, when=""))
    assert (("timeframe", "time_unclaimed") in codes) is doubted


def test_from_a_day_to_a_day_has_an_end() -> None:
    frame = TimeFrame(text="từ tháng 8 đến tháng 10", kind=TimeFrameKind.OPEN_ENDED)
    task = TaskDraft("", "1", "Sở Y tế khảo sát từ tháng 8 đến tháng 10.", "Sở Y tế", "", frame)
    assert _codes(task) == [("timeframe", "time_unclaimed")]


def test_a_time_that_holds_whoever_leads_is_no_time() -> None:
    title = "Khi có lệnh, Công an tỉnh điều động lực lượng."
    task = _order("Công an tỉnh", title, when="Khi có lệnh, Công an tỉnh điều động lực lượng")
    assert ("timeframe", "unlikely_time") in _codes(task)


def test_who_closes_a_document_speaks_to_everybody() -> None:
    orders = [_order("Sở Y tế", f"Sở Y tế làm việc thứ {n}.") for n in range(5)]
    last = TaskDraft("", "", "Các đơn vị triển khai thực hiện.", "Các đơn vị", "", TimeFrame())
    found = with_unclaimed([*orders, last], orders=True)
    assert [d.code for d in found[-1].doubts] == ["unlikely_title"]


def test_a_second_one_who_is_told_something_in_the_same_row() -> None:
    title = "Ban Tuyên giáo định hướng nội dung. Các cơ quan báo chí mở chuyên mục."
    assert _codes(_order("Ban Tuyên giáo", title)) == [("row", "told_another")]


@pytest.mark.parametrize(
    ("leads", "title", "code"),
    [
        ("CÁC PHÒNG", "Chấm lại hồ sơ tồn.", "unlikely_lead"),
        ("phường", "Dịch phát sinh ở 47 xã, phường; số lợn tiêu hủy tăng.", "unlikely_lead"),
        ("đồng chí Thượng", "Giao đồng chí Thượng tá Rơ Lan kiểm tra kho.", "unlikely_lead"),
        ("hội viên", "Vận động hội viên dùng nước sạch.", "unlikely_lead"),
        ("Phòng Kiểm tra", "Phòng Kiểm tra, giải quyết khiếu nại ra văn bản.", "name_guessed"),
        ("Phòng Quản lý", "Phòng Quản lý bảo vệ rừng và Bảo tồn thiên nhiên soi điểm cháy.", "name_guessed"),
        ("Các phòng", "Thanh tra, Pháp chế: dự thảo quy trình luân chuyển hồ sơ.", "told_another"),
        ("UBND các xã", "Riêng UBND xã Minh Xuân giải quyết tranh chấp đất rừng.", "told_another"),
        ("UBND các xã", "Về đất: UBND huyện Tân Lập chỉ đạo UBND các xã lập hồ sơ.", "told_another"),
        ("Đại diện", "Đại diện lãnh đạo Công an bảo vệ buổi đối thoại.", "unlikely_lead"),
        ("các thành viên", "Ông Trần Duy Hải, Giám đốc Sở Xây dựng: sửa quy hoạch phân khu.", "told_another"),
        ("Phó Chủ tịch UBND xã", "Giao ông Trần Hữu Lộc, Phó Chủ tịch UBND xã đi kiểm tra.", "told_another"),
    ],
)
def test_leads_that_read_like_no_name(leads: str, title: str, code: str) -> None:
    assert ("leads", code) in _codes(_order(leads, title))


def test_a_label_and_a_name_are_no_task() -> None:
    codes = _codes(_order("Bộ phận đầu mối", "Bộ phận đầu mối: Sở Y tế; Sở Nội vụ."))
    assert ("title", "unlikely_title") in codes


@pytest.mark.parametrize(
    "title",
    [
        "CQX: Phòng Văn hóa. ĐVY: Công an phường. Xong: 20/12/2025.",
        "CQ chủ trì",
        "Phối hợp: Các khối",
        "CQ chủ trì: Sở Nội vụ; ĐV phối hợp",
        "Lắp đồng hồ đo mưa (CT: P. Kỹ thuật; HT: quý II)",
    ],
)
def test_labels_that_were_taken_for_a_task(title: str) -> None:
    assert ("title", "unlikely_title") in _codes(_order("Sở Y tế", title))


def test_plain_orders_carry_no_doubt() -> None:
    lines = [
        "1. Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra các nhà thuốc, hoàn thành trước ngày 30/6/2025.",
        "2. UBND các xã, phường rà soát hộ nghèo, báo cáo Sở Nội vụ trước ngày 15/5/2025.",
        "3. Đồng chí Trần Văn Nam, Phó Chủ tịch UBND tỉnh, chỉ đạo chung.",
    ]
    tasks = with_unclaimed(list(read_orders(lines, READER)), orders=True)
    assert [task.doubts for task in tasks] == [(), (), ()]


@pytest.mark.parametrize(
    ("leads", "doubted"),
    [
        ("PHÒNG QUẢN LÝ ĐÔ THỊ", False),
        ("CHỦ TỊCH UBND CÁC HUYỆN", False),
        ("NHIỆM VỤ TRỌNG TÂM", True),
    ],
)
def test_in_capitals_only_an_office_leads(leads: str, doubted: bool) -> None:
    codes = _codes(_order(leads, "Lập danh mục các tuyến đường cần chỉnh trang."))
    assert (("leads", "unlikely_lead") in codes) is doubted
