"""What about a row a person should look at: doubts come from the row itself and from its neighbours.

They are meant to be honest and rare: a row that was read wrongly should carry one, a right row should not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import fold, fold_again, plain
from domain.reading.plan_gaps import CODES, with_gaps
from domain.reading.prose.headings import period_of
from domain.reading.tables.grid import SECTION, GridRow
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_number, looks_like_time
from domain.reading.verbs import begins_with_verb, first_verb

_OPEN_END = re.compile(r"(?:[,(-]|\b(?:và|của|các|theo|được|cho|với|trong|để|về|là|do))$")
_ENDING = 12  # letters; no word that a title does not end with is longer
_BROKEN = ("\ufffd", "\u25a1", "???")
#: "UBND các xã, phường Sở KH&CN": the cells of two columns have run together
_GLUED = re.compile(
    r"(?=\s)(?<!với)(?<!và)(?<!các)(?<!cùng)(?<!đốc)(?<!ăn phòng)(?<!của)(?<!thuộc)(?<!giao)(?<!ủy)(?<!uỷ)(?<!bộ)(?<!gồm)(?<!cho)(?<!do)(?<!qua)(?<!tại)"
    r"(?<=[^\W\d_])\s+(?:Sở|Công an|Thanh tra)\s+[A-ZĐ]"
)
#: "Giám sát viên cấp tỉnh", "Nhóm công tác 1, 2", "BS. Lò Văn Hặc", "Học viện …"
_POSTS = re.compile(
    r"(?:[^\W\d_]+ ){1,3}viên\b|(?:Nhóm|Kíp|Ca trực|Mũi|Cán bộ|Công chức|Viên chức|Học viện|Thống kê)\b|(?:BS|CN|KS|DS|TS|GS|PGS|ThS|ĐD|YS|BSCK\w*)\.\s?[^,;]*[A-ZĐ]"
)
#: sections by who shares the work: "Tiểu ban Nội dung", "Tiểu ban An ninh"
_TEAM = re.compile(r"(?:Tiểu ban|Tổ|Nhóm|Khối|Mũi)\b")
_MAX_LEADS, _MOST_WORDS = 400, 8
#: departments by a letter and a number, as schools have them ("P3", "P2, P7"); not a month or a quarter
_CODES = re.compile(r"(?:(?![TQ]\d)[A-ZĐ]{1,3}\d{1,2}(?:$|\s*[,;]\s*|\s+và\s+))+")
#: what comes of a task
_OF_PAPER = re.compile(
    r"(?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|van ban|cong van|to trinh|chi thi|bao cao|ke hoach|de an|du an|du thao|danh (?:sach|muc)|he thong"
    r"|phan mem|hoi nghi|hoi thao|tai lieu|quy (?:che|dinh|trinh)|chuong trinh|bien ban|hop dong|ho so|bo (?:chi|tieu|tai)|co so du lieu|nen tang|lop\b|cuoc\b)"
)
#: where such a share of the rows has a time, one without is strange; sentences often name none
_TIMED, _TIMED_PROSE = 0.7, 0.9
#: the codes that ``with_neighbours`` gives; they are worked out afresh when rows change
OF_NEIGHBOURS = CODES | {
    "number_jumps",
    "unlikely_section",
    "title_cut_off",
    "no_timeframe",
    "same_task_twice",
}


def given_doubts(texts: Mapping[str, str]) -> Iterator[Doubt]:
    """Doubts about what a person wrote into a row; field → words. Less is asked of a person than of a reader."""
    if "leads" in texts and not texts["leads"].strip():
        yield Doubt("leads", "no_lead")
    if "title" in texts and len(plain(texts["title"])) < 9:
        yield Doubt("title", "unlikely_title", texts["title"][:80], 0.4)


def row_doubts(cells: Mapping[Column, str], title: str, row: GridRow | None) -> Iterator[Doubt]:
    """Doubts of one row by what its cells look like."""
    leads, when = cells.get(Column.LEAD, ""), cells.get(Column.TIME, "")
    if not leads:
        yield Doubt("leads", "no_lead")
    elif looks_like_time(leads) or looks_like_number(leads) or len(leads) > _MAX_LEADS:
        yield Doubt("leads", "unlikely_lead", leads[:80], 0.2)
    elif _are_glued(leads):
        yield Doubt("leads", "unlikely_lead", leads[:80], 0.5)
    elif row and not looks_like_agency(leads) and not _may_be_named(leads):
        yield Doubt("leads", "unlikely_lead", leads[:80], 0.6)
    if when and looks_like_agency(when) and not looks_like_time(when):
        yield Doubt("timeframe", "unlikely_time", when[:80], 0.2)
    if _is_unlikely(title):
        yield Doubt("title", "unlikely_title", title[:80], 0.4)
    if row and (row.short or (row.lacking and not row.spanning)):
        yield Doubt("row", "columns_worked_out", confidence=0.8)
    every = " ".join(cells.values())
    if any(mark in every for mark in _BROKEN):
        yield Doubt("row", "unreadable_letters", confidence=0.3)


@lru_cache(maxsize=4096)
def _are_glued(leads: str) -> bool:
    return bool(_GLUED.search(leads))


@lru_cache(maxsize=4096)
def _may_be_named(leads: str) -> bool:
    """Whether words that are no known kind of body may still be somebody's name: those of a post or a group of people,
    or few, with a capital, and none that say what is done or what comes of it."""
    words = plain(leads)
    if _POSTS.match(leads):
        return True
    return bool(_CODES.fullmatch(leads)) or (
        leads[:1].isupper()
        and len(words.split()) <= _MOST_WORDS
        and not any(map(str.isdecimal, words))
        and not begins_with_verb(leads)
        and first_verb(leads) < 0
        and not _OF_PAPER.match(words)
    )


def _is_unlikely(title: str) -> bool:
    """A title that is the rest of another, or the cell of another column."""
    begins = title[:1]
    return (
        (
            len(title) < 40
            and ((len(plain(title)) < 9 and not begins_with_verb(title)) or looks_like_time(title))
        )
        or (begins.islower() and not re.match(r"[a-zđ]\s*[.)]", title))
        or begins in ".,;)"
    )


def with_neighbours(tasks: Sequence[TaskDraft]) -> list[TaskDraft]:
    """The tasks, with doubts that only the run of them shows: numbers that jump, titles cut in the middle,
    the same task twice."""
    same = [_same(task) for task in tasks]
    alike = Counter(one for one, task in zip(same, tasks, strict=True) if len(task.title) > 20 or task.leads)
    unlikely = _unlikely_sections(tasks)
    share = sum(bool(task.frame.text) for task in tasks) / max(1, len(tasks))
    found: list[TaskDraft] = []
    for index, task in enumerate(tasks):
        doubts = list(task.doubts)
        before = tasks[index - 1] if index else None
        following = tasks[index + 1] if index + 1 < len(tasks) else None
        if before and _jumps(before, task):
            doubts.append(Doubt("row", "number_jumps", f"{before.number} → {task.number}", 0.5))
        if following and _jumps(task, following):
            doubts.append(Doubt("row", "number_jumps", f"{task.number} → {following.number}", 0.5))
        if before and following and not task.number and _leaps(before, following):
            doubts.append(Doubt("row", "number_jumps", f"{before.number} → {following.number}", 0.5))
        if task.section in unlikely:
            doubts.append(Doubt("section", "unlikely_section", task.section[:80], 0.5))
        if following and _OPEN_END.search(task.title, max(0, len(task.title) - _ENDING)):
            doubts.append(Doubt("title", "title_cut_off", task.title[-40:], 0.5))
        sentence = not task.origin.row and task.title.endswith((".", ";"))
        if not task.frame.text and not sentence and share >= (_TIMED if task.origin.row else _TIMED_PROSE):
            doubts.append(Doubt("timeframe", "no_timeframe", confidence=0.6))
        if alike[same[index]] > 1:
            doubts.append(Doubt("row", "same_task_twice", task.number, 0.5))
        found.append(task if len(doubts) == len(task.doubts) else replace(task, doubts=tuple(doubts)))
    return with_gaps(found)


def _same(task: TaskDraft) -> tuple[str, ...]:
    """What two copies of one row have in common."""
    return (fold_again(task.section), task.number, fold(task.title), fold_again(task.leads), task.frame.text)


def _unlikely_sections(tasks: Sequence[TaskDraft]) -> set[str]:
    """Sections that read like a task or a cell: without a number where the others have one, or a whole sentence."""
    dated = {task.section for task in tasks if task.frame.text and task.frame.text == period_of(task.section)}
    names = {task.section for task in tasks if task.section} - dated
    numbered = {name for name in names if SECTION.match(name)}
    teams = {name for name in names if _TEAM.match(name)}
    names -= teams if len(teams) > 1 else set()
    headed = sum(map(looks_like_agency, names)) > len(names) // 2  # by who does what is below
    return {
        name
        for name in names - numbered
        if numbered
        or name.endswith(".")
        or (looks_like_agency(name) and not headed)
        or looks_like_time(name)
        or looks_like_number(name)
    }


def _leaps(first: TaskDraft, second: TaskDraft) -> bool:
    """Whether exactly one whole number is missing between two tasks: that of the task between them."""
    whole = first.number.isdecimal() and second.number.isdecimal()
    return whole and int(second.number) == int(first.number) + 2


def _jumps(first: TaskDraft, second: TaskDraft) -> bool:
    """Whether whole numbers leave something out; a number may begin again at 1, in a new section, too."""
    if not (first.number.isdecimal() and second.number.isdecimal()):
        return False
    again = {int(first.number)} if first.section == second.section else set()
    return int(second.number) not in {int(first.number) + 1, 1} | again
