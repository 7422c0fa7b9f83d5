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
#: rarer, or too like other words to be looked for within a sentence
_MORE = (
    "ban bố|be bờ|biên tập|biểu diễn|biểu quyết|biệt phái|bác bỏ|bán đấu giá|bãi miễn|bêu gương|bình bầu|bình chọn|bình xét|bóc gỡ"
    "|bóc thầu|bóc tách|bón phân|bù trừ|bơm nước|bảo dưỡng|bảo lãnh|bảo lưu|bảo quản|bảo trì|bảo tồn|bảo vệ|bắc cầu|bắt buộc"
    "|bắt giam|bắt giữ|bế mạc|bố phòng|bốc dỡ|bốc thăm|bồi thường|bổ nhiệm|canh gác|canh phòng|canh trực|chi tiền|chia nhau"
    "|cho phép|cho thuê|cho vay|chào mừng|chạy thử|chạy xe|chấm công|chấm thi|chấm thầu|chấm điểm|chằng chống|chỉ rõ|chỉ định"
    "|chỉnh lý|chỉnh sửa|chỉnh trang|chống hạn|chống rét|chống úng|chốt chặn|chốt số|chốt sổ|chụp ảnh|chủ công|chủ động|chứng kiến"
    "|chứng thực|coi sóc|cài đặt|có mặt|công nhận|cơ cấu lại|cưỡng chế|cải thiện|cải tiến|cải táng|cải tạo|cảnh báo|cảnh giới"
    "|cấp phát|cất giữ|cầm trịch|cắt cử|cắt nợ|cắt điện|cổ vũ|cổ động|cụ thể hóa|củng cố|cứu chữa|di chuyển|diễn tập|duy tu"
    "|dàn dựng|dẫn giải|dặm vá|dọn dẹp|dự báo|dự giờ|dự kiến|dự thảo|dự toán|dự trù|dự trữ|dựng rạp|ghi chép|ghi hình|ghi sổ"
    "|gia công|gia cố|gia hạn|gieo cấy|giám định|giáo dục|giãn nợ|giải thể|giải tỏa|giải đáp|giới thiệu|gánh vác|gìn giữ|góp quỹ"
    "|gấp rút|gọi hỏi|gửi tiền|hiệp thương|hiệp đồng|hiệu chuẩn|hiệu chỉnh|hiệu đính|hoàn thuế|hoàn trả|hoàn tất|hoán đổi"
    "|hoạch định|huấn luyện|hòa giải|hưởng ứng|hạ thấp|hạn chế|hậu kiểm|hỏi cung|hỗ trợ|hợp nhất|hợp đồng|hủy bỏ|khai báo"
    "|khen thưởng|khoanh nuôi|khoanh nợ|khoanh vùng|khoanh định|khuyến cáo|khóa sổ|khôi phục|khơi thông|khảo sát|khống chế|khởi tạo"
    "|khởi tố|khử trùng|kiên trì|kiến tạo|kiểm kê|kiểm nghiệm|kiểm phiếu|kiểm thử|kiểm toán|kiểm đếm|kiểm định|kè chắn|kéo dài"
    "|kê biên|kết hợp|kê khai|kê đơn|kích hoạt|ký kết|ký sổ|kẻ lại|kết luận|kết nghĩa|kết nạp|kết thúc|lan tỏa|lau chùi|liên hệ|liên kết"
    "|liệt kê|loan báo|luân chuyển|luân phiên|làm cỏ|làm giàu|làm lại|làm mới|làm thủ tục|làm đầu mối|lên danh mục|lên danh sách"
    "|lên khung|lên kế|lên lịch|lên sổ|lưu trữ|lập danh|lập quỹ|lập sổ|lắng nghe|minh bạch|mô tả|mật phục|mở cống|mở rộng|mở sổ"
    "|mở thầu|neo đậu|nghiêm cấm|nghênh đón|ngưng|ngầm hóa|nhân giống|nhận đỡ đầu|nhập liệu|nhắc lại|nhắc nhở|nhắn tin|niêm phong"
    "|niêm yết|nâng bậc|nâng lương|nêu gương|nói chuyện|nỗ lực|nới lỏng|phao tin|phong tặng|phong tỏa|phun thuốc|phác thảo|phát cỏ"
    "|phát dọn|phát hiện|phát hành|phát lệnh|phát quang|phát sóng|phát triển|phân bố|phân cấp|phân giao|phân khai|phân loại"
    "|phân nhóm|phân phát|phân tích|phân vùng|phòng ngừa|phúc tra|phản biện|phấn đấu|phỏng vấn|phổ cập|phụ trách|phụ đạo|phục dựng"
    "|phục hồi|phục vụ|phủ sóng|quan trắc|quy hoạch|quy tập|quy định|quyên góp|quét dọn|quản chặt|quảng cáo|ra hướng dẫn|ra mắt"
    "|ra soát|rà lại|rà phá|rút kinh nghiệm|rút tiền|răn đe|san gạt|soi chiếu|soi xét|soát xét|soạn lại|soạn thảo|sàng lọc|sáng tác"
    "|sáp nhập|sát hạch|sơ tuyển|sơ tán|sơn lại|sạ lại|sản xuất|sắm sửa|sử dụng|sửa chữa|sửa sang|tham dự|tham gia|tham vấn"
    "|thanh lý|thanh tra|thay mặt|thay đổi|thi công|thi hành|thi tuyển|thiết kế|thiết lập|thu dọn|thu hoạch|thu mua|thu nợ|thu phí"
    "|thu tiền|tháo dỡ|thích ứng|thông cáo|thông qua|thông suốt|thông thầu|thông tin|thông tắc|thông xe|thúc đẩy|thương lượng"
    "|thương thảo|thảm nhựa|thẩm vấn|thắt chặt|thống nhất|thụ lý|thử nghiệm|thử tải|thực thi|tinh giản|tiêm chủng|tiêm phòng"
    "|tiêu hủy|tiêu úng|tiêu độc|tiếp cận|tiếp tế|tiếp xúc|tiết giảm|tiết kiệm|tiễn đưa|tra cứu|trang trí|trao đổi|triệt phá"
    "|triệu tập|truy nã|truy thu|truy tố|truyền dạy|truyền thông|truyền đạt|trình bày|trích lập|trích nộp|trích quỹ|trích xuất"
    "|trông coi|trông giữ|trưng bày|trưng dụng|trả lương|trấn áp|trợ giúp|trực chiến|trực gác|tu bổ|tu sửa|tuyên dương|tuyển chọn"
    "|tuyển dụng|tuân thủ|tuần phòng|tán thành|tích nước|tính lại|tính toán|tôn tạo|tôn vinh|túc trực|tường trình|tạm ngừng|tạm ứng"
    "|tất toán|tận dụng|tận thu|tập hợp|tập kết|tỉa cây|tố giác|tống đạt|tổ chức|tổ chức lại|tổng kiểm tra|tổng rà soát"
    "|tổng vệ sinh|từ chối|từng bước|tự giác|tự kiểm tra|tự rà soát|tự soát|tự tháo dỡ|tự đánh giá|viết lại|vào cuộc|vét mương"
    "|vận chuyển|vệ sinh|xem lại|xuất bản|xác lập|xét duyệt|xét nghiệm|xét nâng|xét tuyển|xóa nợ|xúc tiến|xả lũ|xếp hạng|xếp loại"
    "|xử phạt|yêu cầu|áp dụng|áp giải|ôn tập|ăn ở|đeo bám|đi cơ sở|đi kiểm tra|đi xác minh|điều hành|điều phối|điều tiết|điều động"
    "|điểm danh|đo vẽ|đàm phán|đào tạo|đình chỉ|đích thân|đính chính|đòi nợ|đón rước|đóng cống|đóng cửa|đóng góp|đóng tiền"
    "|đóng điện|đăng tải|đưa tin|đưa vào|đưa đón|đại tu|đảm nhận|đấu giá|đấu mối|đấu nối|đấu thầu|đấu tranh|đầu tư|đắp đập|đặt hàng"
    "|đề cao|đề nghị|đề ra|định giá|định hướng|đốc thu|đối chiếu|đối chất|đối soát|đối thoại|đồng chủ trì|đổ bê tông|động thổ"
    "|động viên|đỡ đầu|đứng ra|đứng tên|đứng điểm|ấn định|ổn định|ủng hộ|ủy quyền|ứng dụng|ứng phó"
    "|đảm nhiệm"
)
#: short ones stand within other words, too ("thu" in "thu nhập"): only right behind a name
_SHORT = (
    "múc|giao|lùi|quay|chạy|dồn|ngưng|bắc|san|thôi|đứng|gánh|gom|dời|nhắc|nạo|rào|tưới|bón|cấy|gặt|lấp|lau|rửa|nấu|tháo|kéo|gác"
    "|kiếm|giữ|đuổi|ngăn|bít|trám|trát|lợp|hỏi|phạt|khen|dặn|luyện|xét|thêm|bớt|bù|khiêng|vác|kèm|chữa|hút|lọc|khử|bẫy|ươm|ghép|đếm"
    "|cân|gộp|căng|giăng|nhặt|hốt|đốt|cày|phơi|sấy|neo|chằng|chèn|kè|che|chắn|quây|ủi|gói|bốc|hoãn|huỷ|xin|bán|trải|dìm|thử|nhờ"
    "|cúng|đục|lên|rà|phát|thay|lắp|chép|sơn|đo|dẹp|chở|gõ|đi|nói|chấm|bắt|tỉa|canh|soát|xem|trông|nối|vá|khơi|lát|ra|cho|buộc|bám"
    "|báo|bóc|bơm|bầu|bắn|bịt|bỏ|chia|chiếu|chúc|chặn|chịu|chọn|chống|chốt|chụp|cấm|cấp|cắm|cắt|diệt|duyệt|dán|dùng|dạy|dẫn|dập|dọn"
    "|dỡ|dừng|dựng|ghi|gieo|giãn|góp|gắn|gặp|gọi|gỡ|hoàn|hạ|hủy|in|khoanh|khóa|ký|làm|lấy|miễn|mua|mổ|mời|nghe|ngừng|nhận|nhập|nuôi"
    "|nâng|nêu|phá|quét|rèn|rút|rải|soạn|sửa|thu|thuê|thúc|thăm|thưởng|thả|thắp|tiêm|trao|treo|truy|trích|trả|tuyển|tách|tìm|tính"
    "|tăng|dành|bật|khoan|lo|giúp|kẻ|điều|bày|soi|chọn cử|đẩy|tẩy|tắt|tặng|viết|vẽ|vớt|xuất|xây|xóa|xả|xếp|điền|đón|đóng|đăng|đưa"
    "|đắp|đặt|đổ"
)
_RARE = re.compile(rf"(?:^|(?<=[\s,:])){_NOT_BEHIND}(?:{_MORE})\b")
#: a short word is doing where so many, or all of some, or a name stands behind: "mở 03 lớp", "mời Ban …"
_SOME = re.compile(rf"(?<=\s)(?:{_SHORT})(?= (?:\d|lại|ngay|các|những|từng|mỗi|toàn bộ|[A-ZĐ]))")
_BEHIND = re.compile(rf"(?:{VERBS}|{_MORE})\b")
_SHORTER = re.compile(rf"(?:^|(?<=[\s,:]))(?:{_SHORT})\b")
#: behind these a word of doing names a thing: "tỷ lệ giải ngân", "công tác rà soát"
_NAMES_IT = re.compile(
    r"(?:tỷ lệ|tỉ lệ|(?<!nhóm )(?<!tổ )(?<!đoàn )công tác|việc|vốn|mức|hiệu quả|kết quả|kế hoạch|nhiệm vụ|nhu cầu|biện pháp|hoạt động|tiến độ|quyền|trách nhiệm|nguồn|chỉ tiêu|phương án|quá trình|thời gian|hệ thống|thiết bị|nhà máy|trạm|lĩnh vực|thẩm quyền)\s+$"
)
_FIRST = re.compile(rf"(?:^|(?<=[\s,:])){_NOT_BEHIND}(?:{VERBS})\b")
_BEGINS = re.compile(rf"(?:{VERBS})\b", re.IGNORECASE)


