"""Rules drawn on a PDF page → the lattices they make. Same points as ``pdf_words``."""

from __future__ import annotations

import bisect
import ctypes
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.intake import pdf_calls
from bot.intake.pdf_words import View

_THIN = 2.5  # a filled box thinner than this is a drawn line
_TOUCH = 3.0  # ends this near to each other meet
_SHORT = 4.0
_ROW = 8.0  # no row of text is lower
_MAX_RULES = 8_000
_DEEPEST = 4  # forms within forms
_MAX_WHOLE = 1_000  # whole rules a page; what has more is a drawing
_MAX_PLACES = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along one axis: at ``at`` across it, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's rules: where its columns and rows are parted, and which partings are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    def partings(self) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """Places (row, column) with a rule at their right, and places with a rule below."""
        columns = [(a + b) / 2 for a, b in itertools.pairwise(self.xs)]
        rows = [(a + b) / 2 for a, b in itertools.pairwise(self.ys)]
        right = {(r, c) for c, x in enumerate(self.xs[1:]) for r in _covered(self.down, x, rows)}
        below = {(r, c) for r, y in enumerate(self.ys[1:]) for c in _covered(self.across, y, columns)}
        return right, below


def _covered(rules: Iterable[Rule], at: float, points: list[float]) -> set[int]:
    """Which of the points, in order, lie along a rule at the place."""
    covered: set[int] = set()
    for rule in rules:
        if abs(rule.at - at) <= _TOUCH:
            first = bisect.bisect_right(points, rule.start - _TOUCH)
            covered.update(range(first, bisect.bisect_left(points, rule.end + _TOUCH)))
    return covered


Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Drawn = tuple[float, float, float]  # a rule before it is whole: at, start, end


def read_rules(page: pdfium.PdfPage, view: View) -> tuple[list[Rule], list[Rule]]:
    """(horizontal, vertical) rules of a page, broken ones whole again."""
    drawing = _Drawing(view)
    handle, count = pdf_calls.handle(page.raw), raw.FPDFPage_CountObjects(page)
    drawing.take([shape for n in range(count) if (shape := pdf_calls.page_object(handle, n))], None)
    across, down = _whole(drawing.across), _whole(drawing.down)
    return (across, down) if max(len(across), len(down)) <= _MAX_WHOLE else ([], [])


class _Drawing:
    """Gathers the straight lines among the drawn objects of a page."""

    def __init__(self, view: View) -> None:
        self.across: list[Drawn] = []
        self.down: list[Drawn] = []
        self._view = view
        self._paths = 0  # that are no lines by themselves

    def take(self, shapes: Iterable[int], laid: Matrix | None, depth: int = 0) -> None:
        """Objects of the page, or of a form: what lays a stamp on a page makes all that was there one."""
        kind_of, view = pdf_calls.object_type, self._view
        left, top = view.left, view.height + view.bottom
        is_plain = laid is None and not view.rotation
        for shape in shapes:
            kind = kind_of(shape)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                edges = pdf_calls.bounds(shape)
                if edges is None:
                    continue
                if is_plain:
                    x0, y0, x1, y1 = edges
                    box = x0 - left, top - y1, x1 - left, top - y0
                else:
                    box = _laid_box(edges, laid, view)
                if not self._add(box) and self._paths < _MAX_RULES:
                    self._paths += 1
                    self._take_path(shape, laid)
                if len(self.across) + len(self.down) > _MAX_RULES:
                    return
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                form = ctypes.cast(shape, raw.FPDF_PAGEOBJECT)
                inside = range(min(raw.FPDFFormObj_CountObjects(form), _MAX_RULES))
                objects = (pdf_calls.address(raw.FPDFFormObj_GetObject(form, n)) for n in inside)
                self.take(filter(None, objects), _joined(_matrix_of(form), laid), depth + 1)

    def _add(self, box: Box) -> bool:
        """Whether a box is a line, or nothing."""
        x0, y0, x1, y1 = box
        if y1 - y0 <= _THIN:
            if x1 - x0 > _SHORT:
                self.across.append(((y0 + y1) / 2, x0, x1))
            return True
        if x1 - x0 <= _THIN:
            if y1 - y0 > _SHORT:
                self.down.append(((x0 + x1) / 2, y0, y1))
            return True
        return False

    def _take_path(self, shape: int, laid: Matrix | None) -> None:
        """The straight pieces of a stroked path."""
        path = ctypes.cast(shape, raw.FPDF_PAGEOBJECT)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if stroke.value:
            for box in _segments_of(path, laid, self._view):
                self._add(box)


