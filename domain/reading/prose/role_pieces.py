"""Pieces that say who or when without a label: "Sở Tài chính tham mưu", "các phòng phối hợp", "xong trước 15/6"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.reading.fold import plain
from domain.reading.prose.labels import labels
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time
from domain.reading.timeframes import says_when
from domain.reading.verbs import begins_with_verb, first_verb

Fields = list[tuple[Column, str]]

_DOES = r"(?:chủ trì|tham mưu|thực hiện|phụ trách|soạn thảo|làm đầu mối|chịu trách nhiệm(?: chính)?|đầu mối|chuẩn bị|trình|xây dựng|triển khai|báo cáo|(?<!Kế hoạch )(?<!Hành chính )(?<!Nghiên cứu )(?<!Nghiệp vụ )tổng hợp|tổ chức|viết|dự thảo)"
_LEADS = re.compile(
    rf"^(?:(?i:giao|do|phân công) )?(?P<who>\S.{{2,200}}?),?\s+(?:là (?:cơ quan|đơn vị) |trực tiếp )?{_DOES}(?:[ ,]+(?:và )?{_DOES})*"
    r"(?:[,;]?\s+phối hợp(?:\s+(?:với|cùng))?\s+(?P<helps>\S.{2,250}?))?(?:\s+(?:tổ chức )?(?:thực hiện|triển khai))*$",
)
#: "Các cơ sở đoàn thực hiện thường xuyên trong tháng"
_ACTS = re.compile(rf"^(?P<who>\S.{{2,120}}?)\s+{_DOES}\s+(?P<when>\S.{{2,80}})$")
_HELPS = re.compile(
    r"^(?:(?i:với|có|cùng) )?(?P<who>\S.{2,250}?),?\s+(?:cùng )?(?P<how>phối hợp|hỗ trợ|cùng thực hiện|tham gia|thẩm định|góp ý|theo dõi|giám sát|đôn đốc)(?:,? (?:thực hiện|triển khai|đôn đốc|tham gia|cung cấp số liệu))*$",
)
#: "Sở Y tế cùng Sở Tài chính"
_TOGETHER = re.compile(
    r"^(?P<who>\S.{2,120}?),?\s+(?:phối hợp(?: với| cùng)?|cùng(?: với)?)\s+(?P<helps>\S.{2,200})$"
)
_ROLE_FIRST = re.compile(
    r"^(?P<role>chủ trì|đầu mối|phối hợp(?: với| cùng)?|cùng(?: với)?|theo dõi)\s+(?:là )?(?P<who>\S.{2,250})$",
    re.IGNORECASE,
)
#: who directs leads nothing: "PGĐ Trần Văn A chỉ đạo"
_DIRECTS = re.compile(
    r"^(?P<who>\S.{2,120}?),?\s+(?:trực tiếp )?(?:chỉ đạo|phụ trách chung|cho ý kiến|duyệt|ký|phê duyệt|quyết định)(?: chung| trực tiếp)?$"
)
#: "Phòng Nội vụ soạn thảo (ngày 15/02)"
_TIME_BEHIND = re.compile(r"^(?P<said>[^()]{4,120}?)\s*\((?P<when>[^()]{4,60})\)$")
#: how far it is
_STATE = re.compile(r"^(?:chưa|đã|đang|chậm|quá hạn|còn|hiện|mới)\b", re.IGNORECASE)
#: words that no name has
_ROLE_INSIDE = re.compile(r"\b(?:chủ trì|phối hợp|tham mưu|chỉ đạo|hoàn thành|theo|hạn)\b|\bsố \d|\d/\d")
#: the first word of a time
_TIME_WORD = re.compile(
    r"\b(?:truoc|cham nhat|tre nhat|muon nhat|tu (?:ngay|thang|qu[iy]|nam|\d)|trong (?:thang|qu[iy]|nam|tuan|vong|ngay|\d)|den (?:het |ngay |thang |\d)|khong qua|ngay \d|thang \d|qu[iy] (?:i|\d)"
    r"|hang|moi|dinh ky|thuong xuyen|(?:ngay )?(?:sau )?khi|sau|theo|nam \d|\d{1,2}[/-]\d|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|cuoi|dau)\b"
)
#: to whom somebody answers, which is no time
_ANSWERS = re.compile(
    r"\btrước (?:Chủ tịch|Giám đốc|Bộ trưởng|pháp luật|Đảng|Hội đồng|UBND|Ủy ban|Thủ tướng|cấp trên|Ban|Hiệu trưởng|Cục trưởng)\b"
)
#: a time that says no day: "cả tháng", "trong dịp Tết"
_VAGUE = re.compile(r"(?:ca|suot|trong|dip|truoc|sau|hang|moi|het)\b")
_FIRST = {"chủ trì": Column.LEAD, "đầu mối": Column.LEAD, "theo dõi": Column.MONITOR}
#: what may stand before a time that is said without a label
_BEFORE_TIME = re.compile(
    r"^(?:(?:phải|xong|hoàn thành|thực hiện|triển khai|hạn|thời hạn|thời gian|thời điểm|tiến độ|hạn định|trình|ban hành|báo cáo|ký|là|dự kiến|việc này|nhiệm vụ này|tổ chức"
    r"|khai trương|khánh thành|khởi công|đưa vào (?:sử dụng|hoạt động|vận hành)|công bố|kết thúc|bắt đầu|gửi(?: kết quả| báo cáo)?|nộp|duyệt|phê duyệt|toàn bộ|dứt điểm|lại|chậm nhất là)\b[ ,:]*){1,5}",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:các )?(?:đồng chí|đ/c|đc|ông|bà|pgđ|gđ|pct|ct ubnd|cvp|pcvp|ptp|giáo viên|trưởng|phó|hiệu trưởng|chánh|chủ tịch|giám đốc|thủ trưởng|bí thư|chỉ huy|công chức|cán bộ|kế toán|tổ trưởng|đội trưởng|chuyên viên|thành viên)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"^(?:theo |tại )?(?:Công văn|Thông báo|Quyết định|Kế hoạch|Chỉ thị|Kết luận|Nghị quyết|Văn bản|VB|CV|TB|QĐ|KH|Công điện|Tờ trình|Báo cáo)\b.*\d",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d\w*/\w*[A-ZĐ]|\bsố \d")
_NOT_NAMES = re.compile(
    r"^(?:qua|theo|thuộc|của|tại|trừ|gồm|bao gồm|kể cả|gọi|sau đây|viết tắt|trong đó|nếu|do đó|kèm|trân trọng|xin|kính)\b",
    re.IGNORECASE,
)
#: names that begin as words of doing do
_NAMES_LIKE_VERBS = re.compile(
    r"^(?:lãnh đạo|quản lý thị trường|thanh tra|tổ chức (?:chính|đoàn|hội|đảng))\b", re.IGNORECASE
)
#: between pieces; the next is tried where a piece is not understood
_ENDS = r";|(?<=[\w)])\.\s+(?=[A-ZĐ]|\d{1,2}[/.-]\d)"
_BEHIND_ROLE = (
    r"|(?:" + "|".join(rf"(?<={role})" for role in ("chủ trì", "phối hợp", "tham mưu", "thực hiện", "phụ trách", "soạn thảo", "đầu mối", "chuẩn bị")) + r"),\s"
    r"|,\s*(?=(?:hoàn thành|xong|trước|thời gian|thời hạn|hạn|trong (?:tháng|quý)|chậm nhất)\b)"
)  # fmt: skip
_CUTS = (
    _ENDS,
    _ENDS + _BEHIND_ROLE,
    _ENDS + r"|,",
    _ENDS + r"|\s[-–]\s",
    _ENDS + r"|\s[-–]\s|,",
    _ENDS + r"|/(?!\d)|(?<![\dIVX])/",
)
#: a time alone binds where it says that it is one
_IS_LIMIT = re.compile(
    r"^(?:hoàn thành|hạn|thời (?:hạn|gian|điểm)|xong|trước|chậm nhất|muộn nhất|trễ nhất|không quá|tiến độ|thực hiện|trình|gửi|bắt đầu|thường xuyên|theo (?:kế hoạch|tiến độ|lộ trình|lịch)|từ (?:ngày|tháng|quý)|(?:sau )?khi (?:có|được)|hằng|định kỳ|quý|tháng \d|trong (?:tháng|quý)|(?:ngày )?\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?\W*$)",
    re.IGNORECASE,
)
_MOST_NAMES, _LONGEST_TIME, _MANY_WORDS, _FEW_AHEAD, _MORE_AHEAD, _NAME_WORDS = 250, 200, 16, 3, 7, 9
#: who leads a meeting is given no task
_POST = re.compile(
    r"^\W*(?:(?:Đồng chí |đ/c )?(?:Phó )?Chủ tịch|Thay mặt|Ngày|Sau khi|Tại)\s[^;.]{0,200}\bchủ trì\b(?!;)",
    re.IGNORECASE,
)


def is_who(text: str) -> bool:
    """Whether a piece is a name, a list of names or a post, and nothing else."""
    if not text or len(text) > _MOST_NAMES or _NOT_NAMES.match(text) or _ROLE_INSIDE.search(text):
        return False
    return bool(_PERSON.match(text)) or (
        looks_like_agency(text) and first_verb(text) < 0 and not _is_doing(text)
    )


def is_body(text: str) -> bool:
    """A body whose name has a word of doing: "Hội đồng tự đánh giá"."""
    return looks_like_agency(text) and not begins_with_verb(text) and not _ROLE_INSIDE.search(text)


def _is_doing(text: str) -> bool:
    return (begins_with_verb(text) and not _NAMES_LIKE_VERBS.match(text)) or text.endswith(":")


def has_role(text: str) -> bool:
    """Whether a piece beside a word of role is a name: known as one, or by its capital and no word of doing."""
    shaped = (
        (text[:1].isupper() or text.startswith("các "))
        and 5 < len(text) < 120
        and " " in text
        and not _CITED.match(text)
        and not _ROLE_INSIDE.search(text)
        and first_verb(text) < 0
        and ":" not in text
    )
    return is_who(text) or (
        shaped and not _NOT_NAMES.match(text) and not _is_doing(text) and not looks_like_time(text)
    )


def whole(text: str) -> Fields:
    """What a line says that does nothing but assign: "Sở Nội vụ chủ trì, hoàn thành trước 30/6."; else nothing."""
    if text.rstrip().endswith(":") or text.isupper():
        return []
    text = text.strip(" .;,-–+•*")
    found = pieces(text.strip("()") if text.startswith("(") else text)
    columns = [column for column, _ in found]
    if not columns or Column.SOURCE in columns or _POST.match(text):
        return []
    return (
        found
        if columns[0] in (Column.LEAD, Column.TIME)
        and (columns[0] is Column.LEAD or _IS_LIMIT.match(text.lstrip(" (-–+•*")))
        else []
    )


def pieces(text: str, *, loose: bool = False) -> Fields:
    """What the pieces of a bracket or a sentence assign; nothing unless all of them are understood. ``loose``: within a
    bracket a short phrase beside a time may be a name that nobody knows."""
    if not text or len(text) > 600:
        return []
    helped: Fields = []
    for cut in _CUTS:
        found = _all(_cut(text, cut), loose=loose)
        columns = dict(found)
        if found and (Column.LEAD in columns or Column.COORDINATE not in columns):
            return found
        if found and (not loose or not text[:1].isupper() or text.startswith("Các ")):
            return found
        helped = helped or found  # "Phòng Văn hóa, Bưu điện phối hợp": the first may lead
    return helped


def _all(parts: Sequence[str], *, loose: bool) -> Fields:
    """Every piece read; names alone count only beside a time, as leads first and then as who helps."""
    found: Fields = []
    alone = 0
    for part in parts:
        read = list(_piece(part, loose=loose))
        if not read:
            return []
        alone += any(column is Column.NUMBER for column, _ in read)
        found += read
    timed = any(c is Column.TIME for c, _ in found)
    helped = any(c in (Column.COORDINATE, Column.LEAD) for c, _ in found)
    if (alone and not timed and not helped) or (len(found) == 1 and timed and not _IS_LIMIT.match(parts[0])):
        return []
    if not any(c in (Column.LEAD, Column.COORDINATE, Column.TIME, Column.NUMBER) for c, _ in found):
        return []
    led = any(c is Column.LEAD for c, _ in found)
    settled: dict[Column, str] = {}
    for column, value in found:
        if column is Column.NUMBER:
            column, led = (Column.COORDINATE if led else Column.LEAD), True
        settled[column] = (
            f"{settled[column]}; {value}"
            if column in settled and column is not Column.TIME
            else settled.get(column, value)
        )
    return list(settled.items())


def _cut(text: str, at: str) -> list[str]:
    parts, begin, depth = [], 0, 0
    marks = {m.start(): m.end() for m in re.finditer(at, text)}
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if place in marks and depth == 0 and place >= begin:
            parts.append(text[begin:place])
            begin = marks[place]
    return [p for part in [*parts, text[begin:]] if (p := part.strip(" ,;."))]


def _piece(part: str, *, loose: bool = False) -> Iterator[tuple[Column, str]]:
    """One piece; ``Column.NUMBER`` stands for a name that nothing is said of."""
    if (found := labels(part)) and found[0].start == 0:
        if len(found) == 1:
            yield found[0].column, part[found[0].value :]
        return
    if (timed := _TIME_BEHIND.match(part)) and (when := time_said(timed["when"])):
        yield from _piece(timed["said"])
        yield Column.TIME, when
    elif _CITED.match(part) and _NUMBERED.search(part):
        yield Column.SOURCE, part
    elif when := time_said(part):
        yield Column.TIME, when
    elif _CITED.match(part):
        yield Column.SOURCE, part
    elif _STATE.match(part) or ((directs := _DIRECTS.match(part)) and has_role(directs["who"])):
        yield Column.NOTE, part
    elif said := list(_with_role(part)):
        yield from said
    elif is_who(part) or (len(part.split()) <= _NAME_WORDS and (is_body(part) or (loose and has_role(part)))):
        yield Column.NUMBER, part


def _with_role(part: str) -> Iterator[tuple[Column, str]]:
    """A name and what it does: "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", "các ấp phối hợp"."""
    led, acts = _LEADS.match(part), _ACTS.match(part)
    if led and has_role(led["who"]) and (not led["helps"] or has_role(led["helps"])):
        yield Column.LEAD, led["who"]
        if led["helps"]:
            yield Column.COORDINATE, led["helps"]
    elif (
        acts
        and (is_who(acts["who"]) or (acts["who"].startswith("Các ") and has_role(acts["who"])))
        and (when := time_said(acts["when"]))
    ):
        yield Column.LEAD, acts["who"]
        yield Column.TIME, when
    elif (both := _TOGETHER.match(part)) and all(
        is_who(name) and len(name.split()) <= _NAME_WORDS for name in both.group("who", "helps")
    ):
        yield Column.LEAD, both["who"]
        yield Column.COORDINATE, both["helps"]
    elif (helped := _HELPS.match(part)) and has_role(helped["who"]):
        watches = helped["how"].lower() in ("theo dõi", "giám sát", "đôn đốc")
        yield (Column.MONITOR if watches else Column.COORDINATE), helped["who"]
    elif (first := _ROLE_FIRST.match(part)) and is_who(first["who"]):
        yield _FIRST.get(first["role"].lower(), Column.COORDINATE), first["who"]


def time_said(part: str) -> str:
    """The time phrase a piece consists of, behind words like "hoàn thành"; "" where it is something else."""
    if len(part) > _LONGEST_TIME or looks_like_agency(part) or _ANSWERS.search(part):
        return ""
    before = _BEFORE_TIME.match(part)
    rest = part[before.end() :] if before else part
    words = plain(rest)
    found = _TIME_WORD.search(words)
    ahead = len(words[: found.start()].split()) if found else _MANY_WORDS
    if (looks_like_time(rest) and (not found or not ahead)) or words.startswith(("thang ", "quy ")):
        return rest.strip() if before or len(rest.split()) <= _MANY_WORDS else ""
    may = _MORE_AHEAD if begins_with_verb(part) else _FEW_AHEAD
    if before and len(rest.split()) <= _FEW_AHEAD and _VAGUE.match(words):
        return rest.strip()
    if not found or ahead > may or not says_when(rest):
        return ""
    return " ".join(rest.split()[ahead:]) if begins_with_verb(part) or before else rest.strip()


def split_off(value: str) -> tuple[str, Fields]:
    """(the names of a value, what the pieces behind them say besides): "Tổ công vụ; mỗi tháng 01 lần"."""
    parts = _cut(value, _ENDS)
    kept = parts[:1]
    found: Fields = []
    for part in parts[1:]:
        said = [] if is_who(part) else [v for v in _piece(part) if v[0] is not Column.NUMBER]
        found += said
        if not said:
            kept.append(part)
    return ("; ".join(kept) if found else value), found
