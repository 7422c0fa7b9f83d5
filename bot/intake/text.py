"""Plain text, tables cut by ``|`` on lines of their own or drawn by columns of spaces, semicolons, rules of dashes."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from bot.intake.format import Format, Limits
from domain.documents import Document, Paragraph
from domain.errors import BadInput
from domain.phrases import say
from domain.reading.cut_text import read_cut_text
from domain.reading.plan_head import refuse_classified
from domain.reading.tables.drawn_text import with_pipes

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

#: letters as web pages spell them: "c&aacute;c", "&#273;"
_SPELT = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_LEAST_SPELT = 3
#: a mark stands alone; a longer line is prose
_LONGEST_MARK = 40


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
    if len(_SPELT.findall(text)) >= _LEAST_SPELT:
        text = html.unescape(text)
    refuse_marked_line(text)
    lines = text.replace("\r\n", "\n").split("\n")
    return read_cut_text("\n".join(with_pipes(lines)))


def refuse_marked_line(text: str) -> None:
    """Raise ClassifiedDocument for a secrecy mark alone on a line, before lines are joined into paragraphs.

    A title in capitals that is wrapped before its last word ("BẢO VỆ BÍ / MẬT NHÀ NƯỚC") is no mark.
    """
    before = ""
    for line in unicodedata.normalize("NFC", text).splitlines():
        if len(line) < _LONGEST_MARK and "MẬT" in line and not before.upper().endswith((" BÍ", "BẢO")):
            refuse_classified(Document((Paragraph(line),)))
        before = line.strip() or before


FORMAT = Format("text", 90, _sniff, _read)
