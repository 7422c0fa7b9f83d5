"""Headings of columns as many offices write them."""

from __future__ import annotations

import pytest

from domain.reading.tables.grid import heading_columns
from domain.reading.tables.plan_columns import heading, looks_like_agency, looks_like_time

HEADINGS = {
    "number": ("STT|TT|Số TT|Stt|Số thứ tự|T.T|No.|#"),
    "title": (
        "Nội dung|Nội dung công việc|Nhiệm vụ|Nhiệm vụ, giải pháp|Nhiệm vụ/giải pháp|Tên nhiệm vụ|Công việc|"
        "Tên công việc|Đầu việc|Hoạt động|Nội dung hoạt động|Nhiệm vụ cụ thể|Các nhiệm vụ chủ yếu|"
        "Nội dung thực hiện|Nội dung triển khai|Tên đề án|Đề án, nhiệm vụ|Tên chương trình, đề án|"
        "Nội dung nhiệm vụ giao|Nội dung chỉ đạo|Ý kiến chỉ đạo|Nội dung giao việc|Nhóm nhiệm vụ|Tên văn bản|"
        "Tên dự án|Danh mục nhiệm vụ|Mục tiêu, nhiệm vụ|Nội dung kiến nghị|Giải pháp thực hiện|"
        "Nội dung khắc phục|Tên tiêu chí|Tiêu chí thành phần|Nội dung cam kết|Việc cần làm|Nhiệm vụ trọng tâm|"
        "NỘI DUNG, NHIỆM VỤ TRỌNG TÂM|Tên sáng kiến"
    ),
    "lead": (
        "Cơ quan chủ trì|Đơn vị chủ trì|Chủ trì|Cơ quan thực hiện|Đơn vị thực hiện|Đơn vị, cá nhân thực hiện|"
        "Cơ quan, đơn vị chủ trì thực hiện|Đơn vị được giao|Cơ quan được giao nhiệm vụ|Trách nhiệm|"
        "Trách nhiệm thực hiện|Phân công thực hiện|Đơn vị đầu mối|Cơ quan đầu mối|Bộ phận thực hiện|"
        "Bộ phận chủ trì|Người thực hiện|Người phụ trách|Cán bộ phụ trách|Phòng chủ trì|Phòng, ban chủ trì|"
        "Sở, ngành chủ trì|Đơn vị chịu trách nhiệm|Cơ quan chịu trách nhiệm chính|Đơn vị tham mưu|"
        "Cơ quan tham mưu|Cơ quan soạn thảo|Cơ quan trình|Chủ đầu tư|Đơn vị triển khai|Tổ chức thực hiện|"
        "Cơ quan chủ trì tham mưu|Thành viên phụ trách|Đơn vị báo cáo|Đơn vị quản lý|"
        "Cơ quan, địa phương thực hiện|Cấp thực hiện|Chủ đầu tư, đơn vị thực hiện"
    ),
    "coordinate": (
        "Cơ quan phối hợp|Đơn vị phối hợp|Phối hợp|Cơ quan, đơn vị phối hợp|Đơn vị phối hợp thực hiện|"
        "Phối hợp thực hiện|Các đơn vị phối hợp|Sở, ngành, địa phương phối hợp|Cơ quan cùng thực hiện|"
        "Đơn vị liên quan|Cơ quan liên quan|Tham gia|Thành phần tham gia|Đơn vị hỗ trợ"
    ),
    "time": (
        "Thời gian|Thời gian thực hiện|Thời gian hoàn thành|Thời hạn|Thời hạn hoàn thành|Hạn hoàn thành|"
        "Hạn xử lý|Tiến độ|Tiến độ thực hiện|Tiến độ hoàn thành|Lộ trình|Lộ trình thực hiện|Hoàn thành|"
        "Ngày hoàn thành|Thời điểm hoàn thành|Dự kiến hoàn thành|Mốc thời gian|Mốc hoàn thành|"
        "Thời gian dự kiến|Thời gian trình|Thời gian báo cáo|Kết thúc|Deadline|Thời hạn thực hiện|Kỳ hạn|"
        "Thời gian thực hiện, hoàn thành|Thời gian/tiến độ|Quý/Tháng|Tháng thực hiện|Yêu cầu tiến độ|"
        "Hạn báo cáo|Thời gian triển khai|Mốc cam kết"
    ),
    "product": (
        "Sản phẩm|Kết quả|Kết quả/Sản phẩm|Sản phẩm đầu ra|Kết quả cần đạt|Kết quả, sản phẩm dự kiến|"
        "Sản phẩm/kết quả đầu ra|Đầu ra|Kết quả dự kiến|Mục tiêu cần đạt|Chỉ tiêu|Sản phẩm cụ thể|"
        "Hình thức văn bản|Loại văn bản"
    ),
    "note|source": (
        "Ghi chú|Kinh phí|Nguồn kinh phí|Nguồn vốn|Văn bản giao|Căn cứ|Văn bản chỉ đạo|Số, ngày văn bản|"
        "Ngày giao|Ngày ban hành|Tình trạng|Trạng thái|Lãnh đạo phụ trách|Lãnh đạo UBND chỉ đạo|Cấp trình|"
        "Địa điểm|Dự toán (triệu đồng)|Kinh phí thực hiện|Đơn vị tính|Số ngày quá hạn|Lý do chưa hoàn thành|"
        "Mức độ hoàn thành|Thời gian bắt đầu|Bắt đầu|Điểm chuẩn|Điểm số năm 2023|Nguyên nhân|Số văn bản|"
        "Ngày đến|Vốn"
    ),
}


