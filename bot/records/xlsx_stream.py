"""Very large .xlsx files, sheet by sheet and row by row.

python-calamine is quicker but lays a whole sheet out (350 MB for 200 000 rows of sixteen columns). Here the XML goes by
piece by piece, and shared texts lie in one block of bytes.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from bot.intake.format import Limits
from bot.records.xlsx_book import Book, Links, Reader, Styles, Texts, parse, parser_of
from bot.records.xlsx_guard import broken
from bot.records.xlsx_quick import quick_texts
from bot.records.xlsx_sheet import DAMAGED, Sheet
from domain.errors import BadInput
from domain.phrases import say

_CHUNK = 1 << 18


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
                self._read_texts("xl/sharedStrings.xml")
        except DAMAGED as error:
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
        except DAMAGED as error:
            raise broken() from error

    def _read_texts(self, part: str) -> None:
        with self._zip.open(part) as member:
            done = quick_texts(member, self._texts.add, lambda xml: parse(xml, self._texts))
        if not done:
            self._parse(part, self._texts)

    def _parse(self, part: str, reader: Reader) -> None:
        parser = parser_of(reader)
        with self._zip.open(part) as member:
            while chunk := member.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