def first_verb(text: str, begin: int = 0) -> int:
    """Where the first word of doing stands from ``begin`` on; -1 where there is none."""
    found = _FIRST.search(text, begin)
    return found.start() if found else -1


def doing_length(text: str, place: int) -> int:
    """How long the known words of doing are that stand at a place; 0 for none."""
    found = _BEHIND.match(text, place)
    return found.end() - place if found else 0


def verb_at(text: str, place: int) -> bool:
    """Whether a word of doing, of the rarer ones, too, stands at a place of a text."""
    return bool(_BEHIND.match(text, place) or _SHORTER.match(text, place))


def doing_at(text: str, place: int) -> bool:
    """Whether words of doing stand at a place within a sentence: none of the short ones, and not as a thing's name."""
    found = _FIRST.match(text, place) or _RARE.match(text, place) or _SOME.match(text, place)
    return bool(found) and not _NAMES_IT.search(text, max(0, place - 16), place)


def begins_with_verb(text: str) -> bool:
    """Whether a text begins with what is to be done, in capitals or not: a word of doing, or a short one right before
    another ("Ký cam kết", "Ra quyết định")."""
    small = text[:1].lower() + text[1:40]
    short = _SHORTER.match(small)
    two = short and doing_length(small, short.end() + 1)
    return bool(_BEGINS.match(text) or _RARE.match(small) or two)


