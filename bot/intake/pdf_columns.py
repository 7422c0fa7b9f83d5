"""Tables without rules: found by a heading of tasks, columns by the gaps that run down, rows by wider spacing."""

from __future__ import annotations

import bisect
import itertools
import math
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.intake.pdf_rules import Rule
from bot.intake.pdf_tables import cell_paragraphs, lines_paragraphs
from bot.intake.pdf_words import Word, line_text, segments
from domain.documents import Cell, Origin, Row, Table
from domain.reading.tables.grid import heading_columns
from domain.reading.tables.plan_columns import Column, heading, looks_like_number

Line = list[Word]
Span = tuple[float, float]  # left and right
_GAP = 0.75  # between columns, in heights of the text; spaces of justified text are narrower
_NARROW = 0.55
_APART = 0.6  # from a line to the next, in heights: none stand closer
_HEADING_LINES = 5
_ORDINALS = 75.0  # points; a first column wider than this holds no ordinals
_MAX_SPANS = 600  # pieces of text looked at to find the gaps; a full page has about two hundred
_SECTION = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)/]?\s+\S")  # its number may be a cell of its own
_AFTER = re.compile(r"(?:Nơi nhận|PHỤ LỤC|TM\.|KT\.|TL\.|CỘNG HÒA XÃ HỘI|\[\d+\])")
_FIRST = 6  # words of a line, more than it takes to tell


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table without rules are parted.

    ``named`` is where the names of the heading stand, while it alone is known: its rows are on the next page.
    """

    edges: tuple[float, ...]
    named: tuple[Span, ...] = ()

    def laid(self, line: Line) -> Laid:
        """The line with its words in their columns."""
        edges, crosses, space = self.edges, False, 0.45 * line[0].height
        bounds, reach, before = (-math.inf, *edges, math.inf), -math.inf, -1
        parts: list[Line] = [[] for _ in range(len(edges) + 1)]
        for word in line:
            left, right = word.left, word.right
            column = bisect.bisect(edges, (left + right) / 2)
            if column != before:
                crosses, before = crosses or left - reach < space, column
            if bounds[column] > left + 3 or bounds[column + 1] < right - 3:
                crosses = True
            if right > reach:
                reach = right
            parts[column].append(word)
        return Laid(line, parts, crosses)


@dataclass(slots=True, eq=False)  # as many as there are lines
class Laid:
    """A line whose words stand in columns. ``crosses``: text runs over a parting, a word stands on it or no more than a
    space is left there."""

    line: Line
    parts: list[Line]
    crosses: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A table among the lines: [first, last) are its lines."""

    first: int
    last: int
    table: Table
    columns: Columns


def find_table(
    lines: Sequence[Line], rules: Sequence[Rule], page: int, number: int, carried: Columns | None
) -> Found | None:
    """The first table without rules among lines; ``carried`` is one that may go on from the page before."""
    where = Origin(page, number)
    if carried and carried.named:
        carried = _columns(lines, carried.named)
    if carried and (end := _end(laid := [*map(carried.laid, lines)])):
        again = _heading(lines, 0)
        body = again[0] if again else 0
        return Found(0, end, _table(laid[:body], laid[body:end], carried, rules, where), carried)
    for first in range(len(lines)):
        headed = _heading(lines, first)
        if headed is None:
            continue
        last, named = headed
        columns = _columns(lines[last:], named)
        laid = [*map(columns.laid, lines[last:])]
        end = _end(laid)
        is_at_the_foot = not end and _is_at_the_foot(lines[last:])
        if is_at_the_foot:
            columns, end = replace(columns, named=tuple(named)), len(laid)
        if end or is_at_the_foot:
            names = [*map(columns.laid, lines[first:last])]
            return Found(first, last + end, _table(names, laid[:end], columns, rules, where), columns)
    return None


def names_columns(line: Line) -> bool:
    """Whether a line alone reads like (a part of) a heading: it stands at the top of every page of a table."""
    parts = segments(line, _NARROW)
    return len(parts) > 2 and sum(heading(line_text(part)) is not None for part in parts) > 2


