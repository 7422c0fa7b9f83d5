"""Plans without a table: items with labels below them, behind them or in brackets, under months, under agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from domain.plans import Doubt, TaskDraft
from domain.reading.orders.plan_addressed import Known, addressed
from domain.reading.plan_when import deadline
from domain.reading.prose.headings import agency_of, period_of
from domain.reading.prose.label_lines import ASSIGNING
from domain.reading.prose.minutes import without_head
from domain.reading.prose.outline_node import ITEM, LETTER, PART, PERIOD, PLAIN, ROMAN, ROOT, Node, walk
from domain.reading.prose.plan_outline import read_outline
from domain.reading.prose.role_pieces import has_role, is_body, is_who
from domain.reading.tables.plan_columns import Column
from domain.reading.tables.plan_table import Reader, make_task, strictly
from domain.reading.timeframes import find_timeframes
from domain.timeframes import TimeFrameKind

#: parts that tell of aims, money and duties; only labels make something of them a task
_ASIDE = re.compile(
    r"\b(?:mục đích|yêu cầu|mục tiêu|quan điểm|kinh phí|tổ chức thực hiện|trách nhiệm|phân công thực hiện|chế độ báo cáo)\b",
    re.IGNORECASE,
)
#: so many items that name who leads without a label, and the text is taken to be written so
_WRITTEN_SO, _LISTED, _HEADING = 3, 2, 2
#: what closes a letter gives nobody a task of the list
_CLOSES = re.compile(
    r"^(?:Đề nghị|Yêu cầu|Trân trọng|Trên đây|Danh mục|Giao|Các (?:cơ quan|đơn vị)|Trong quá trình|Ủy ban nhân dân)\b"
)
_BINDS = re.compile(
    r"(?:trước|chậm nhất|hoàn thành|xong|không quá|đến hết)\W+(?:\w+\W+){0,3}$|^(?:trước|chậm nhất|không quá|đến hết|xong)",
    re.IGNORECASE,
)


def read_prose(paragraphs: Sequence[str], reader: Reader, *, sure: bool = False) -> Iterator[TaskDraft]:
    """Tasks of a plan in prose; none of a text that is no such plan. ``sure``: only of items whose lead is labelled
    with a colon, or of a text full of items that name who leads in the same way."""
    root = read_outline(without_head(paragraphs))
    nodes = [n for n in walk(root) if n.level >= ITEM or _is_part_of_one(n)]
    said = [*nodes, *(n for n in walk(root) if n.heads)]
    led = sum(n.sure and bool(n.fields.get(Column.LEAD)) for n in said)
    timed = sum(n.sure and bool(n.fields.get(Column.TIME)) for n in said)
    written_so = _is_written_so(nodes)
    months = sum(bool(period_of(n.text)) and bool(n.children) for n in walk(root) if n.level <= ITEM) > 1
    under = [n for n in nodes if _is_listed(n) and not n.children]
    listed = sum(bool(n.fields.get(Column.TIME)) for n in under)
    a_list = listed >= _LISTED and listed * 2 >= len(under)
    if not (led or timed > 1 or written_so or months or a_list):
        return
    labelled = bool(led or timed or written_so or a_list)
    reading = _Prose(reader, strict=sure and not written_so, labelled=labelled, months=months or a_list)
    yield from reading.tasks(root, {})


def _is_part_of_one(node: Node) -> bool:
    """A part that is a task itself: labels below its title, and nothing else ("I. Sửa trạm bơm", "Chủ trì: …")."""
    return node.level in (PART, ROMAN) and node.below and not node.children and not _ASIDE.search(node.title)


def _is_listed(node: Node) -> bool:
    """Whether an item stands under an agency."""
    return node.parent is not None and bool(agency_of(node.parent.text))


def _is_written_so(nodes: Sequence[Node]) -> bool:
    """Whether most items name who leads without a label."""
    items = [
        n
        for n in nodes
        if all(c.level == PLAIN for c in n.children) and (n.number or n.assigns) and not _is_aside(n)
    ]
    led = sum(Column.LEAD in n.fields and not n.sure for n in items)
    return (led >= _WRITTEN_SO and led * 2 >= len(items)) or (led > 1 and led == len(items))


def _is_aside(node: Node | None) -> bool:
    while node is not None:
        if node.level in (PART, ROMAN, PERIOD) and _ASIDE.search(node.title):
            return True
        node = node.parent
    return False


class _Prose:
    def __init__(self, reader: Reader, *, strict: bool, labelled: bool, months: bool) -> None:
        self.reader, self.strict, self.labelled, self.months = reader, strict, labelled, months

    def tasks(self, node: Node, above: Mapping[Column, str]) -> Iterator[TaskDraft]:
        """The tasks of a part of the tree. ``above``: what headings over it say for all below."""
        down = {**above, **self._heads(node)}
        is_item = node.level >= ITEM or _is_part_of_one(node)
        kids = any(child.has() for child in node.children)
        if is_item and node.assigns and not (kids and not node.below) and not (kids and self._several(node)):
            if self._counts(node):
                yield self._task(node, {**down, **node.fields})
            return
        if node.level != ROOT and node.assigns:
            down |= {c: v for c, v in node.fields.items() if c in ASSIGNING}
        spread = is_item is False and node.level != ROOT and node.assigns
        for child in node.children:
            if child.has() or self._has_heading(child):
                yield from self.tasks(child, down)
            elif self._is_task(child, node, spread=spread, timed=Column.TIME in down):
                yield self._task(child, down)

    def _counts(self, node: Node) -> bool:
        if node.sure:
            listed = Column.TIME in node.fields and _is_listed(node)
            return Column.LEAD in node.fields or not (self.strict or (_is_aside(node) and not listed))
        return not self.strict and not _is_aside(node)

    def _several(self, node: Node) -> bool:
        """Whether lettered or numbered parts of an item have labels of their own."""
        return any(child.has() and child.level <= LETTER for child in node.children)

    def _heads(self, node: Node) -> dict[Column, str]:
        """What a heading says for the items below it."""
        if not node.children or node.assigns or node.level == ROOT:
            return {}
        if self.months and (when := period_of(node.text)):
            return {Column.TIME: when}
        marked = (node.level <= LETTER and node.mark) or (node.level == PLAIN and node.text.endswith(":"))
        if marked and self.labelled and (who := agency_of(node.text)):
            return {Column.LEAD: who}
        return {}

    def _has_heading(self, node: Node) -> bool:
        return any(self._heads(n) for n in walk(node)) and not _is_aside(node)

    def _is_task(self, child: Node, parent: Node, *, spread: bool, timed: bool) -> bool:
        """Whether an item without labels is a task like those beside it."""
        if _is_aside(child) or self.strict or child.level < ITEM or len(child.title) < 9:
            return False
        beside = [n for n in parent.children if n.level == child.level]
        if any(n.level <= LETTER for n in child.children):
            return False
        if child.level == PLAIN and _CLOSES.match(child.title):
            return False
        if Column.LEAD in self._heads(parent) and all(n.level == PLAIN for n in parent.children):
            return True
        if (timed and self._heads(parent)) or spread:
            like = any(n.assigns and n.level == PLAIN for n in parent.children) or child.title.endswith(
                (")", ").")
            )
            return child.level != PLAIN or like
        count = sum(n.assigns for n in beside)
        return self.labelled and child.level <= LETTER and count * 2 >= len(beside)

    def _task(self, node: Node, cells: Mapping[Column, str]) -> TaskDraft:
        cells, title = dict(cells), _full_title(node)
        if Column.LEAD not in cells and Column.TIME in cells:
            title = self._named(node, cells)
        doubts: list[Doubt] = []
        if not node.fields.get(Column.TIME):
            doubts += self._timed(title, cells)
        if node.worked_out:
            doubts.append(Doubt("row", "columns_worked_out", confidence=0.7))
        task = make_task(cells, title, _section(node), node.number, self.reader)
        task = strictly(task, self.reader) if node.strict else task
        return replace(task, doubts=(*task.doubts, *doubts)) if doubts else task

    def _timed(self, title: str, cells: dict[Column, str]) -> Iterator[Doubt]:
        """The time the title itself sets, where no label does: a day, or what its last sentence says."""
        if own := self._deadline(title):
            cells[Column.TIME] = own
        elif not cells.get(Column.TIME):
            _, apart, last = title.rpartition(". ")
            when = deadline(last, self.reader).frame
            told = apart and when.text and when.kind is not TimeFrameKind.CONTINUOUS
            rhythm = when.kind is TimeFrameKind.RECURRING and title.rstrip(" .;").endswith(when.text)
            if told or rhythm:  # "Giao ban Chủ tịch UBND các xã mỗi quý một lần"
                cells[Column.TIME] = when.text
            elif deadline(title, self.reader).missed:
                yield Doubt("timeframe", "no_timeframe", confidence=0.6)

    def _named(self, node: Node, cells: dict[Column, str]) -> str:
        """Under a month: "Sở Nội vụ: trình Đề án …" names who leads; the title without the name."""
        if found := _at_the_end(node.title):
            title, cells[Column.LEAD] = found
            return title
        name, colon, rest = node.title.partition(":")
        if colon and agency_of(name) and len(rest) > 9:
            cells[Column.LEAD] = name
            return rest.strip()[:1].upper() + rest.strip()[1:]
        told = addressed(node.title, Known(self.reader.register), numbered=True)
        if told.who and told.sure and not told.guessed and len(told.what) > 9:
            cells[Column.LEAD] = told.who
            return told.what[:1].upper() + told.what[1:]
        return node.title

    def _deadline(self, title: str) -> str:
        """A day the title itself binds to; the last one."""
        found = find_timeframes(title, issued_on=self.reader.issued_on, calendar=self.reader.calendar)
        for start, end, frame in reversed(found):
            if frame.kind is not TimeFrameKind.FIXED_DATE or frame.due_on is None:
                continue
            late = self.reader.issued_on is None or frame.due_on >= self.reader.issued_on
            if late and (_BINDS.match(title[start:end]) or _BINDS.search(title[:start])):
                return title[start:end]
        return ""


_LAST = re.compile(
    r"^(?P<title>.{9,}?)\s*(?::|\s[-–])\s*(?P<who>[^:()]{4,160}?)[\s.;]*$|^(?P<head>.{9,}?)\s*\((?P<inner>[^()]{4,160})\)[\s.;]*$"
)


def _at_the_end(title: str) -> tuple[str, str] | None:
    """Under a month: "Lễ giao nhận quân: Ban Chỉ huy Quân sự huyện", "Kế hoạch kiểm tra công vụ (Phòng Nội vụ)"."""
    found = _LAST.match(title)
    who = found and (found["who"] or found["inner"])
    named = bool(who) and (
        is_who(who or "")
        or bool(found and found["inner"] and (has_role(found["inner"]) or is_body(found["inner"])))
    )
    return (found["title"] or found["head"], who) if found and who and named else None


def _full_title(node: Node) -> str:
    """The title; a heading of a word or two with the one line below it that tells what is to be done."""
    told = [c for c in node.children if c.level == PLAIN and not c.fields]
    short = node.number and len(node.title.split()) <= _HEADING and len(node.children) == 1 == len(told)
    return f"{node.title} {told[0].title}" if short and node.title else node.title


def _section(node: Node) -> str:
    above = node.parent
    while above is not None and above.level > ROMAN:
        above = above.parent
    if above is None or above.level == ROOT:
        return ""
    return f"{above.mark}. {above.title}"
