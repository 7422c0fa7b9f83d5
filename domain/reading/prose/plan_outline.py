"""Prose as a tree of parts, items and lines, each with what its labels say.

A label belongs to the item above it, to each of the items it names ("điểm a, b"), or to the line right above it where
that line is an item of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from domain.reading.fold import plain
from domain.reading.prose.label_lines import ASSIGNING, LabelLine, read_line
from domain.reading.prose.labels import first_phrase, role_of
from domain.reading.prose.labels_ahead import labels_ahead
from domain.reading.prose.labels_learnt import learn
from domain.reading.prose.outline_node import (
    BULLET,
    BULLETED,
    ITEM,
    LETTER,
    PART,
    PERIOD,
    PLAIN,
    ROOT,
    Node,
    placed_line,
)
from domain.reading.prose.outline_owners import names_alone, settle, share
from domain.reading.prose.role_pieces import Fields, is_who
from domain.reading.prose.usual_lines import usual
from domain.reading.tables.plan_columns import Column, looks_like_agency, looks_like_time

_ENDS = re.compile(r"^(?:Nơi nhận|Trân trọng\b|Rất mong|TM\.|KT\.|TL\.|Trên đây là)")
_SCOPE = re.compile(
    r"^(?:chung|cho|các|điểm|mục|khoản|tiểu mục|từ|trên|tại|nội dung|nhiệm vụ|ý|tất cả|cả)\b|^[a-zđ\d](?:\b|\.)",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?<![\w.])(\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?![\w.]*\w)")
_RANGE = re.compile(
    r"(?<![\w.])(\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*(?:-|–|đến)\s*(?:điểm |mục )?(\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?!\w)"
)
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
#: a title that only points to the words below it
_POINTS = re.compile(
    r"^(?:(?:Công văn|Thông báo|Quyết định|Kế hoạch|Chỉ thị|Kết luận|Nghị quyết|Văn bản|Công điện)\s+(?:số\s+)?\d\S*(?:\s+ngày\s+\S+)?[^,;]{0,60}|(?:Nhiệm vụ|Nội dung|Công việc)(?: \d+)?)\W*$",
    re.IGNORECASE,
)


def read_outline(paragraphs: Sequence[str]) -> Node:
    """The tree of a text."""
    lines = usual(paragraphs)
    learned = learn(lines)
    outline, ahead = _Outline(learned), labels_ahead(lines, learned)
    for index, text in enumerate(lines):
        outline.line(text, ahead=index in ahead)
    settle(outline.root)
    share(outline.root)
    names_alone(outline.root)
    return outline.root


class _Outline:
    def __init__(self, learned: Mapping[str, Column]) -> None:
        self.learned = learned
        self.root = Node()
        self.stack = [self.root]
        self.group: list[Node] = []  # whom the label lines just read belong to
        self.value: Column | None = None  # the label of the last line, which may go on

    def line(self, text: str, *, ahead: bool = False) -> None:
        """Take in a line. ``ahead``: its labels are for the items below it."""
        if _ENDS.match(text):
            self.stack, self.group = [self.root], []
            return
        if ahead:
            self._head(read_line(text, self.learned))
            return
        placed = placed_line(text, self._last_part())
        if placed.level == PERIOD:
            if not (self.group and self.group[0].open and self._goes_on(Node(PLAIN), text)):
                self._add(placed)
            return
        said = read_line(text, self.learned)
        if self.group and self.group[0].open and not said.sure and self._goes_on(placed, text):
            return
        labelled = placed.level > LETTER or (
            said.sure and (placed.level == LETTER or self._is_deeper(placed))
        )
        if said.alone and labelled and self._labels(said, placed):
            return
        if self._goes_on(placed, text):
            return
        values = [] if placed.level < ITEM and not said.sure else said.values
        if said.alone and not placed.number:
            values = []
        if values:
            placed.title = _untitled(said.before) if said.before else placed.title
            _give(placed, values)
            placed.sure, placed.strict = said.sure, said.strict
        elif said.before and said.before != text and placed.level >= ITEM:
            placed.title = _untitled(said.before)
        if placed.number or placed.level >= BULLET:
            placed.title = _without_label(placed.title)
        self._add(placed)

    def _last_part(self) -> str:
        return next((n.mark for n in reversed(self.stack[-1].children or self.stack) if n.level == PART), "")

    def _is_deeper(self, placed: Node) -> bool:
        """ "1.1. Cơ quan chủ trì: …" below "1. …"."""
        above = next((n for n in reversed(self.stack) if ITEM <= n.level < LETTER), None)
        return above is not None and placed.mark.startswith(f"{above.mark}.")

    def _head(self, said: LabelLine) -> None:
        """Labels over the items they are for; one line of them goes on with another."""
        if not (self.stack[-1].heads and not self.stack[-1].children):
            self._add(Node(PERIOD, heads=True, sure=True))
        _give(self.stack[-1], said.values)
        self.stack[-1].strict |= said.strict

    def _add(self, node: Node) -> None:
        while self.stack[-1].level >= node.level:
            self.stack.pop()
        node.parent = self.stack[-1]
        if node.level == LETTER:
            top = next((n.number for n in reversed(self.stack) if ITEM <= n.level < LETTER), "")
            node.number = f"{top}.{node.mark}" if top else node.mark
        node.parent.children.append(node)
        self.stack.append(node)
        self.group, self.value = [], None

    def _goes_on(self, placed: Node, text: str) -> bool:
        """Whether a line is the rest of the value of the label above it."""
        if not self.group or placed.level < PLAIN:
            return False
        last = self.group[0]
        if last.open:
            for node in self.group:
                node.fields[last.open] = f"{node.fields[last.open]} {BULLETED.sub('', text)}".strip()
            return True
        said = last.fields.get(self.value, "") if self.value else ""
        if placed.level == PLAIN and said.endswith((",", ";")) and is_who(text.rstrip(" .;,")):
            for node in self.group:
                node.fields[self.value or Column.NOTE] = f"{said} {text}"
            return True
        return False

    def _labels(self, said: LabelLine, placed: Node) -> bool:
        """Give a line of labels to whom it belongs; false where there is nobody."""
        columns = {column for column, _ in said.values}
        if Column.TITLE in columns and self._titles(said):
            return True
        if not columns & ASSIGNING and (
            self.stack[-1].level < ITEM or (not self.group and columns <= {Column.TITLE, Column.NOTE})
        ):
            return columns == {Column.TITLE} and self.stack[-1].level >= ITEM
        owners = self._named(said.scope)
        if not owners:
            inside = any(ITEM <= n.level <= LETTER or n.level >= BULLET for n in self.stack)
            if not said.sure and not inside and not said.scope:
                return False
            owner = self.group[0] if len(self.group) == 1 else None
            owners = self.group if len(self.group) > 1 else [owner or self._owner(placed)]
        if owners[0] is self.root:
            return False
        for node in owners:
            _give(node, said.values)
            node.sure, node.below = node.sure or said.sure, True
            node.strict = node.strict or said.strict
            node.worked_out = node.worked_out or self._guessed(said)
            node.shared = node.shared or bool(self._named(said.scope))
            node.open = next((c for c, v in said.values if not v), None)
        self.group = owners
        self.value = said.values[-1][0]
        return True

    def _guessed(self, said: LabelLine) -> bool:
        """Whether a label is one that only this document uses, and what it says is not plainly somebody or some day."""
        column = self.learned.get(plain(first_phrase(said.text)[0]))
        value = next((value for c, value in said.values if c is column), "")
        fits = looks_like_time(value) if column is Column.TIME else looks_like_agency(value)
        return column is not None and not fits

    def _titles(self, said: LabelLine) -> bool:
        """ "Nội dung: …" that names the item: a new one, or one whose heading only points to it."""
        title = next(value for column, value in said.values if column is Column.TITLE)
        last = self.stack[-1]
        if not title or last.level == ROOT:
            return False
        if ITEM <= last.level < LETTER and not last.fields and (_POINTS.match(last.title) or not last.title):
            last.title = title
        elif last.level < ITEM or any(n.mark == "=" and n.fields for n in self.stack):
            self._add(Node(PLAIN, "=", "", title, title))
        else:
            return False
        _give(self.stack[-1], [v for v in said.values if v[0] is not Column.TITLE])
        self.stack[-1].sure = True
        self.group = [self.stack[-1]]
        return True

    def _named(self, scope: str) -> list[Node]:
        """The items a label says it is for."""
        if not scope or not _SCOPE.match(scope):
            return []
        near = next((n for n in reversed(self.stack) if n.children), self.root)
        words = re.sub(
            r"\b(?:điểm|mục|khoản|tiểu|từ|các|tại|và|đến|ý)\b(?!\s*$)",
            lambda m: m[0] if m[0] in ("đến",) else " ",
            scope,
        )
        wanted: set[str] = set()
        for first, second in _RANGE.findall(words):
            wanted |= _between(first, second)
        wanted |= set(_ONE.findall(words))
        for above in [near, *([near.parent] if near.parent else [])]:
            found = [n for n in above.children if n.mark in wanted or n.number in wanted]
            if found:
                return [leaf for node in found for leaf in _leaves(node)]
        siblings = [n for n in near.children if n.level == near.children[-1].level and not n.assigns]
        return siblings if not wanted and len(siblings) > 1 else []

    def _owner(self, placed: Node) -> Node:
        """The item that a line of labels belongs to."""
        last = self.stack[-1]
        if last.level < PLAIN:
            return last
        item = next((n for n in reversed(self.stack) if n.level < PLAIN), self.root)
        if item.level < ITEM or (placed.level > last.level and last.level >= BULLET):
            return last
        if item.assigns or any(child.below for child in item.children):
            return last
        lines = [n for n in item.children if n.level == last.level]
        item.instead = (
            last if last.level >= BULLET and (placed.level != last.level or len(lines) == 1) else None
        )
        return item


def _leaves(node: Node) -> list[Node]:
    """The item a label names, or the lines of it where they are the items."""
    below = [n for n in node.children if not n.children and (n.level >= BULLET or n.level <= LETTER)]
    return below if below and not node.assigns and not any(n.assigns for n in below) else [node]


def _without_label(title: str) -> str:
    """ "Nhiệm vụ: Báo cáo …" is the title "Báo cáo …"."""
    phrase, rest = first_phrase(title)
    return rest if rest and phrase and role_of(phrase) is Column.TITLE else title


def _untitled(text: str) -> str:
    """A title without the mark of its line."""
    placed = placed_line(text, "")
    return placed.title if placed.level >= ITEM else text


def _give(node: Node, values: Fields) -> None:
    for column, value in values:
        node.fields.setdefault(column, value)


def _between(first: str, second: str) -> set[str]:
    if first in _ALPHABET and second in _ALPHABET:
        return set(_ALPHABET[_ALPHABET.index(first) : _ALPHABET.index(second) + 1])
    head, _, low = first.rpartition(".")
    base, _, high = second.rpartition(".")
    if head == base and low.isdecimal() and high.isdecimal():
        return {f"{head}.{n}".strip(".") for n in range(int(low), min(int(high), int(low) + 40) + 1)}
    return {first, second}
