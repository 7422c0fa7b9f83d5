"""Headings of columns, time phrases and orders as many offices write them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.reading.plan_columns import heading
from domain.reading.plan_orders import read_orders
from domain.reading.plan_prose import read_prose
from domain.reading.plan_table import Reader
from domain.reading.timeframes import read_timeframe
from dondoc.calendars import work_calendar
from dondoc.settings import Settings

CALENDAR = work_calendar(Settings(_env_file=None))  # type: ignore[call-arg]
READER = Reader(None, CALENDAR, date(2025, 1, 20), {})
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
        "Cơ quan, địa phương thực hiện|Cấp thực hiện"
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
        "Hạn báo cáo|Thời gian triển khai"
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
        "Ngày đến"
    ),
}
#: phrase → kinds, any of which is right (by their first letters: o open_ended, e on_event, b by_other_document, u unspecified),
#: and the day; "!" is strict
TIMES = {
    "Trước 30/6": "f 2025-06-30!",
    "Trước ngày 05 tháng 4": "f 2025-04-05!",
    "Chậm nhất trước ngày 15/8/2025": "f 2025-08-15!",
    "Chậm nhất đến 31/12/2025": "f 2025-12-31",
    "Muộn nhất 20/10/2025": "f 2025-10-20",
    "Không muộn hơn ngày 20/10/2025": "f 2025-10-20",
    "Xong trong tháng 5/2025": "f 2025-05-31",
    "Tháng 5-6/2025": "f 2025-06-30",
    "Tháng 5 đến tháng 9/2025": "f 2025-09-30",
    "Từ quý I đến quý III/2025": "f 2025-09-30",
    "Quý I+II/2025": "f 2025-06-30",
    "Quý 2/2025": "f 2025-06-30",
    "Q.III/2025": "f 2025-09-30",
    "Q4-2025": "f 2025-12-31",
    "QIV/2025": "f 2025-12-31",
    "IV/2025": "f 2025-12-31",
    "Quý IV năm 2025": "f 2025-12-31",
    "Quý IV, 2025": "f 2025-12-31",
    "6 tháng đầu năm 2025": "f 2025-06-30",
    "06 tháng cuối năm 2025": "f 2025-12-31",
    "9 tháng đầu năm 2025": "f 2025-09-30",
    "Đầu quý III/2025": "f 2025-09-30",
    "Giữa tháng 9/2025": "f 2025-09-15,2025-09-30",
    "Cuối quý II/2025": "f 2025-06-30",
    "Cuối năm 2025": "f 2025-12-31",
    "Tuần cuối tháng 6/2025": "f 2025-06-30",
    "Tuần thứ nhất tháng 7/2025": "f 2025-07-07",
    "Trong năm 2025": "w 2025-12-31",
    "Năm 2025": "w 2025-12-31",
    "Cả năm 2025": "w 2025-12-31",
    "Cả năm": "w 2025-12-31",
    "2025": "w 2025-12-31",
    "2025-2027": "w 2027-12-31",
    "Năm 2025, 2026": "w 2026-12-31",
    "Năm 2025 và năm 2026": "w 2026-12-31",
    "Giai đoạn 2025-2030": "w 2030-12-31",
    "Đến năm 2030": "w,f 2030-12-31",
    "Đến hết quý II/2026": "f 2026-06-30",
    "Đến 2027": "w,f 2027-12-31",
    "Hoàn thành trong năm 2025": "w 2025-12-31",
    "Thường xuyên": "c",
    "Thường xuyên, liên tục": "c",
    "Liên tục trong năm": "c",
    "Hằng ngày": "c,r",
    "Duy trì thường xuyên hằng năm": "c,r",
    "Thường xuyên hàng tháng": "c,r",
    "Hàng quý": "r",
    "Hằng quý, hằng năm": "r",
    "Mỗi quý": "r",
    "Mỗi tháng 1 lần": "r",
    "Mỗi năm một lần": "r",
    "1 lần/quý": "r",
    "02 lần/năm": "r",
    "Ít nhất 2 lần/năm": "r",
    "Định kỳ hàng tháng, quý, năm": "r",
    "Định kỳ 6 tháng/lần": "r",
    "6 tháng/lần": "r",
    "3 tháng một lần": "r",
    "Trước ngày 25 hàng tháng": "r",
    "Ngày 15 hằng tháng": "r",
    "Trước ngày 10 tháng cuối quý": "r",
    "Ngày 20 tháng cuối quý": "r",
    "Trước ngày 15/12 hàng năm": "r",
    "Tháng 11 hàng năm": "r",
    "Quý IV hằng năm": "r",
    "Hằng năm (trước 30/11)": "r",
    "Thứ Sáu hằng tuần": "r",
    "Vào ngày 30/6 và 31/12 hằng năm": "r",
    "Từ năm 2026": "o",
    "Năm 2025 và những năm tiếp theo": "o",
    "Từ năm 2025 trở đi": "o",
    "Từ 01/7/2025": "o,f",
    "Bắt đầu từ quý I/2026": "o,f,w",
    "Khi có yêu cầu": "e",
    "Khi có hướng dẫn của Bộ Nội vụ": "e",
    "Sau khi được phê duyệt": "e",
    "Ngay sau khi Nghị định có hiệu lực": "e",
    "Trong vòng 15 ngày kể từ ngày ban hành": "e",
    "Sau 10 ngày kể từ ngày ký": "e",
    "Trong 30 ngày làm việc": "e,u",
    "Khi phát sinh": "e",
    "Ngay khi có văn bản": "e",
    "Kịp thời khi phát sinh": "e",
    "Theo yêu cầu thực tế": "e,b",
    "Theo kế hoạch": "b",
    "Theo tiến độ của Trung ương": "b",
    "Theo Quyết định số 123/QĐ-TTg": "b",
    "Theo quy định": "b",
    "Theo lộ trình của Bộ Công an": "b",
    "Căn cứ hướng dẫn của Bộ": "b",
    "Theo lịch của HĐND tỉnh": "b",
    "Phù hợp với tiến độ dự án": "b,u",
    "Ngay sau khi Kế hoạch được ban hành": "e",
    "Trước kỳ họp HĐND tỉnh giữa năm 2025": "u,e,f,w",
    "Kỳ họp cuối năm": "u,e,f,w",
    "Trước Tết Nguyên đán 2026": "u,e",
    "Đã hoàn thành": "u",
    "Ngày 02/9/2025": "f 2025-09-02",
    "02/9": "f 2025-09-02",
    "15.8.2025": "f 2025-08-15",
    "15-8-2025": "f 2025-08-15",
    "30 / 6 / 2025": "f 2025-06-30",
    "ngày 30/06/25": "f 2025-06-30",
    "30/6/25": "f 2025-06-30",
    "12/2025": "f 2025-12-31",
    "T12/2025": "f 2025-12-31",
    "Tháng Mười hai năm 2025": "f 2025-12-31",
    "Tháng 12": "f 2025-12-31",
    "Từ 15/3 đến 20/11/2025": "f,w 2025-11-20",
    "Từ 01/4/2025 đến 30/9/2025": "f,w 2025-09-30",
    "01/4-30/9/2025": "f,w 2025-09-30",
    "Hoàn thành: 31/8/2025": "f 2025-08-31",
    "Hoàn thành chậm nhất vào 31/8/2025": "f 2025-08-31",
    "Thực hiện từ tháng 3, hoàn thành tháng 10/2025": "f 2025-10-31",
    "Bắt đầu tháng 3/2025, hoàn thành tháng 10/2025": "f 2025-10-31",
    "Quý I/2025: khảo sát; Quý III/2025: hoàn thành": "f 2025-09-30",
    "Trước 17h00 ngày 20/8/2025": "f 2025-08-20",
    "Trong quý": "u,f",
    "Nửa đầu tháng 8/2025": "f 2025-08-15,2025-08-31",
    "Trong tháng": "u,f",
    "Năm học 2025-2026": "u",
    "Hoàn thành trước 30/4": "f 2025-04-30!",
    "Xong 100% trước 30/4/2025": "f 2025-04-30!",
    "Từ nay đến hết năm 2025": "f,w 2025-12-31",
    "Từ nay đến 30/6/2025": "f,w 2025-06-30",
    "Trước mắt trong năm 2025": "w 2025-12-31",
    "Năm 2025, định hướng đến năm 2030": "w 2025-12-31",
    "Tháng 01 năm 2026": "f 2026-01-31",
    "Tháng 1/2026": "f 2026-01-31",
    "Trong quý I và quý II năm 2025": "f 2025-06-30",
    "Quý I, II, III, IV/2025": "f 2025-12-31",
    "Các quý trong năm 2025": "r,w,c",
    "Hằng quý trong năm 2025": "r",
    "Hàng tháng, bắt đầu từ tháng 3/2025": "r",
    "Chậm nhất ngày 05 tháng sau": "r,u",
    "Ngày làm việc cuối cùng hằng tháng": "r",
    "Thứ Năm hàng tuần": "r",
    "Theo từng đợt": "u,e,b",
    "Theo đợt": "u,e,b",
    "Theo đề nghị của địa phương": "e,b",
    "Khi có chỉ đạo của cấp trên": "e",
    "Sau khi hoàn thành đại hội": "e",
    "Ngay sau khi có kết quả": "e",
    "Trong thời hạn 10 ngày": "e,u",
    "15 ngày sau khi kết thúc quý": "e,r",
    "Trước 15h00 thứ Sáu hằng tuần": "r",
    "Hoàn thành trong 6 tháng đầu năm 2025": "f,w 2025-06-30",
    "6 tháng cuối năm": "f,w 2025-12-31",
    "Đến tháng 6/2025": "f 2025-06-30",
    "Đến cuối năm 2025": "f,w 2025-12-31",
    "Đến trước 30/6/2025": "f 2025-06-30!",
    "Trước thời điểm 01/7/2025": "f 2025-07-01!",
    "Kể từ ngày 01/7/2025": "o,f",
    "Từ tháng 7/2025 trở đi": "o",
    "Từ quý III/2025 đến hết năm 2026": "f,w 2026-12-31",
    "Bắt đầu từ 01/01/2026": "o,f",
    "30/6/2025 và 30/12/2025": "f 2025-12-30",
    "Ngày 30/6 và 30/12/2025": "f 2025-12-30",
    "Lần 1: tháng 6/2025; lần 2: tháng 12/2025": "f 2025-12-31",
    "Hằng năm, trước ngày 15/01": "r",
    "Trước ngày 15 tháng 01 hằng năm": "r",
    "Mỗi năm ít nhất 01 lần": "r",
    "Định kỳ hằng tuần, tháng": "r",
    "Quanh năm": "c,u",
    "Cả nhiệm kỳ": "u",
    "Nhiệm kỳ 2025-2030": "w 2030-12-31",
    "Theo chương trình công tác năm 2025": "b,w",
    "Khi hoàn thành việc sắp xếp": "e",
    "Tháng 3, tháng 6, tháng 9, tháng 12/2025": "f 2025-12-31",
    "Tháng 3,6,9,12 hằng năm": "r",
    "Tuần 3 tháng 8/2025": "f 2025-08-21",
    "Trong tháng 5 và tháng 6 năm 2025": "f 2025-06-30",
    "Quý III năm nay": "f,u",
    "Ngay trong tháng 8/2025": "f 2025-08-31",
    "Trước ngày 31 tháng 12 năm 2025": "f 2025-12-31!",
    "Không quá 30/9/2025": "f 2025-09-30",
    "Trễ nhất ngày 30/9/2025": "f 2025-09-30",
    "Gửi trước 20/9/2025": "f 2025-09-20!",
    "Báo cáo trước ngày 20/9/2025": "f 2025-09-20!",
    "Sau Tết Nguyên đán": "e,u",
    "Phấn đấu hoàn thành trước 30/11/2025": "f 2025-11-30!",
    "Dự kiến tháng 9/2025": "f 2025-09-30",
    "Dự kiến trình tại kỳ họp tháng 7/2025": "f 2025-07-31",
    "Hết quý II/2025": "f 2025-06-30",
    "Hết tháng 8/2025": "f 2025-08-31",
    "Từ 2025 đến 2027": "w 2027-12-31",
    "Từ năm 2025 đến năm 2030": "w 2030-12-31",
    "Hoàn thành năm 2026": "w 2026-12-31",
}  # fmt: skip
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
PROSE: list[tuple[str, list[str]]] = [
    ("1. Xây dựng kế hoạch tuyên truyền",["- Chủ trì: Sở Nội vụ","- Phối hợp: Sở Tài chính","- Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["+ Đơn vị thực hiện: Sở Nội vụ","+ Đơn vị phối hợp: Sở Tài chính","+ Thời hạn: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["* Cơ quan chủ trì: Sở Nội vụ.","* Cơ quan phối hợp: Sở Tài chính.","* Thời gian thực hiện: Quý II/2025."]),
    ("1. Xây dựng kế hoạch tuyên truyền",["Cơ quan chủ trì thực hiện: Sở Nội vụ;","Cơ quan phối hợp thực hiện: Sở Tài chính;","Thời gian hoàn thành: Quý II/2025."]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Đơn vị chủ trì thực hiện: Sở Nội vụ; đơn vị phối hợp: Sở Tài chính.","- Hoàn thành: Quý II/2025."]),
    ("a) Xây dựng kế hoạch tuyên truyền",["Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025."]),
    ("1.1. Xây dựng kế hoạch tuyên truyền (Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025)",[]),
    ("- Xây dựng kế hoạch tuyên truyền",["Cơ quan thực hiện: Sở Nội vụ","Cơ quan phối hợp: Sở Tài chính","Thời gian thực hiện: Quý II/2025"]),
    ("Nhiệm vụ 1: Xây dựng kế hoạch tuyên truyền",["- Cơ quan chủ trì: Sở Nội vụ","- Cơ quan phối hợp: Sở Tài chính","- Thời gian hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Cơ quan tham mưu: Sở Nội vụ","- Cơ quan phối hợp: Sở Tài chính","- Tiến độ: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Phân công: Sở Nội vụ","- Phối hợp: Sở Tài chính","- Thời gian, tiến độ: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Cơ quan, đơn vị chủ trì: Sở Nội vụ","- Cơ quan, đơn vị phối hợp: Sở Tài chính","- Thời gian thực hiện và hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Đơn vị chủ trì (thực hiện): Sở Nội vụ","- Các đơn vị phối hợp: Sở Tài chính","- Thời gian dự kiến hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["(i) Chủ trì: Sở Nội vụ","(ii) Phối hợp: Sở Tài chính","(iii) Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["• Cơ quan chủ trì: Sở Nội vụ","• Cơ quan phối hợp: Sở Tài chính","• Thời gian: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính.","- Thời gian hoàn thành: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện.","- Thời gian thực hiện: Quý II/2025"]),
    ("1. Xây dựng kế hoạch tuyên truyền",["Chủ trì thực hiện: Sở Nội vụ. Phối hợp thực hiện: Sở Tài chính. Hoàn thành: Quý II/2025."]),
]  # fmt: skip
_KINDS = {
    "f": "fixed_date", "w": "within_period", "c": "continuous", "r": "recurring", "o": "open_ended", "e": "on_event",
    "b": "by_other_document", "u": "unspecified",
}  # fmt: skip


@pytest.mark.parametrize("columns", HEADINGS)
def test_headings_name_their_columns(columns: str) -> None:
    wrong = {
        name: heading(name)
        for name in HEADINGS[columns].split("|")
        if heading(name) not in columns.split("|")
    }
    assert wrong == {}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_as_a_careful_reader_takes_it(text: str) -> None:
    letters, _, day = TIMES[text].partition(" ")
    frame = read_timeframe(text, issued_on=date(2025, 1, 20), calendar=CALENDAR)
    kinds = {_KINDS[letter] for letter in letters.split(",")}
    if kinds & {"fixed_date", "within_period"}:
        kinds |= {"fixed_date", "within_period"}  # a range of months is both
    assert frame.kind.value in kinds
    if day:
        assert str(frame.due_on) in day.rstrip("!").split(",")
        assert frame.strict == day.endswith("!")


@pytest.mark.parametrize("text", ORDERS)
def test_whom_a_sentence_tells(text: str) -> None:
    for mark in ("1. ", "- "):
        assert [task.leads for task in read_orders([f"{mark}{text}"], READER)] == [ORDERS[text]]


@pytest.mark.parametrize("index", range(len(PROSE)))
def test_an_item_and_its_labels_are_a_task(index: int) -> None:
    title, lines = PROSE[index]
    (task,) = read_prose(["I. NỘI DUNG", title, *lines], READER)
    assert task.title == "Xây dựng kế hoạch tuyên truyền"
    assert (task.leads.rstrip(".;"), task.coordinators.rstrip(".;")) == ("Sở Nội vụ", "Sở Tài chính")
    assert str(task.frame.due_on) == "2025-06-30"


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
    assert [(d.field, d.code) for d in task.doubts] == [("leads", "unlikely_lead")]
