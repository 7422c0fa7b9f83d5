"""Whether a name in a sentence may go on behind the place where it was taken to end."""

from __future__ import annotations

import re

from domain.reading.orders.plan_who import names_at_start
from domain.reading.verbs import begins_with_verb, doing_at, verb_at
from domain.reading.who_words import ADVERB

_PERSON = re.compile(r"(?:(?:các )?(?:đồng chí|ông|bà)|đ/c|thầy|cô|anh|chị)\b", re.IGNORECASE)
_BEHIND = 80  # letters looked at for another name
#: "Các chủ rừng là tổ chức bố trí …"
_IS = re.compile(r"\s+là(?!\w)(?! (?:đầu mối|cơ quan|đơn vị|chủ|thường trực))")
#: "Phòng Quản lý" of "Phòng Quản lý bảo vệ rừng và Bảo tồn thiên nhiên theo dõi …"
_JOINED = re.compile(r"\s+(?:[a-zà-ỹđ]+ ){1,3}(?:và|[-–])\s+(?=[A-ZĐ][a-zà-ỹ]+ [a-zà-ỹđ])")
#: "thành phố" of "thành phố trực thuộc Trung ương chỉ đạo …"
_CAPITAL = re.compile(r"\s+(?:[a-zà-ỹđ]+ ){1,3}(?=[A-ZĐ][a-zà-ỹ]+ [a-zà-ỹđ])")
#: "các đoàn thể thôn" of "các đoàn thể thôn, buôn gõ cửa …"
_LIST = re.compile(r",\s+(?=[a-zà-ỹđ])(?!(?:ngoài|nếu|đã|gồm|nhất)(?!\w))")
#: words of doing that names have, too: another doing close behind says that these are a name's
_NAMES_HAVE = re.compile(
    r"\s+(?:và )?(?:thông tin|truyền hình|truyền thông|điều tra|đào tạo|quản lý|thanh tra|xuất khẩu|bảo vệ|chế biến|sản xuất|vận tải|dự báo"
    r"|kiểm nghiệm|giám định|cấp cứu|khám|chữa|phục hồi|kinh doanh|giám sát|thi hành|xét nghiệm|cung ứng|tư vấn|phát triển|nhận|chuyển|sử dụng|khai thác|nuôi|trồng|phụ trách|tham gia)(?= )"
)
#: of those, words that hardly ever say what is to be done
_SELDOM_DOING = frozenset(("thông tin", "truyền hình", "truyền thông", "cấp cứu", "điều tra", "xuất khẩu"))
#: bodies of a kind that words behind them may narrow; and doings that stand before others
_KINDS = re.compile(
    r"(?:cơ quan|đơn vị|doanh nghiệp|tổ chức|đoàn thể|địa phương|các hội|công ty|trung tâm dịch vụ)$",
    re.IGNORECASE,
)
_FIRST_OF_TWO = re.compile(
    r" (?:tổ chức|tiếp tục|khẩn trương|chủ động|tập trung|nghiêm túc|thường xuyên|tăng cường|chủ trì|phối hợp|hướng dẫn|phải|cần|tích cực|đẩy mạnh|đẩy nhanh|kịp thời|sớm|sẽ|trực tiếp|tham mưu|quan tâm|nhanh chóng|chịu trách nhiệm|có trách nhiệm|căn cứ|trên cơ sở|chỉ đạo|yêu cầu|hoàn thành|triển khai|tự|báo cáo|đề xuất|chuẩn bị|bố trí|thực hiện|xây dựng|rà soát|kiểm tra)(?!\w)"
)
_NEAR = 30  # letters in which that other doing stands


def may_go_on(name: str, behind: str) -> bool:
    """Whether the words behind a name may be more of it: a list that goes on, capitals further on, two doings in a row."""
    listed = _LIST.match(behind)
    if listed:
        does = verb_at(behind, listed.end())
        return not _PERSON.match(name) if does else not ADVERB.match(behind[listed.end() :])
    if behind.startswith(" và "):
        return not verb_at(behind, 4) and not begins_with_verb(behind[4:])
    if _IS.match(behind):
        return True
    if joined := _JOINED.match(behind):
        return not _named(behind[joined.end() :])
    if (capital := _CAPITAL.match(behind)) and not verb_at(behind, 1) and not ADVERB.match(behind[1:]):
        return not _named(behind[capital.end() :])
    return _two_doings(behind) or bool(_KINDS.search(name) and _narrowed(behind))


def _narrowed(behind: str) -> bool:
    """Whether the words behind bodies of some kind say which: "các cơ quan báo chí mở …", "các đơn vị nhận quân rà soát …"."""
    if not re.match(r" [a-zà-ỹđ]", behind) or _FIRST_OF_TWO.match(behind) or ADVERB.match(behind[1:]):
        return False
    near = re.match(r"[^,;:.()]*", behind[:_NEAR])
    words = re.finditer(r"(?<= )[a-zà-ỹđ]", near[0][1:] if near else "")
    return any(doing_at(behind, 1 + word.start()) for word in list(words)[1:])


def _two_doings(behind: str) -> bool:
    first = _NAMES_HAVE.match(behind)
    if not first:
        return False
    near = re.match(r"[^,;:.()]*", behind[first.end() : first.end() + _NEAR])
    other = re.search(r" và (?=[A-ZĐ])", near[0]) if near else None
    if other and _named(behind[first.end() + other.end() :]):
        return True  # "phụ trách văn hóa và Phòng Pháp chế phối hợp …"
    if first[0].strip() in _SELDOM_DOING and (
        verb_at(behind, first.end() + 1) or ADVERB.match(behind[first.end() + 1 :])
    ):
        return True
    words = re.finditer(r"(?<= )[a-zà-ỹđ]", near[0] if near else "")
    return any(doing_at(behind, first.end() + word.start()) for word in words)


def _named(text: str) -> bool:
    return names_at_start(text[:_BEHIND]).end > 0
