"""A document laid out on pages: which words stand where, and which lines are drawn. What a program then writes into
the file for it is another matter (``printed``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from domain.documents import Cell, Document, Paragraph, Row, Table

_PAD = 4.0
Width = Callable[[str], float]  # of a text of one point


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a cell or paragraph: where its baseline begins, its text, how much wider its spaces are drawn."""

    x: float
    y: float
    text: str
    size: float
    wider: float = 0.0


@dataclass(slots=True)
class Sheet:
    """A page; the origin at the lower left. ``boxes`` are the cells of tables: (left, bottom, right, top)."""

    width: float
    height: float
    words: list[Words] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


class _Flow:
    """Puts one piece under another, on a new page where the last is full."""

    def __init__(
        self, width: float, height: float, size: float, advance: Width, *, spread: bool, broken: bool
    ) -> None:
        self.broken = broken
        self.sheets = [Sheet(width, height)]
        self.left, self.right, self.top, self.bottom = 70.0, width - 42, height - 60, 55.0
        self.size, self.leading, self.advance, self.spread = size, size * 1.3, advance, spread
        self.y = self.top

    def new_page(self) -> None:
        sheet = Sheet(self.sheets[0].width, self.sheets[0].height)
        number = str(len(self.sheets) + 1)
        sheet.words.append(Words(sheet.width / 2, sheet.height - 35, number, self.size))
        self.sheets.append(sheet)
        self.y = self.top

    def lines(self, text: str, width: float, indent: float = 0.0) -> list[str]:
        """A text wrapped; a word wider than the place stands alone."""
        found: list[str] = []
        for word in text.split():
            room = width - (indent if len(found) < 2 else 0)
            if found and self.advance(f"{found[-1]} {word}") * self.size <= room:
                found[-1] += f" {word}"
            else:
                found.append(word)
        return found

    def put(self, x: float, y: float, text: str, width: float = 0.0) -> None:
        """A line; justified where it is given a width."""
        gaps = text.count(" ")
        left = width - self.advance(text) * self.size
        wider = left / gaps if self.spread and gaps and 0 < left < 0.35 * width else 0.0
        self.sheets[-1].words.append(Words(x, y, text, self.size, wider))

    def paragraph(self, text: str) -> None:
        is_heading = text.isupper() or text.startswith("(")
        indent = 0.0 if is_heading else 28.0
        lines = self.lines(text, self.right - self.left, indent)
        for index, line in enumerate(lines):
            if self.y - self.leading < self.bottom:
                self.new_page()
            self.y -= self.leading
            x = self.left + (0 if index else indent)
            if is_heading:
                x = (self.left + self.right - self.advance(line) * self.size) / 2
            is_last = is_heading or index + 1 == len(lines)
            self.put(x, self.y, line, 0.0 if is_last else self.right - x)
        self.y -= 0.4 * self.leading

    def table(self, table: Table, widths: Sequence[float], *, repeat: bool) -> None:
        """Rows that span into each other stay on one page."""
        edges = [self.left]
        for width in widths:
            edges.append(edges[-1] + width * (self.right - self.left))
        heading = max(cell.rowspan for cell in table.rows[0].cells) if repeat else 0
        group: list[Row] = []
        until = 0
        for index, row in enumerate(table.rows):
            group.append(row)
            until = max([until, *(index + cell.rowspan for cell in row.cells)])
            if until <= index + 1:
                self._rows(group, edges, table.rows[:heading] if index >= heading else ())
                group = []
        self.y -= self.leading

    def _rows(self, rows: Sequence[Row], edges: Sequence[float], heading: Sequence[Row]) -> None:
        places = _places(rows)
        heights = [self.leading + 2 * _PAD] * len(rows)
        texts = {}
        for (r, c), cell in places.items():
            width = edges[c + cell.colspan] - edges[c] - 2 * _PAD
            texts[r, c] = [line for p in cell.paragraphs for line in self.lines(p, width)]
            need = len(texts[r, c]) * self.leading + 2 * _PAD
            last = r + cell.rowspan - 1
            heights[last] += max(0.0, need - sum(heights[r : last + 1]))
        if self.broken and self._is_breakable(rows, heights):
            self._broken_row(rows[0], edges, heading)
            return
        if self.y - sum(heights) < self.bottom and self.y < self.top:
            self.new_page()
            if heading:
                self._rows(heading, edges, ())
        tops = [self.y - sum(heights[:r]) for r in range(len(rows) + 1)]
        for (r, c), cell in places.items():
            box = edges[c], tops[r + cell.rowspan], edges[c + cell.colspan], tops[r]
            self.sheets[-1].boxes.append(box)
            for index, line in enumerate(texts[r, c]):
                self.put(box[0] + _PAD, tops[r] - _PAD - (index + 0.8) * self.leading, line)
        self.y = tops[-1]

    def _is_breakable(self, rows: Sequence[Row], heights: Sequence[float]) -> bool:
        """Whether one row stands at the foot of a page with room for a line of it at least."""
        room = self.y - self.bottom
        return len(rows) == 1 and 2 * self.leading + 2 * _PAD < room < heights[0] - self.leading

    def _broken_row(self, row: Row, edges: Sequence[float], heading: Sequence[Row]) -> None:
        """The lines that fit, and the rest as a row of the next page."""
        lines = int((self.y - self.bottom - 2 * _PAD) / self.leading)
        parts: tuple[list[Cell], list[Cell]] = ([], [])
        column = 0
        for cell in row.cells:
            width = edges[column + cell.colspan] - edges[column] - 2 * _PAD
            texts = [line for p in cell.paragraphs for line in self.lines(p, width)]
            for part, text in zip(parts, (texts[:lines], texts[lines:]), strict=True):
                part.append(replace(cell, paragraphs=tuple(text)))
            column += cell.colspan
        self._rows([Row(tuple(parts[0]))], edges, ())
        self.new_page()
        if heading:
            self._rows(heading, edges, ())
        self._rows([Row(tuple(parts[1]))], edges, ())


def _places(rows: Sequence[Row]) -> dict[tuple[int, int], Cell]:
    taken: set[tuple[int, int]] = set()
    places: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row.cells:
            while (r, c) in taken:
                c += 1
            places[r, c] = cell
            taken |= {(r + i, c + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
            c += cell.colspan
    return places


def widths_of(table: Table) -> list[float]:
    """Shares of the whole width by what the columns hold, a number column narrow."""
    columns = max(sum(c.colspan for c in row.cells) for row in table.rows)
    need = [4.0] * columns
    for row in table.rows:
        if len(row.cells) == columns:
            for c, cell in enumerate(row.cells):
                longest = max(map(len, cell.text.split() or [""]))
                need[c] = max(need[c], min(len(cell.text), 120) ** 0.5 + longest * 0.4)
    return [n / sum(need) for n in need]


def lay_out(
    document: Document, advance: Width, *, wide: bool = False, size: float = 11, spread: bool = False, broken: bool = False, repeat: bool = True
) -> list[Sheet]:  # fmt: skip
    """Pages of A4. ``spread``: lines of paragraphs are drawn out to both edges; ``broken``: rows go on over the ends of
    pages."""
    width, height = (841.92, 595.32) if wide else (595.32, 841.92)
    flow = _Flow(width, height, size, advance, spread=spread, broken=broken)
    for piece in document.body:
        if isinstance(piece, Paragraph):
            flow.paragraph(piece.text)
        else:
            flow.table(piece, widths_of(piece), repeat=repeat)
    for note in document.notes:
        flow.paragraph(f"[{note.mark}] {note.text}")
    return flow.sheets
