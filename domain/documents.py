"""One model for every file: paragraphs, tables with spans, notes, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece stood in the file: page, table and row are 1-based, 0 where the format has none."""

    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its line breaks kept as "\\n" where the file has them. Notes are marked ``[n]``."""

    text: str
    origin: Origin = Origin()
    style: str = ""  # "heading", "title", "list" where the file says so


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``paragraphs`` keeps the breaks between its paragraphs. Spans count grid places."""

    paragraphs: tuple[str, ...]
    colspan: int = 1
    rowspan: int = 1
    origin: Origin = Origin()

    @property
    def text(self) -> str:
        """The cell's text, a newline between paragraphs."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells as they stand in the file: a cell spanning from above is not repeated."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``gridded`` is false where the source only cuts cells (text with ``|``): empty cells and
    spans may then be missing and the reader must work out which column a cell belongs to."""

    rows: tuple[Row, ...]
    gridded: bool = True
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. ``part`` counts the runs of numbering: numbering that restarts begins a new part."""

    mark: str
    text: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, in order. ``problems`` are codes of what the file's reader could not take over."""

    body: tuple[Paragraph | Table, ...]
    notes: tuple[Note, ...] = ()
    problems: tuple[str, ...] = field(default=())
