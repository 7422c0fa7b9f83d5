"""Footnotes: taken out of the body of a document, and their marks found in a text."""

from __future__ import annotations

import re

from domain.documents import Note, Paragraph, Table
from domain.reading.fold import tidy

_NOTE = re.compile(r"^\[(\d{1,3})\]\s*(.*)$", re.DOTALL)
_MARK = re.compile(r"\[(\d{1,3})\]")


def split_notes(body: list[Paragraph | Table]) -> tuple[list[Paragraph | Table], list[Note]]:
    """Take footnotes ("[1] Cụ thể: …" at the start of a paragraph) out of the body, in their parts."""
    kept: list[Paragraph | Table] = []
    notes: list[Note] = []
    part, last = 0, 0
    for piece in body:
        found = _NOTE.match(piece.text) if isinstance(piece, Paragraph) else None
        if not found:
            kept.append(piece)
            continue
        number = int(found[1])
        if number <= last:
            part += 1
        last = number
        notes.append(Note(found[1], tidy(found[2]), part))
    return kept, notes


def marks(text: str) -> list[str]:
    """The footnote marks in a text, in order."""
    return _MARK.findall(text) if "[" in text else []
