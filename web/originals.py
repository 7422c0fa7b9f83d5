"""A document as it came, line by line, so that a row of a draft can be held against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.intake import read_document
from domain.documents import Cell, Document, Origin, Paragraph
from domain.errors import Refusal
from domain.plans import DutyDraft, TaskDraft
from domain.reading.fold import fold

#: what is shown of a row: no more lines than this, and one above it
_LONGEST, _ABOVE = 16, 1
#: of a duty so many lines below it, and so many letters tell where it stands
_BELOW, _TELLING = 2, 12


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table (``cells``), else a paragraph or a note. ``table`` counts tables, 0 for no table."""

    text: str
    cells: tuple[Cell, ...] = ()
    table: int = 0
    origin: Origin = Origin()
    is_note: bool = False

    @property
    def anchor(self) -> str:
        """Its address in the page; "" where it has none."""
        return anchor(self.origin) if self.cells and self.origin.row else ""


@dataclass(frozen=True)
class Original:
    """The document as it came; read when the page is made, after the transaction."""

    filename: str
    data: bytes

    def lines(self) -> tuple[Line, ...]:
        """All of it; empty when it cannot be read any more."""
        return _lines(self.filename, self.data)

    def around(self, task: TaskDraft, following: TaskDraft | None = None) -> tuple[tuple[Line, ...], int]:
        """The lines a task was read from, and which of them it begins with (-1: it was not found)."""
        lines = self.lines()
        start = _start(lines, task)
        if start < 0:
            return (), -1
        end = _start(lines, following, start + 1) if following else -1
        end = end if start < end <= start + _LONGEST else start + (_LONGEST if end > 0 else 1 + _ABOVE)
        first = max(0, start - _ABOVE)
        return lines[first : max(end, start + 1)], start - first

    def about(self, duty: DutyDraft) -> tuple[tuple[Line, ...], int]:
        """The paragraphs a duty was read from, and which of them it begins with (-1: it was not found)."""
        lines = tuple(Line(part) for line in self.lines() for part in line.text.split("\n") if part.strip())
        what = duty.what.lstrip("-–+• ")
        words = (fold(what)[:40], fold(duty.frame.text), fold(duty.who)[:40])
        found = (i for w in words if len(w) >= _TELLING for i, ln in enumerate(lines) if w in fold(ln.text))
        start = next(found, -1)
        if start < 0:
            return (), -1
        first = max(0, start - _ABOVE)
        return lines[first : start + 1 + _BELOW], start - first


def anchor(origin: Origin) -> str:
    """The address of a row in the original; "" for one whose place is not known."""
    return f"o-{origin.page}-{origin.table}-{origin.row}" if origin.row else ""


@lru_cache(maxsize=4)
def _lines(filename: str, data: bytes) -> tuple[Line, ...]:
    try:
        return tuple(_read(read_document(data, filename)))
    except Refusal:
        return ()


def _read(document: Document) -> Iterator[Line]:
    tables = 0
    for piece in document.body:
        if isinstance(piece, Paragraph):
            yield Line(piece.text, origin=piece.origin)
            continue
        tables += 1
        for row in piece.rows:
            origin = row.cells[0].origin if row.cells else Origin()
            yield Line(" | ".join(c.text for c in row.cells), row.cells, tables, origin)
    for note in document.notes:
        yield Line(f"[{note.mark}] {note.text}", is_note=True)


def _start(lines: Sequence[Line], task: TaskDraft, since: int = 0) -> int:
    """Where a task begins: by its row, else by the first words of its title."""
    at = task.origin
    if at.row:
        for index, line in enumerate(lines):
            if (line.origin.page, line.origin.table, line.origin.row) == (at.page, at.table, at.row):
                return index
    words = fold(task.title)[:40]
    if len(words) < 8:
        return -1
    return next((i for i in range(since, len(lines)) if words in fold(lines[i].text)), -1)
