"""Where names end in a sentence, whatever verb follows; openings; times that only sentences have."""

from __future__ import annotations

from datetime import date

import pytest

from domain.reading.orders.plan_addressed import Known, addressed
from domain.reading.orders.plan_helpers import helping
from domain.reading.orders.plan_who import names_at_start
from domain.reading.plan_when import deadline
from domain.reading.tables.plan_table import Reader
from dondoc.calendars import work_calendar
from dondoc.settings import Settings
from tests.domain.reading.bodies import BODIES, DOINGS

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
READER = Reader(None, CALENDAR, date(2025, 8, 20), {})
#: name | what it is to do, in words a reader need not know
NAMES = (
    "Sở Nông nghiệp và Môi trường|lèo lái các hộ nuôi tôm",
    "Sở Y tế, Sở Giáo dục và Đào tạo|tẩy giun cho học sinh",
    "Trung tâm Khuyến nông|cấp phát giống lúa",
    "Chi cục Chăn nuôi và Thú y|lấy mẫu giám sát",
    "Trung tâm Kiểm soát bệnh tật tỉnh|xét nghiệm mẫu nước",
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh|thúc nhà thầu",
    "Ban Quản lý dự án đầu tư xây dựng khu vực Tây Sơn|bàn giao",
    "UBND các xã, phường, đặc khu|rà soát",
    "UBND xã Măng Ri|cắm mốc",
    "UBND xã Đăk Tờ Kan|bó trí",
    "Công ty cổ phần Môi trường đô thị Gia Lai|tăng ca",
    "Công ty TNHH MTV Cấp nước Quảng Bình|súc rửa đường ống",
    "Công ty Điện lực Lâm Đồng|cắt tỉa cành cây",
    "Đồng chí Nguyễn Văn An, Phó Chủ tịch UBND tỉnh|trực tiếp chỉ đạo",
    "Các đồng chí Phó Chủ tịch UBND tỉnh|đi cơ sở",
    "Các đồng chí Ủy viên UBND tỉnh|bám địa bàn",
    "Ông Trần Văn Bình - Giám đốc Sở Xây dựng|báo cáo",
    "Báo và Phát thanh, Truyền hình tỉnh|mở chuyên trang",
    "Báo Nghệ An, Đài Phát thanh - Truyền hình tỉnh|đưa tin",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội|giám sát",
    "Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn, Hội Nông dân tỉnh|vận động",
    "Hội Chữ thập đỏ tỉnh|quyên góp",
    "Liên đoàn Lao động tỉnh|trao quà",
    "Bảo hiểm xã hội khu vực XII|đốc thu",
    "Kho bạc Nhà nước khu vực III|ưu tiên",
    "Ngân hàng Nhà nước chi nhánh Khu vực 9|chỉ đạo",
    "Ngân hàng Chính sách xã hội chi nhánh tỉnh|giải ngân",
    "Bộ Chỉ huy Quân sự tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh|cắt cử quân",
    "Trung tâm Bảo tồn voi và Cứu hộ động vật|gắn vòng định vị",
    "Các khoa chưa gửi báo cáo tháng 7|thì gửi ngay",
    "Các hộ kinh doanh karaoke|ký lại cam kết",
    "Phòng Tổ chức cán bộ|tạm đình chỉ công việc",
    "Đoàn kiểm tra|có nhiệm vụ đi 12 mỏ cát",
    "Ban điều hành chợ Trung tâm|xếp lại sạp",
    "Khoa Nội tích cực - Lão khoa|nhường giường",
    "Phòng Tài chính kế toán|chi bù",
    "Nhân viên thư viện, thiết bị|bọc lại sách",
    "Thư ký Hội đồng tự đánh giá|tập hợp minh chứng",
    "Đài Truyền thanh huyện|phát thanh buổi tối",
    "Sở Ngoại vụ|là cơ quan chủ trì đón đoàn",
    "Các đơn vị, địa phương|chậm nhất ngày 5/9 gửi báo cáo",
    "Các sở, ban, ngành, đoàn thể tỉnh; UBND các xã, phường|bố trí",
    "Các cơ quan, đơn vị có liên quan|tạo thuận lợi",
    "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thị xã, thành phố|đề cao trách nhiệm",
    "Người đứng đầu cấp ủy, chính quyền các cấp|nêu gương",
    "Chủ đầu tư các dự án|khớp nối tiến độ",
    "Các chủ đầu tư chậm giải ngân|kiểm điểm",
    "Nhà thầu thi công|tăng mũi thi công",
    "Đơn vị tư vấn giám sát|bám công trường",
    "Các hộ dân nằm trong vùng dự án|tháo dỡ vật kiến trúc",
    "Trưởng các thôn, bản|đi từng nhà",
    "Bí thư Chi bộ, Trưởng thôn|họp dân",
    "Hiệu trưởng các trường|ký cam kết",
    "Các cơ sở khám bệnh, chữa bệnh|kê đơn điện tử",
    "Ban Chỉ đạo 389 tỉnh|mở đợt cao điểm",
    "Ban Chỉ đạo chuyển đổi số tỉnh|chấm điểm",
    "Ban Chỉ huy Phòng thủ dân sự tỉnh|trực ban",
    "Tổ công tác thực hiện Đề án 06 xã|đi từng ngõ",
    "Hội đồng nghĩa vụ quân sự tỉnh|phúc tra",
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh|xếp lịch",
    "Văn phòng Điều phối nông thôn mới tỉnh|chấm điểm",
    "Thường trực Hội đồng thi đua - khen thưởng tỉnh|xét chọn",
    "Vườn quốc gia Chư Mom Ray|đặt bẫy ảnh",
    "Sở Văn hóa, Thể thao và Du lịch|dựng sân khấu",
    "Các Sở: Nội vụ, Tài chính, Xây dựng|thẩm tra",
    "Các sở: Nội vụ; Tài chính; Công Thương và Thanh tra tỉnh|đối soát",
    "UBND các xã: Tam Mỹ, Núi Thành, Tam Anh|chi trả",
    "UBND các phường Tam Kỳ, Quảng Phú|chi trả",
    "Sở Công Thương, Công an tỉnh và Chi cục Quản lý thị trường|chặn hàng lậu",
    "Thuế tỉnh|bóc tách nợ",
    "Trường Đại học Tây Nguyên|soạn giáo trình",
    "Bệnh viện Đa khoa tỉnh|mổ cấp cứu lưu động",
    "Các doanh nghiệp kinh doanh xăng dầu|niêm yết giá",
    "Liên danh nhà thầu|nộp bảo lãnh",
    "Đội Quản lý trật tự đô thị|dọn vỉa hè",
    "Phòng Kinh tế, Phòng Văn hóa - Xã hội|lên danh sách",
    "Trạm Y tế xã|tiêm vét",
    "Công an các xã, phường|gọi hỏi răn đe",
    "Đồn Biên phòng Cửa khẩu quốc tế Bờ Y|kéo dài giờ thông quan",
    "Sở Tài chính (cơ quan thường trực)|lập sổ theo dõi",
    "Chánh Văn phòng UBND tỉnh|xếp lịch họp",
    "Chánh Thanh tra tỉnh, Giám đốc Công an tỉnh|vào cuộc",
    "Cục Thi hành án dân sự tỉnh|kê biên",
    "Tòa án nhân dân tỉnh, Viện Kiểm sát nhân dân tỉnh|đưa ra xét xử",
    "Lãnh đạo UBND các xã, phường|trực 24/24",
    "Các trường mầm non, tiểu học|đóng cửa",
    "Ngành Giáo dục|bỏ dạy thêm",
    "Điện lực Đăk Hà|kéo điện",
    "Ban Dân tộc và Tôn giáo tỉnh|thăm các cơ sở",
    "Các xã biên giới|dựng chốt",
    "Các địa phương có tỷ lệ giải ngân dưới 50%|giải trình",
    "Sở Khoa học và Công nghệ (Trung tâm Chuyển đổi số)|phủ sóng",
    "Hợp tác xã Nông nghiệp Tân Tiến|ký hợp đồng",
    "Hội Cựu chiến binh và Đoàn TNCS Hồ Chí Minh xã|nhặt rác",
    "Viễn thông Phú Yên, Viettel Phú Yên, Bưu điện tỉnh|kéo cáp",
    "Giám đốc các Ban Quản lý dự án chuyên ngành|đôn đốc",
    "Tổng Công ty Điện lực miền Trung|sơ tán thiết bị",
    "Các ngân hàng thương mại|khoanh nợ",
    "Quỹ Bảo vệ và Phát triển rừng|chuyển tiền",
    "P. Đào tạo & Quản lý khoa học|xếp lịch",
    "Đồng chí Thượng tá Rơ Châm Hùng, Phó Tham mưu trưởng|kiểm tra kho",
    "Phòng Kiểm tra, giải quyết khiếu nại, tố cáo|ra văn bản",
    "Các chấp hành viên còn trên 50 việc chưa xong|mỗi người lập một bảng kê",
    "Trung tâm đào tạo của Hiệp hội Du lịch|được mời mở lớp",
)  # fmt: skip
OPENINGS = {
    "Hộ nào vi phạm thì Công an xã lập biên bản.": "Công an xã",
    "Đồng ý chủ trương lát lại vỉa hè; giao Phòng Kinh tế lập dự toán.": "Phòng Kinh tế",
    "Về nguồn vốn: thống nhất điều chuyển 12 tỷ đồng. Giao Sở Tài chính trình thủ tục.": "Sở Tài chính",
    "Để kịp thời vụ, Chủ tịch UBND tỉnh yêu cầu Sở Công Thương dự trữ phân bón.": "Sở Công Thương",
    "Trên cơ sở đề xuất của các xã, giao Trung tâm Khuyến nông chốt danh sách.": "Trung tâm Khuyến nông",
    "Cử tri xã Ia Pa phản ánh cầu hỏng: Sở Xây dựng kiểm định tải trọng.": "Sở Xây dựng",
    "Riêng UBND phường Cam Ly giải trình việc chậm trễ.": "UBND phường Cam Ly",
    "Đối với Chi cục Thuế khu vực 3: phân tích từng khoản nợ.": "Chi cục Thuế khu vực 3",
    "Kêu gọi các doanh nghiệp lữ hành mở tuyến mới.": "các doanh nghiệp lữ hành",
    "VNPT Gia Lai, Viettel Gia Lai được đề nghị giữ sóng.": "VNPT Gia Lai, Viettel Gia Lai",
    "Phó Thủ tướng cũng giao Bộ Y tế mua sắm vắc-xin.": "Bộ Y tế",
    "Trưởng các phòng được giao soạn thảo gửi dự thảo trước 14/6.": "Trưởng các phòng được giao soạn thảo",
}
#: sentence → the words that set its time, the kind, the day ("!": strict)
TIMES = {
    "Trực loa mỗi chiều thứ Sáu.": ("mỗi chiều thứ Sáu", "recurring", ""),
    "Họp phụ huynh sáng 31/8.": ("31/8", "fixed_date", "2025-08-31"),
    "Cứ 15 phút đọc mực nước một lần.": ("Cứ 15 phút đọc mực nước một lần", "recurring", ""),
    "Gửi số liệu vào thứ Tư hằng tuần.": ("thứ Tư hằng tuần", "recurring", ""),
    "Trình phương án trong phiên họp tháng 10/2025.": ("tháng 10/2025", "fixed_date", "2025-10-31"),
    "Kiểm tra 03 chi bộ theo Chương trình giám sát năm 2025.": ("theo Chương trình giám sát năm 2025", "by_other_document", ""),
    "Duy trì mạng thông suốt, không gián đoạn.": ("", "unspecified", ""),
    "Cắm biển cảnh báo tại các ngầm tràn khi nước lên.": ("khi nước lên", "on_event", ""),
    "Hướng dẫn người dân đội mũ khi tham gia giao thông.": ("", "unspecified", ""),
    "Không cho tàu rời bến khi gió mạnh.": ("", "unspecified", ""),
    "Bố trí xe bồn mỗi khi mất nước.": ("mỗi khi mất nước", "on_event", ""),
    "Trình đề án trước kỳ họp HĐND tỉnh tháng 12.": ("trước kỳ họp HĐND tỉnh tháng 12", "on_event", ""),
    "Thu gom rác sau mỗi đợt nghỉ lễ.": ("sau mỗi đợt nghỉ lễ", "on_event", ""),
    "Mở 15 lớp trong giai đoạn 2026 - 2028.": ("giai đoạn 2026 - 2028", "within_period", "2028-12-31"),
    "Bố trí vốn đối ứng từ năm 2026.": ("từ năm 2026", "open_ended", ""),
    "Phun khử trùng chuồng trại 02 lần/tuần.": ("02 lần/tuần", "recurring", ""),
    "Tổng hợp số liệu gửi Sở trước 16 giờ hằng ngày.": ("trước 16 giờ hằng ngày", "recurring", ""),
    "Gửi danh sách cho trạm y tế theo tuần.": ("theo tuần", "recurring", ""),
    "Cập nhật sổ theo dõi cứ hai tuần một lần.": ("cứ hai tuần một lần", "recurring", ""),
    "Nộp kết quả rà soát trước ngày 15 tháng sau.": ("trước ngày 15 tháng sau", "fixed_date", "2025-09-15!"),
    "Hoàn thành việc bàn giao trong quý này.": ("trong quý này", "fixed_date", "2025-09-30"),
    "Thu hồi 46 giấy phép, hạn cuối đăng ký là 15/11/2025.": ("15/11/2025", "fixed_date", "2025-11-15"),
    "Tập huấn cho hộ lý; năm 2026 mỗi người một buổi.": ("năm 2026", "within_period", "2026-12-31"),
    "Nộp bảng kê cho phòng Vật tư ngày 17-9-2025.": ("ngày 17-9-2025", "fixed_date", "2025-09-17"),
    "Khảo sát nhu cầu học nghề, thực hiện từ tháng 9 đến tháng 10 năm 2025.": ("tháng 9 đến tháng 10 năm 2025", "within_period", "2025-10-31"),
    "Chấm xong gói thầu trong nửa cuối năm 2025.": ("trong nửa cuối năm 2025", "within_period", "2025-12-31"),
    "Túc trực từ 25/9/2025 đến 28/9/2025.": ("từ 25/9/2025 đến 28/9/2025", "within_period", "2025-09-28"),
    "Không để kéo dài quá ngày 05/11/2025.": ("ngày 05/11/2025", "fixed_date", "2025-11-05"),
    "Hỗ trợ các xã trong suốt quá trình thực hiện.": ("trong suốt quá trình thực hiện", "continuous", ""),
    "Ưu tiên cấp điện liên tục cho khu chấm thi.": ("", "unspecified", ""),
    "Giữ sóng theo thỏa thuận đã ký với UBND tỉnh.": ("theo thỏa thuận đã ký với UBND tỉnh", "by_other_document", ""),
    "Làm sạch dữ liệu theo Công văn số 12/UBND-KT ngày 05/8/2025.": ("", "unspecified", ""),
}  # fmt: skip
HELPERS = {
    "chủ trì, cùng với Công an tỉnh và Sở Y tế diễn tập chữa cháy.": "Công an tỉnh và Sở Y tế",
    "họp giao ban tại hiện trường, có sự tham gia của tư vấn giám sát và nhà thầu, để gỡ vướng.": "tư vấn giám sát và nhà thầu",
    "chủ trì, thống nhất với Sở Tài chính lập danh mục.": "Sở Tài chính",
    "là cơ quan chịu trách nhiệm chính, Công an tỉnh phối hợp xác thực thông tin.": "Công an tỉnh",
    "mời Ban đại diện cha mẹ học sinh cùng giám sát khâu nhận hàng.": "Ban đại diện cha mẹ học sinh",
    "kiểm tra bãi xe; phối hợp chặt chẽ với Công an các xã, cơ quan thú y khi cần.": "Công an các xã, cơ quan thú y",
    "làm việc với Công ty Điện lực về điện áp thấp.": "",
    "lập hồ sơ cùng Viện kiểm sát nhân dân thị xã, chuyển Tòa án.": "Viện kiểm sát nhân dân thị xã",
    "thẩm tra nguồn gốc đất, với sự cộng tác của cán bộ địa chính xã.": "cán bộ địa chính xã",
    "tuần tra dọc Quốc lộ 7, có cán bộ quản lý chợ đi cùng.": "cán bộ quản lý chợ",
    "dọn kênh Rạch Giá; Đội Quản lý trật tự đô thị và Công an thị trấn phụ lực.": "Đội Quản lý trật tự đô thị và Công an thị trấn",
    "rà soát hồ sơ. Văn phòng Đảng ủy cùng phối hợp thực hiện.": "Văn phòng Đảng ủy",
    "làm nòng cốt; ban chấp hành xã đoàn các xã ven sông tham gia, hỗ trợ.": "ban chấp hành xã đoàn các xã ven sông",
    "kiểm tra các chợ, thành phần gồm Trạm Thú y, Công an xã cùng tham gia.": "Trạm Thú y, Công an xã",
    "lập danh sách cán bộ, giáo viên tham gia coi thi.": "",
    "mở thêm bàn khám. Đơn vị phối hợp: Khoa Dược.": "Khoa Dược",
}  # fmt: skip


