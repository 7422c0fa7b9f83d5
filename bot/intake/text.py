"""Plain text, tables cut by ``|`` on lines of their own."""

from __future__ import annotations

import codecs

from bot.intake.format import Format, Limits
from domain.documents import Document
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.cut_text import read_cut_text

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> str | None:
    """The text, in UTF-8 (with or without a mark) or UTF-16 with one; None for what is no text."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = sum(1 for c in text[:4000] if ord(c) < 32 and c not in "\n\r\t\f")
    return None if controls > 4 or "\x00" in text else text


def _sniff(data: bytes, filename: str) -> bool:
    return decode(data) is not None


def _read(data: bytes, limits: Limits) -> Document:
    text = decode(data) or ""
    if len(text) > limits.max_characters or text.count("|") > limits.max_pipes:
        raise BadInput(say("The text is too long for a plan; nothing was read."), code="too_long")
    return read_cut_text(text)


FORMAT = Format("text", 90, _sniff, _read)