def _is_at_the_foot(rest: Sequence[Line]) -> bool:
    """Whether the page ends with a heading, or with it and the name of a section."""
    return len(rest) < 3 and all(_SECTION.match(line_text(line)) for line in rest)


def _heading(lines: Sequence[Line], first: int) -> tuple[int, list[Span]] | None:
    """(line after the heading, where its columns' names stand): the reading of 1 to 5 close lines that names most."""
    read: list[tuple[int, int, list[Span]]] = []
    for size in range(1, _HEADING_LINES + 1):
        band = lines[first : first + size]
        if len(band) < size or (size > 1 and not _is_close(band[-2], band[-1])):
            break
        groups, columns = _names(band)
        named = len(set(columns) - {Column.NOTE}) if columns else 0
        if columns:
            spans = [(min(s[0].left for s in g), max(s[-1].right for s in g)) for g in groups]
            read.append((named, first + size, spans))
    most = max((named for named, _, _ in read), default=0)
    best = [(last, spans) for named, last, spans in read if named == most]
    for last, spans in best:
        parted = _parted(spans, segments(lines[last], _GAP)) if last < len(lines) else None
        if parted:
            return max(best[-1][0], last + 1), parted
    return best[-1] if best else None


def _names(band: Sequence[Line]) -> tuple[list[list[Line]], tuple[Column, ...] | None]:
    """What stands side by side in the lines of a heading, and the columns that it names. An ordinal's heading may
    stand closer to the next one than columns otherwise do."""
    best: tuple[list[list[Line]], tuple[Column, ...] | None] = [], None
    for gap in (_GAP, _NARROW):
        groups = _clusters([s for line in band for s in segments(line, gap)])
        texts = [" ".join(cell_paragraphs([w for s in g for w in s])) for g in groups]
        columns = heading_columns(texts) if len(groups) > 2 else None
        if columns and len(set(columns)) > len(set(best[1] or ())):
            best = groups, columns
        if len(groups) < 2:
            break
    return best


def _parted(spans: list[Span], below: list[Line]) -> list[Span] | None:
    """A heading of two rows: names that stand below one broad name ("Chủ trì", "Phối hợp") part its column."""
    if len(below) < 2 or not all(heading(line_text(part)) for part in below):
        return None
    found: list[Span] = []
    for index, (left, right) in enumerate(spans):
        until = spans[index + 1][0] if index + 1 < len(spans) else float("inf")
        under = [p for p in below if left - 12 <= p[0].left < until - 12]
        found += [(p[0].left, p[-1].right) for p in under] if len(under) > 1 else [(left, right)]
    return found if len(found) > len(spans) else None


def _is_close(above: Line, below: Line) -> bool:
    """Lines of one row; a middle-aligned cell may stand half a line off."""
    return below[0].bottom - above[0].bottom < 1.3 * max(below[0].height, above[0].height)


def _clusters(parts: list[Line]) -> list[list[Line]]:
    """Pieces of text that stand above each other."""
    groups: list[list[Line]] = []
    for part in sorted(parts, key=lambda s: s[0].left):
        if groups and part[0].left < max(s[-1].right for s in groups[-1]) - 1:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _columns(body: Sequence[Line], named: Sequence[Span]) -> Columns:
    """The widest gap with the least text between each two headings."""
    parts = [segments(line, _GAP) for line in body]
    width = max((line[-1][-1].right for line in parts), default=0.0) - min(
        (line[0][0].left for line in parts), default=0.0
    )
    narrow = [line for line in parts if len(line) > 1 or line[0][-1].right - line[0][0].left < 0.45 * width]
    spans = [*named, *((s[0].left, s[-1].right) for line in narrow for s in line)][:_MAX_SPANS]
    centers = [(left + right) / 2 for left, right in named]
    edges = []
    for left, right in itertools.pairwise(centers):
        best = (math.inf, 0.0, (left + right) / 2)
        marks = sorted({left, right, *(p for s in spans for p in s if left < p < right)})
        for a, b in itertools.pairwise(marks):
            middle = (a + b) / 2
            crossed = sum(s[0] < middle < s[1] for s in spans)
            crossed += len(spans) * sum(s[0] < middle < s[1] for s in named)  # a name is within its column
            best = min(best, (crossed, a - b, max(middle, b - 3)))  # text begins at the left of its column
        edges.append(best[2])
    return Columns(tuple(edges))


