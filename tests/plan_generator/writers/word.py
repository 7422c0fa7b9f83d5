"""A document as a .docx file, written part by part so that every construct of Word can be had."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from domain.documents import Cell, Document, Note, Paragraph, Row, Table

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip


def write(document: Document) -> bytes:
    """The file. Marks ``[n]`` in the text become real footnotes where the document has such notes."""
    notes = _Notes(document.notes)
    body = "".join(_piece(piece, notes) for piece in document.body)
    return package(body, footnotes=notes.xml())


def package(body: str, *, footnotes: str = "", numbering: str = "", styles: str = "", extra: dict[str, bytes] | None = None) -> bytes:  # fmt: skip
    """A .docx file around the XML of a body and of the other parts."""
    parts = {"document": f"<w:body>{body}<w:sectPr/></w:body>", "footnotes": footnotes, "numbering": numbering, "styles": styles}  # fmt: skip
    there = {name: xml for name, xml in parts.items() if xml}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(there))
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{_RELS}/{name}" Target="{name}.xml"/>'
            for n, name in enumerate(there)
            if name != "document"
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        )
        for name, xml in there.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_NS}>{xml}</w:{name}>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _content_types(there: dict[str, str]) -> str:
    kinds = {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kinds.get(name, name)}+xml"/>'
        for name in there
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


class _Notes:
    """Footnotes in the order of their marks; a mark used again begins the next part of the numbering."""

    def __init__(self, notes: tuple[Note, ...]) -> None:
        self._left = list(notes)
        self._written: list[str] = []

    def reference(self, mark: str) -> str:
        """The run of a mark; the mark itself as text where there is no such note (any more)."""
        note = next((n for n in self._left if n.mark == mark), None)
        if note is None:
            return run(f"[{mark}]")
        self._left.remove(note)
        self._written.append(note.text)
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self._written)}"/></w:r>'

    def xml(self) -> str:
        """The footnotes part, with the separator Word puts first."""
        if not self._written:
            return ""
        separator = (
            '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        )
        return separator + "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'
            for n, text in enumerate(self._written, 1)
        )


def run(text: str) -> str:
    """A run of text; line breaks are kept as breaks."""
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{'<w:br/>'.join(parts)}</w:r>"


def paragraph(text: str, notes: _Notes | None = None, properties: str = "") -> str:
    """A paragraph; footnote marks become references."""
    pieces = re.split(r"\[(\d+)\]", text)
    runs = [run(pieces[0])] if pieces[0] else []
    for mark, following in zip(pieces[1::2], pieces[2::2], strict=True):
        runs.append(notes.reference(mark) if notes else run(f"[{mark}]"))
        runs += [run(following)] if following else []
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def _piece(piece: Paragraph | Table, notes: _Notes) -> str:
    if isinstance(piece, Paragraph):
        return paragraph(piece.text, notes)
    return table(piece, notes)


def table(content: Table, notes: _Notes | None = None) -> str:
    """A bordered table; row spans are written as Word writes them, a continued cell in every row below."""
    rows = "".join(f"<w:tr>{''.join(_line(line, notes))}</w:tr>" for line in _lines(content.rows))
    return f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>{rows}</w:tbl>"


def _lines(rows: tuple[Row, ...]) -> Iterator[list[tuple[Cell, str]]]:
    """Each row's cells with their merge: "", "restart" or "continue"."""
    pending: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        line: list[tuple[Cell, str]] = []
        column, cells = 0, list(row.cells)
        while cells or column in pending:
            if column in pending:
                left, cell = pending.pop(column)
                line.append((Cell((), cell.colspan), "continue"))
                if left > 1:
                    pending[column] = (left - 1, cell)
            else:
                cell = cells.pop(0)
                line.append((cell, "restart" if cell.rowspan > 1 else ""))
                if cell.rowspan > 1:
                    pending[column] = (cell.rowspan - 1, cell)
            column += cell.colspan
        yield line


def _line(line: list[tuple[Cell, str]], notes: _Notes | None) -> Iterator[str]:
    for cell, merge in line:
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        vertical = f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
        inside = "".join(paragraph(p, notes) for p in cell.paragraphs) or "<w:p/>"
        yield f"<w:tc><w:tcPr>{span}{vertical}</w:tcPr>{inside}</w:tc>"
