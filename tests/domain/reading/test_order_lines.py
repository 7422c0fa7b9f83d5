"""The lines of a document in sentences: what belongs to whom, and what is no task."""

from __future__ import annotations

import pytest

from domain.reading.orders.order_clauses import clauses
from domain.reading.orders.plan_addressed import Known, addressed
from domain.reading.orders.plan_orders import read_orders
from tests.domain.reading.test_order_names import READER


def test_several_told_in_one_line_are_told_each_something() -> None:
    said = "Giao Sở Y tế mua thuốc; giao Sở Tài chính cấp kinh phí. Công an tỉnh bảo vệ kho; phân công 02 cán bộ trực."
    told = clauses(said, Known(), addressed(said, Known(), numbered=True))
    assert [one.who for one in told] == ["Sở Y tế", "Sở Tài chính", "Công an tỉnh"]


def orders(*lines: str, issuer: str = "") -> list[tuple[str, str]]:
    return [(task.leads, task.title) for task in read_orders(list(lines), READER, issuer)]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Trạm Thú y cấp vắc xin. Mỗi tuần 2 lần (thứ Ba, thứ Sáu) Trạm gửi số liệu.", "Trạm"),
        ("Kế toán niêm yết các khoản thu. Sau khi Kho bạc báo, kế toán làm thủ tục chi.", "kế toán"),
        (
            "Công an xã mở đợt kiểm tra. Ban Chỉ huy Quân sự xã điều dân quân gác đêm.",
            "Ban Chỉ huy Quân sự xã",
        ),
    ],
)
def test_a_sentence_of_its_own_tells_somebody_right_before_the_doing(said: str, who: str) -> None:
    told = clauses(said, Known(), addressed(said, Known(), numbered=True))
    assert [one.who for one in told][1:] == [who]


def test_a_paragraph_below_a_name_is_read_in_its_sentences() -> None:
    said = (
        "Sửa mặt đường tỉnh lộ 8 xong trước ngày 25/8. Thăm hỏi các hộ ven sông. Khi nước lên, thông báo qua loa. "
        "Báo cáo trước ngày 30/8/2025."
    )
    found = [task.title for task in read_orders(["1. UBND xã Ea Bông", said], READER)]
    assert [title.split()[0] for title in found] == ["Sửa", "Thăm", "Khi"]
    assert found[2].endswith("ngày 30/8/2025.")


def test_a_second_doing_with_an_event_of_its_own_is_another_task() -> None:
    said = "1. Trưởng các thôn: dọn đường làng vào ngày 07/9/2025. Rà soát người đi làm ăn xa ngay khi có biến động."
    assert [task.frame.kind.value for task in read_orders([said], READER)] == ["fixed_date", "on_event"]


