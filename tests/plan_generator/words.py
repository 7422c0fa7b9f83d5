"""What made-up plans are made of: tasks, agencies, time phrases with what they mean, products."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from random import Random

VERBS = (
    "Xây dựng", "Rà soát, sửa đổi", "Tổ chức", "Triển khai", "Ban hành", "Hoàn thiện", "Kiểm tra, đánh giá", "Tham mưu ban hành",
    "Đẩy mạnh", "Tăng cường", "Nâng cấp", "Số hóa", "Tiếp tục thực hiện", "Phối hợp rà soát", "Công khai", "Nâng cao chất lượng",
    "Thực hiện có hiệu quả", "Tuyên truyền, phổ biến", "Đào tạo, bồi dưỡng", "Theo dõi, đôn đốc", "Cập nhật", "Hướng dẫn",
)  # fmt: skip
OBJECTS = (
    "kế hoạch cải cách hành chính của tỉnh", "quy trình nội bộ giải quyết thủ tục hành chính", "hệ thống thông tin giải quyết hồ sơ",
    "cơ sở dữ liệu chuyên ngành", "các nền tảng số dùng chung", "bộ tiêu chí đánh giá mức độ hoàn thành nhiệm vụ",
    "đề án vị trí việc làm", "hội nghị tập huấn cho cán bộ, công chức cấp xã", "chính sách hỗ trợ doanh nghiệp nhỏ và vừa",
    "danh mục dịch vụ công trực tuyến toàn trình", "công tác bảo đảm an toàn thông tin mạng", "quy chế phối hợp giữa các cơ quan",
    "việc chấp hành kỷ luật, kỷ cương hành chính", "chỉ số hài lòng của người dân, tổ chức", "kho dữ liệu hồ sơ điện tử",
    "chương trình hỗ trợ khởi nghiệp đổi mới sáng tạo", "hạ tầng viễn thông tại các khu, cụm công nghiệp", "kế hoạch đầu tư công",
    "công tác văn thư, lưu trữ điện tử", "các mô hình điểm về chuyển đổi số", "phương án sắp xếp đơn vị sự nghiệp công lập",
)  # fmt: skip
TAILS = (
    "", "", "", "trên địa bàn tỉnh", "theo hướng dẫn của Bộ Nội vụ", "bảo đảm đúng quy định của pháp luật", "giai đoạn 2021 - 2025",
    "theo Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng Chính phủ", "phục vụ người dân, doanh nghiệp",
    "; kịp thời tháo gỡ khó khăn, vướng mắc cho cơ sở", "tại Trung tâm Phục vụ hành chính công tỉnh", "(lĩnh vực khoa học và công nghệ)",
    ", phấn đấu tỷ lệ hồ sơ trực tuyến đạt tối thiểu 80%", "tại các xã, phường", "của các sở, ban, ngành và địa phương",
    "nhằm “nâng cao chất lượng phục vụ”", "theo chỉ đạo tại Công văn số 123/UBND-NC ngày 15/02/2024",
)  # fmt: skip
NAMES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Khoa học và Công nghệ", "Sở Y tế", "Sở Công Thương", "Sở Xây dựng", "Thanh tra tỉnh",
    "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo", "Văn phòng UBND tỉnh", "Công an tỉnh",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Phát triển nông thôn", "Ban Quản lý Khu kinh tế", "Sở KH&CN", "Sở TT&TT",
    "Văn phòng Ủy ban nhân dân tỉnh", "Sở Lao động - Thương binh và Xã hội",
)  # fmt: skip
GROUPS = (
    "Các sở, ban, ngành", "Các sở, ban ngành, địa phương", "UBND các huyện, thành phố", "UBND các xã, phường",
    "Các sở, ban, ngành tỉnh; UBND các huyện, thành phố", "Các sở, ngành liên quan", "Các cơ quan, đơn vị liên quan",
)  # fmt: skip
PRODUCTS = ("Kế hoạch", "Quyết định của UBND tỉnh", "Báo cáo", "Hệ thống phần mềm", "Văn bản hướng dẫn", "Nghị quyết của HĐND tỉnh", "Hội nghị, tài liệu tập huấn", "Tờ trình, dự thảo quyết định")  # fmt: skip
SECTIONS = (
    "Công tác chỉ đạo, điều hành", "Cải cách thể chế", "Cải cách thủ tục hành chính", "Cải cách tổ chức bộ máy", "Cải cách tài chính công",
    "Xây dựng chính quyền số", "NÂNG CAO NHẬN THỨC VÀ ĐỔI MỚI TƯ DUY", "HOÀN THIỆN CƠ CHẾ, CHÍNH SÁCH", "Phát triển hạ tầng số",
    "Đào tạo, tập huấn và truyền thông", "Quản lý, vận hành, khai thác dữ liệu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A time phrase and what it means."""

    text: str
    kind: str
    due: date | None = None
    strict: bool = False