@pytest.mark.parametrize("columns", HEADINGS)
def test_headings_name_their_columns(columns: str) -> None:
    wrong = {
        name: heading(name)
        for name in HEADINGS[columns].split("|")
        if heading(name) not in columns.split("|")
    }
    assert wrong == {}


ROWS = {
    "STT | Việc phải làm | Ai làm | Khi nào xong": "number title lead time",
    "TT | Dự án, hoạt động | Chủ dự án | Phối hợp, hướng dẫn | Tiến độ": "number title lead coordinate time",
    "TT | Nhóm nhiệm vụ | Nhiệm vụ cụ thể | CQCT | CQPH | TGHT": "number note title lead coordinate time",
    "STT | Nhiệm vụ | Đồng chí phụ trách | Bộ phận tham mưu | Phối hợp | Hạn": "number title note lead coordinate time",
    "STT | Đề án | Chủ trì | Thời gian trình | Thời hạn hoàn thành": "number title lead note time",
    "TT | Sự kiện | Đơn vị chủ trì | Ngày": "number title lead time",
    "STT | Hoạt động | Khoa/phòng thực hiện | Cùng làm | Bao giờ xong": "number title lead coordinate time",
    "No | Đầu mục công việc | PIC | Bộ phận | Deadline | Trạng thái": "number title note lead time note",
    "TT | Khuyến nghị của đoàn kiểm tra, hành động phải cải tiến | Chủ trì | Hạn": "number title lead time",
    "Ngày, tháng | Nội dung | Lực lượng tham gia | Chỉ huy, phụ trách": "time title coordinate lead",
    "TT | Nội dung chi | Đơn vị thực hiện | Thời gian | Số tiền": "",
    "TT | Họ và tên | Đơn vị | Điện thoại": "",
    "TT | Chỉ tiêu | Đơn vị tính | Năm 2025 | Năm 2026": "",
    "3 | Văn phòng UBND tỉnh | Phối hợp rà soát công tác | Hằng năm": "",
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_headings_is_read_together(row: str) -> None:
    columns = heading_columns([cell.strip() for cell in row.split("|")])
    assert " ".join(columns or ()) == ROWS[row]


def test_what_begins_like_a_body_without_its_marks_is_none() -> None:
    bodies = "Sở Y tế|Khoa Khám bệnh|Tổ Công tác xã hội|VTV, VOV|Ông Trần Văn Bảy, công chức địa chính|TTYT huyện|Phó Hiệu trưởng|Các bản vùng cao|Hải đội 3"
    none = "Sơ kết 6 tháng|Bàn giao mặt bằng|Đại hội chi bộ|Viên chức chuyên trách|Khóa tập huấn|QĐ của UBND tỉnh|Phòng ngừa sạt lở|Các bản đồ địa chính"
    assert [text for text in bodies.split("|") if not looks_like_agency(text)] == []
    assert [text for text in none.split("|") if looks_like_agency(text)] == []


def test_a_time_is_told_wherever_it_says_when() -> None:
    times = "Xong trước 15/12/2025|Giai đoạn 2: xong trước 30/6|Thứ Năm hằng tuần|Chiều 05/6|10 ngày sau khi bế mạc|Theo lịch của Sở Y tế|06 tháng/lần|Giải ngân hết trước 31/12/2023"
    none = "Báo cáo tháng 6/2025|Sơ kết 6 tháng đầu năm 2025|Theo dõi, đôn đốc|100% hộ dân|Giai đoạn 3: Nghiệm thu, bàn giao"
    assert [text for text in times.split("|") if not looks_like_time(text)] == []
    assert [text for text in none.split("|") if looks_like_time(text)] == []


@pytest.mark.parametrize(
    ("written", "column"),
    [("Tieu_de_Nhiem_vu", "title"), ("Don_vi_Chu_tri", "lead"), ("Don_vi_Phoi_hop", "coordinate"), ("Thoi_han_Van_Ban", "time"), ("San_pham_Dau_ra", "product")],
)  # fmt: skip
def test_headings_of_an_export(written: str, column: str) -> None:
    found = heading(written)
    assert found is not None
    assert found.value == column