def _end(lines: Sequence[Laid]) -> int:
    """The line after the table's last row: rows have text in several columns; what follows is prose."""
    last = 0
    for index, laid in enumerate(lines):
        if _AFTER.match(line_text(laid.line[:_FIRST])):
            break
        if not laid.crosses and (last or sum(map(bool, laid.parts)) > 1):
            last = index + 1
        elif index - last > 6:
            break
    rest = lines[last:]
    if last and len(rest) <= 2 and all(_SECTION.match(line_text(laid.line)) for laid in rest):
        return len(lines)  # a section whose tasks stand on the next page
    return last


def _table(
    names: Sequence[Laid], body: Sequence[Laid], columns: Columns, rules: Sequence[Rule], where: Origin
) -> Table:
    rows = [_cells(names, replace(where, row=1))] if names else []
    for band in _bands(body, columns, rules):
        rows.append(_row(band, replace(where, row=len(rows) + 1)))
    return Table(tuple(rows), origin=where)


def _row(band: Sequence[Laid], origin: Origin) -> Row:
    if any(laid.crosses for laid in band):
        text = lines_paragraphs(laid.line for laid in band)
        return Row((Cell(text, len(band[0].parts), 1, replace(origin, column=1)),))
    return _cells(band, origin)


def _cells(band: Sequence[Laid], origin: Origin) -> Row:
    """A cell of what stands in each column."""
    page, table, row = origin.page, origin.table, origin.row
    columns = zip(*(laid.parts for laid in band), strict=True)
    return Row(
        tuple(
            Cell(_paragraphs([*filter(None, parts)]), origin=Origin(page, table, row, n))
            for n, parts in enumerate(columns, 1)
        )
    )


def _paragraphs(parts: Sequence[Line]) -> tuple[str, ...]:
    """The text of a cell: what the lines of the page have of it, unless these cut a line of the cell in two."""
    for above, below in itertools.pairwise(parts):
        if below[0].bottom - above[0].bottom < _APART * below[0].height:
            return cell_paragraphs([word for part in parts for word in part])
    return lines_paragraphs(parts)


def _bands(lines: Sequence[Laid], columns: Columns, rules: Sequence[Rule]) -> Iterator[list[Laid]]:
    """Lines of one row together: parted by a rule, by wider spacing, by a new number in the first column."""
    apart, ordinals = _spacing(lines), columns.edges[0] - _ORDINALS
    band: list[Laid] = []
    is_numbered = False
    for laid in lines:
        first, has_number = laid.line[0], _has_number(laid, ordinals)
        above = band[-1].line[0].bottom if band else 0.0
        ruled = any(
            above < r.at + 2 and r.at - 2 < first.bottom - first.height * 0.5 and r.at > above - 3
            for r in rules
        )
        wide = first.bottom - above > apart
        if band and (ruled or (wide and not rules) or (has_number and is_numbered)):
            yield band
            band, is_numbered = [], False
        band.append(laid)
        is_numbered = is_numbered or has_number
    if band:
        yield band


def _has_number(laid: Laid, ordinals: float) -> bool:
    """Whether a line begins with an ordinal, which stands further to the right than ``ordinals``."""
    first = laid.line[0]
    return first.left > ordinals and first in laid.parts[0] and looks_like_number(first.text.strip("."))


def _spacing(lines: Sequence[Laid]) -> float:
    """How far two lines of one row may be apart: a quarter more than is usual within a column."""
    last: dict[int, float] = {}
    steps: list[float] = []
    for laid in lines:
        bottom = laid.line[0].bottom
        for column, part in enumerate(laid.parts):
            if part:
                if column in last:
                    steps.append(bottom - last[column])
                last[column] = bottom
    if len(steps) < 2:
        return 1.25 * max((w.height for laid in lines for w in laid.line), default=12.0)
    return 1.22 * max(4.0, statistics.quantiles(steps, n=10)[1])