@pytest.mark.parametrize("line", NAMES)
def test_a_name_ends_where_it_ends_whatever_is_to_be_done(line: str) -> None:
    name, _, doing = line.partition("|")
    text = f"{name} {doing}"
    assert text[: names_at_start(text).end] == name


@pytest.mark.parametrize("doing", DOINGS)
def test_names_of_many_trades_end_before_what_they_are_told(doing: str) -> None:
    read = {name: addressed(f"{name} {doing}.", Known(), numbered=True).who for name in BODIES}
    assert {name: who for name, who in read.items() if who != name} == {}


def test_most_names_are_sure_of_their_end() -> None:
    unsure = [x for x in NAMES if not names_at_start(x.replace("|", " ")).sure]
    assert len(unsure) <= 0.15 * len(NAMES)


@pytest.mark.parametrize("said", OPENINGS)
def test_openings(said: str) -> None:
    assert addressed(said, Known(), numbered=True).who == OPENINGS[said]


@pytest.mark.parametrize("said", TIMES)
def test_the_time_a_sentence_sets(said: str) -> None:
    words, kind, day = TIMES[said]
    frame = deadline(said, READER).frame
    assert (words in frame.text if words else frame.text == "", frame.kind.value) == (True, kind)
    assert f"{frame.due_on or ''}{'!' if frame.strict else ''}" == day


@pytest.mark.parametrize("when", ["Khi nước lên báo động 3", "Từ 18 giờ ngày 02/9/2025", "Sau khi bão tan"])
def test_what_leads_up_to_whoever_is_told_ends_there(when: str) -> None:
    said = f"{when}, Công an xã, Ban Chỉ huy Quân sự xã chốt các đường vào."
    assert deadline(said, READER, said.index("Công an")).frame.text == when


@pytest.mark.parametrize("what", HELPERS)
def test_who_helps(what: str) -> None:
    assert helping(what, "Sở Xây dựng", Known())[0] == HELPERS[what]
