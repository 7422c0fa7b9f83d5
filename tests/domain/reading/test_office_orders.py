"""Orders as many offices write them: whom a sentence tells, and what."""

from __future__ import annotations

import pytest

from domain.reading.orders.plan_orders import read_orders
from tests.domain.reading.office import READER

ORDERS = {
    "Sở Nội vụ tham mưu UBND tỉnh kiện toàn Ban Chỉ đạo.": "Sở Nội vụ",
    "Giao Sở Nội vụ là cơ quan đầu mối, theo dõi việc thực hiện.": "Sở Nội vụ",
    "Đề nghị Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh giám sát việc thực hiện.": "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh",
    "Thống nhất giao Sở Tài chính cân đối nguồn vốn.": "Sở Tài chính",
    "Đồng ý chủ trương, giao Sở Xây dựng hoàn thiện hồ sơ trước ngày 15/3/2025.": "Sở Xây dựng",
    "Giám đốc Sở Y tế chịu trách nhiệm toàn diện về công tác phòng dịch.": "Giám đốc Sở Y tế",
    "Yêu cầu Giám đốc các Sở: Xây dựng, Công Thương kiểm điểm trách nhiệm.": "Giám đốc các Sở: Xây dựng, Công Thương",
    "Công an tỉnh phối hợp với Sở Xây dựng xử lý xe quá tải.": "Công an tỉnh",
    "Ban Quản lý Khu kinh tế rà soát các dự án chậm tiến độ.": "Ban Quản lý Khu kinh tế",
    "Văn phòng UBND tỉnh, Sở Nội vụ và Thanh tra tỉnh thẩm định kết quả.": "Văn phòng UBND tỉnh, Sở Nội vụ và Thanh tra tỉnh",
    "Các cơ quan báo chí đưa tin, phản ánh kịp thời.": "Các cơ quan báo chí",
    "UBND huyện Đăk Tô khắc phục ngay các tồn tại.": "UBND huyện Đăk Tô",
    "Đồng chí Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực chỉ đạo thực hiện.": "Đồng chí Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực",
    "Kho bạc Nhà nước khu vực XIV kiểm soát chi đúng quy định.": "Kho bạc Nhà nước khu vực XIV",
    "Sở Giáo dục và Đào tạo: Chủ trì xây dựng đề án; hoàn thành trong tháng 5/2025.": "Sở Giáo dục và Đào tạo",
    "Sở Du lịch (cơ quan thường trực) tổng hợp kết quả.": "Sở Du lịch (cơ quan thường trực)",
    "Người đứng đầu các cơ quan, đơn vị trực tiếp chỉ đạo công tác này.": "Người đứng đầu các cơ quan, đơn vị",
    "Chi cục Thuế khu vực VIII đẩy mạnh hóa đơn điện tử.": "Chi cục Thuế khu vực VIII",
    "Hội Nông dân tỉnh vận động hội viên tham gia.": "Hội Nông dân tỉnh",
    "Trung tâm Phục vụ hành chính công tỉnh giám sát việc tiếp nhận hồ sơ.": "Trung tâm Phục vụ hành chính công tỉnh",
    "Tỉnh đoàn ra quân các đội hình tình nguyện.": "Tỉnh đoàn",
    "Các chủ đầu tư cam kết tiến độ từng tháng.": "Các chủ đầu tư",
    "Bảo hiểm xã hội tỉnh chi trả lương hưu qua tài khoản.": "Bảo hiểm xã hội tỉnh",
    "Tổ công tác liên ngành kiểm tra thực địa trước ngày 20/2/2025.": "Tổ công tác liên ngành",
    "Liên minh Hợp tác xã tỉnh hỗ trợ hợp tác xã yếu kém.": "Liên minh Hợp tác xã tỉnh",
    "Yêu cầu UBND các huyện quyết liệt giải phóng mặt bằng.": "UBND các huyện",
    "Sở Khoa học và Công nghệ đưa hệ thống vào vận hành trước ngày 01/7/2025.": "Sở Khoa học và Công nghệ",
    "Sở Tư pháp góp ý dự thảo.": "Sở Tư pháp",
    "Sở Ngoại vụ đón tiếp đoàn công tác.": "Sở Ngoại vụ",
    "Cục Thống kê tỉnh cung cấp số liệu hằng tháng.": "Cục Thống kê tỉnh",
    "Phòng Nội vụ lập danh sách, gửi Sở Nội vụ trước 15/2.": "Phòng Nội vụ",
    "Trường Đại học Nông Lâm mở lớp bồi dưỡng.": "Trường Đại học Nông Lâm",
    "Công ty Điện lực tỉnh bảo đảm cấp điện.": "Công ty Điện lực tỉnh",
    "Ngân hàng Nhà nước Khu vực 11 chỉ đạo các tổ chức tín dụng giảm lãi suất.": "Ngân hàng Nhà nước Khu vực 11",
    "Về kinh phí: Sở Tài chính thẩm định, trình UBND tỉnh.": "Sở Tài chính",
    "Đối với dự án hồ chứa nước: giao Ban Quản lý dự án 98 hoàn thiện thủ tục.": "Ban Quản lý dự án 98",
    "Trong tháng 3/2025, Sở Xây dựng trình phê duyệt quy hoạch.": "Sở Xây dựng",
    "Trước ngày 10/4/2025, các địa phương gửi báo cáo về Sở Nội vụ.": "các địa phương",
    "Sở Nội vụ nắm tình hình, báo cáo khi có phát sinh.": "Sở Nội vụ",
    "Sở Giao thông vận tải phân luồng giao thông dịp lễ.": "Sở Giao thông vận tải",
    "Sở Công Thương bình ổn thị trường, chống buôn lậu.": "Sở Công Thương",
    "Ngành Y tế trực 24/24 giờ.": "Ngành Y tế",
    "UBND xã Đăk Ui thu hồi đất lấn chiếm.": "UBND xã Đăk Ui",
    "Sở Du lịch quảng bá điểm đến trên nền tảng số.": "Sở Du lịch",
    "Hội đồng thẩm định họp trước ngày 20/3/2025.": "Hội đồng thẩm định",
    "Sở Tài chính phối hợp Sở Xây dựng quyết toán công trình.": "Sở Tài chính",
    "Các địa phương đăng ký chỉ tiêu trước 10/2.": "Các địa phương",
    "Văn phòng UBND tỉnh bố trí lịch làm việc.": "Văn phòng UBND tỉnh",
    "Trưởng Ban Quản lý Khu kinh tế chịu trách nhiệm trước Chủ tịch UBND tỉnh.": "Trưởng Ban Quản lý Khu kinh tế",
    "Chánh Thanh tra tỉnh giám sát việc khắc phục.": "Chánh Thanh tra tỉnh",
    "Sở Ngoại vụ làm đầu mối liên hệ với đối tác.": "Sở Ngoại vụ",
    "Sở Văn hóa, Thể thao và Du lịch trùng tu di tích.": "Sở Văn hóa, Thể thao và Du lịch",
    "Công ty Cấp nước lắp đặt đồng hồ.": "Công ty Cấp nước",
    "Đoàn Thanh niên xung kích hỗ trợ người dân.": "Đoàn Thanh niên",
    "Kho bạc Nhà nước thanh toán trong ngày.": "Kho bạc Nhà nước",
    "Sở Dân tộc và Tôn giáo vận động đồng bào.": "Sở Dân tộc và Tôn giáo",
    "Thuế tỉnh Kon Tum quản lý nguồn thu.": "Thuế tỉnh Kon Tum",
    "Sở Nông nghiệp và Môi trường cấm khai thác cát trái phép.": "Sở Nông nghiệp và Môi trường",
    "Bưu điện tỉnh trả kết quả tại nhà.": "Bưu điện tỉnh",
    "Tòa án nhân dân tỉnh xét xử lưu động.": "Tòa án nhân dân tỉnh",
    "Viện Kiểm sát nhân dân tỉnh kiểm sát việc giải quyết.": "Viện Kiểm sát nhân dân tỉnh",
}  # fmt: skip


