"""Where the doing begins in "Sở Khoa học và Công nghệ nâng cấp …": words that tell what is to be done, never part of a name.

In names such words begin with a capital ("Sở Xây dựng", "Ban Quản lý") or follow another word of the name ("dự án đầu tư
xây dựng", "các tổ chức"), so they are looked for in small letters, and not there.
"""

from __future__ import annotations

import re

_WORDS = (
    "chủ trì|chủ động|phối hợp|tham mưu|xây dựng|rà soát|tổ chức|triển khai|thực hiện|kiểm tra|kiểm soát|hướng dẫn|đề xuất|trình|báo cáo"
    "|nghiên cứu|hoàn thiện|hoàn thành|theo dõi|đôn đốc|khẩn trương|tiếp tục|đẩy mạnh|đẩy nhanh|tăng cường|chỉ đạo|cung cấp|lập"
    "|ban hành|thẩm định|giải quyết|xử lý|bố trí|cân đối|tập trung|tổng hợp|căn cứ|trên cơ sở|có trách nhiệm|chịu trách nhiệm"
    "|thường xuyên|nâng cao|nâng cấp|quán triệt|công khai|cập nhật|kịp thời|phát huy|vận động|tuyên truyền|làm việc|đăng ký|rút kinh nghiệm"
    "|tháo gỡ|bàn giao|khắc phục|đánh giá|thống kê|số hóa|kết nối|chia sẻ|bảo đảm|đảm bảo|duy trì|vận hành|giám sát|phê duyệt|sửa đổi|bổ sung"
    "|thay thế|bãi bỏ|cắt giảm|đơn giản hóa|công bố|niêm yết|tiếp nhận|chuyển|gửi|nộp|phân công|phân bổ|thành lập|kiện toàn|sắp xếp|bồi dưỡng"
    "|tập huấn|phổ biến|thông báo|hỗ trợ|huy động|thu hút|kêu gọi|khai thác|lắp đặt|trang bị|mua sắm|giải ngân|quyết toán|thanh toán|thu hồi"
    "|giải phóng|khởi công|nghiệm thu|lựa chọn|ký kết|tham gia|xác định|xác minh|làm rõ|trả lời|giải trình|tiếp thu|chấn chỉnh|ngăn chặn"
    "|lồng ghép|nhân rộng|biểu dương|sơ kết|tổng kết|khuyến khích|tạo điều kiện|lấy ý kiến|góp ý|cho ý kiến|chuẩn bị|chấm dứt|tạm dừng|ưu tiên"
    "|siết chặt|nghiêm túc|quan tâm|chú trọng|không để|không được|nhắc nhở|kiến nghị|phản ánh|trực tiếp|định kỳ|sớm|ngay|phải|cần|thu thập"
    "|chuẩn hóa|làm sạch|đối soát|tái cấu trúc|tích hợp|tăng (?=thời|số|tỷ|tần|mức|quy)|giảm|chậm nhất|quyết định|hằng (?:tháng|quý|tuần|năm)|quản lý|lãnh đạo"
    "|đưa|mở|ra quân|thanh tra (?=công|việc|các|đột|chuyên|toàn|trách)|cam kết|chi trả|quyết liệt|kiểm điểm|giữ|cử|bám sát|chấp hành|tiến hành|thẩm tra|tuần tra|điều tra|truy quét|phát động"
    "|xem xét|rút ngắn|nhanh chóng|tích cực|sơ tán|ứng trực|thí điểm|đồng bộ|xác nhận|điều chỉnh|đón tiếp|di dời|đo đạc|khởi động|trực(?! thuộc)|nắm|họp|cấm|trả (?=kết|lời|lại)|xét xử|kiểm sát (?=việc|các)|xung kích|phân luồng|bình ổn|quảng bá"
    "|trùng tu|khám|truy vết|phun|gia cố|nạo vét|thu gom|trồng|chăm sóc|tặng|thăm|biên soạn|in ấn|lưu ý|khai trương|vinh danh|là|có (?:phương|giải|biện|kế)"
)
_NOT_BEHIND = "".join(
    rf"(?<!{before} )"
    for before in ("các", "Các", "quỹ", "xã hội -", "thuộc", "ban", "Ban", "Sở", "phòng", "quản lý", "được giao")
)  # fmt: skip
#: not in "công trình", "chương trình", "đơn vị sự nghiệp công lập", "cơ quan quản lý", "chuyển đổi số"
_OWN = {
    "trực(?! thuộc)": r"(?<!thường )(?<!Thường )",
    "thẩm định": r"(?<!đồng )(?<!tổ )(?<!Tổ )",
    "xây dựng": r"(?<!đầu tư )(?<!dự án )(?<!vật liệu )",
    "quản lý": r"(?<!cơ quan )(?<!đơn vị )(?<!và )",
    "lãnh đạo": r"(?<!và )(?<!đồng chí )",
    "trình": r"(?<!công )(?<!chương )(?<!quy )(?<!lộ )(?<!tờ )(?<!quá )(?<!tiến )(?<!giáo )",
    "lập": r"(?<!công )(?<!độc )",
    "chuyển": r"(?!chuyển đổi)(?<!vận )",
}
VERBS = "|".join(f"{_OWN.get(word, '')}{word}" for word in _WORDS.split("|"))
_FIRST = re.compile(rf"(?:^|(?<=[\s,:])){_NOT_BEHIND}(?:{VERBS})\b")
_BEGINS = re.compile(rf"(?:{VERBS})\b", re.IGNORECASE)


def first_verb(text: str, begin: int = 0) -> int:
    """Where the first word of doing stands from ``begin`` on; -1 where there is none."""
    found = _FIRST.search(text, begin)
    return found.start() if found else -1


def begins_with_verb(text: str) -> bool:
    """Whether a text begins with what is to be done, in capitals or not."""
    return bool(_BEGINS.match(text))


_KIND = r"(?:Sở|Bộ|Phòng|Ty|Ban)"
_FIELDS = (
    "Nội vụ|Tư pháp|Tài chính(?: - Kế hoạch)?|Công Thương|Xây dựng|Y tế|Ngoại vụ|Ngoại giao|Du lịch|Quốc phòng|Công an|Kế hoạch và Đầu tư"
    "|Giao thông vận tải|Giáo dục và Đào tạo|Khoa học và Công nghệ|Thông tin và Truyền thông|Tài nguyên và Môi trường|Nông nghiệp và Môi trường"
    "|Nông nghiệp và Phát triển nông thôn|Lao động - Thương binh và Xã hội|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|Văn hóa và Thông tin"
    "|Văn hóa - Xã hội|Dân tộc và Tôn giáo|Dân tộc|Kinh tế và Hạ tầng|Kinh tế|Quy hoạch - Kiến trúc|Du lịch"
)
_KNOWN = re.compile(rf"{_KIND} (?:{_FIELDS})(?:(?:,| và|, và) (?:các )?(?:{_KIND} )?(?:{_FIELDS}))*(?=\W)")


def end_of_known(text: str) -> int:
    """Where the names of common departments that a text begins with end; 0 where it begins with none."""
    found = _KNOWN.match(text)
    return found.end() if found else 0
