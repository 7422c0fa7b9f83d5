"""Names of which not every word is known: they go on up to the doing, to a colon, or to the next name of a list."""

from __future__ import annotations

import re

from domain.reading.orders.who_narrow import narrowed
from domain.reading.orders.who_walk import WORD
from domain.reading.verbs import doing_at, first_verb, verb_at
from domain.reading.who_words import ADVERB, BEING, HALF_LEVEL, HEAD, OPEN

#: a colon behind these lists names: "các Sở: Xây dựng, Công Thương"
LISTS = re.compile(
    r"(?:\bsở|\bbộ|đơn vị|cơ quan|địa phương|\bxã|phường|huyện|ngành|đồng chí|các ông|các ban)(?:(?: có)? liên quan)?\s*$",
    re.IGNORECASE,
)
#: what leads in a list of doings, and closes no name
_LISTING = re.compile(
    r"\b(?:chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|thực hiện|tham mưu|sau|dưới đây|thời gian|thời hạn|tiến độ)\b"
)
#: between a name and its doing
_COUNTS = re.compile(r"[a-zà-ỹđ]+ \d{2,}\s")  # whatever it is, it is done to so many: "gói 200 bánh"
#: words of doing that stand within names, too
_NAMED_SO = re.compile(
    r"\s+(?:đầu tư |và )?(?:phát triển|quản lý|giám sát|phục vụ|bảo vệ|tư vấn|cung cấp|cung ứng|khai thác|sản xuất|kinh doanh|thiết kế|xây dựng|bảo tồn|nghiên cứu|hỗ trợ|phát hành)(?= )"
)
_SELDOM = re.compile(
    r"\s+(?:và )?(?:phát triển|giám sát|phụ trách|tư vấn|đăng ký|nhận|truyền hình|phát hành|thiết kế|khai thác)(?= )"
)
_BETWEEN = re.compile(r"(?:cùng|tự|tạm|phải|cần|sẽ|được|trực tiếp|đồng loạt)(?= )")
#: no name goes on with these: what stands before them was done, not named
_NEVER = re.compile(
    r"(?:lại|ra|lên|xuống|vào|về|với|cho|từ|đến|để|bằng|sau|không|đã|hết|xong|những|mọi)(?= )"
)
#: "dồn các lớp", "điểm lại danh sách": whatever it is, it is a doing
_TELLING = re.compile(
    r"[a-zà-ỹđ]+ (?:các|những|từng|lại|ra|lên|xuống|thêm|hết|xong|đủ|rõ|ngay|bớt|nốt|kịp|gọn|sạch)\s"
)
#: so many words of a name may be unknown, and so many letters stand between it and a colon
_UNKNOWN, _BEFORE_COLON = 7, 110


def further(text: str, lower: str, end: int, *, told: bool) -> tuple[int, int] | None:
    """Where a name goes on whose next words nobody knows: up to the doing, the next name of the list, or, where words
    before it say that somebody is named (``told``), to the end of the clause."""
    if tells(text, end):
        return None
    stop = re.search(r"[,;:.()\"“]", text[end:])
    limit = end + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, end, limit))[:_UNKNOWN]
    bare = bool((head := HEAD.match(lower)) and head.end() == end)  # of a bare "Tổ" anything may follow
    for count, word in enumerate(words[1:], 1):
        near = count < _UNKNOWN // 2
        behind_level = bool(HALF_LEVEL.fullmatch(lower, words[count - 1].start(), words[count - 1].end()))
        counts = bool(_COUNTS.match(text, word.start()))
        says = counts or doing_at(text, word.start()) or (behind_level and verb_at(text, word.start()))
        if near and OPEN.match(lower, word.start() - 1):
            return narrowed(text, lower, 0, word.start() - 1, 0)
        between = near and (_BETWEEN.match(lower, word.start()) or ADVERB.match(lower, word.start()))
        if says or (between and does_behind(text, word.start())):
            last = words[count - 1] if says and _BETWEEN.match(lower, words[count - 1].start()) else word
            named = words[count - 1][0][:1].isupper()  # capitals end right before it
            usual = named and first_verb(text, word.start()) == word.start()
            return len(text[: last.start()].rstrip()), (1 if usual else -1)
        if lower.startswith("và ", word.start()) and (
            HEAD.match(lower, word.end() + 1) or text[word.end() + 1 : word.end() + 2].isupper()
        ):
            return len(text[: word.start()].rstrip()), 0
        if not bare and _NEVER.match(lower, word.start()):
            return None
    if not stop or not words or words[-1].end() != limit:
        return None
    if stop[0] in ";.":
        return (limit, -1) if told or HEAD.match(lower, limit + 2) else None
    return (
        ((limit, 0) if HEAD.match(lower, limit + 2) else unknown_list(text, limit))
        if stop[0] == ","
        else None
    )


