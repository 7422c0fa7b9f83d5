"""The body of a .docx file → :class:`Document`, as Word shows it with all changes accepted.

What ECMA-376 part 1 keeps apart is put together again: numbers counted from styles (17.9), footnotes and
endnotes (17.11), cells that continue the one above (17.4.85), insertions and deletions (17.13.5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from bot.intake.format import Limits
from bot.intake.word_numbers import Numbering
from bot.intake.zipped import damaged, parts
from domain.documents import Cell, Document, Note, Origin, Paragraph, Row, Table
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.fold import tidy
from domain.reading.footnotes import split_notes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/numbering.xml", "word/styles.xml")  # fmt: skip
_OPENED = frozenset(f"{W}{n}" for n in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_GONE = frozenset(f"{W}{n}" for n in ("del", "moveFrom", "pPr", "instrText", "delText", "tbl", "txbxContent"))
_SPACES = frozenset(f"{W}{n}" for n in ("br", "cr", "tab", "ptab"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, TBL, TR, TC, T, R, RPR = (f"{W}{n}" for n in ("p", "tbl", "tr", "tc", "t", "r", "rPr"))
_PLAIN = (P, f"{W}tcPr")
_MAX_SPAN = 64


def read_word(data: bytes, limits: Limits) -> Document:
    """A .docx file as a document. Raises BadInput for what is damaged, locked, too large or a bomb."""
    found = parts(data, _PARTS, limits)
    body = found["word/document.xml"].find(f"{W}body") if "word/document.xml" in found else None
    if body is None:
        raise damaged()
    try:
        numbering = Numbering.of(found.get("word/numbering.xml"), found.get("word/styles.xml"))
        reader = _Reader(numbering, _notes(found, "footnote"), _notes(found, "endnote"))
        pieces, own = split_notes(list(reader.pieces(body)))
    except (ValueError, KeyError, RecursionError) as error:  # numbers that are none, nesting without end
        raise damaged() from error
    if reader.length > limits.max_characters:
        raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
    return Document(tuple(pieces), tuple(reader.noted or own))


def _notes(found: dict[str, etree._Element], kind: str) -> dict[str, str]:
    """Note id → text. Separators have no text and fall out."""
    root = found.get(f"word/{kind}s.xml")
    if root is None:
        return {}
    texts = {n.get(f"{W}id", ""): tidy("".join(t.text or "" for t in n.iter(T))) for n in root}
    return {key: text for key, text in texts.items() if text}


class _Reader:
    """Walks a body; notes are numbered in the order of their marks, as Word shows them."""

    def __init__(self, numbering: Numbering, footnotes: dict[str, str], endnotes: dict[str, str]) -> None:
        self._numbering = numbering
        self._texts = {f"{W}footnoteReference": footnotes, f"{W}endnoteReference": endnotes}
        self._tables = 0
        self.noted: list[Note] = []
        self.length = 0

    def pieces(self, body: etree._Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables in order, content controls and insertions opened."""
        for child in body:
            if child.tag == P:
                if text := self._text(child):
                    yield Paragraph(text)
                for box in child.iter(f"{W}txbxContent"):
                    if not any(a.tag == _FALLBACK for a in box.iterancestors()):
                        yield from self.pieces(box)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag in _OPENED:
                yield from self.pieces(child)

    def _text(self, paragraph: etree._Element) -> str:
        """A number alone is text too: a column of ordinals is often nothing but counted paragraphs."""
        label = self._numbering.label(paragraph)
        said = tidy("".join(self._runs(paragraph)))
        self.length += len(said)
        return f"{label}{said}".strip() if said or label.strip() not in ("", "-") else ""

    def _runs(self, element: etree._Element) -> Iterator[str]:
        """Text as it stands with all changes accepted: deletions dropped, insertions kept."""
        for node in element:
            if node.tag == T:
                yield node.text or ""
            elif node.tag in _GONE or node.tag in (RPR, _FALLBACK):
                continue
            elif node.tag in _SPACES:
                yield " "
            elif node.tag == f"{W}noBreakHyphen":
                yield "-"
            elif node.tag in self._texts:
                yield self._mark(self._texts[node.tag].get(node.get(f"{W}id", "")))
            elif isinstance(node.tag, str) and not _hidden(node):
                yield from self._runs(node)

    def _mark(self, text: str | None) -> str:
        if text is None:
            return ""
        mark = str(len(self.noted) + 1)
        self.noted.append(Note(mark, text))
        return f"[{mark}]"

    def _table(self, table: etree._Element) -> Iterator[Table]:
        """The table, then the tables inside its cells."""
        self._tables += 1
        number = self._tables
        rows: list[list[tuple[Cell, bool]]] = []
        inside: list[etree._Element] = []
        for index, tr in enumerate(_own(table, TR), 1):
            if tr.find(f"{W}trPr/{W}del") is not None:
                continue
            before = _number(tr.find(f"{W}trPr/{W}gridBefore"))
            line = [(Cell((), colspan=min(before, _MAX_SPAN)), False)] if before else []
            for column, tc in enumerate(_own(tr, TC), 1):
                line.append(self._cell(tc, Origin(0, number, index, column)))
                inside.extend(t for t in tc.iter(TBL) if _owner(t, TC) is tc)
            rows.append(line)
        yield Table(tuple(_with_rowspans(rows)), origin=Origin(table=number))
        for nested in inside:
            yield from self._table(nested)

    def _cell(self, tc: etree._Element, origin: Origin) -> tuple[Cell, bool]:
        """(cell, whether it only continues the one above)."""
        merge = tc.find(f"{W}tcPr/{W}vMerge")
        continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        if all(child.tag in _PLAIN for child in tc):
            own = [child for child in tc if child.tag == P]  # nearly every cell: paragraphs and nothing else
        else:
            own = [p for p in tc.iter(P) if _owner(p, TC) is tc and _owner(p, f"{W}del") is None]
        texts = [text for p in own if (text := self._text(p))]
        width = _number(tc.find(f"{W}tcPr/{W}gridSpan")) or 1
        return Cell(tuple(texts), colspan=min(width, _MAX_SPAN), origin=origin), continues


def _hidden(run: etree._Element) -> bool:
    return run.tag == R and run.find(f"{RPR}/{W}vanish") is not None


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else 0


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls opened, what is nested deeper left alone."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _OPENED:
            yield from _own(child, tag)


def _with_rowspans(rows: list[list[tuple[Cell, bool]]]) -> Iterator[Row]:
    """Word marks each continued cell; the model gives the first one its height instead."""
    heights: Counter[tuple[int, int]] = Counter()
    top: dict[int, tuple[int, int]] = {}
    shown: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for c, (cell, continues) in enumerate(row):
            if continues and column in top:
                heights[top[column]] += 1
            else:
                top[column] = (r, c)
                shown.add((r, c))
            column += cell.colspan
    for r, row in enumerate(rows):
        yield Row(
            tuple(
                Cell(cell.paragraphs, cell.colspan, 1 + heights[r, c], cell.origin)
                for c, (cell, _) in enumerate(row)
                if (r, c) in shown
            )
        )
