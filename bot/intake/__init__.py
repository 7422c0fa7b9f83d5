"""Files → documents. One file a format, each with one constant ``FORMAT``, told by content."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from bot.intake.format import Format, Limits
from domain.documents import Document
from domain.errors import BadInput
from domain.phrases import say

_NOT_FORMATS = {"format", "word_numbers", "zipped"}


@lru_cache
def formats() -> tuple[Format, ...]:
    """Every format there is a file for; a file without its constant fails loudly."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if m.name not in _NOT_FORMATS]
    found = [importlib.import_module(f"{__name__}.{name}").FORMAT for name in names]
    return tuple(sorted(found, key=lambda f: f.order))


def read_document(data: bytes, filename: str, limits: Limits = Limits()) -> Document:
    """A file as a document. Raises BadInput, with a sentence, for what cannot be read."""
    if not data.strip():
        raise BadInput(say("The file is empty; nothing was read."), code="empty")
    if len(data) > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise BadInput(say("The file is larger than {megabytes} MB; nothing was read.", megabytes=megabytes))
    for kind in formats():
        if kind.sniff(data, filename):
            return kind.read(data, limits)
    raise BadInput(
        say("This kind of file cannot be read. Please send the document as .docx or .txt."),
        code="unknown_format",
    )
