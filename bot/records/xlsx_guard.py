"""A workbook that claims a cell in the far corner makes a reader lay out everything before it.

A few hundred bytes can ask for gigabytes that way, or by repeating one long shared text in every cell; so
positions and texts are looked at in the packed file before a reader lays out the sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from bot.intake.format import Limits
from bot.intake.zipped import guard
from domain.errors import BadInput
from domain.phrases import say

MAX_ROWS = 200_000
MAX_CELLS = 5_000_000
MAX_TEXT = 1_500_000_000  # shared texts laid out in full
_CHUNK = 1 << 20
#: a position past column AZ or past row 199 999, in any attribute r: rare, so worth a closer look
_FAR = re.compile(rb"""\br\s*=\s*["'](?:[A-Za-z]{3}|[B-Zb-z][A-Za-z]|[A-Za-z]?0*(?:[2-9]\d{5}|\d{7}))""")
_POSITION = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


def refuse_hostile(data: bytes, limits: Limits) -> None:
    """Raise BadInput for a workbook that unpacks or lays out to more than allowed."""
    try:
        guard(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = longest = 0
            for info in archive.infolist():
                if _looks_far(_chunks(archive, info)):
                    _refuse_wide(_chunks(archive, info))
                if "sharedstrings" in info.filename.lower():
                    longest = max(map(len, archive.read(info).split(b"<si")))
                else:
                    texts += sum(chunk.count(b't="s"') for chunk in _chunks(archive, info))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise broken() from error
    if texts * longest > MAX_TEXT:
        raise too_much()


def broken() -> BadInput:
    """What is said of a workbook that cannot be opened."""
    return BadInput(
        say("The workbook is damaged; nothing was read. Please open it, save it again as .xlsx and resend."),
        code="broken",
    )


def too_much() -> BadInput:
    """What is said of a sheet that is too large."""
    return BadInput(
        say("The sheet is larger than {rows} rows; nothing was read. Please split the file.", rows=MAX_ROWS),
        code="too_many_rows",
    )


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            yield chunk


def _looks_far(chunks: Iterator[bytes]) -> bool:
    tail = b""
    for chunk in chunks:
        if _FAR.search(tail + chunk):
            return True
        tail = chunk[-64:]
    return False


def _refuse_wide(chunks: Iterator[bytes]) -> None:
    """Count the area that cells with a value span, by a real XML parser; styled empty cells do not count."""
    area = _Area()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = area.start
    parser.StartDoctypeDeclHandler = area.doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
    except expat.ExpatError:
        return  # no XML, or broken: the reader will say so
    if area.rows * area.columns > MAX_CELLS or area.rows > MAX_ROWS:
        raise too_much()


class _Area:
    """How far the cells with a value reach."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                given = attributes.get("r", "")
                self._row = int(given) if given.isdecimal() and len(given) < 9 else self._row + 1
                self._column = 0
            case "c":
                self._column += 1
                if found := _POSITION.fullmatch(attributes.get("r", "")):
                    self._column, self._row = _number(found[1]), int(found[2])
            case "v" | "is":
                self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def doctype(self, *_: object) -> None:
        raise broken()


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
