"""Very large .xlsx sheets, row by row: what is not asked for is never laid out.

python-calamine is quicker but lays a whole sheet out (350 MB for 200 000 rows of sixteen columns). Here the XML goes
through expat piece by piece, shared texts lie in one block of bytes, and cells of columns nobody wants — an
applicant's — are passed over unread. Formulas are never evaluated: the value they were saved with is taken.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.parsers import expat

from bot.intake.format import Limits
from bot.records.sheets import Cell
from bot.records.xlsx_book import Book, Links, Reader, Styles, Texts, local, parser_of
from bot.records.xlsx_guard import broken
from domain.errors import BadInput
from domain.phrases import say

_CHUNK = 1 << 18
WIDEST = 256  # columns; further right nothing is read
_MOST_MERGED = 100_000
_LONGEST_BEHIND = 10_000_000  # bytes looked at for merged cells
_END = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_DAMAGED = (
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


class Workbook:
    """An opened file. Raises BadInput for what is none, is locked, or unpacks to more than allowed."""

    def __init__(self, path: Path, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self._guard(limits)
            book = Book()
            self._parse("xl/workbook.xml", book)
            links = Links()
            self._parse("xl/_rels/workbook.xml.rels", links)
            styles = Styles()
            if "xl/styles.xml" in self._zip.namelist():
                self._parse("xl/styles.xml", styles)
            self._texts = Texts(limits.max_characters)
            if "xl/sharedStrings.xml" in self._zip.namelist():
                self._parse("xl/sharedStrings.xml", self._texts)
        except _DAMAGED as error:
            raise broken() from error
        self._dates, self._epoch = styles.dates(), book.epoch
        #: (name, part) of every sheet that is shown
        self.sheets = tuple((name, links.part(link)) for name, link in book.shown if links.part(link))

    def _guard(self, limits: Limits) -> None:
        infos = self._zip.infolist()
        if "xl/workbook.xml" not in {info.filename for info in infos}:
            raise BadInput(
                say("This is not a workbook. Please send the table as .xlsx or .csv."), code="unknown_format"
            )
        if any(info.flag_bits & 1 for info in infos):
            raise BadInput(
                say("The file is locked with a password; please send it unlocked."), code="encrypted"
            )
        if sum(info.file_size for info in infos) > limits.max_unpacked or len(infos) > 10_000:
            raise BadInput(
                say("The file unpacks to far more than a document holds; nothing was read."), code="bomb"
            )

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def rows(self, part: str) -> Sheet:
        """One sheet's rows, to be gone through once."""
        try:
            return Sheet(self._zip, part, self._texts, self._dates, self._epoch)
        except _DAMAGED as error:
            raise broken() from error

    def _parse(self, part: str, reader: Reader) -> None:
        parser = parser_of(reader)
        with self._zip.open(part) as member:
            while chunk := member.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)


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
        parser = parser_of(self)
        try:
            with self.archive.open(self.part) as member:
                while chunk := member.read(_CHUNK):
                    parser.Parse(chunk, False)
                    yield from self._done
                    self._done.clear()
                parser.Parse(b"", True)
        except _DAMAGED as error:
            raise broken() from error
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
        if kind == "n" or kind == "d":
            return self._number(text)
        return text == "1" if kind == "b" else "" if kind == "e" else text

    def _number(self, text: str) -> Cell:
        if self._kind == "d":
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        if self._style in self.dates and 0 < number < 3_000_000:
            at = self.epoch + timedelta(days=number)
            return date(at.year, at.month, at.day) if number.is_integer() else at
        return int(number) if number.is_integer() else number
