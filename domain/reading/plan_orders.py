"""Directives and notices of conclusions: "Giao Sở Nội vụ chủ trì, phối hợp với … hoàn thành trước ngày …".

Looked for only where a document has neither a table of tasks nor labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from domain.plans import Doubt, TaskDraft
from domain.reading.fold import plain
from domain.reading.order_lines import BULLET, LETTER, Line, lines_of, names_elsewhere
from domain.reading.plan_addressed import Addressed, Known, addressed, clauses
from domain.reading.plan_columns import Column, looks_like_agency
from domain.reading.plan_helpers import helping
from domain.reading.plan_table import Reader, make_task
from domain.reading.plan_when import deadline
from domain.reading.verbs import begins_with_verb, first_verb

#: what closes such a document tells nobody anything in particular
_CLOSING = re.compile(
    r"^(?:Yêu cầu|Đề nghị|Giao|Nhận được|Quá trình|Trong quá trình).{0,200}(?:nghiêm túc|khẩn trương|tổ chức|triển khai|nghiêm)[^.]{0,60}(?:thực hiện|các nội dung trên)\W*$"
    r"|thông báo (?:đến|để|tới)\b.{0,160}\b(?:biết|thực hiện)\W*$|^(?:Trong q|Q)uá trình (?:triển khai|thực hiện|tổ chức)|^(?:Nếu|Trường hợp) (?:có )?(?:khó khăn|vướng mắc)|^Trên đây là"
    r"|(?:chịu trách nhiệm|căn cứ Quyết định)[^.]{0,20} thi hành\b|thi hành (?:Quyết định|Chỉ thị) này",
    re.IGNORECASE,
)
#: what opens a list tells whoever it names all that follows: "… thực hiện các nội dung sau:"
_OPENING = re.compile(
    r"(?:\bsau|dưới đây|như sau|cụ thể)(?: đây)?\s*:\s*$|(?:\byêu cầu|kết luận|chỉ đạo|đề nghị|chỉ thị|thống nhất|ý kiến)\s*:\s*$",
    re.IGNORECASE,
)
#: a part of the document that tells what happened
_TELLS_OF = re.compile(
    r"\b(?:danh gia|ket qua|tinh hinh|ton tai|han che|nguyen nhan|uu diem|can cu|muc dich|quan diem|muc tieu)\b"
)
_DUTIES = re.compile(r"\b(?:nhiem vu|giai phap|thuc hien|trien khai|phan cong|yeu cau|thoi gian toi)\b")
_LONGEST_NAME = 90
#: shorter words say nothing that could be done: the line is a heading
_LEAST = 8
_DIRECTS = re.compile(r"Chỉ đạo\b", re.IGNORECASE)
_PART = re.compile(r"\s*(?:\(\d{1,2}\)|\([ivx]{1,4}\)|\([a-zđ]\)|(?<=[;:] )[a-zđ]\)|(?<=[;:] )\d{1,2}\))\s+")


def read_orders(paragraphs: Sequence[str], reader: Reader, issuer: str = "") -> Iterator[TaskDraft]:
    """A task for each sentence that names who is to do what; lines under an agency are its tasks.

    ``issuer``: who issues the document; it gives orders, and is not told itself.
    """
    known = Known(reader.register, names_elsewhere(paragraphs), plain(issuer))
    lines = list(lines_of(paragraphs))
    return iter(_Orders(reader, known).read(lines))


@dataclass(frozen=True, slots=True)
class _Over:
    """Whom the lines below belong to, by what it is numbered with and how deep."""

    who: str = ""
    number: str = ""
    level: int = 0
    whole: bool = False  # a section or the whole document: all numbers below are parts
    bare: bool = False  # only a name: a plain line below it says what is to be done
    general: bool = False  # the opening of the document: who names somebody else does not mean it
    helps: str = ""

    def holds(self, level: int) -> bool:
        """Whether a line so deep belongs to it; numbered lines below a plain sentence stand for themselves."""
        return bool(self.who) and level > self.level and (self.whole or self.level > 0 or level >= LETTER)


@dataclass(slots=True)
class _Orders:
    """The run over the lines of a document."""

    reader: Reader
    known: Known
    section: str = ""
    over: _Over = field(default_factory=_Over)
    base: _Over = field(default_factory=_Over)
    telling: bool = False
    tasks: list[TaskDraft] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)

    def read(self, lines: Sequence[Line]) -> list[TaskDraft]:
        for index, line in enumerate(lines):
            deeper = index + 1 < len(lines) and lines[index + 1].level > line.level
            if line.roman:
                self._open_section(line, deeper)
            elif not line.level and _OPENING.search(line.text):
                self._open_list(line)
            elif line.level or not _CLOSING.search(line.text):
                self._line(line, deeper)
            else:
                self.over = self.base
        own = len(self.tasks) - len(self.inherited)
        for place in self.inherited if own else ():
            self._doubt(place, Doubt("leads", "lead_from_above", self.tasks[place].leads[:80], 0.5))
        return self.tasks

    def _open_section(self, line: Line, deeper: bool) -> None:
        told = addressed(line.said, self.known, numbered=True)
        words = plain(line.said)
        self.telling = bool(_TELLS_OF.search(words)) and not _DUTIES.search(words)
        if told.given and len(plain(told.what)) > _LEAST and not deeper:
            return self._line(replace(line, level=1), deeper)
        self.section = line.text
        name = line.said.strip(" :")
        is_name = looks_like_agency(name) and len(name) < _LONGEST_NAME and first_verb(name.lower()) < 0
        self.over = (
            _Over(name, whole=True) if is_name else _Over(told.who, whole=True) if told.given else self.base
        )

    def _open_list(self, line: Line) -> None:
        told = addressed(line.text, self.known, numbered=False)
        self.base = self.over = _Over(told.who, whole=True, general=True) if told.given else _Over()

    def _line(self, line: Line, deeper: bool) -> None:
        told = addressed(line.said, self.known, numbered=bool(line.level))
        behind = line.said[told.begin + len(told.who) :].lstrip()
        directs = bool(_DIRECTS.match(line.said))
        under_a_name = (
            self.over.bare
            and not line.level
            and (directs or not told.who)
            and len(plain(line.said)) > 2 * _LEAST
        )
        own = bool(told.who) and (
            (told.given and not directs)
            or behind.startswith(":")
            or (told.sure and told.begin == 0 and self.over.general)
        )
        if self.telling and not told.given:
            return
        if (self.over.holds(line.level) or under_a_name) and not own:
            return self._part(line, told, deeper)
        if not told.who:
            if line.level <= self.over.level:
                self.over = self.base
            return
        heading = deeper and (line.said.rstrip().endswith(":") or len(plain(told.what)) < _LEAST)
        if not line.level and not told.given and line.said.isupper() and self.known.issues(told.who):
            return
        bare = (
            heading
            or len(plain(told.what)) < _LEAST
            or (line.said.rstrip().endswith(":") and len(told.what) < _LONGEST_NAME)
        )
        self.over = _Over(told.who, line.number, line.level, bare=bare)
        if not bare:
            self._tell(line, told)

    def _part(self, line: Line, told: Addressed, deeper: bool) -> None:
        """A line that belongs to whoever stands above it."""
        over = self.over
        if over.general and not begins_with_verb(line.said):
            self.over = replace(self.base, level=0)
            return
        heading = (
            deeper
            and (line.said.rstrip().endswith(":") or not re.search(r"[.;/]\s*$", line.said))
            and len(line.said) < 160
        )
        if heading:
            return
        number = f"{over.number}.{line.number}".strip(".") if line.number else ""
        if over.general:
            self.inherited.append(len(self.tasks))
        self._add(over.who, line.said, number)
        if over.bare and not line.level and not begins_with_verb(line.said):
            self._doubt(-1, Doubt("leads", "lead_from_above", over.who[:80], 0.5))

    def _tell(self, line: Line, first: Addressed) -> None:
        """The tasks of a line: one for each who is told something of his own, or for each of the parts it counts."""
        told = clauses(line.said, self.known, first)
        for place, one in enumerate(told):
            begin = 0 if place == 0 else _clause(line.said, one)
            end = _clause(line.said, told[place + 1]) if place + 1 < len(told) else len(line.said)
            text = line.said[begin:end].strip()
            parts = _PART.split(text)
            if len(parts) > 2 and text.count(":", 0, len(parts[0])) and parts[0].rstrip().endswith(":"):
                for part in parts[1:]:
                    self._add(one.who, part.strip(" ;,"), line.number)
            else:
                self._add(one.who, text, line.number)
            self._guessed(one)

    def _guessed(self, told: Addressed) -> None:
        if told.guessed:
            self._doubt(-1, Doubt("leads", "unlikely_lead", told.who[:80], 0.3))
        elif not told.sure:
            self._doubt(-1, Doubt("leads", "name_guessed", told.who[:80], 0.5))

    def _doubt(self, place: int, doubt: Doubt) -> None:
        task = self.tasks[place]
        self.tasks[place] = replace(task, doubts=(*task.doubts, doubt))

    def _add(self, who: str, what: str, number: str) -> None:
        cells = {Column.LEAD: who, Column.TITLE: what, Column.TIME: deadline(what, self.reader)}
        names, sure = helping(what[:700], who, self.known)
        if names:
            cells[Column.COORDINATE] = names
        self.tasks.append(make_task(cells, what, self.section, number, self.reader))
        if names and not sure:
            self._doubt(-1, Doubt("coordinators", "name_guessed", names[:80], 0.5))


def _clause(said: str, told: Addressed) -> int:
    """Where the clause of somebody within a line begins: behind the last stop before the name."""
    return max(said.rfind("; ", 0, told.begin), said.rfind(". ", 0, told.begin), -2) + 2


__all__ = ["BULLET", "read_orders"]
