"""Pages → paragraphs and tables in reading order: running heads dropped, columns of a letterhead parted,
footnotes gathered, tables that go on over a page put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from bot.intake.pdf_columns import Columns, find_table, names_columns
from bot.intake.pdf_letters import read_words
from bot.intake.pdf_rules import Lattice, Rule, lattices, read_rules
from bot.intake.pdf_tables import read_lattice, widened
from bot.intake.pdf_words import View, Word, any_smaller, line_text, lines, running_text, segments
from domain.documents import Paragraph, Table
from domain.reading.cut_text import paragraphs

Line = list[Word]
_EDGE = 70.0  # points at the top and bottom where running heads stand
_WIDE = 1.8  # a gap inside a line that parts two columns of a letterhead, in heights
_NOTE = re.compile(r"^\[(\d{1,3})\]\s*\S")


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    tables: tuple[Lattice, ...] = ()
    unknown: tuple[int, int] = (0, 0)  # letters without meaning, of how many that were looked at


def read_page(page: pdfium.PdfPage, number: int, most: int) -> Page:
    """Words and rules of a page as it is shown."""
    view = View.of(page)
    width, height = (view.width, view.height)[:: -1 if view.rotation in (90, 270) else 1]
    textpage = page.get_textpage()
    try:
        if not textpage.count_chars():
            return Page(number, width, height, (), (), ())
        across, down = read_rules(page, view)
        tables = lattices(across, down)
        words, unknown = read_words(textpage, view, most, tables)
    finally:
        textpage.close()
    return Page(number, width, height, tuple(words), tuple(across), tuple(down), tuple(tables), unknown)


def assemble(pages: Sequence[Page]) -> list[Paragraph | Table]:
    """The whole file in reading order; footnotes stand at the end as paragraphs ``[n] …``."""
    assembly = _Assembly()
    for page, kept in zip(pages, _without_running_heads(pages), strict=True):
        assembly.add(page, kept)
    assembly.flush()
    return [*assembly.body, *(Paragraph(text) for text in assembly.notes)]


def _without_running_heads(pages: Sequence[Page]) -> Iterator[list[Word]]:
    """The words of each page without page numbers and lines that stand at the same edge of many pages."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for edge in edges for key in {key for key, _ in edge})
    for page, edge in zip(pages, edges, strict=True):
        gone = {
            id(w) for key, line in edge if key[1] == "#" or seen[key] >= max(2, len(pages) // 3) for w in line
        }
        yield [w for w in page.words if id(w) not in gone]


def _edge_lines(page: Page) -> list[tuple[tuple[int, str], Line]]:
    """((where it stands, text with numbers as #), words) of the outermost lines."""
    edge = [w for w in page.words if w.top < _EDGE or w.bottom > page.height - _EDGE]
    found = lines(w for w in edge if not any(_is_within(table, w) for table in page.tables))
    keyed: list[tuple[tuple[int, str], Line]] = []
    for line in found:
        text = re.sub(r"\d+", "#", line_text(line)).strip(" -–—[]")
        at = round(line[0].bottom / 3)
        if (text != "#" or line in (found[0], found[-1])) and not names_columns(line):
            keyed.append(((at, text), line))
    return keyed


def _is_within(table: Lattice, word: Word) -> bool:
    """Whether a word stands in a table; its first row may have no rule above it, its last none below."""
    top, bottom = min(r.start for r in table.down), max(r.end for r in table.down)
    return top < word.middle < bottom and table.xs[0] < word.center < table.xs[-1]


class _Assembly:
    """Gathers text until a table comes, and tables until text comes."""

    def __init__(self) -> None:
        self.body: list[Paragraph | Table] = []
        self.notes: list[str] = []
        self._noted = 0  # the number of the last footnote
        self._text: list[str] = []
        self._page = 1
        self._tables = 0
        self._columns: Columns | None = None
        self._xs: tuple[float, ...] = ()  # where the columns of the last ruled table are parted
        self._wide = 0  # how many columns the last table has

    def add(self, page: Page, words: list[Word]) -> None:
        """Take in one page."""
        words = self._take_notes(page, words)
        if not self._text:
            self._page = page.number
        tables: list[tuple[Lattice, Table]] = []
        for lattice in page.tables:
            table, words = read_lattice(lattice, words, page.number, self._tables + len(tables) + 1)
            tables.append((lattice, table))
        left = lines(words)
        for lattice, table in tables:
            above = [line for line in left if line[0].middle < lattice.ys[0]]
            left = left[len(above) :]
            self._add_lines(above, page)
            self._add_table(table, lattice.xs)
            self._columns = None
        self._add_lines(left, page)

    def flush(self) -> None:
        """End the text gathered so far."""
        self.body += [Paragraph(p) for p in paragraphs(running_text(self._text), drawn=True)]
        self._text = []

    def _take_notes(self, page: Page, words: list[Word]) -> list[Word]:
        """Footnotes at the foot of a page: below the short rule that parts them off, or from the first line
        that begins with a raised number. What begins without a number goes on with the note before."""
        ruled = _note_rule(page)
        if ruled > page.height and not any_smaller(words):
            return words
        every = lines(words)
        start = next(
            (i for i, line in enumerate(every) if line[0].middle > ruled or _begins_note(line)), None
        )
        if start is None:
            return words
        for line in every[start:]:
            text = re.sub(r"^(\d{1,3})\.?\s+(?=\S)", r"[\1] ", line_text(line))
            number = _NOTE.match(text)
            if (number and int(number[1]) in (self._noted + 1, 1)) or not self.notes:
                self._noted = int(number[1]) if number else 1
                self.notes.append(text)
            else:
                self.notes[-1] += f" {line_text(line)}"
        return [w for line in every[:start] for w in line]

    def _add_lines(self, found: list[Line], page: Page) -> None:
        while found:
            table = find_table(found, _long(page.across), page.number, self._tables + 1, self._columns)
            self._columns = None
            self._add_text(found[: table.first] if table else found)
            if table is None:
                return
            self._add_table(table.table)
            found = found[table.last :]
            self._columns = None if found else table.columns

    def _add_text(self, found: list[Line]) -> None:
        if not found:
            return
        usual = Counter(round(line[0].left / 6) for line in found).most_common(1)[0][0] * 6
        edge = max(line[-1].right for line in found)
        last: Line | None = None
        for line in _parted(found):
            indent = line[0].left - usual
            centered = abs((line[0].left - usual) - (edge - line[-1].right)) < 30
            apart = (
                last is not None
                and not -2 * line[0].height < line[0].bottom - last[0].bottom < 1.75 * line[0].height
            )
            if apart or (15 < indent < 70 and not centered):
                self._text.append("")
            self._text.append(line_text(line))
            last = line

    def _add_table(self, table: Table, xs: tuple[float, ...] = ()) -> None:
        """A table right below the last one with as many columns goes on with it; the first row of a heading that
        the end of a page has parted may have fewer."""
        self.flush_before_table()
        last = self.body[-1] if self.body else None
        if isinstance(last, Table) and len(last.rows) == 1:
            last = widened(last, self._xs, xs)
            self._wide = _width(last)
        self._xs = xs
        before, self._wide = self._wide, _width(table)
        if isinstance(last, Table) and before == self._wide and table.origin.page > last.origin.page:
            self.body[-1] = replace(last, rows=last.rows + table.rows)
        else:
            self._tables += 1
            self.body.append(table)

    def flush_before_table(self) -> None:
        """Text between two tables parts them; empty lines do not."""
        if any(line.strip() for line in self._text):
            self.flush()
        self._text = []


def _begins_note(line: Line) -> bool:
    return bool(_NOTE.match(line_text(line))) and line[0].height < 0.8 * line[-1].height


def _note_rule(page: Page) -> float:
    """Where the rule over the footnotes is: short, at the left, in the lower part of the page, a number below."""
    for rule in page.across:
        short = 60 < rule.end - rule.start < 0.45 * page.width
        if short and rule.at > 0.3 * page.height and not any(_near(rule, other) for other in page.down):
            below = lines(w for w in page.words if rule.at < w.middle < rule.at + 30)
            if below and abs(below[0][0].left - rule.start) < 12 and len(below[0]) > 1:
                return rule.at
    return page.height + 1


def _near(across: Rule, down: Rule) -> bool:
    return across.start - 3 < down.at < across.end + 3 and down.start - 3 < across.at < down.end + 3


def _width(table: Table) -> int:
    return max((sum(c.colspan for c in row.cells) for row in table.rows), default=0)


def _long(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that may part rows of a table without verticals."""
    longest = max((r.end - r.start for r in rules), default=0.0)
    return [r for r in rules if r.end - r.start > 0.8 * longest > 200] if len(rules) > 2 else []


def _parted(found: list[Line]) -> Iterator[Line]:
    """Lines of two columns (letterhead, signatures): the whole left column, then the right."""
    block: list[list[Line]] = []
    for line in found:
        parts = segments(line, _WIDE)
        if len(parts) > 1 or (block and _fits(parts[0], block)):
            block.append(parts)
            continue
        yield from _columns_of(block)
        block = []
        yield line
    yield from _columns_of(block)


def _split(block: list[list[Line]]) -> float:
    """The middle of the gap of the first line with two parts."""
    parts = next(p for p in block if len(p) > 1)
    return (parts[0][-1].right + parts[-1][0].left) / 2


def _fits(part: Line, block: list[list[Line]]) -> bool:
    """A line that stands within one of the block's columns, right below it."""
    middle = _split(block)
    near = part[0].bottom - block[-1][0][0].bottom < 2.2 * part[0].height
    return near and (part[-1].right < middle or part[0].left > middle)


def _columns_of(block: list[list[Line]]) -> Iterator[Line]:
    if not block:
        return
    middle = _split(block)
    sides: tuple[list[Line], list[Line]] = ([], [])
    for parts in block:
        for side in (0, 1):
            words = [w for p in parts for w in p if (p[0].left > middle) == bool(side)]
            if words:
                sides[side].append(words)
    yield from sides[0]
    yield from sides[1]