def does_behind(text: str, at: int) -> bool:
    """Whether a known doing follows in the same clause."""
    stop = re.search(r"[;.:]", text[at:])
    clause = text[: at + stop.start()] if stop else text
    return any(doing_at(clause, word.start()) for word in WORD.finditer(clause, at))


def misled(text: str, end: int) -> int:
    """Where a name really ends that seems to end before words which names have, too: "Xí nghiệp Đầu tư phát triển thủy
    lợi Chương Mỹ vận hành …": capitals, and then another doing, stand behind them; 0 where it ends as it seems."""
    begins = _NAMED_SO.match(text, end)
    if not begins:
        return 0
    stop = re.search(r"[,;:.()]", text[begins.end() :])
    limit = begins.end() + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, begins.end(), limit))[: _UNKNOWN + 1]
    for count, word in enumerate(words):
        if count and doing_at(text, word.start()):
            return len(text[: word.start()].rstrip()) if words[count - 1][0][:1].isupper() else 0
    return 0


def may_go_on(text: str, end: int) -> bool:
    """Whether words of doing that names have, too, stand behind a name, and another doing close behind those."""
    begins = _SELDOM.match(text, end)
    if not begins:
        return False
    stop = re.search(r"[,;:.()]", text[begins.end() :])
    limit = begins.end() + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, begins.end(), limit))[:5]
    return any(count and doing_at(text, word.start()) for count, word in enumerate(words))


def unknown_list(text: str, comma: int) -> tuple[int, int] | None:
    """ "Các hãng taxi, xe điện đăng ký …": one thing more behind a comma, and then the doing."""
    stop = re.search(r"[,;:.\"“]", text[comma + 1 :])
    limit = comma + 1 + stop.start() if stop else len(text)
    words = list(WORD.finditer(text, comma + 1, limit))[:5]
    if not words or verb_at(text, words[0].start()) or ADVERB.match(text, words[0].start()):
        return None
    for word in words[1:]:
        if doing_at(text, word.start()) or text[: word.start()].endswith("("):
            return len(text[: word.start()].rstrip(" (")), -1
    return None


def closing_colon(text: str, end: int) -> int:
    """Where a colon closes a name that goes on in words nobody knows; 0 where there is none, or a doing before it."""
    colon = text.find(":", end, end + _BEFORE_COLON)
    between = text[end:colon] if colon >= 0 else ""
    if not between.strip() or re.search(r"[.;]", between) or LISTS.search(text[:colon]):
        return 0
    rest = text[colon + 1 :].lstrip()
    named = " " in text[:end]  # of a bare "Tổ" anything may follow
    does = named and any(
        doing_at(between, m.start()) and not BEING.search(between[: m.start()])
        for m in WORD.finditer(between)
    )
    if not rest or _LISTING.search(between) or (does and not rest[:1].islower()):
        return 0
    return 0 if named and verb_at(text, end + 1) and len(between.split()) > 2 else colon


def tells(text: str, end: int) -> bool:
    """Whether what stands behind a name says that it has ended."""
    rest = text[end:].lstrip(" ,")
    return (
        not rest
        or rest[0] in ":.;("
        or verb_at(text, len(text) - len(rest))
        or bool(ADVERB.match(rest.lower()))
    )
