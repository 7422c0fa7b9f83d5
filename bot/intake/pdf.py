"""PDF files with a text layer: words by their places, tables by their rules or by the gaps between columns."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.intake.format import Format, Limits
from bot.intake.pdf_calls import ALONE
from bot.intake.pdf_guard import guard, too_slow
from bot.intake.pdf_legible import are_unknown, is_strange
from bot.intake.pdf_pages import Page, assemble, read_page
from bot.intake.zipped import damaged, locked
from domain.documents import Document
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.footnotes import split_notes

_SECONDS = 60
_MAX_PAGE = 30_000  # characters; a page of an office has three thousand


def _sniff(data: bytes, filename: str) -> bool:
    return b"%PDF-" in data[:1024]


def _read(data: bytes, limits: Limits) -> Document:
    guard(data, limits)
    try:
        with ALONE, pdfium.PdfDocument(data) as file:
            count = len(file)
            if count > limits.max_pages:
                raise BadInput(
                    say(
                        "The PDF has {pages} pages; at most {most} can be read. Please send only the plan.",
                        pages=count,
                        most=limits.max_pages,
                    ),
                    code="too_long",
                )
            pages = list(_pages(file, limits))
    except pdfium.PdfiumError as error:
        raise (locked() if error.err_code == raw.FPDF_ERR_PASSWORD else damaged()) from error
    written = sum(bool(page.words) for page in pages)
    if not written:
        raise BadInput(
            say(
                "The PDF is a scan without text, so nothing could be read. Please send the Word file, or a PDF "
                "exported from it."
            ),
            code="scan",
        )
    if are_unknown(page.unknown for page in pages) or is_strange(_texts(pages)):
        raise BadInput(
            say(
                "Which letters stand in the PDF cannot be told, because its fonts do not say so or are older than "
                "Unicode. Please send the Word file, or a PDF exported from it anew."
            ),
            code="unknown_letters",
        )
    pieces, notes = split_notes(assemble(pages))
    problems = ("pages_without_text",) if written < len(pages) else ()
    return Document(tuple(pieces), tuple(notes), problems)


def _texts(pages: Iterable[Page]) -> Iterator[str]:
    """Words enough of a file to tell what language it is in."""
    return itertools.islice((word.text for page in pages for word in page.words), 1_500)


def _pages(file: pdfium.PdfDocument, limits: Limits) -> Iterator[Page]:
    left = limits.max_characters // 2
    until = time.monotonic() + _SECONDS
    for number in range(len(file)):
        if time.monotonic() > until:
            raise too_slow(_SECONDS)
        page = file[number]
        try:
            found = read_page(page, number + 1, min(left, _MAX_PAGE))
        finally:
            page.close()
        left -= sum(len(w.text) for w in found.words)
        if left <= 0:
            raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
        yield found


FORMAT = Format("pdf", 5, _sniff, _read)
