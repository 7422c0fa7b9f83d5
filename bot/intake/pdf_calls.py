"""pdfium's functions for single letters and drawn objects, called the short way.

A page has thousands of letters, and through ``pypdfium2.raw`` a call spends more time on turning its arguments
into C's than pdfium spends on answering. Here what many calls have in common, the page and the one place where answers
go, is turned into C's once, and the rest are numbers that ctypes need not be told how to turn: a quarter of the time.
The interpreter is not let go meanwhile; no answer takes that long.

pdfium may be used by one thread at a time: whoever calls holds :data:`ALONE`, as long as a file is open.
"""

from __future__ import annotations

import ctypes
import struct
import threading
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_void_p
from functools import partial
from typing import Any, NewType

import pypdfium2.raw as raw

ALONE = threading.Lock()
Handle = NewType("Handle", object)

_floats, _doubles = (c_float * 6)(), (c_double * 2)()
_argument = c_void_p.from_param
_there, *_three = [_argument(ctypes.addressof(_floats) + 4 * n) for n in range(4)]
_pair = [_argument(ctypes.addressof(_doubles) + 8 * n) for n in range(2)]
_matrix_but_x = partial(struct.Struct("4f4xf").unpack_from, _floats)
_matrix_of = partial(struct.Struct("6f").unpack_from, _floats)
_left_right = partial(struct.Struct("f4xf").unpack_from, _floats)
_box = partial(struct.Struct("4f").unpack_from, _floats)
_place = partial(struct.Struct("2d").unpack_from, _doubles)


def address(handle: Any) -> int:
    """The address behind a handle or a function of pypdfium2."""
    return ctypes.cast(handle, c_void_p).value or 0


def handle(of: Any) -> Handle:
    """A page, or the text of one, as the functions below take it."""
    return Handle(_argument(address(of)))


def _short(function: Any, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """Without ``arguments`` it takes what :func:`handle` made, and integers of C's size."""
    return ctypes.PYFUNCTYPE(answer, *arguments)(address(function))


_loose_box = _short(raw.FPDFText_GetLooseCharBox, c_int)
_matrix = _short(raw.FPDFText_GetMatrix, c_int)
_origin = _short(raw.FPDFText_GetCharOrigin, c_int)
_bounds = _short(raw.FPDFPageObj_GetBounds, c_int)
font_size: Callable[[Handle, int], float] = _short(raw.FPDFText_GetFontSize, c_double)
piece: Callable[[Handle, int], int | None] = _short(raw.FPDFText_GetTextObject, c_void_p)
unmapped: Callable[[Handle, int], int] = _short(raw.FPDFText_HasUnicodeMapError, c_int)
page_object: Callable[[Handle, int], int | None] = _short(raw.FPDFPage_GetObject, c_void_p)
object_type: Callable[[int], int] = _short(raw.FPDFPageObj_GetType, c_int, c_void_p)

Box = tuple[float, float, float, float]  # in the page's own coordinates


def loose_box(textpage: Handle, index: int) -> Box | None:
    """(left, top, right, bottom) of a letter: as high as its font and as wide as its advance."""
    return _box() if _loose_box(textpage, index, _there) else None


def ends(textpage: Handle, first: int, last: int) -> tuple[float, float] | None:
    """(left of the one letter, right of the other, or of the first if that reaches further), unturned."""
    if not _loose_box(textpage, first, _there):
        return None
    left, right = _left_right()
    if not _loose_box(textpage, last, _there):
        return None
    _, end = _left_right()
    return left, (end if end > right else right)


def drawn(textpage: Handle, first: int, last: int) -> tuple[float, ...] | None:
    """Of a run of letters in one piece: (left of the first, right of the last or of the first, size of the font, a, b,
    c, d, f of the matrix), unturned; None where any of it is not known."""
    if not _loose_box(textpage, first, _there):
        return None
    left, right = _left_right()
    if last != first:
        if not _loose_box(textpage, last, _there):
            return None
        _, end = _left_right()
        right = end if end > right else right
    if not _matrix(textpage, first, _there):
        return None
    return left, right, font_size(textpage, first), *_matrix_but_x()


def matrix(textpage: Handle, index: int) -> tuple[float, ...]:
    """The matrix of the piece of text a letter belongs to: it holds where that begins. Empty where there is none."""
    return _matrix_of() if _matrix(textpage, index, _there) else ()


def origin(textpage: Handle, index: int) -> tuple[float, float]:
    """Where a letter stands on its baseline."""
    return _place() if _origin(textpage, index, *_pair) else (0.0, 0.0)


def bounds(shape: int) -> Box | None:
    """(left, bottom, right, top) around a drawn object."""
    return _box() if _bounds(_argument(shape), _there, *_three) else None
