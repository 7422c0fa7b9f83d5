"""What stands on the page and in no row: lines of a list and cells of a table that no task took.

Every line is looked for in the tasks beside it. What is left over between two tasks, and is a part of the list like
them or assigns something, was not read, whatever words it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.documents import Document, Table
from domain.plans import Doubt, DutyDraft, TaskDraft
from domain.reading.fold import fold, fold_again, tidy
from domain.reading.orders.order_beside import may_name
from domain.reading.orders.plan_addressed import GIVEN
from domain.reading.prose.labels import role_of
from domain.reading.prose.outline_node import ITEM, LETTER, PLAIN, placed_line
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time
from domain.reading.verbs import begins_with_verb, does_something, verb_at

_SHOWN = 80
#: letters by which a title is found again, and so many lines ahead; what is shorter is no part of a list
_BEGIN, _AHEAD, _LEAST = 40, 400, 25
#: so many rows have a cell that was not read, and such a share of those of their table, before it is a column
_FEWEST, _SHARE = 3, 0.6
_LABELLED = re.compile(r"^[-–+•*●▪(\s]*(?P<label>[^\W\d_][^:.;()\d]{2,40}):\s*(?P<value>\S.*)$")
_ASSIGNING = (None, Column.LEAD, Column.COORDINATE, Column.TIME)
_ENDS = re.compile(
    r"(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|PHỤ LỤC|Trên đây|Kính gửi|Ghi chú)|\W*(?:Như trên|Lưu)\b|.*\((?:để )?b/c\)"
)
_NUMBER = re.compile(r"[\W\d]*")
_PIECES = re.compile(r"[;()|*]+|\.\s|\s[-–]\s")
_SENTENCE = re.compile(r"[.;]\s*$")
_IN_FORCE = re.compile(r"hiệu lực|thi hành|\bđính kèm\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:Đ/c|Đồng chí|Ông|Bà|Anh|Chị|Lãnh đạo)\b", re.IGNORECASE)


def with_unread(
    tasks: Sequence[TaskDraft],
    paragraphs: Sequence[str],
    document: Document,
    duties: Sequence[DutyDraft] = (),
    orders: bool = False,
) -> list[TaskDraft]:
    """The tasks, with doubts about what stands beside them and was not read.

    ``paragraphs`` is the prose as it was read; lines that became ``duties`` are read. ``orders``: each task is the whole of
    its sentence, of which no piece is left.
    """
    listed = [index for index, task in enumerate(tasks) if not task.origin.row]
    found = list(tasks)
    lines = [(text, fold(text)) for text in paragraphs] if listed else []
    lines = [line for line in lines if line[1]]
    bound = [fold(duty.what)[:_BEGIN] for duty in duties] if listed else []
    places = _places([tasks[i] for i in listed], [folded for _, folded in lines])
    for order, index in enumerate(listed):
        at = places[order]
        if at is None:
            continue
        end = next((p for p in places[order + 1 :] if p is not None), None)
        if said := _left(tasks[index], lines, at, end, bound):
            found[index] = _doubted(found[index], Doubt("row", "line_unread", said[:_SHOWN]))
        for doubt in (
            () if orders or said else _pieces_left(tasks[index], [text for text, _ in lines[at:end]])
        ):
            found[index] = _doubted(found[index], doubt)
    for table in document.body:
        if isinstance(table, Table) and table.gridded:
            _cells(table, found)
    return found


def _doubted(task: TaskDraft, doubt: Doubt) -> TaskDraft:
    return replace(task, doubts=(*task.doubts, doubt))


def _places(tasks: Sequence[TaskDraft], lines: Sequence[str]) -> list[int | None]:
    """The line that each title begins in, from that of the one before on; None where it is not found."""
    places: list[int | None] = []
    at = 0
    for task in tasks:
        begin = fold(task.title)[:_BEGIN]
        near = range(at, min(len(lines), at + _AHEAD))
        here = next((i for i in near if begin and begin in lines[i]), None)
        places.append(here)
        at = at if here is None else here
    return places


def _left(
    task: TaskDraft, lines: Sequence[tuple[str, str]], at: int, end: int | None, bound: Sequence[str]
) -> str:
    """The first line between a task and the next that is in neither; "" where all is read."""
    title = fold(task.title)
    own = [f for t in _texts(task) if len(f := fold(t)) > 2]
    level = placed_line(lines[at][0], "").level
    below = placed_line(lines[end][0], "").level if end is not None else None
    for text, folded in lines[at + 1 : end]:
        if _ENDS.match(text):
            return ""
        node = placed_line(text, "")
        if node.level < ITEM or _IN_FORCE.search(text):
            return ""  # another part: what it binds to is no row
        beside = node.level != PLAIN and node.level in (level, below)
        claimed = any(
            folded in f or (f in folded and not (beside and len(folded) > len(f) + _BEGIN)) for f in own
        )
        if claimed or title in folded or any(b and b in folded for b in bound):
            continue
        if _assigns(text) or (node.level == PLAIN and level == PLAIN == below and _may_tell(text)):
            return text
        heads = text.rstrip().endswith(":") or (
            below is not None and node.level < below and not _SENTENCE.search(text)
        )
        alike = beside or bool(_SENTENCE.search(text))
        listed = node.level != PLAIN and len(folded) > _LEAST and alike and not heads
        if listed and role_of(text.partition(":")[0]) is None:
            return text
    return ""


def _may_tell(text: str) -> bool:
    """Whether a plain line among orders tells somebody something, whoever it is."""
    label, colon, rest = text.partition(": ")
    by_colon = (
        bool(colon)
        and rest[:1].islower()
        and verb_at(rest, 0)
        and len(re.findall(r"(?<= )[A-ZĐ]", label)) > 1
    )
    return by_colon or bool(GIVEN.search(text)) or may_name(text)


def _pieces_left(task: TaskDraft, texts: Sequence[str]) -> Iterator[Doubt]:
    """Pieces of the lines of a task that are somebody's name, or a time, and in none of its fields."""
    own = [f for t in _texts(task) if len(f := fold(t)) > 2]
    lacks_name, lacks_time = not task.coordinators, not task.frame.text
    for text in texts if lacks_name or lacks_time else ():
        if _ENDS.match(text) or (text is not texts[0] and placed_line(text, "").level < LETTER):
            return
        for piece in _PIECES.split(text):
            label, colon, value = piece.partition(":")
            label, value = (label, value.strip(" .,")) if colon else ("", piece.strip(" .,"))
            folded = fold(value)
            if (
                _NUMBER.fullmatch(value)
                or any(folded in f or f in folded for f in own)
                or (label and role_of(label) not in _ASSIGNING)
            ):
                continue
            if (
                lacks_name
                and looks_like_agency(value)
                and not does_something(value)
                and not _PERSON.match(value)
            ):
                yield Doubt("coordinators", "name_unclaimed", piece.strip()[:_SHOWN])
                lacks_name = False
            elif lacks_time and looks_like_time(value):
                yield Doubt("timeframe", "time_unclaimed", piece.strip()[:_SHOWN])
                lacks_time = False


