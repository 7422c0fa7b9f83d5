"""What the run of rows says about one of them: a cell that all others have, a number that is skipped, words of
another column, an end that is missing. Bad copies leave such traces; a right row of a whole document has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import fold
from domain.reading.plan_columns import looks_like_agency, looks_like_number, looks_like_time

#: the codes this module gives
CODES = frozenset(
    ("cell_missing", "same_words_twice", "unlikely_cell", "letters_for_digits", "number_skipped")
)
#: as many rows must there be, and so many of them filled, before an empty cell is strange
_FEWEST, _FILLED, _SELDOM = 5, 0.92, 0.3
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMBER = re.compile(r"^(\d+)((?:\.\d+)*)(?:\.([a-zđ]))?$")
_SECTION = re.compile(r"^(\d{1,2}|[IVX]{1,5})\s*[.)]")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: letters where a date has digits: "3O/9/2024", "năm 2O24", "l5/10"
_FOR_DIGITS = re.compile(
    r"\d[OlSZBI]|[OlSZBI]\d|\b(?:năm|tháng|quý|ngày)\s+[OlSZB\d]*[OlSZB][OlSZB\d]*\b", re.UNICODE
)
_DATE_LETTERS = re.compile(
    r"\b(?:năm|tháng|quý|ngày)\s+[OlSZB\d]*[OlSZB][OlSZB\d]*\b|\b[\dOlSZB]{1,2}/[\dOlSZB]{1,2}/(?=\d*[OlSZB])\w+"
)
_GROUP = re.compile(r"các\b", re.IGNORECASE)
_FOLLOWS_UP = re.compile(r"theo dõi, đôn đốc|đôn đốc, theo dõi", re.IGNORECASE)
#: "Lĩnh vực … a) Theo dõi …": the title of a section has run into that of a task
_RUN_ON = re.compile(r"^[^()]{4,120}?\sa\)\s(?!.*\sb\)\s)")
#: "Sở KH&CN Các sở, ban, ngành": two cells have run together
_GLUED_LIST = re.compile(r"[\w&]\s+(?:Các (?:sở|cơ quan|đơn vị|ban)|UBND các)\b")
#: a title that is a result alone ("Nghị định", "Quyết định của Chủ tịch UBND tỉnh"), or still has its number
_IS_RESULT = re.compile(
    r"^(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Báo cáo|Văn bản|Công văn|Tờ trình|Chỉ thị)\b(?:[^.;]{0,50})$"
)
_NUMBER_LEFT = re.compile(r"^\d{1,3}\s+[^\W\d_]")
#: "Quý IV/2025 Luật Quy hoạch": another cell behind the time
_GOES_ON = re.compile(r"20\d\d\s+(?:Luật|Nghị|Quyết|Thông|Báo|Kế hoạch|Văn bản|Sở|UBND|Các|Công)")
#: whom a title begins with when it is the cell of another column: a list, and no verb behind it
_ONLY_NAMES = re.compile(
    r"^(?:các |Các )?(?:sở|Sở|ban|Ban|UBND|Ủy ban|Uỷ ban|Công an|Thanh tra|Văn phòng|Bộ Chỉ huy|cơ quan|đơn vị)\b"
)
_VERB = re.compile(
    r"\b(?:tổ chức|thực hiện|triển khai|xây dựng|chủ động|rà soát|tham mưu|báo cáo|hoàn thành|ban hành|tiếp tục|tăng cường"
    r"|nâng cao|đẩy mạnh|phối hợp|theo dõi|công khai|kiểm tra|hướng dẫn|cập nhật|bố trí|chịu trách nhiệm|phải|được)\b",
    re.IGNORECASE,
)
_TEXTS: dict[str, Callable[[TaskDraft], str]] = {
    "coordinators": lambda t: t.coordinators,
    "product": lambda t: t.product,
    "number": lambda t: t.number,
}


def with_gaps(tasks: Sequence[TaskDraft]) -> list[TaskDraft]:
    """The tasks, with doubts from the run of them."""
    usual = _usual(tasks)
    timeless = len(tasks) >= _FEWEST and sum(bool(t.frame.text) for t in tasks) < _SELDOM * len(tasks)
    parted = sum(len(_place(t.number)) > 1 for t in tasks) >= 0.7 * len(tasks)
    numbers = Counter(t.number for t in tasks if len(_place(t.number)) > 1 and "." in t.number)
    if sum(n for n in numbers.values() if n > 1) > len(tasks) // 2:
        numbers.clear()  # several tables, each with numbers of its own
    found: list[TaskDraft] = []
    for index, task in enumerate(tasks):
        before = tasks[index - 1] if index else None
        following = tasks[index + 1] if index + 1 < len(tasks) else None
        doubts = [*_cells(task, usual), *_skips(before, task, following)]
        if (parted and _is_short(task)) or numbers[task.number] > 1:
            doubts.append(Doubt("row", "number_skipped", task.number, 0.5))
        if timeless and task.origin.row and not task.frame.text:
            doubts.append(Doubt("timeframe", "no_timeframe", confidence=0.6))
        known = set(task.doubts)
        fresh = [d for d in doubts if d not in known]
        found.append(replace(task, doubts=(*task.doubts, *fresh)) if fresh else task)
    return found


def _is_short(task: TaskDraft) -> bool:
    """A letter or a whole number among numbers in two parts, unless it is the only task of its section."""
    if re.fullmatch(r"[a-zđ]", task.number):
        return True
    section = _SECTION.match(task.section)
    return task.number.isdecimal() and not (section and section[1] == task.number)


def _usual(tasks: Sequence[TaskDraft]) -> set[str]:
    """The fields that nearly every row has."""
    if len(tasks) < _FEWEST:
        return set()
    return {name for name, of in _TEXTS.items() if sum(bool(of(t)) for t in tasks) >= _FILLED * len(tasks)}


def _cells(task: TaskDraft, usual: set[str]) -> Iterator[Doubt]:
    """A cell that is missing, doubled, of another column, or misread."""
    for name, of in _TEXTS.items():
        if name in usual and not of(task):
            yield Doubt(name, "cell_missing", confidence=0.7)
    if (
        task.leads
        and task.coordinators
        and fold(task.leads) == fold(task.coordinators)
        and not _GROUP.match(task.leads)
    ):
        yield Doubt("coordinators", "same_words_twice", task.leads[:80], 0.5)
    if task.title and _ONLY_NAMES.match(task.title) and not _VERB.search(task.title):
        yield Doubt("title", "unlikely_title", task.title[:80], 0.3)
    for name, text in (("coordinators", task.coordinators), ("product", task.product)):
        if _is_strange(name, text):
            yield Doubt(name, "unlikely_cell", text[:80], 0.3)
    if (_FOLLOWS_UP.search(task.leads) and "chủ trì" not in task.leads) or _GLUED_LIST.search(task.leads):
        yield Doubt("leads", "unlikely_cell", task.leads[:80], 0.4)
    if _RUN_ON.search(task.title) or _IS_RESULT.match(task.title) or _NUMBER_LEFT.match(task.title):
        yield Doubt("title", "unlikely_title", task.title[:80], 0.4)
    if "|" in task.frame.text or _GOES_ON.search(task.frame.text):
        yield Doubt("timeframe", "unlikely_time", task.frame.text[:80], 0.3)
    if found := _FOR_DIGITS.search(task.frame.text):
        yield Doubt("timeframe", "letters_for_digits", task.frame.text[:80], 0.3)
    if not found and _DATE_LETTERS.search(task.title):
        yield Doubt("title", "letters_for_digits", task.title[:80], 0.4)


def _is_strange(name: str, text: str) -> bool:
    if not text:
        return False
    if name == "coordinators":
        return looks_like_number(text) or (looks_like_time(text) and not looks_like_agency(text))
    return looks_like_number(text) or (looks_like_time(text) and len(text) < 40)


def _skips(before: TaskDraft | None, task: TaskDraft, following: TaskDraft | None) -> Iterator[Doubt]:
    """Numbers and sections that leave something out, above or below the row."""
    if before is None:
        first = _place(task.number)
        if first and first[-1] > 1 and following:
            yield Doubt("row", "number_skipped", f"→ {task.number}", 0.5)
    for one, other in ((before, task), (task, following)):
        if one and other and (_leaves_out(one, other) or _section_left_out(one, other)):
            yield Doubt("row", "number_skipped", f"{_shown(one)} → {_shown(other)}", 0.5)


def _shown(task: TaskDraft) -> str:
    return task.number or task.section[:20]


def _place(number: str) -> tuple[int, ...]:
    """ "2.b" → (2, 2); () for what is no such number."""
    found = _NUMBER.match(number)
    if not found:
        return ()
    parts = [int(found[1]), *(int(p) for p in found[2].split(".") if p)]
    return (*parts, _LETTERS.find(found[3]) + 1) if found[3] else tuple(parts)


def _leaves_out(one: TaskDraft, other: TaskDraft) -> bool:
    """Of numbers in several parts; whole numbers are looked at by ``plan_doubts``."""
    first, second = _place(one.number), _place(other.number)
    if len(first) != len(second) or len(first) < 2:
        return False
    if first[:-1] == second[:-1]:
        step = second[-1] - first[-1]
        skips_d = step == 2 and one.number[-1:] == "d"  # lists without đ
        return step not in (0, 1) and not skips_d
    return second[-1] > 1


def _section_left_out(one: TaskDraft, other: TaskDraft) -> bool:
    first, second = _SECTION.match(one.section), _SECTION.match(other.section)
    if not (first and second) or one.section == other.section:
        return False
    a, b = _ordinal(first[1]), _ordinal(second[1])
    return bool(a and b) and first[1].isdecimal() == second[1].isdecimal() and b not in (a + 1, 1, a)


def _ordinal(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    return _ROMAN.index(mark) + 1 if mark in _ROMAN else 0