@pytest.mark.parametrize("text", ORDERS)
def test_whom_a_sentence_tells(text: str) -> None:
    for mark in ("1. ", "- "):
        assert [task.leads for task in read_orders([f"{mark}{text}"], READER)] == [ORDERS[text]]


def orders(*lines: str) -> list[tuple[str, str]]:
    return [(task.leads, task.title) for task in read_orders(list(lines), READER)]


def test_a_section_headed_by_an_agency_holds_its_numbered_lines() -> None:
    assert orders(
        "I. SỞ NỘI VỤ", "1. Kiểm tra công vụ.", "II. CÁC SỞ, BAN, NGÀNH", "1. Xây dựng kế hoạch."
    ) == [
        ("SỞ NỘI VỤ", "Kiểm tra công vụ."),
        ("CÁC SỞ, BAN, NGÀNH", "Xây dựng kế hoạch."),
    ]


def test_what_opens_a_list_tells_nobody_and_numbered_lines_stand_for_themselves() -> None:
    opening = "Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các cơ quan, đơn vị thực hiện nghiêm các nội dung sau:"
    assert orders(
        opening, "1. Sở Y tế có trách nhiệm:", "a) Tổ chức tập huấn.", "2. Sở Nội vụ kiểm tra."
    ) == [
        ("Sở Y tế", "Tổ chức tập huấn."),
        ("Sở Nội vụ", "Sở Nội vụ kiểm tra."),
    ]


def test_lines_below_a_name_are_its_own_unless_they_name_somebody() -> None:
    lines = ("1. Các sở, ngành:", "- Báo cáo kết quả.", "- Sở Công Thương: rà soát quy hoạch.")
    assert [who for who, _ in orders(*lines)] == ["Các sở, ngành", "Sở Công Thương"]
    assert orders("2. Thanh tra tỉnh", "Tổng hợp kết quả thanh tra.") == [
        ("Thanh tra tỉnh", "Tổng hợp kết quả thanh tra.")
    ]
    assert orders("Kính gửi:", "- Sở Nội vụ;", "- Sở Y tế.") == []


def test_a_name_whose_end_cannot_be_told_is_doubted_not_dropped() -> None:
    (task,) = read_orders(["3. Sở Mới Lập bàng hoàng ngẩn ngơ cùng bà con nhân dân trong vùng."], READER)
    assert [(d.field, d.code) for d in task.doubts] == [("leads", "name_guessed")]
    assert task.leads == "Sở Mới Lập"