def _texts(task: TaskDraft) -> Iterator[str]:
    yield from (task.title, task.leads, task.coordinators, task.frame.text, task.product, task.section)


def _assigns(text: str) -> bool:
    """Whether a line is a short phrase, a colon and somebody's name or a time."""
    found = _LABELLED.match(text)
    if not found or begins_with_verb(found["label"]) or role_of(found["label"]) not in _ASSIGNING:
        return False
    value = found["value"]
    return looks_like_time(value) or (looks_like_agency(value) and not _SENTENCE.search(value))


def _cells(table: Table, tasks: list[TaskDraft]) -> None:
    """Doubt the rows of a table that has a column of names or times which none of its rows took."""
    at = {fold_again(task.title): index for index, task in enumerate(tasks) if task.origin.row}
    helped = any(tasks[i].coordinators for i in at.values())
    timed = any(tasks[i].frame.text for i in at.values())
    if not at or (helped and timed):
        return
    rows = 0
    names: dict[int, str] = {}
    times: dict[int, str] = {}
    for row in table.rows:
        texts = [tidy(" ".join(cell.paragraphs)) for cell in row.cells]
        index = next((at[f] for t in texts if (f := fold_again(t)) in at), None)
        if index is None:
            continue
        rows += 1
        own, lead = {fold_again(t) for t in _texts(tasks[index])}, fold_again(tasks[index].leads)
        left = ((t, fold_again(t)) for t in texts if t)
        for text in (t for t, folded in left if folded not in own and not (lead and lead in folded)):
            if not helped and looks_like_agency(text) and not _PERSON.match(text):
                names.setdefault(index, text)
            elif not timed and looks_like_time(text):
                times.setdefault(index, text)
    for field, found in (("coordinators", names), ("timeframe", times)):
        if len(found) >= max(_FEWEST, _SHARE * rows):
            for index, text in found.items():
                tasks[index] = _doubted(tasks[index], Doubt(field, "cell_unread", text[:_SHOWN]))
