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
Shape = tuple[int, Matrix | None]  # a path, and how the form it lies in is laid on the page


def read_rules(page: pdfium.PdfPage, view: View) -> tuple[list[Rule], list[Rule]]:
    """(horizontal, vertical) rules of a page, broken ones whole again."""
    boxes: list[tuple[float, float, float, float]] = []
    handle = pdf_calls.address(page.raw)
    objects = (pdf_calls.page_object(handle, n) for n in range(raw.FPDFPage_CountObjects(page)))
    for shape, laid in _paths(objects, None):
        boxes += _lines_of(shape, laid, view)
        if len(boxes) > _MAX_RULES:
            break
    across = [Rule((t + b) / 2, x0, x1) for x0, t, x1, b in boxes if b - t <= _THIN and x1 - x0 > _SHORT]
    down = [Rule((x0 + x1) / 2, t, b) for x0, t, x1, b in boxes if x1 - x0 <= _THIN and b - t > _SHORT]
    across, down = _whole(across), _whole(down)
    return (across, down) if max(len(across), len(down)) <= _MAX_WHOLE else ([], [])


def _paths(objects: Iterable[int | None], laid: Matrix | None, depth: int = 0) -> Iterator[Shape]:
    """The paths among objects, those of forms among them: what lays a stamp on a page makes all that was there one."""
    kind = pdf_calls.object_type
    for shape in objects:
        if not shape:
            continue
        if (found := kind(shape)) == raw.FPDF_PAGEOBJ_PATH:
            yield shape, laid
        elif found == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            form = ctypes.cast(shape, raw.FPDF_PAGEOBJECT)
            inside = range(min(raw.FPDFFormObj_CountObjects(form), _MAX_RULES))
            objects_of = (pdf_calls.address(raw.FPDFFormObj_GetObject(form, n)) for n in inside)
            yield from _paths(objects_of, _joined(_matrix_of(form), laid), depth + 1)


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


def _lines_of(shape: int, laid: Matrix | None, view: View) -> Iterable[tuple[float, float, float, float]]:
    edges = pdf_calls.bounds(shape)
    if edges is None:
        return ()
    if laid:
        edges = *_point(laid, *edges[:2]), *_point(laid, *edges[2:])
        box = _between(edges[:2], edges[2:], view)
    else:
        box = view.box(*edges)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        return (box,)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    path = ctypes.cast(shape, raw.FPDF_PAGEOBJECT)
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return _segments_of(path, laid, view) if stroke.value else ()


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


def _whole(rules: list[Rule]) -> list[Rule]:
    """Pieces that lie on one line and touch are one rule (borders are often drawn cell by cell)."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _TOUCH), r.start)):
        for index in range(len(found) - 1, max(-1, len(found) - 60), -1):
            other = found[index]
            if (
                abs(other.at - rule.at) <= 1.5
                and rule.start <= other.end + _TOUCH
                and rule.end >= other.start - _TOUCH
            ):
                found[index] = Rule(other.at, min(other.start, rule.start), max(other.end, rule.end))
                break
        else:
            found.append(rule)
    return found


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
