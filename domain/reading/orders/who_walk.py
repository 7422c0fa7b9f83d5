"""Over the words of one name: capitals, the second syllables of words they begin, small words that stand within names."""

from __future__ import annotations

import re

from domain.reading.fold import capital_letters
from domain.reading.verbs import doing_at, doing_length, verb_at
from domain.reading.who_words import HALF_LEVEL, HEAD, LEVEL, POST, TERM

WORD = re.compile(r"[^\W_]+(?:[&./'’][^\W_]+)*")
_CAPITAL = capital_letters()
_DASH = re.compile(rf"\s*[-–]\s+(?=\S)|[-–](?=[{_CAPITAL}])|\s*&\s*(?=[{_CAPITAL}])")
#: "Hồi sức tích cực - Chống độc": whatever stands before a dash that a capital follows is of the name
_DASHED = re.compile(rf"(?: [a-zà-ỹđ]+){{1,2}} [-–] (?=[{_CAPITAL}])")
_WHEN = re.compile(r"(?:trước|trong|sau|từ|đến) (?:ngày|tháng|quý|khi|năm|\d)")
_CODED = re.compile(r"[A-ZĐ]{2,5}\d{1,3}")
_PERSON = re.compile(
    r"(?:ông|bà|đồng chí|đ/c|thầy|cô|giám đốc|chủ tịch|chánh văn phòng|hiệu trưởng|bí thư|cục trưởng|bộ trưởng|thứ trưởng|phó trưởng ban)\s*$"
)
#: first syllables to which a short word of doing is only the second: "Xây dựng", "Trung cấp"
_FIRST_HALF = {
    "phá": ("khám",),
    "trình": ("chương", "công", "giáo", "quy", "lộ"),
    "dựng": ("xây",),
    "cấp": (
        "trung",
        "sơ",
        "cao",
        "khẩn",
        "cung",
    ),
    "xuất": (
        "sản",
        "đề",
    ),
    "báo": (
        "dự",
        "cảnh",
        "thông",
    ),
    "nhận": (
        "tiếp",
        "chứng",
        "công",
    ),
    "chống": ("phòng",),
    "dục": ("giáo",),
    "giao": (
        "ngoại",
        "bàn",
    ),
    "thu": (
        "nông",
        "doanh",
    ),
    "cần": ("hậu",),
    "soát": ("kiểm",),
    "nối": (
        "kết",
        "đấu",
    ),
    "phát": (
        "phân",
        "xuất",
    ),
    "gom": ("thu",),
    "dời": ("di",),
    "xếp": ("sắp",),
    "kiếm": ("tìm",),
    "giữ": (
        "tạm",
        "trông",
        "lưu",
    ),
    "phạt": ("xử",),
    "luyện": (
        "huấn",
        "tập",
        "rèn",
    ),
    "xét": (
        "xem",
        "xử",
    ),
    "bù": ("đền",),
    "chữa": ("sửa",),
    "đếm": ("kiểm",),
    "gỡ": ("tháo",),
    "giúp": ("trợ",),
    "đẩy": ("thúc",),
    "dẫn": (
        "hướng",
        "chỉ",
    ),
    "bày": ("trưng",),
    "đón": ("tiếp",),
    "duyệt": (
        "phê",
        "kiểm",
    ),
    "dạy": ("giảng",),
    "định": (
        "thẩm",
        "giám",
        "quy",
        "xác",
        "kiểm",
    ),
    "lọc": ("sàng",),
    "bán": ("mua",),
    "dọn": ("thu",),
    "kéo": ("lôi",),
    "hỏi": ("thăm",),
    "chép": ("ghi",),
    "vá": ("khâu",),
    "trả": (
        "chi",
        "hoàn",
    ),
    "trồng": ("nuôi",),
    "nuôi": ("chăn",),
    "làm": ("việc",),
    "học": ("khoa",),
    "giảm": ("miễn",),
    "mua": ("thu",),
    "dùng": ("tiêu",),
    "mổ": ("giết",),
    "chuyển": (
        "vận",
        "luân",
    ),
    "tuyển": ("thi",),
    "tra": (
        "thanh",
        "điều",
        "kiểm",
    ),
    "khai": ("kê",),
    "ký": ("đăng",),
}


