"""Plans written as different offices write them, each with what a person reads in it.

A file ``NAME.FORMAT.plan`` has the document first and, below a line ``=== KEY``, one line for every task:
``title | leads | coordinators | time | kinds | due``. The title is written whole or as "beginning … end";
``~`` before a title or a time says that it stands within a sentence; `` // `` stands between answers that are equally
right; several kinds are all acceptable; ``!`` behind the day: strict. The keys were written before anything read the documents.

Text formats (.txt, .md, .html) stand as they are. Others are paragraphs, a line each, and rows of tables:
``|| cell || cell``, ``<`` a cell covered from its left, ``^`` one covered from above, ``¶`` a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.intake import read_document
from domain.agencies import Register
from domain.documents import Cell, Document, Paragraph, Row, Table
from domain.plans import PlanDraft, TaskDraft
from domain.reading.fold import fold
from domain.reading.name_pieces import NAME_DOUBTS
from domain.reading.plan import read_plan
from domain.workdays import WorkCalendar
from tests.plan_generator.writers import pdf, spreadsheet, word

#: sets: each was measured once unseen, then used to mend the reader before the next one was written; from the seventh on
#: they are what documents that stand elsewhere taught, told again with other words, names and figures
FIRST = tuple(sorted(Path(__file__).parent.glob("first/*.plan")))
SECOND = tuple(sorted(Path(__file__).parent.glob("second/*.plan")))
THIRD = tuple(sorted(Path(__file__).parent.glob("third/*.plan")))
FOURTH = tuple(sorted(Path(__file__).parent.glob("fourth/*.plan")))
FIFTH = tuple(sorted(Path(__file__).parent.glob("fifth/*.plan")))
SIXTH = tuple(sorted(Path(__file__).parent.glob("sixth/*.plan")))
SEVENTH = tuple(sorted(Path(__file__).parent.glob("seventh/*.plan")))
EIGHTH = tuple(sorted(Path(__file__).parent.glob("eighth/*.plan")))
TENTH = tuple(sorted(Path(__file__).parent.glob("tenth/*.plan")))
NINTH = tuple(sorted(Path(__file__).parent.glob("ninth/*.plan")))
_WRITERS = {"docx": word.write, "pdf": pdf.write, "xlsx": spreadsheet.write}


@dataclass(frozen=True, slots=True)
class Key:
    """One task as a person reads it."""

    title: str
    leads: str
    coordinators: str
    time: str
    kinds: tuple[str, ...]
    due: date | None
    strict: bool

    @classmethod
    def of(cls, line: str) -> Key:
        """A line of the key."""
        title, leads, coordinators, time, kinds, due = (part.strip() for part in line.split("|"))
        day = date.fromisoformat(due.rstrip("!")) if due else None
        return cls(title, leads, coordinators, time, tuple(re.split(r",\s*", kinds)), day, due.endswith("!"))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A document, the bytes of its file, and its key."""

    name: str
    form: str
    data: bytes
    keys: tuple[Key, ...]

    def read(self, register: Register | None, calendar: WorkCalendar) -> PlanDraft:
        """The document read as a file that was sent."""
        document = read_document(self.data, f"{self.name}.{self.form}")
        return read_plan(document, register=register, calendar=calendar, today=date(2025, 1, 1))


def load(path: Path) -> Fresh:
    """The document of a file."""
    name, form, _ = path.name.split(".")
    text, _, key = path.read_text("utf-8").partition("=== KEY\n")
    data = _WRITERS[form](_document(text)) if form in _WRITERS else text.encode()
    return Fresh(name, form, data, tuple(Key.of(line) for line in key.splitlines() if line))


def _document(text: str) -> Document:
    body: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("||"):
            rows.append([cell.strip() for cell in f"{line} ".split("|| ")[1:]])
            continue
        if rows:
            body.append(Table(tuple(_rows(rows))))
            rows = []
        if line.strip():
            body.append(Paragraph(line.strip()))
    return Document(tuple(body))


def _rows(rows: list[list[str]]) -> Iterator[Row]:
    for y, row in enumerate(rows):
        cells = []
        for x, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = next((i for i, t in enumerate(row[x + 1 :]) if t != "<"), len(row) - x - 1)
            below = next((i for i, r in enumerate(rows[y + 1 :]) if r[x : x + 1] != ["^"]), len(rows) - y - 1)
            parts = tuple(p.strip() for p in text.split("¶") if p.strip())
            cells.append(Cell(parts, colspan=right + 1, rowspan=below + 1))
        yield Row(tuple(cells))


