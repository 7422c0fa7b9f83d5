"""A file of dossiers → its sheets' rows, one after another, however large it is. Content decides the type."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.intake.format import Limits
from bot.records.dossier_layout import RawRow
from bot.records.sheets import Cell
from bot.records.xlsx_sheet import Span
from bot.records.xlsx_stream import Workbook
from domain.errors import BadInput
from domain.phrases import Phrase, say

#: an export of a million rows has some 350 MB
LIMITS = Limits(max_bytes=1_000_000_000, max_unpacked=1_000_000_000, max_characters=400_000_000)
MOST_ROWS = 5_000_000
_LONGEST_CELL = 100_000  # characters; csv refuses longer ones
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 16
_SNIFFED = 50_000  # characters looked at to tell the delimiter


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet. ``only`` says which columns are wanted from here on; a .csv cannot make use of it.

    In a ragged part a row may have more or fewer cells than the headings.
    """

    name: str
    rows: Iterator[RawRow]
    only: Callable[[frozenset[int]], None]
    is_ragged: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's sheets, to be gone through in turn, and what had to be guessed to read it."""

    parts: Iterator[Part]
    doubts: tuple[Phrase, ...] = ()


@contextmanager
def open_rows(path: Path, limits: Limits = LIMITS) -> Iterator[Opened]:
    """The file's rows. Raises BadInput, with a sentence, for what cannot be read or is too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise BadInput(say("The file cannot be opened; nothing was read."), code="unreadable") from error
    if not head.strip():
        raise BadInput(say("The file is empty; nothing was read."), code="empty")
    if size > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise BadInput(say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            say("This is an old or locked Excel file. Please save it as .xlsx, without a password."),
            code="unknown_format",
        )
    if head.startswith(b"PK"):
        book = Workbook(path, limits)
        try:
            yield Opened(_xlsx(book))
        finally:
            book.close()
    else:
        yield _csv(path)


def _xlsx(book: Workbook) -> Iterator[Part]:
    for name, part in book.sheets:
        sheet = book.rows(part)
        tall = [span for span in sheet.merged if span.bottom > span.top]
        yield Part(name, _counted(_filled(iter(sheet), tall) if tall else iter(sheet)), sheet.only)


def _filled(rows: Iterator[RawRow], spans: Sequence[Span]) -> Iterator[RawRow]:
    """What cells merged over several rows say, for the rows below the first."""
    waiting = sorted(spans, key=lambda span: span.top, reverse=True)
    open_spans: list[tuple[Span, Cell]] = []
    for number, cells in rows:
        open_spans = [(span, value) for span, value in open_spans if span.bottom >= number]
        filled = list(cells)
        for span, value in open_spans:
            if span.left < len(filled) and filled[span.left] == "":
                filled[span.left] = value
        while waiting and waiting[-1].top <= number:
            span = waiting.pop()
            value = cells[span.left] if span.top == number and span.left < len(cells) else ""
            if value != "":
                open_spans.append((span, value))
        yield number, filled


def _counted(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    for seen, row in enumerate(rows, start=1):
        if seen > MOST_ROWS:
            raise too_long()
        yield row


def too_long() -> BadInput:
    """What is said of a file without an end."""
    return BadInput(
        say("The file has more than {rows} rows. Please split it.", rows=MOST_ROWS), code="too_many_rows"
    )


# --- text


def _csv(path: Path) -> Opened:
    encoding, doubts = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(_SNIFFED)
    if "\x00" in start or sum(ord(char) < 32 and char not in "\n\r\t\f" for char in start[:4000]) > 4:
        raise BadInput(
            say("This is not a table that can be read. Please send it as .xlsx or .csv (UTF-8)."),
            code="unknown_format",
        )
    rows = _counted(_records(path, encoding, start))
    return Opened(iter([Part("", rows, lambda _: None, is_ragged=True)]), doubts)


def _encoding(path: Path) -> tuple[str, tuple[Phrase, ...]]:
    """By its mark, else UTF-8 where all of it is, else Windows-1258 with a doubt."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            if encoding != "utf-8":
                raise BadInput(
                    say("This is not a table that can be read. Please send it as .xlsx or .csv (UTF-8)."),
                    code="unknown_format",
                ) from None
            return "cp1258", (
                say(
                    "The text was read as Windows-1258. Please check the Vietnamese, or save the file as CSV UTF-8."
                ),
            )
    return encoding, ()


def _records(path: Path, encoding: str, start: str) -> Iterator[RawRow]:
    first = start.partition("\n")[0].strip()
    named = first[4] if first.lower().startswith("sep=") and len(first) == 5 else ""
    delimiter = named or _delimiter(start)
    csv.field_size_limit(_LONGEST_CELL)
    composed = encoding == "cp1258"  # marks stand apart there
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        lines = (unicodedata.normalize("NFC", line) for line in file) if composed else file
        reader = csv.reader(lines, delimiter=delimiter)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if number == 1 and named:
                    continue
                yield number, cells
        except csv.Error as error:
            raise BadInput(
                say(
                    "The table breaks off within a cell after row {row}. Please save the file again.",
                    row=str(number),
                ),
                code="broken",
            ) from error


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab parts lines into most columns; a comma when none does."""

    def columns(delimiter: str) -> int:
        total = 0
        try:
            for seen, line in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=delimiter)):
                total += len(line) ** 2 if any(line) else 0
                if seen >= 30:
                    break
        except csv.Error:
            return 0
        return total

    return max((",", ";", "\t"), key=columns)