def title(random: Random) -> str:
    """A task's words."""
    verb, thing, tail = random.choice(VERBS), random.choice(OBJECTS), random.choice(TAILS)
    text = f"{verb} {thing}{'' if tail[:1] in ',;' else ' '}{tail}".strip()
    if random.random() < 0.15:
        text += f"; {random.choice(VERBS).lower()} {random.choice(OBJECTS)}"
    return text + random.choice(("", "", "."))


def lead(random: Random) -> str:
    """Who leads: mostly one, sometimes two or a group."""
    roll = random.random()
    if roll < 0.72:
        return random.choice(NAMES)
    if roll < 0.85:
        return random.choice((", ", "; ")).join(random.sample(NAMES, 2))
    return random.choice(GROUPS[:5])


def coordinators(random: Random, *, empty: float) -> str:
    """Who coordinates; empty with the chance given."""
    roll = random.random()
    if roll < empty:
        return ""
    if roll < 0.45:
        return random.choice(GROUPS)
    if roll < 0.6:
        return f"{random.choice(NAMES)} theo dõi, đôn đốc"
    return "; ".join(
        [*random.sample(NAMES, random.choice((1, 2, 3))), *random.sample(GROUPS, random.choice((0, 1)))]
    )


def time(random: Random, issued: date) -> Time:
    """A time phrase of any of the kinds, due after the plan was issued."""
    year = issued.year + random.choice((0, 1, 1, 2))
    month = random.randint(issued.month, 12) if year == issued.year else random.randint(1, 12)
    quarter = (month + 2) // 3
    last = date(year, month, calendar.monthrange(year, month)[1])
    day = (
        last.replace(day=random.randint(1, last.day))
        if last.month != issued.month or year > issued.year
        else last
    )
    end = date(year, 3 * quarter, calendar.monthrange(year, 3 * quarter)[1])
    roman = ("I", "II", "III", "IV")[quarter - 1]
    written = random.choice((f"{day.day:02}/{day.month}/{day.year}", f"{day.day:02}/{day.month:02}/{day.year}", f"{day.day:02} tháng {day.month} năm {day.year}"))  # fmt: skip
    years = date(year, 12, 31)
    choices = (
        Time(f"Trước ngày {written}", "fixed_date", day, True),
        Time(f"Chậm nhất ngày {written}", "fixed_date", day),
        Time(f"Hoàn thành trước ngày {written}", "fixed_date", day, True),
        Time(f"Tháng {month}/{year}", "fixed_date", last),
        Time(f"Tháng {month:02} năm {year}", "fixed_date", last),
        Time(f"Trong tháng {month}/{year}", "fixed_date", last),
        Time(f"Quý {roman}/{year}", "fixed_date", end),
        Time(f"Quý {roman} năm {year}", "fixed_date", end),
        Time(f"Quí {roman}-{year}", "fixed_date", end),
        Time(f"Hoàn thành trong quý {roman}/{year}", "fixed_date", end),
        Time(f"{written.split(' ')[0]}" if "/" in written else f"Ngày {written}", "fixed_date", day),
        Time(f"Năm {year}", "within_period", years),
        Time(f"Hoàn thành trong năm {year}", "within_period", years),
        Time(f"Năm {year} - {year + 1}", "within_period", date(year + 1, 12, 31)),
        Time(f"Giai đoạn {year}-{year + 3}", "within_period", date(year + 3, 12, 31)),
        Time("Thường xuyên", "continuous"),
        Time(f"Thường xuyên trong năm {year}", "continuous"),
        Time("Hằng năm", "recurring"),
        Time("Hằng quý", "recurring"),
        Time("Trước ngày 20 hằng tháng", "recurring", strict=True),
        Time("Định kỳ trước ngày 15 của tháng cuối quý", "recurring", strict=True),
        Time("Tháng 12 hằng năm", "recurring"),
        Time(f"Năm {year} và các năm tiếp theo", "open_ended"),
        Time(f"Từ năm {year}", "open_ended"),
        Time("Khi có yêu cầu của cấp có thẩm quyền", "on_event"),
        Time("Sau khi Nghị định được ban hành", "on_event"),
        Time("Theo Kế hoạch của Trung ương", "by_other_document"),
        Time("Theo tiến độ chung", "by_other_document"),
    )
    return random.choice(choices)


def product(random: Random) -> str:
    """What comes of it."""
    return random.choice(PRODUCTS)
