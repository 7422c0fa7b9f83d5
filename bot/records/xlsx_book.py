"""What stands around the rows of an .xlsx: names of sheets, styles, shared texts. Read by expat, piece by piece."""

from __future__ import annotations

import re
from array import array
from datetime import datetime
from typing import Any
from xml.parsers import expat

from bot.records.xlsx_guard import broken

#: number formats that mean a day or a time, whatever the language (ECMA-376, 18.8.30)
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_KEPT = 10_000  # shared texts kept as they are asked for
_NOT_A_FORM = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')


class Reader:
    """What expat calls. A document type is refused: no office writes one, and it can grow without end."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text within."""


def parser_of(reader: Reader) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parse(xml: bytes, reader: Reader) -> None:
    """Go through a piece of XML that is whole."""
    parser_of(reader).Parse(xml, True)


def _refuse_doctype(*_: object) -> None:
    raise broken()


def local(name: str) -> str:
    return name.rpartition(":")[2]


class Book(Reader):
    """Names of the sheets that are shown, and the day numbers count from."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.epoch = datetime(1899, 12, 30)  # noqa: DTZ001  (a sheet knows no zone)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "sheet" if attributes.get("state", "visible") == "visible":
                link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
                self.shown.append((attributes.get("name", ""), link))
            case "workbookPr" if attributes.get("date1904") in ("1", "true"):
                self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001


class Links(Reader):
    """Which part of the archive a sheet is."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def part(self, link: str) -> str:
        """ "" for a chart or a link that leads nowhere."""
        target = self._targets.get(link, "")
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}" if target else ""


class Styles(Reader):
    """Which cell styles show a number as a day."""

    def __init__(self) -> None:
        self._within = ""
        self._forms: dict[str, str] = {}
        self._styles: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "cellXfs" | "cellStyleXfs":
                self._within = local(name)
            case "numFmt":
                self._forms[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "xf" if self._within == "cellXfs" and len(self._styles) < 70_000:
                number = attributes.get("numFmtId", "0")
                is_date = number.isdecimal() and int(number) in _DATE_FORMATS
                if number in self._forms:
                    is_date = bool(re.search("[dmyhsDMYHS]", _NOT_A_FORM.sub("", self._forms[number])))
                self._styles.append(is_date)

    def dates(self) -> frozenset[str]:
        """The styles' numbers, as cells name them."""
        return frozenset(str(i) for i, is_date in enumerate(self._styles) if is_date)


class Texts(Reader):
    """The shared texts, in one block."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._block, self._ends = bytearray(), array("I", [0])
        self._known: dict[int, str] = {}
        self._parts: list[str] = []
        self._in_text = self._is_hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t" or local(name) == "t":
            self._in_text = not self._is_hint
        elif local(name) == "rPh":  # how to say it, of Japanese
            self._is_hint = True

    def data(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "si" or local(name) == "si":
            self.add("".join(self._parts).encode("utf-8", "replace"))
            self._parts.clear()
        elif local(name) == "rPh":
            self._is_hint = False
        elif local(name) == "t":
            self._in_text = False

    def add(self, text: bytes) -> None:
        """The next one, as UTF-8."""
        self._block += text
        self._ends.append(len(self._block))
        if len(self._block) > self._limit:
            raise broken()

    def text(self, number: int) -> str:
        """One of them; "" for a number that is none."""
        known = self._known.get(number)
        if known is not None:
            return known
        if not 0 <= number < len(self._ends) - 1:
            return ""
        text = self._block[self._ends[number] : self._ends[number + 1]].decode("utf-8", "replace")
        if len(self._known) < _KEPT:  # the words a column repeats come early
            self._known[number] = text
        return text
