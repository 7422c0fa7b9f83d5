"""Cells that read like something else: another column's words, two cells run together, letters for digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import fold, fold_again
from domain.reading.tables.plan_columns import looks_like_agency, looks_like_number, looks_like_time
from domain.reading.verbs import begins_with_verb, does_something
from domain.timeframes import TimeFrame

#: the codes this module gives
CODES = frozenset(("same_words_twice", "unlikely_cell", "letters_for_digits"))
#: letters where a date has digits: "3O/9/2024", "năm 2O24", "l5/10"
_FOR_DIGITS = re.compile(
    r"\d[OlSZBI](?![A-ZĐ])|(?<![A-ZĐ])[OlSZBI]\d|\b(?:[Nn]ăm|[Tt]háng|[Nn]gày)\s+[OlSZBI\d]*[OlSZBI][OlSZBI\d]*\b|\b[Qq]u[ýí]\s+[OlSZB\d]*[OlSZB][OlSZB\d]*\b"
)
_DATE_LETTERS = re.compile(
    r"\b(?:năm|tháng|quý|ngày|giai đoạn)\s+[OlSZB\d]*[OlSZB][OlSZB\d]*\b|\b[\dOlSZB]{1,2}/[\dOlSZB]{1,2}/(?=\d*[OlSZB])\w+"
)
_GROUP = re.compile(r"các\b", re.IGNORECASE)
_FOLLOWS_UP = re.compile(r"theo dõi, đôn đốc|đôn đốc, theo dõi", re.IGNORECASE)
#: "Lĩnh vực … a) Theo dõi …": the title of a section has run into that of a task
_RUN_ON = re.compile(r"^(?:[^()]|\([^()]*\)){4,120}?\sa\)\s(?!.*\sb\)\s)")
#: "Sở KH&CN Các sở, ban, ngành": two cells have run together
_GLUED_LIST = re.compile(
    r"(?<!tịch)(?<!trưởng)(?<!phòng)(?<!đốc)(?<! và)(?<! với)(?<! của)(?<=[\w&])\s+(?:Các (?:sở|cơ quan|đơn vị|ban)|UBND các)\b"
)
#: "Sở Khoa học và Công nghệ UBND tỉnh"
_GLUED_BODY = re.compile(
    r"(?=\s)(?<!với)(?<!và)(?<![Cc]ác)(?<!của)(?<!thuộc)(?<!mưu)(?<!phòng)(?<!trình)(?<!cáo)(?<!cho)(?<!do)(?<!qua)(?<!tại)(?<!trực)"
    r"(?<!ánh)(?<!ủy)(?<!uỷ)(?<!viên)(?<!đảng)(?<!tịch)(?<!đốc)(?<!ưởng)(?<!đạo)(?<=[a-zà-ỹ])\s+(?:(?:Sở|Công an|UBND)\s+(?:[A-ZĐ]|các|tỉnh|huyện|thành)|Ban Quản lý|Trường (?!Sơn|Sa\b)[A-ZĐ]|Văn phòng [A-Z])"
)
#: a unit of the police, before the police it belongs to: "Phòng Cảnh sát hình sự Công an tỉnh"
_POLICE = re.compile(r"\b(?:Cảnh sát|An ninh|[Đđ]iều tra)\b[^,;]*$")
#: a title that is a result alone ("Nghị định", "Quyết định của Chủ tịch UBND tỉnh"), or still has its number
_IS_RESULT = re.compile(
    r"^(?:(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Văn bản|Công văn|Tờ trình|Chỉ thị)(?:\s+(?:của|cấp|UBND|HĐND|Chủ tịch|Thủ tướng|Chính phủ|Bộ|tỉnh|huyện|số|liên|cá biệt|chỉ đạo|hướng dẫn|triển khai|trình|công bố|phê duyệt|ban hành)\b[^.;]{0,25})?|Báo cáo(?: của\b.{0,50})?)$"
)
#: how the words of a task begin, and those of a result never do
_DOES = re.compile(
    r"^(?:Xây dựng|Rà soát|Tổ chức|Triển khai|Hoàn thiện|Tăng cường|Nâng cao|Đẩy mạnh|Tham mưu|Tiếp tục|Kiểm tra|Theo dõi|Thực hiện|Ban hành|Tuyên truyền|Cập nhật|Số hóa|Nâng cấp|Phối hợp)\b"
)
_NO_NUMBER = re.compile(r"\s|/|\w{6}")
#: "… Các sở, ban, ngành", "… Báo cáo" behind a time; "… Định kỳ trước ngày 15" behind a name
_ADDED = re.compile(
    r"(?<!về)(?<!tịch)(?<!cho)(?<!gửi)(?<!của)(?<!heo)(?<!với)(?<!được)(?<!do)(?<=[a-zà-ỹ\d]) (?:Các (?:sở|cơ quan|đơn vị)|UBND (?:các|cấp|xã|huyện)|Sở [A-Z])"
    r"|(?<!heo)(?<![Kk]hi)(?<!dựng)(?<!của)(?<!tại)(?<!hiện)(?<!với)(?<!ngày)(?<!có)(?<!được)(?<=[a-zà-ỹ\d]) (?:Báo cáo|Quyết định|Kế hoạch|Nghị quyết|Văn bản|Hội nghị|Hệ thống|Tờ trình|Danh mục|Quy chế|Quy trình)\b"
)
_TIME_ADDED = re.compile(
    r"(?<=[a-zà-ỹ&A-Z]) (?:Định kỳ|Thường xuyên|Hoàn thành|Quý [IV\d]|Tháng \d|Năm 20|Trước |Hằng |Hàng (?:tháng|quý|năm)|Chậm nhất|Giai đoạn"
    r"|Theo (?:tiến|kế|Kế)|Sau khi|Khi có|Từ năm|Trong (?:tháng|năm|quý))"
)
#: a time that was not cut off the names before it: "Tổ công vụ; mỗi tháng ít nhất 01 lần"
_TIME_BEHIND = re.compile(
    r"[;.,(]\s*(?:mỗi|hằng|hàng|bắt đầu|từ (?:ngày|tháng|quý|năm|\d)|hoàn thành|trước|chậm nhất|muộn nhất|trễ nhất|xong|thời (?:gian|hạn)|hạn\b|trong (?:tháng|quý|năm|\d)|quý [IV\d]|tháng \d|ngày \d|định kỳ|thường xuyên)",
    re.IGNORECASE,
)
#: another label within a time, or within names that are no list of names
_COLON_IN_TIME = re.compile(r"(?<!gian)(?<!hạn)(?<!\d)(?<! [IV])(?<!II):(?!\d)")
_COLON_IN_NAMES = re.compile(
    r"[;.]\s*(?!(?:các|như|gồm|trong đó|đặc biệt|UBND|Ủy ban)\b)[^\W\d_][^:;.,()]{1,24}(?<!xã)(?<!ờng)(?<!ện)(?<!phố)(?<!ở)(?<!ành)(?<!an)(?<!như):",
    re.IGNORECASE,
)
#: what names do not say of themselves, and a bracket that may assign the task
_ROLE_IN_NAMES = re.compile(r"(?<=\w )(?:chủ trì|phối hợp|tham mưu|chỉ đạo)(?=[,;.]|$)")
_ASSIGNS = re.compile(
    r"\([^()]*\b(?:chủ trì|phối hợp|tham mưu|chỉ đạo|hoàn thành|xong trước|trước ngày|chậm nhất|hạn)\b[^()]*\)\W*$"
)
_SEVERAL = re.compile(r"^(?:Các (?:sở|cơ quan|đơn vị)|UBND|Sở|Công an)\b")
_PERSON = re.compile(r"^(?:Đồng chí|Ông|Bà)\s|(?:^|\s)Đ/c\s")
#: the words of time phrases, folded; more than one other word behind a day is another cell's
_TIME_WORDS = (
    "truoc sau ngai thang nam cui qui tuan hang dau cuoi giua het trong vao den tu ce va cac nhung tiep theo xong hoan thanh cham nhat"
    " muon cua moi mot hai lan dinh thuong xuien lien tuc giai doan la hoac co thoi gian han thuc hien bat trien chai cet thuc du cien"
    " chong qua sang chieu toi buoi gio thu hai ba bai chu nhat nai suot ca nua ce hoach phan tong so dot dut diem ban chinh thuc lam viec cuoc chanh mua i ii iii iv"
)
_OF_TIME = frozenset(_TIME_WORDS.split())
_WITH_WORDS = re.compile(
    r"\b(?:khi|sau|kể từ|theo|nếu|để|cùng|gửi|trình|báo cáo|đối với|riêng|phục vụ|tại)\b|\(", re.IGNORECASE
)
#: "Giải ngân 100% vốn trước 31/12/2023": what has to have come by then
_UNTIL = re.compile(
    r"^(?!Các |Sở |UBND |Công an |Ban ).{4,40}\s(?:trước|chậm nhất|xong|đến hết)\s(?:ngày\s)?\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?\W*$"
)
_NUMBER_LEFT = re.compile(r"^\d{1,3}\s+[^\W\d_]")
#: "Quý IV/2025 Luật Quy hoạch": another cell behind the time
_GOES_ON = re.compile(r"20\d\d\s+(?:\d|Luật|Nghị|Quyết|Thông|Báo|Kế hoạch|Văn bản|Sở|UBND|Các|Công)")
#: whom a title begins with when it is the cell of another column: a list, and no verb behind it
_ONLY_NAMES = re.compile(
    r"^(?:các |Các )?(?:sở|Sở|ban|Ban|UBND|Ủy ban|Uỷ ban|Công an|Thanh tra|Văn phòng|Bộ Chỉ huy|cơ quan|đơn vị)\b"
)


def is_result(task: TaskDraft) -> bool:
    """Whether the title is what comes of a task ("Nghị quyết …"); some plans name all their tasks so."""
    return bool(_IS_RESULT.match(task.title))


def strange(task: TaskDraft, *, results: bool = False) -> Iterator[Doubt]:
    """Doubts about what the cells of a row say. ``results``: this plan names its tasks by what comes of them."""
    if (
        task.leads
        and task.coordinators
        and fold_again(task.leads) == fold_again(task.coordinators)
        and not _GROUP.match(task.leads)
    ):
        yield Doubt("coordinators", "same_words_twice", task.leads[:80], 0.5)
    if task.title and _ONLY_NAMES.match(task.title) and not _acts(task.title):
        yield Doubt("title", "unlikely_title", task.title[:80], 0.3)
    for name, text in (("coordinators", task.coordinators), ("product", task.product)):
        if _is_strange(name, text):
            yield Doubt(name, "unlikely_cell", text[:80], 0.3)
    if _DOES.match(task.product) and not _DOES.match(task.title):
        yield Doubt("product", "unlikely_cell", task.product[:80], 0.4)
    if _NO_NUMBER.search(task.number):
        yield Doubt("number", "unlikely_cell", task.number[:80], 0.4)
    for name, text in (("leads", task.leads), ("coordinators", task.coordinators)):
        stands = bool(text) and text in task.title  # so in a sentence, where no cell runs into another
        if (_has_more(text) and not stands) or (not task.origin.row and _runs_on(text)):
            yield Doubt(name, "unlikely_cell", text[:80], 0.3)
    if _is_no_lead(task.leads):
        yield Doubt("leads", "unlikely_cell", task.leads[:80], 0.4)
    if (
        ("a)" in task.title and _RUN_ON.search(task.title))
        or (is_result(task) and not results)
        or _NUMBER_LEFT.match(task.title)
        or (not task.origin.row and _ASSIGNS.search(task.title))
    ):
        yield Doubt("title", "unlikely_title", task.title[:80], 0.4)
    when = task.frame.text
    if when not in task.title and (_is_no_time(when) or _says_more(task.frame)):
        yield Doubt("timeframe", "unlikely_time", task.frame.text[:80], 0.3)
    if found := _FOR_DIGITS.search(task.frame.text):
        yield Doubt("timeframe", "letters_for_digits", task.frame.text[:80], 0.3)
    if not found and _DATE_LETTERS.search(task.title):
        yield Doubt("title", "letters_for_digits", task.title[:80], 0.4)


@lru_cache(maxsize=4096)
def _has_more(names: str) -> bool:
    """Whether a time or another body has run into a cell of agencies."""
    glued = _GLUED_BODY.search(names)
    police = glued and _POLICE.search(names[: glued.start()])
    return bool(_TIME_ADDED.search(names) or (glued and not police))


@lru_cache(maxsize=4096)
def _runs_on(names: str) -> bool:
    """Whether more of a line of prose was taken for names than are names: a time, a role, another label."""
    return bool(_TIME_BEHIND.search(names) or _ROLE_IN_NAMES.search(names) or _COLON_IN_NAMES.search(names))


@lru_cache(maxsize=4096)
def _is_no_lead(names: str) -> bool:
    """Whether a cell of leads says who watches, or has run into a list."""
    return bool((_FOLLOWS_UP.search(names) and "chủ trì" not in names) or _GLUED_LIST.search(names))


@lru_cache(maxsize=4096)
def _is_no_time(text: str) -> bool:
    """Whether another cell has run into a time."""
    return bool("|" in text or _GOES_ON.search(text) or _ADDED.search(text) or _COLON_IN_TIME.search(text))


def _acts(title: str) -> bool:
    return begins_with_verb(title) or does_something(title)


def _says_more(frame: TimeFrame) -> bool:
    """Whether words stand beside a day that no time phrase has."""
    return frame.due_on is not None and _has_other_words(frame.text)


@lru_cache(maxsize=4096)
def _has_other_words(text: str) -> bool:
    if _WITH_WORDS.search(text) or _UNTIL.search(text):
        return False
    words = [w for w in fold(text).split() if not w[:1].isdecimal()]
    others = [w for w in words if w not in _OF_TIME]
    return len(others) > 1 and "".join(others) not in _OF_TIME  # else torn: "hoàn th ành"


@lru_cache(maxsize=4096)
def _is_strange(name: str, text: str) -> bool:
    if not text:
        return False
    if name == "coordinators":
        return (
            looks_like_number(text)
            or (looks_like_time(text) and not looks_like_agency(text))
            or bool(_DOES.match(text))
        )
    return (
        looks_like_number(text)
        or (looks_like_time(text) and len(text) < 40)
        or (looks_like_agency(text) and bool(_SEVERAL.search(text)))
        or bool(_PERSON.search(text))
    )
