"""A document as Markdown: tables over several lines or all on one; spans are lost, as converters lose them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.documents import Cell, Document, Paragraph, Table


def write(document: Document, *, one_line: bool = False) -> bytes:
    """The text; ``one_line`` puts each table on one line, rows parted by a space."""
    parts = [
        p.text if isinstance(p, Paragraph) else (" " if one_line else "\n").join(_rows(p))
        for p in document.body
    ]
    parts += [f"[{n.mark}] {n.text}" for n in document.notes]
    return "\n\n".join(parts).encode()


def _rows(table: Table) -> Iterator[str]:
    lines = [list(line) for line in _grid(table)]
    width = max(len(line) for line in lines)
    for index, line in enumerate(lines):
        yield f"| {' | '.join([*line, *[''] * (width - len(line))])} |"
        if index == 0:
            yield f"|{'---|' * width}"


def _grid(table: Table) -> Iterator[Iterator[str]]:
    pending: dict[int, int] = {}
    for row in table.rows:
        yield _line(list(row.cells), pending)


def _line(cells: list[Cell], pending: dict[int, int]) -> Iterator[str]:
    column = 0
    while cells or column in pending:
        if column in pending:
            pending[column] -= 1
            if not pending[column]:
                del pending[column]
            yield ""
            column += 1
            continue
        cell = cells.pop(0)
        for place in range(cell.colspan):
            yield _text(cell) if place == 0 else ""
            if cell.rowspan > 1:
                pending[column + place] = cell.rowspan - 1
        column += cell.colspan


def _text(cell: Cell) -> str:
    return "<br>".join(p.replace("|", "\\|") for p in cell.paragraphs)
