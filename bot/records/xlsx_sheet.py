"""One very large sheet, row by row: what is not asked for is never laid out.

Cells of columns nobody wants — an applicant's — are passed over unread. Formulas are never evaluated: the value they
were saved with is taken.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.parsers import expat

from bot.records.sheets import Cell
from bot.records.xlsx_book import Reader, Texts, local, parse, parser_of
from bot.records.xlsx_guard import broken
from bot.records.xlsx_quick import RawCell, quick_rows, text_of

_CHUNK = 1 << 18
WIDEST = 256  # columns; further right nothing is read
_MOST_MERGED = 100_000
_LONGEST_BEHIND = 10_000_000  # bytes looked at for merged cells
_END = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    KeyError,
    expat.ExpatError,
)
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_DIGITS = "0123456789"
_KIND, _STYLE = re.compile(rb'\bt="(\w+)"'), re.compile(rb'\bs="(\d+)"')
_MOST_FORMS = 10_000


@dataclass(frozen=True, slots=True)
class Span:
    """Cells merged into one: rows from 1 and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def column_number(letters: str) -> int:
    """A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass
class Sheet(Reader):
    """One sheet. Iterating gives (row from 1, cells), rows without a value left out.

    ``merged`` are its merged cells. :meth:`only` may be called while iterating: from then on the other
    columns stay "".
    """

    archive: zipfile.ZipFile
    part: str
    texts: Texts
    dates: frozenset[str]
    epoch: datetime
    merged: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columns: dict[str, int] = {}
        self._places: dict[bytes, int] = {}
        self._forms: dict[bytes, tuple[str, bool]] = {}
        self._width = 0
        self._wanted: frozenset[int] | None = None
        self._done: list[tuple[int, list[Cell]]] = []
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._kind, self._style = "", ""
        self._value: list[str] | None = None  # gathers the cell's text; None outside of one
        self._takes = self._is_hint = False
        self._find_merged()

    def only(self, columns: frozenset[int]) -> None:
        """Read these columns alone."""
        self._wanted = columns
        self._columns.clear()
        self._places.clear()

    def _find_merged(self) -> None:
        """They stand behind the rows, so the packed part is gone through once before."""
        behind = b""
        is_behind = False
        with self.archive.open(self.part) as member:
            while chunk := member.read(_CHUNK):
                if is_behind and len(behind) < _LONGEST_BEHIND:
                    behind += chunk
                elif not is_behind:
                    behind = behind[-40:] + chunk  # the end of the rows may lie across two pieces
                    if found := _END.search(behind):
                        is_behind, behind = True, behind[found.end() :]
        if not is_behind:
            return
        for span in _RANGE.findall(behind.decode("ascii", "replace"))[:_MOST_MERGED]:
            left, right = column_number(span[0]), column_number(span[2])
            self.merged.append(Span(int(span[1]), left, int(span[3]), right))

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        try:
            with self.archive.open(self.part) as member:
                rows = quick_rows(member, lambda xml: parse(xml, self))
                if rows is not None:
                    yield from self._quickly(rows)
                    return
            yield from self._slowly()
        except DAMAGED as error:
            raise broken() from error

    def _quickly(self, rows: Iterator[tuple[int, list[RawCell] | None]]) -> Iterator[tuple[int, list[Cell]]]:
        """Rows of the usual shape; the others have been through expat."""
        places, forms = self._places, self._forms
        for number, raw in rows:
            if raw is None:
                yield from self._done
                self._done.clear()
                continue
            cells: list[Cell] = [""] * self._width
            holds = False
            for letters, attributes, value, inline in raw:
                column = places.get(letters)
                if column is None:
                    column = places[letters] = self._place_of(letters)
                if column < 0 or not (value or inline):
                    continue
                if column >= len(cells):
                    cells.extend([""] * (column + 1 - len(cells)))
                    self._width = len(cells)
                form = forms.get(attributes) or self._form(attributes)
                cells[column] = found = self._value_of(form, value or inline)
                holds = holds or found != ""
            if holds:
                yield number, cells

    def _place_of(self, letters: bytes) -> int:
        """The column's index; -1 for one nobody wants."""
        column = column_number(letters.decode())
        return column if column < WIDEST and (self._wanted is None or column in self._wanted) else -1

    def _form(self, attributes: bytes) -> tuple[str, bool]:
        """Kind of a cell and whether its number is a day."""
        kind, style = _KIND.search(attributes), _STYLE.search(attributes)
        form = (kind[1].decode() if kind else "n", bool(style and style[1].decode() in self.dates))
        if len(self._forms) < _MOST_FORMS:
            self._forms[attributes] = form
        return form

    def _value_of(self, form: tuple[str, bool], data: bytes) -> Cell:
        kind, is_date = form
        if kind == "s":
            return self.texts.text(int(data)) if data.isdigit() and len(data) < 10 else ""
        if kind == "n":
            return (
                int(data)
                if not is_date and data.isdigit() and len(data) < 16
                else self._number(text_of(data), is_date)
            )
        self._kind = kind
        return self._cell(text_of(data))

    def _slowly(self) -> Iterator[tuple[int, list[Cell]]]:
        """A part of another shape, from its start."""
        parser = parser_of(self)
        with self.archive.open(self.part) as member:
            while chunk := member.read(_CHUNK):
                parser.Parse(chunk, False)
                yield from self._done
                self._done.clear()
            parser.Parse(b"", True)
        yield from self._done

    # --- what expat calls, some five times a cell

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            place = attributes.get("r")
            column = self._at(place) if place else self._column + 1
            self._column = column
            self._takes = 0 <= column < WIDEST and (self._wanted is None or column in self._wanted)
            if self._takes:
                self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        elif name == "v" or name == "t":
            if self._takes and not self._is_hint:
                self._value = self._value or []
        elif name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 9 else self._row + 1
            self._column, self._cells = -1, [""] * self._width
        elif name == "rPh":
            self._is_hint = True
        elif ":" in name:
            self.start(local(name), attributes)

    def data(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name == "c":
            if self._value is not None:
                self._keep(self._cell("".join(self._value)))
                self._value = None
        elif name == "row":
            if any(cell != "" for cell in self._cells):
                self._done.append((self._row, self._cells))
        elif name == "rPh":
            self._is_hint = False
        elif ":" in name:
            self.end(local(name))

    def _at(self, place: str) -> int:
        letters = place.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            plain = letters.isascii() and letters.isalpha() and len(letters) <= 3
            column = self._columns[letters] = column_number(letters.upper()) if plain else WIDEST
        return column

    def _keep(self, value: Cell) -> None:
        missing = self._column + 1 - len(self._cells)
        if missing > 0:
            self._cells.extend([""] * missing)
            self._width = len(self._cells)
        self._cells[self._column] = value

    def _cell(self, text: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return self.texts.text(int(text)) if text.isdecimal() and len(text) < 10 else ""
        if kind == "n":
            return self._number(text, self._style in self.dates)
        return text == "1" if kind == "b" else "" if kind == "e" else text

    def _number(self, text: str, is_date: bool) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text
        if is_date and 0 < number < 3_000_000:
            at = self.epoch + timedelta(days=number)
            return date(at.year, at.month, at.day) if number.is_integer() else at
        return int(number) if number.is_integer() else number