_KIND = r"(?:Sở|Bộ|Phòng|Ty|Ban)"
_FIELDS = (
    "Nội vụ|Tư pháp|Tài chính(?: - Kế hoạch)?|Công Thương|Xây dựng|Y tế|Ngoại vụ|Ngoại giao|Du lịch|Quốc phòng|Công an|Kế hoạch và Đầu tư"
    "|Giao thông vận tải|Giáo dục và Đào tạo|Khoa học và Công nghệ|Thông tin và Truyền thông|Tài nguyên và Môi trường|Nông nghiệp và Môi trường"
    "|Nông nghiệp và Phát triển nông thôn|Lao động - Thương binh và Xã hội|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|Văn hóa và Thông tin"
    "|Văn hóa - Xã hội|Dân tộc và Tôn giáo|Dân tộc|Kinh tế và Hạ tầng|Kinh tế|Quy hoạch - Kiến trúc|Du lịch"
)
_FIELD, _AND = re.compile(rf"(?:{_FIELDS})\b"), re.compile(r"\s+và\b")
_KNOWN = re.compile(rf"{_KIND} (?:{_FIELDS})(?:(?:,| và|, và) (?:các )?(?:{_KIND} )?(?:{_FIELDS}))*(?=\W)")


def does_something(text: str) -> bool:
    """Whether words of doing, of the rarer ones, too, stand anywhere in a text."""
    return first_verb(text) >= 0 or bool(_RARE.search(text))


def short_doing(text: str) -> bool:
    """Whether one of the short words of doing stands somewhere in a text."""
    return any(True for _ in re.finditer(rf"(?<=\s)(?:{_SHORT})\b", text))


def field_at(text: str, place: int) -> int:
    """Where the field of a department ends that a list of them names ("các Sở: Xây dựng, Công Thương"); 0 for none."""
    found = _FIELD.match(text, place)
    goes_on = found and (
        text[found.end() :].lstrip()[:1] in ("", ",", ";", ":", ".")
        or _AND.match(text, found.end())
        or verb_at(text, found.end() + 1)
    )
    return found.end() if found and goes_on else 0


def end_of_known(text: str) -> int:
    """Where the names of common departments that a text begins with end; 0 where it begins with none."""
    found = _KNOWN.match(text)
    return found.end() if found else 0
