"""Word documents (.docx): merged cells, nested tables, footnotes, automatic numbering, tracked changes."""

from __future__ import annotations

from bot.intake.format import Format
from bot.intake.word_body import read_word
from bot.intake.zipped import members


def _sniff(data: bytes, filename: str) -> bool:
    return "word/document.xml" in members(data)


FORMAT = Format("word", 10, _sniff, read_word)
