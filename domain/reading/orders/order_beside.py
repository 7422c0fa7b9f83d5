"""Lines beside others that name somebody: they do so, too, in words nobody knows."""

from __future__ import annotations

import re

from domain.reading.fold import capital_letters
from domain.reading.orders.plan_addressed import Addressed, Known
from domain.reading.prose.labels import role_of
from domain.reading.verbs import begins_with_verb, first_verb, verb_at
from domain.reading.who_words import ADVERB

#: a name nobody knows is no longer than so many letters
_SHORTEST, _SOON = 5, 48
#: what lines of such a list are about that name nobody
_MATTER = re.compile(
    r"(?:Để|Nhằm|Quan điểm|Mục đích|Kinh phí|Thời gian|Thời hạn|Địa điểm|Việc|Công tác|Các nội dung|Nội dung|Kết quả|Tỷ lệ|Số|Hồ sơ|Quy mô|Đối tượng|Thành phần|Trường hợp|Mọi|Nếu|Trong|Về|Đối với|Mục tiêu|Chỉ tiêu|Chế độ|Nguồn|Mức"
    r"|Điều kiện|Hình thức|Căn cứ|Theo|Quá|Nhiều|Một số|Tình|Hiện|Qua|Sau|Trước|Ngày|Tháng|Năm|Quyết định|Kế hoạch|Nghị|Văn bản|Danh|Phụ lục|Dự án|Đề án|Chương trình|Ghi nhận|Đồng ý|Thống nhất|Cơ bản|Nhất trí|Chấp thuận|Cho phép|Không|Biểu dương|Phê bình|Giao|Yêu cầu|Đề nghị|Công việc|Nhiệm vụ|Trên đây|Mỗi)(?!\w)"
)

#: "Sử dụng và Phát triển rừng", "Tổ chức, Hành chính": capitals behind a joint are a name's, whatever its words mean
_CAPITALS = re.compile(rf"[{capital_letters()}]\w+(?: [^\W_]+){{0,2}}(?:,| và| [-–]) [{capital_letters()}]")


def names_by_capitals(said: str) -> bool:
    """Whether a line begins with a name by its capitals, whatever its words mean."""
    return bool(_CAPITALS.match(said))


def is_remark(said: str, told: Addressed) -> bool:
    """Whether nothing is told behind the colon of who seems to be: "Thư ký ghi: Lại Thị Mơ", "Bộ phận đầu mối: …"."""
    behind = said[told.begin + len(told.who) :].lstrip()
    if not behind.startswith(":") or not behind.strip(" :.;"):
        return False
    words = re.findall(r"[^\W_]+", behind)
    if all(not word[0].islower() for word in words):
        return True
    does = begins_with_verb(behind.strip(" :")) or verb_at(behind.strip(" :"), 0)
    return role_of(said[: said.index(":")]) is not None and not does


def unknown_name(said: str, known: Known) -> Addressed:
    """Whoever such a line begins with; nobody where it begins with a doing, or with a matter."""
    named = names_by_capitals(said)
    if known.at_start(said).end and not named:
        return Addressed()  # somebody is spoken of
    if _MATTER.match(said) or not (said[:1].isupper() or said[:1].isdecimal()):
        return Addressed()
    if not named and (begins_with_verb(said) or verb_at(said[:1].lower() + said[1:], 0)):
        return Addressed()
    end = known.at_start(said, told=True).end
    if not end and may_name(said):
        end = first_verb(said, _SHORTEST)
    who, rest = said[:end].strip(" ,:;"), said[end:].lstrip()
    if rest.startswith(":") and not begins_with_verb(rest[1:].lstrip()):
        return Addressed()  # "Địa bàn: các tuyến phố …"
    return Addressed(who, said[end:].lstrip(" ,:;"), 0, 0, sure=False, guessed=True) if end else Addressed()


def speaks_of(said: str) -> bool:
    """Whether a line begins with a matter, and names nobody."""
    return bool(_MATTER.match(said))


def may_name(said: str) -> bool:
    """Whether a line does not begin with what is to be done, how or when, and says soon what somebody does."""
    small = said[:1].lower() + said[1:]
    if begins_with_verb(said) or verb_at(small, 0) or ADVERB.match(small):
        return False
    doing = first_verb(said, _SHORTEST)
    return 0 < doing < _SOON and not re.search(r"[,;:(]", said[:doing])