def test_a_plain_line_between_bullets_goes_on_with_the_first() -> None:
    found = orders(
        "- Về sạt lở bờ sông: Sở Xây dựng kiểm tra thực địa.", "Công an xã An Bình cắm biển cảnh báo.",
        "- Việc cấp giấy cho 12 hộ ấp 3: UBND xã Gò Sao giải quyết dứt điểm.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["Sở Xây dựng", "Công an xã An Bình", "UBND xã Gò Sao"]


def test_a_part_that_names_somebody_may_say_plainly_what_is_to_be_done() -> None:
    found = orders("I. Đối với các trường:", "Điều động giáo viên coi thi khi Sở có quyết định.")
    assert found == [("các trường", "Điều động giáo viên coi thi khi Sở có quyết định.")]


def test_a_committee_that_others_tell_to_direct_is_told_itself() -> None:
    said = "1. UBND huyện Ia Lốp chỉ đạo UBND các xã Ia Lâu, Ia Mơ xác nhận nguồn gốc đất."
    by_province = orders(said, issuer="UBND tỉnh Gia Lai")
    by_itself = orders(said, issuer="UBND huyện Ia Lốp")
    assert [who for who, _ in (*by_province, *by_itself)] == [
        "UBND huyện Ia Lốp",
        "UBND các xã Ia Lâu, Ia Mơ",
    ]


def test_who_issues_may_ask_all_in_a_short_opening() -> None:
    found = orders(
        "Giám đốc Sở yêu cầu các phòng chuyên môn:", "1. Rà soát hồ sơ.", "2. Văn phòng trực điện thoại."
    )
    assert [who for who, _ in found] == ["các phòng chuyên môn", "Văn phòng"]


@pytest.mark.parametrize(
    "line",
    [
        "9. Các sở, ban, ngành chịu trách nhiệm thi hành Chỉ thị này./.",
        "9. Trong quá trình thực hiện nếu có vướng mắc, các đơn vị báo cáo về Sở Nội vụ.",
    ],
)
def test_what_closes_a_document_may_be_numbered(line: str) -> None:
    assert len(orders("8. Sở Nội vụ kiểm tra công vụ.", line)) == 1


def test_whoever_stands_above_is_kept_when_a_part_names_somebody_else() -> None:
    found = orders(
        "1. Sở Giáo dục và Đào tạo", "1.1. Giao Phòng Chính trị tư tưởng soạn tài liệu.",
        "1.2. Chỉ đạo các trường ký cam kết.", "1.3. Cử Tổ kỹ thuật trực.",
    )  # fmt: skip
    assert [who for who, _ in found] == [
        "Phòng Chính trị tư tưởng",
        "Sở Giáo dục và Đào tạo",
        "Sở Giáo dục và Đào tạo",
    ]


def test_the_next_number_is_no_part_of_a_plain_sentence_below_the_one_before() -> None:
    lines = (
        "2) Sân trường",
        "Giao Tổ Hành chính quét sơn, trồng lại hàng rào trước ngày 30/4/2023.",
        "3) Sách mượn",
        "a) Các lớp hệ Ngoại áp dụng bảng kiểm sách mượn.",
    )
    assert [leads for leads, _ in orders(*lines)] == ["Tổ Hành chính", "Các lớp hệ Ngoại"]


def test_who_helps_with_all_of_a_list_helps_with_each_part() -> None:
    lines = ("1. Sở Tài chính chủ trì, phối hợp với các sở, ngành:", "- Lập khung theo dõi.")
    (task,) = read_orders(list(lines), READER)
    assert (task.leads, task.coordinators) == ("Sở Tài chính", "các sở, ngành")


def test_what_happened_and_what_closes_is_no_task() -> None:
    found = orders(
        "Đến nay 22 xã, phường có tỷ lệ dưới 40%. Công an tỉnh thiếu máy quét.",
        "Chủ tịch UBND tỉnh có ý kiến như sau:", "1. Sở Nội vụ kiểm tra công vụ.",
        "Đề nghị các cơ quan, đơn vị thực hiện đúng thời gian được giao./.",
    )  # fmt: skip
    assert [who for who, _ in found] == ["Sở Nội vụ"]


def test_what_the_opening_gives_to_all_is_doubted_beside_those_who_are_named() -> None:
    opening = "Bộ trưởng yêu cầu các đơn vị trong ngành thực hiện các nhiệm vụ sau:"
    lines = (opening, "1. Rà soát quy trình vận hành.", "2. Vụ Pháp chế góp ý dự thảo.")
    first, second = read_orders(list(lines), READER)
    assert ([d.code for d in first.doubts], [d.code for d in second.doubts]) == (["lead_from_above"], [])
    assert first.leads.startswith("các đơn vị")


def test_an_order_that_names_nobody_known_is_told_beside_the_next_task() -> None:
    lines = (
        "1. Giao lại việc này cho người quen thuộc đường đi lối lại trong rừng sâu núi thẳm từ lâu nay vẫn làm.",
        "2. Sở Nội vụ kiểm tra công vụ.",
    )
    (task,) = read_orders(list(lines), READER)
    assert [d.code for d in task.doubts] == ["order_beside"]


def test_a_line_among_others_that_name_somebody_names_somebody_too() -> None:
    lines = (
        "1. Sở Nội vụ kiểm tra công vụ.",
        "2. Kinh phí thực hiện lấy từ ngân sách.",
        "3. Mạnh thường quân các chợ phối hợp gây quỹ.",
    )
    first, second = read_orders(list(lines), READER)
    assert (first.leads, second.leads) == ("Sở Nội vụ", "Mạnh thường quân các chợ")
    assert [d.code for d in second.doubts] == ["unlikely_lead"]


def test_a_part_that_may_name_somebody_unknown_is_doubted() -> None:
    lines = ("1. Sở Y tế:", "a) Tổ chức tập huấn.", "b) Mạnh thường quân hỗ trợ xe cứu thương.")
    first, second = read_orders(list(lines), READER)
    assert [d.code for d in first.doubts] == []
    assert [d.code for d in second.doubts] == ["lead_from_above"]


def test_a_name_below_a_group_is_told_by_its_capitals() -> None:
    lines = (
        "I. CÁC PHÒNG",
        "1. Sử dụng và Phát triển rừng khóa dữ liệu.",
        "2. Tổ chức, Hành chính lập quy trình.",
    )
    leads = [task.leads for task in read_orders(list(lines), READER)]
    assert leads == ["Sử dụng và Phát triển rừng", "Tổ chức, Hành chính"]


def test_what_somebody_below_a_name_directs_is_his_task() -> None:
    lines = (
        "1. Hội Nông dân xã",
        "a) Vận động hội viên làm rào.",
        "b) Kêu gọi doanh nghiệp góp vốn.",
        "c) Phân công 02 cán bộ phụ trách.",
    )
    assert {task.leads for task in read_orders(list(lines), READER)} == {"Hội Nông dân xã"}


def test_labels_below_a_sentence_belong_to_it() -> None:
    lines = (
        "1. Đội Kiểm tra chọn 12 doanh nghiệp để kiểm tra.",
        "- Tiến độ: xong trong quý IV/2025.",
        "- Phối hợp: Công an tỉnh.",
    )
    (task,) = read_orders(list(lines), READER)
    assert (task.frame.text, task.coordinators) == ("xong trong quý IV/2025", "Công an tỉnh")


@pytest.mark.parametrize("line", ["Thư ký ghi: Lại Thị Mơ", "- Địa bàn: các tuyến phố quanh chợ."])
def test_a_remark_behind_a_colon_is_no_task(line: str) -> None:
    assert len(list(read_orders(["- Sở Y tế phun thuốc.", "- Sở Xây dựng dọn rác.", line], READER))) == 2


def test_two_times_in_a_sentence_are_two_tasks_and_a_time_alone_is_none() -> None:
    line = "1. Giao Sở Y tế kiểm tra các bếp ăn, xong trước ngày 15/9/2025; chủ trì, phối hợp với Công an tỉnh tổ chức diễn tập trong tháng 10/2025."
    first, second = read_orders([line], READER)
    assert (first.frame.text, first.coordinators) == ("trước ngày 15/9/2025", "")
    assert (second.leads, second.coordinators, second.frame.text) == (
        "Sở Y tế",
        "Công an tỉnh",
        "trong tháng 10/2025",
    )
    line = "1. Giao Sở Y tế kiểm tra các bếp ăn, xong trước ngày 15/9/2025; báo cáo kết quả về UBND tỉnh trong tháng 10/2025."
    assert len(list(read_orders([line], READER))) == 1


def test_whoever_stands_apart_is_told_something_of_his_own() -> None:
    line = "1. Các chi, đảng bộ cơ sở tổ chức đại hội trước ngày 30/9/2025. Riêng đảng bộ xã Tam Anh được chọn làm điểm, xong trong tháng 8/2025."
    assert [task.leads for task in read_orders([line], READER)] == [
        "Các chi, đảng bộ cơ sở",
        "đảng bộ xã Tam Anh",
    ]


def test_what_was_said_at_a_meeting_is_no_task() -> None:
    lines = [
        "I. BÁO CÁO",
        "1. Phòng Kế hoạch báo cáo hoạt động tháng 7.",
        "II. KẾT LUẬN",
        "Sau khi nghe các ý kiến, Giám đốc kết luận:",
        "1. Thầy Hùng đề nghị sửa mái nhà xe.",
        "2. Khoa Dược lập hồ sơ mời thầu.",
    ]
    assert [task.leads for task in read_orders(lines, READER)] == ["Khoa Dược"]


def test_an_event_before_whoever_is_told_ends_there() -> None:
    lines = (
        "1. Khi có lệnh, Bộ Chỉ huy Quân sự tỉnh điều động lực lượng đến các xã xung yếu.",
        "2. Kế toán công khai các khoản thu trong ngày 10/10/2025. Sau khi có thông báo của Kho bạc, kế toán chi trả tiền dạy thêm giờ.",
    )
    read = [(task.leads, task.frame.text) for task in read_orders(list(lines), READER)]
    assert read[0] == ("Bộ Chỉ huy Quân sự tỉnh", "Khi có lệnh")
    assert read[2] == ("kế toán", "Sau khi có thông báo của Kho bạc")


@pytest.mark.parametrize(
    ("second", "time"),
    [
        ("Hằng tháng công bố bảng xếp hạng giải ngân của các chủ đầu tư.", "Hằng tháng"),
        ("Tuần nào cũng phải có số liệu cập nhật cho Phòng Tài chính.", "Tuần nào cũng"),
        ("Đồng thời đôn đốc Ban Quản lý dự án nghiệm thu, xong trước 20/10/2025.", "trước 20/10/2025"),
        ("Ký cam kết với Công an phường về cổng trường, xong trong tháng 10/2025.", "trong tháng 10/2025"),
    ],
)
def test_a_sentence_with_a_rhythm_or_a_time_of_its_own_is_another_task(second: str, time: str) -> None:
    first = "1. Phòng Kế hoạch lập báo cáo giải trình, trình ký trước ngày 15/9/2025."
    tasks = list(read_orders([f"{first} {second}"], READER))
    assert [(task.leads, time in task.frame.text) for task in tasks] == [
        ("Phòng Kế hoạch", False),
        ("Phòng Kế hoạch", True),
    ]


def test_what_is_told_in_a_rhythm_of_the_same_task_stays_with_it() -> None:
    line = "1. Sở Y tế kiểm tra các bếp ăn trước ngày 15/9/2025. Hằng tháng báo cáo kết quả về UBND tỉnh."
    assert len(list(read_orders([line], READER))) == 1


@pytest.mark.parametrize(
    ("said", "who", "helps"),
    [
        ("1. Việc chuẩn bị hội nghị do Sở Y tế chủ trì, Sở Nội vụ phối hợp.", "Sở Y tế", "Sở Nội vụ"),
        ("1. Các dự án chậm tiến độ phải được Thanh tra tỉnh đưa vào kế hoạch.", "Thanh tra tỉnh", ""),
    ],
)
def test_whom_a_thing_is_done_by_leads(said: str, who: str, helps: str) -> None:
    (task,) = read_orders([said], READER)
    assert (task.leads, task.coordinators) == (who, helps)


def test_a_council_tells_the_committee_of_its_level_and_cites_laws() -> None:
    lines = [
        "HỘI ĐỒNG NHÂN DÂN TỈNH KHÓA X - KỲ HỌP THỨ 9",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
        "1. Ủy ban nhân dân tỉnh xây dựng kế hoạch thực hiện Nghị quyết này.",
        "2. Sở Y tế phun thuốc diệt muỗi ở các chợ.",
    ]
    told = [who for who, _ in orders(*lines, issuer="HĐND tỉnh Bến Tre")]
    assert told == ["Ủy ban nhân dân tỉnh", "Sở Y tế"]


def test_what_somebody_grants_is_an_event_whatever_it_is_for() -> None:
    (task,) = read_orders(
        ["1. Sở Y tế lập danh sách học sinh để tiêm vắc xin khi được Bộ Y tế phân bổ."], READER
    )
    assert task.frame.text == "khi được Bộ Y tế phân bổ"
