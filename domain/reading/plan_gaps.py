"""What the run of rows says about one of them: a cell that all others have, a number that is skipped, words of
another column, an end that is missing. Bad copies leave such traces; a right row of a whole document has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from domain.plans import Doubt, TaskDraft
from domain.reading.plan_strange import CODES as strange_codes
from domain.reading.plan_strange import is_result, strange
from domain.reading.tables.plan_broken import CODES as broken_codes
from domain.reading.tables.plan_broken import Names, broken

#: the codes this module gives
CODES = broken_codes | strange_codes | {"cell_missing", "number_skipped"}
#: as many rows must there be, and so many of them filled, before an empty cell is strange
_FEWEST, _FILLED, _SELDOM, _RESULTS = 5, 0.92, 0.3, 0.25
#: that nobody helps with one task, or that it has no product, is usual among so few; tables cut into text lose cells easily
_MANY, _MANY_CUT = 20, 10
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMBER = re.compile(r"^(\d+)((?:\.\d+)*)(?:\.([a-zđ]))?$")
_SECTION = re.compile(r"^(\d{1,2}|[IVX]{1,5})\s*[.)]")
_MANY_NAMES = re.compile(
    r"^(?:các|sở, ban|UBND các|UBND (?:cấp|xã, phường)|ủy ban nhân dân các)\b", re.IGNORECASE
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
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
    again = _begun_again(tasks)
    found: list[TaskDraft] = []
    names = Names(tasks)
    turned = _turned(tasks)
    results = sum(map(is_result, tasks)) >= max(2, _RESULTS * len(tasks))
    for index, task in enumerate(tasks):
        before = tasks[index - 1] if index else None
        following = tasks[index + 1] if index + 1 < len(tasks) else None
        doubts = [
            *_empty(task, usual, [t for t in (before, following) if t]),
            *strange(task, results=results),
            *broken(task, names),
            *_skips(before, task, following),
        ]
        if (parted and _is_short(task, before)) or numbers[task.number] > 1 or index in again:
            doubts.append(Doubt("row", "number_skipped", task.number, 0.5))
        if index == turned:
            doubts.append(Doubt("leads", "unlikely_cell", task.leads[:80], 0.5))
        if timeless and task.origin.row and not task.frame.text:
            doubts.append(Doubt("timeframe", "no_timeframe", confidence=0.6))
        known = set(task.doubts)
        fresh = [d for d in doubts if d not in known]
        found.append(replace(task, doubts=(*task.doubts, *fresh)) if fresh else task)
    return found


def _turned(tasks: Sequence[TaskDraft]) -> int:
    """The one row in which many lead and one helps, where in the others one leads and many help; -1 for none."""
    ways = [
        (_is_many(t.leads), _is_many(t.coordinators)) if t.leads and t.coordinators else None for t in tasks
    ]
    usual, other = ways.count((False, True)), ways.count((True, False))
    return ways.index((True, False)) if other == 1 and usual >= max(_FEWEST, len(tasks) // 2) else -1


def _is_many(names: str) -> bool:
    return bool(_MANY_NAMES.match(names))


def _begun_again(tasks: Sequence[TaskDraft]) -> set[int]:
    """Rows behind a place where the numbers of one section begin again: the heading between them is lost."""
    found: set[int] = set()
    for index, task in enumerate(tasks[1:], 1):
        before = tasks[index - 1]
        one, other = _place(before.number), _place(task.number)
        if not (one and other and task.section and before.section == task.section and task.origin.row):
            continue
        same = len(one) == len(other) and one[:-1] == other[:-1]
        if index - 1 in found or (same and other[-1] <= one[-1]):
            found.add(index)
    return found


def _is_short(task: TaskDraft, before: TaskDraft | None) -> bool:
    """A letter or a whole number among numbers in two parts, unless it is the only task of its section or
    the next after the parts of the number before."""
    if re.fullmatch(r"[a-zđ]", task.number):
        return True
    above = _place(before.number) if before else ()
    if task.number.isdecimal() and above and int(task.number) == above[0] + 1:
        return False
    section = _SECTION.match(task.section)
    return task.number.isdecimal() and not (section and section[1] == task.number)


def _usual(tasks: Sequence[TaskDraft]) -> set[str]:
    """The fields that nearly every row has."""
    if len(tasks) < _FEWEST:
        return set()
    cut = any(t.origin.row and not t.origin.table for t in tasks)
    enough = len(tasks) >= (_MANY_CUT if cut else _MANY)
    found: set[str] = set()
    for name, of in _TEXTS.items():
        filled = sum(bool(of(t)) for t in tasks)
        nearly = filled >= _FILLED * len(tasks) or (filled == len(tasks) - 1 and (cut or name == "number"))
        if nearly and (enough or name == "number"):
            found.add(name)
    return found


def _empty(task: TaskDraft, usual: set[str], beside: Sequence[TaskDraft]) -> Iterator[Doubt]:
    """Cells that are empty though nearly all have them; where the row beside lacks it, too, it is another table."""
    for name, of in _TEXTS.items():
        if (
            name in usual
            and not of(task)
            and all(map(of, beside))
            and not (name == "number" and _is_sentence(task))
        ):
            yield Doubt(name, "cell_missing", confidence=0.7)


def _is_sentence(task: TaskDraft) -> bool:
    """Lines of a document in sentences have numbers or dashes, as it comes."""
    return not task.origin.row and task.title.endswith((".", ";"))


def _skips(before: TaskDraft | None, task: TaskDraft, following: TaskDraft | None) -> Iterator[Doubt]:
    """Numbers and sections that leave something out, above or below the row."""
    if before is None:
        first = _place(task.number)
        if first and first[-1] > 1 and following and task.origin.row:
            yield Doubt("row", "number_skipped", f"→ {task.number}", 0.5)
    for one, other in ((before, task), (task, following)):
        if one and other and (_leaves_out(one, other) or _section_left_out(one, other)):
            yield Doubt("row", "number_skipped", f"{_shown(one)} → {_shown(other)}", 0.5)


def _shown(task: TaskDraft) -> str:
    return task.number or task.section[:20]


@lru_cache(maxsize=4096)
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
    if not one.number.isdecimal() and (own := _ordinal(one.number)) > a:
        a = own  # a part that is one task: "III" between "II." and "IV."
    return bool(a and b) and first[1].isdecimal() == second[1].isdecimal() and b not in (a + 1, 1, a)


def _ordinal(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    return _ROMAN.index(mark) + 1 if mark in _ROMAN else 0
