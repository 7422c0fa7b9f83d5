"""A document as the plain text of legal collections: wrapped lines, cells cut by lines of only ``|``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from domain.documents import Cell, Document, Paragraph, Table


def write(
    document: Document, *, marks: bool = True, empty: bool = True, width: int = 75, bold: bool = False, blank: bool = True
) -> bytes:  # fmt: skip
    """The text. ``marks``: an empty cell stands before each row; ``empty``: empty cells are kept."""
    lines: list[str] = []
    for piece in document.body:
        if isinstance(piece, Paragraph):
            if lines and lines[-1] != "|" and blank:
                lines.append("")
            lines += _wrapped(piece.text, width, bold and piece.text.isupper())
        else:
            lines += ["", "|"] if marks else []
            lines += _cut(piece, marks, empty, width)
    for note in document.notes:
        lines += _wrapped(f"[{note.mark}] {note.text}", width, False)
    return "\n".join(lines).encode()


def write_lines(document: Document) -> bytes:
    """The text of collections that put each row on a line, a pipe behind every cell."""
    lines: list[str] = []
    for piece in document.body:
        if isinstance(piece, Paragraph):
            lines.append(piece.text)
        else:
            lines += [
                "".join(f"{' '.join(c.paragraphs)} | " for c in row.cells).rstrip() for row in piece.rows
            ]
    lines += [f"[{n.mark}] {n.text}" for n in document.notes]
    return "\n".join(lines).encode()


def _cut(table: Table, marks: bool, empty: bool, width: int) -> Iterator[str]:
    for index, row in enumerate(table.rows):
        if marks and index:
            yield "|"
        for cell in row.cells:
            if not cell.paragraphs and not empty:
                continue
            yield from _cell(cell, width)
            yield "|"


def _cell(cell: Cell, width: int) -> Iterator[str]:
    for number, paragraph in enumerate(cell.paragraphs):
        if number:
            yield ""
        yield from _wrapped(paragraph, width, False)


def _wrapped(text: str, width: int, bold: bool) -> list[str]:
    lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False) or [""]
    return [f"**{lines[0]}", *lines[1:-1], f"{lines[-1]}**"] if bold and len(lines) > 1 else lines