#: names that a capital begins, behind a person's post, too
_PAIRS = frozenset((("Quốc", "hội"), ("Chính", "phủ"), ("Nhà", "nước"), ("Thủ", "tướng"), ("Trung", "ương")))


def walk(text: str, lower: str, at: int) -> tuple[int, bool]:
    """Over the words of a name from behind its head on: (end, whether it ends as only names do).

    ``half``: the last word began with a capital and may want its second syllable ("Nông" of "Nông nghiệp").
    """
    end, sure, run, half, last = at, False, 0, False, ""
    place = bool(_PERSON.search(lower[:at]))
    while end < len(text):
        here = end + len(text[end:]) - len(text[end:].lstrip(" "))
        word = WORD.match(text, here)
        if level := (HALF_LEVEL if half else LEVEL).match(lower, here):
            end, sure, run, place, half = level.end(), True, 0, True, False
        elif not (place and run) and (term := _term(text, lower, here)) and not _does(text, here, sure):
            end, half, run, sure = term, False, 0, False
        elif lower.startswith("các ", here) and (head := HEAD.match(lower, here)):
            end, half, run, sure = head.end(), False, 0, False
        elif word and is_capital(text, here):
            if text[here].isupper() and (head := HEAD.match(lower, here)) and not (place and run):
                end, half, run, sure = head.end(), False, 0, False  # "Đảng ủy Bộ Tài chính"
                continue
            short = (len(word[0]) > 1 and word[0].isupper()) or word[0][0].isdecimal()
            run = 0 if short or word[0] == "Phó" else run + 1
            half = run == 1 and not short and not place
            # three capitals are a person or a place, letters with figures a body ("PA05")
            end, sure, last = word.end(), place or run > 2 or bool(_CODED.fullmatch(word[0])), word[0]
        elif half and word and _is_second(text, lower, here, last.lower(), word[0]):
            end, half, run, sure = word.end(), False, 0, False
        elif word and (last, word[0]) in _PAIRS:
            end = word.end()
        elif (
            (dash := _DASH.match(text, end))
            and not POST.match(lower, dash.end())
            and (is_capital(text, dash.end()) or TERM.match(lower, dash.end()))
        ):
            end, half, run = dash.end(), False, 0
        elif (dashed := _DASHED.match(text, end)) and not POST.match(lower, dashed.end()):
            end, half, run, sure = dashed.end(), False, 0, False
        else:
            break
    return len(text[:end].rstrip(" -–")), sure


def _does(text: str, here: int, behind_level: bool) -> bool:
    """Whether a word of names is what those do whose level stands before it: "Đài Truyền thanh huyện phát thanh …"."""
    return behind_level and verb_at(text, here)


def is_capital(text: str, at: int) -> bool:
    """Whether a word with a capital, or a number, stands at a place."""
    return text[at : at + 1].isupper() or text[at : at + 1].isdecimal()


def _term(text: str, lower: str, here: int) -> int:
    """Where a word that stands within names ends; 0 where a longer word of doing stands instead ("ban hành")."""
    term = TERM.match(lower, here)
    if not term or (is_capital(text, here) and " " not in term[0]):
        return 0
    return term.end() if doing_length(text, here) <= len(term[0]) else 0


def _is_second(text: str, lower: str, here: int, first: str, word: str) -> bool:
    """Whether a small word is the second syllable of the one a capital began, and no doing."""
    if first in _FIRST_HALF.get(word, ()):
        return True
    return not (doing_at(text, here) or verb_at(text, here) or _WHEN.match(text, here))
