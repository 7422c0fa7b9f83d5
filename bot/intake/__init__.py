"""Files → documents. One file a format, each with one constant ``FORMAT``, told by content."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from bot.intake.format import Format, Limits
from bot.intake.zipped import damaged
from domain.documents import Document
from domain.errors import BadInput
from domain.phrases import say

#: what formats are made of, and no format themselves
_PARTS = {"format", "zipped", "word_body", "word_numbers", "pdf_words", "pdf_rules", "pdf_tables", "pdf_pages", "pdf_columns", "pdf_calls", "pdf_letters", "pdf_legible", "pdf_turn", "pdf_guard"}  # fmt: skip


@lru_cache
def formats() -> tuple[Format, ...]:
    """Every format there is a file for; a file without its constant fails loudly."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if m.name not in _PARTS]
    found = [importlib.import_module(f"{__name__}.{name}").FORMAT for name in names]
    return tuple(sorted(found, key=lambda f: f.order))


def read_document(data: bytes, filename: str, limits: Limits = Limits()) -> Document:
    """A file as a document. Raises BadInput, with a sentence, for what cannot be read."""
    if not data.strip():
        raise BadInput(say("The file is empty; nothing was read."), code="empty")
    if len(data) > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise BadInput(
            say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes),
            code="too_large",
        )
    for kind in formats():
        if kind.sniff(data, filename):
            return kind.read(data, limits)
    if data.startswith(b"PK"):
        raise damaged()
    raise BadInput(
        say(
            "This kind of file cannot be read. Please send the document as .docx, .pdf with text, .xlsx, "
            ".html, .md or .txt."
        ),
        code="unknown_format",
    )
