"""Words of office that a scan has misread ("đơn vi", "chú trì", "Bộ Tai chính"), read as what they are.

Only marks are put right, only in words of two syllables that are unlike any other, and only in a text with several such
places: in a text that people typed nothing is touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from domain.reading.fold import plain

_WORDS = (
    "chủ trì|phối hợp|đơn vị|cơ quan|địa phương|liên quan|ủy ban|nhân dân|tài chính|nội vụ|xây dựng|công thương|giáo dục|đào tạo|khoa học|công nghệ"
    "|truyền thông|thông tin|nông nghiệp|môi trường|giao thông|vận tải|kế hoạch|văn hóa|thể thao|du lịch|lao động|thương binh|xã hội|ngân hàng|nhà nước"
    "|công an|quốc phòng|ngoại giao|tư pháp|chính phủ|thủ tướng|doanh nghiệp|thành phố|trung ương|hiệp hội|chủ tịch|giám đốc|khẩn trương|tập trung"
    "|nghiên cứu|hướng dẫn|chỉ đạo|triển khai|thực hiện|rà soát|tiếp tục|đẩy mạnh|đẩy nhanh|thúc đẩy|tăng cường|đề xuất|đề nghị|báo cáo|tổ chức"
    "|kiểm tra|giám sát|đôn đốc|bảo đảm|hoàn thiện|hoàn thành|xử lý|phê duyệt|bố trí|trách nhiệm|yêu cầu|tham mưu|giải quyết|tuyên truyền"
)
_RIGHT = {plain(word): word for word in _WORDS.split("|")}
#: the same letters with other marks that are words, too
_OTHERS = frozenset(
    [
        "có quan",
        "thể tháo",
        "để xuất",
        "để nghị",
        "tại chính",
        "đầu từ",
        "bộ trí",
        "khóa học",
        "khoá học",
        "mọi trường",
        "mới trường",
        "mỗi trường",
        "truyền thống",
        "ngoài giao",
        "vận tại",
        "thành phó",
    ]
)
_PAIR = re.compile(r"(?<![a-z])([a-z]+)(?= ([a-z]+)(?![a-z]))")
#: "Kế hoạch và Đầu. tư": a speck
_STOP_WITHIN = re.compile(r"(?<=[a-zà-ỹ]{2})\. (?=[a-zà-ỹ]{2})")
#: so many places, or it is no scan
_FEWEST = 3


def put_right(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, misread words of office put right where there are several."""
    found = [list(_misread(text)) for text in paragraphs]
    if sum(map(len, found)) < _FEWEST:
        return list(paragraphs)
    return [
        _STOP_WITHIN.sub(" ", _mended(text, places)) for text, places in zip(paragraphs, found, strict=True)
    ]


def _misread(text: str) -> list[tuple[int, str]]:
    """Where misread words stand, and what they should be."""
    folded = plain(text)
    if len(folded) != len(text):
        return []
    places: list[tuple[int, str]] = []
    for match in _PAIR.finditer(folded):
        right = _RIGHT.get(f"{match[1]} {match[2]}")
        if right is None:
            continue
        said = text[match.start() : match.start() + len(right)].lower()
        if said != right and said not in _OTHERS and _marks(said) != _marks(right):
            places.append((match.start(), right))
    return places


def _marks(word: str) -> list[str]:
    """The letters and marks of a word: "uỷ" and "ủy" have the same."""
    return sorted(unicodedata.normalize("NFD", word))


def _mended(text: str, places: Sequence[tuple[int, str]]) -> str:
    letters = list(text)
    for begin, right in places:
        for offset, letter in enumerate(right):
            at = begin + offset
            letters[at] = letter.upper() if letters[at].isupper() else letter
    return "".join(letters)