@dataclass(slots=True)
class Reading:
    """How a document was read: rows of its key, those wholly right, wrong ones that carry a doubt, right ones
    that carry one all the same, tasks nobody wrote.

    A row that is missing is marked by a doubt of the row before or behind its place; such a doubt is no false alarm.
    """

    rows: int = 0
    right: int = 0
    marked: int = 0
    alarms: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)


def judge(fresh: Fresh, draft: PlanDraft) -> Reading:
    """Each row of the key against the task with its title, or the one at its place."""
    found = Reading(rows=len(fresh.keys))
    left = list(draft.tasks)
    pairs: dict[int, TaskDraft] = {}
    for place, key in enumerate(fresh.keys):
        if (same := next((t for t in left if _titled(key, t.title)), None)) is not None:
            pairs[place] = same
            left.remove(same)
    for place in range(len(fresh.keys)):
        if place not in pairs and place < len(draft.tasks) and draft.tasks[place] in left:
            pairs[place] = draft.tasks[place]
            left.remove(draft.tasks[place])
    beside = _beside_missing(len(fresh.keys), pairs)
    for place, key in enumerate(fresh.keys):
        task = pairs.get(place)
        if task is None:
            near = [c for t in beside.get(place, ()) for c in _doubts(t)]
            found.marked += bool(near)
            found.wrong.append(f"{fresh.name}: missing {key.title} {near}")
            continue
        doubted = _doubts(task)
        if differs := list(_differences(key, task)):
            found.marked += bool(doubted)
            found.wrong.append(f"{fresh.name}: {key.title}: {differs} {doubted}")
        else:
            found.right += 1
            doubted = [] if any(task in near for near in beside.values()) else doubted
            found.alarms += bool(doubted)
            if doubted:
                found.wrong.append(f"   (alarm) {fresh.name}: {key.title} {doubted}")
    found.invented = len(left)
    found.wrong += [f"{fresh.name}: invented {t.title} | {t.leads} | {t.frame.text}" for t in left]
    return found


def _doubts(task: TaskDraft) -> list[str]:
    """The doubts about what was read, not about the register."""
    return [d.code for d in task.doubts if d.code not in NAME_DOUBTS]


def _beside_missing(rows: int, pairs: Mapping[int, TaskDraft]) -> dict[int, list[TaskDraft]]:
    """The rows before and behind the place of each that is missing."""
    found: dict[int, list[TaskDraft]] = {}
    for place in (p for p in range(rows) if p not in pairs):
        before = next((pairs[p] for p in range(place - 1, -1, -1) if p in pairs), None)
        behind = next((pairs[p] for p in range(place + 1, rows) if p in pairs), None)
        found[place] = [task for task in (before, behind) if task]
    return found


def _titled(key: Key, title: str) -> bool:
    wanted, text = fold(key.title.lstrip("~")), fold(title)
    begin, _, end = (fold(p) for p in key.title.lstrip("~").partition("…"))
    if key.title.startswith("~"):
        return end in text.partition(begin)[2] if begin in text else False
    return (text.startswith(begin) and text.endswith(end)) if "…" in key.title else text == wanted


def _differences(key: Key, task: TaskDraft) -> Iterator[str]:
    if not _titled(key, task.title):
        yield f"title: {task.title}"
    if not _same(key.leads, task.leads):
        yield f"leads: {task.leads}"
    if not _same(key.coordinators, task.coordinators):
        yield f"coordinators: {task.coordinators}"
    if not _same(key.time, task.frame.text):
        yield f"time: {task.frame.text}"
    if task.frame.kind.value not in key.kinds:
        yield f"kind: {task.frame.kind.value}"
    if task.frame.due_on != key.due or (key.due and task.frame.strict != key.strict):
        yield f"due: {task.frame.due_on} {task.frame.strict}"


def _same(wanted: str, text: str) -> bool:
    """Whether a text is one of the answers of a key, or shares a sentence's phrase with it."""
    read = fold(text)
    for answer in wanted.split(" // "):
        said = fold(answer.lstrip("~"))
        if read == said or (answer.startswith("~") and read and (said in read or read in said)):
            return True
    return False