def _laid_box(edges: Box, laid: Matrix | None, view: View) -> Box:
    if laid is None:
        return view.box(*edges)
    return _between(_point(laid, *edges[:2]), _point(laid, *edges[2:]), view)


def _matrix_of(shape: object) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _joined(one: Matrix, other: Matrix | None) -> Matrix:
    """First the one, then the other."""
    if other is None:
        return one
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _segments_of(
    shape: object, laid: Matrix | None, view: View
) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a stroked path: a box has four, a whole grid may be one path."""
    matrix = _joined(_matrix_of(shape), laid)
    x, y = ctypes.c_float(), ctypes.c_float()
    last = begin = None
    for index in range(min(raw.FPDFPath_CountSegments(shape), _MAX_RULES)):
        piece = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        point = _point(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(piece)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield _between(last, point, view)
        last = point
        if raw.FPDFPathSegment_GetClose(piece) and begin:
            yield _between(last, begin, view)


def _between(a: tuple[float, float], b: tuple[float, float], view: View) -> tuple[float, float, float, float]:
    """The box of a line, whichever way it was drawn."""
    return view.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _whole(drawn: list[Drawn]) -> list[Rule]:
    """Pieces that lie on one line and touch are one rule (borders are often drawn cell by cell)."""
    found: list[Drawn] = []
    for at, start, end in sorted(drawn, key=lambda d: (round(d[0] / _TOUCH), d[1])):
        for index, (place, first, last) in enumerate(reversed(found[-60:]), 1):
            if -1.5 <= place - at <= 1.5 and start <= last + _TOUCH and end >= first - _TOUCH:
                found[-index] = (place, first if first < start else start, last if last > end else end)
                break
        else:
            found.append((at, start, end))
    return [Rule(*one) for one in found]


def lattices(across: list[Rule], down: list[Rule]) -> list[Lattice]:
    """The tables that the rules of a page make, from the top: rules that meet belong together."""
    groups: list[tuple[set[int], set[int]]] = []
    for i, h in enumerate(across):
        mine = ({i}, {j for j, v in enumerate(down) if _meet(h, v)})
        apart = []
        for group in groups:
            if mine[1] & group[1]:
                mine = (mine[0] | group[0], mine[1] | group[1])
            else:
                apart.append(group)
        groups = [*apart, mine]
    made = [_lattice([across[i] for i in sorted(h)], [down[j] for j in sorted(v)]) for h, v in groups]
    found = [g for g in made if len(g.xs) > 2 and _has_rows(g) and len(g.xs) * len(g.ys) < _MAX_PLACES]
    return sorted(found, key=lambda g: g.ys[0])


def _has_rows(lattice: Lattice) -> bool:
    """Whether there is room for text between the rules; the rest of a row on the next page has only one below it."""
    only = lattice.ys[0]
    ends = (end for r in lattice.down for end in (r.start, r.end))
    return len(lattice.ys) > 1 or max(abs(end - only) for end in ends) > _ROW


def _meet(h: Rule, v: Rule) -> bool:
    return h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice:
    xs, ys = _places(v.at for v in down), _places(h.at for h in across)
    return Lattice(xs, ys, tuple(across), tuple(down))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH:
            places.append(value)
    return tuple(places)
