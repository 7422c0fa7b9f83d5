"""Word documents (.docx): merged cells, footnotes, automatic numbering, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from bot.intake.format import Format, Limits
from bot.intake.word_numbers import Numbering
from bot.intake.zipped import guard, members
from domain.documents import Cell, Document, Note, Origin, Paragraph, Row, Table
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.cut_text import split_notes
from domain.reading.fold import tidy

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FOOTNOTES = "word/footnotes.xml"


def _sniff(data: bytes, filename: str) -> bool:
    return "word/document.xml" in members(data)


def _read(data: bytes, limits: Limits) -> Document:
    guard(data, limits)
    try:
        body = open_docx(io.BytesIO(data)).element.body
        notes = _footnotes(data)
    except (KeyError, ValueError, ParseError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise BadInput(
            say("The Word file is damaged; nothing was read. Please save it again."), code="damaged"
        ) from error
    reader = _Reader(Numbering.of(data), notes)
    pieces, own = split_notes(list(reader.pieces(body)))
    return Document(tuple(pieces), tuple(reader.noted or own))


def _footnotes(data: bytes) -> dict[str, str]:
    """Footnote id → text. Separators have no text and fall out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _FOOTNOTES not in archive.namelist():
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(archive.read(_FOOTNOTES), parser)
    texts = {note.get(f"{W}id", ""): tidy("".join(t.text or "" for t in note.iter(f"{W}t"))) for note in root}
    return {key: text for key, text in texts.items() if text}


class _Reader:
    """Walks a body; footnotes are numbered in the order of their marks, as Word shows them."""

    def __init__(self, numbering: Numbering, footnotes: dict[str, str]) -> None:
        self._numbering = numbering
        self._footnotes = footnotes
        self._tables = 0
        self.noted: list[Note] = []

    def pieces(self, body: etree._Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables in order, content controls opened."""
        for child in body:
            if child.tag == qn("w:p"):
                if text := self._text(child):
                    yield Paragraph(text)
            elif child.tag == qn("w:tbl"):
                yield self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
                yield from self.pieces(child)

    def _text(self, paragraph: etree._Element) -> str:
        parts = [self._numbering.label(paragraph), *self._runs(paragraph)]
        return tidy("".join(parts))

    def _runs(self, element: etree._Element) -> Iterator[str]:
        """Text as it stands with all changes accepted: deletions dropped, insertions kept."""
        for node in element:
            if node.tag in (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")):
                continue
            if node.tag == qn("w:t"):
                yield node.text or ""
            elif node.tag in (qn("w:br"), qn("w:cr"), qn("w:tab")):
                yield " "
            elif node.tag == qn("w:noBreakHyphen"):
                yield "-"
            elif node.tag == qn("w:footnoteReference"):
                yield self._mark(node.get(f"{W}id", ""))
            elif isinstance(node.tag, str) and node.tag != qn("w:tbl"):
                yield from self._runs(node)

    def _mark(self, note_id: str) -> str:
        text = self._footnotes.get(note_id)
        if text is None:
            return ""
        mark = str(len(self.noted) + 1)
        self.noted.append(Note(mark, text))
        return f"[{mark}]"

    def _table(self, table: etree._Element) -> Table:
        self._tables += 1
        number = self._tables
        rows: list[list[tuple[Cell, bool]]] = []
        for index, tr in enumerate(table.iter(qn("w:tr")), 1):
            if self._nested(tr, table):
                continue
            rows.append([self._cell(tc, Origin(0, number, index, n)) for n, tc in enumerate(_cells(tr), 1)])
        return Table(tuple(_with_rowspans(rows)), origin=Origin(table=number))

    @staticmethod
    def _nested(tr: etree._Element, table: etree._Element) -> bool:
        owner = next(a for a in tr.iterancestors() if a.tag == qn("w:tbl"))
        return owner is not table

    def _cell(self, tc: etree._Element, origin: Origin) -> tuple[Cell, bool]:
        """(cell, whether it only continues the one above)."""
        span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        texts = [text for p in tc.iter(qn("w:p")) if (text := self._text(p))]
        width = int(span.get(f"{W}val", "1")) if span is not None else 1
        return Cell(tuple(texts), colspan=max(1, width), origin=origin), continues


def _cells(tr: etree._Element) -> Iterator[etree._Element]:
    for child in tr:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(child)


def _with_rowspans(rows: list[list[tuple[Cell, bool]]]) -> Iterator[Row]:
    """Word marks each continued cell; the model gives the first one its height instead."""
    heights: Counter[tuple[int, int]] = Counter()
    top: dict[int, tuple[int, int]] = {}
    for r, row in enumerate(rows):
        column = 0
        for c, (cell, continues) in enumerate(row):
            if continues and column in top:
                heights[top[column]] += 1
            else:
                top[column] = (r, c)
            column += cell.colspan
    for r, row in enumerate(rows):
        kept: list[Cell] = []
        for c, (cell, continues) in enumerate(row):
            if not continues or r == 0:
                kept.append(Cell(cell.paragraphs, cell.colspan, 1 + heights[r, c], cell.origin))
        yield Row(tuple(kept))


FORMAT = Format("word", 10, _sniff, _read)
