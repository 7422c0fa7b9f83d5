"""What happens to a document on its way: marks decomposed, words torn, invisible letters, odd digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from domain.documents import Cell, Document, Paragraph, Row, Table

KINDS = ("clean", "decomposed", "invisible", "torn", "stray", "wide digits")


def soil(document: Document, random: Random, kind: str) -> Document:
    """The same document, dirty in one way."""
    change = _change(random, kind)
    return replace(document, body=tuple(_piece(piece, change) for piece in document.body))


def _piece(piece: Paragraph | Table, change: Callable[[str], str]) -> Paragraph | Table:
    if isinstance(piece, Paragraph):
        return replace(piece, text=change(piece.text))
    rows = (Row(tuple(_cell(c, change) for c in row.cells)) for row in piece.rows)
    return replace(piece, rows=tuple(rows))


def _cell(cell: Cell, change: Callable[[str], str]) -> Cell:
    return replace(cell, paragraphs=tuple(change(p) for p in cell.paragraphs))


def _change(random: Random, kind: str) -> Callable[[str], str]:
    def torn(text: str) -> str:
        words = text.split(" ")
        for index, word in enumerate(words):
            if len(word) > 4 and word.isalpha() and word.islower() and random.random() < 0.03:
                words[index] = f"{word[:2]} {word[2:]}"
        return " ".join(words)

    def invisible(text: str) -> str:
        return "".join(
            c + random.choice(("\u00ad", "\u200b")) if c.isalpha() and random.random() < 0.02 else c
            for c in text
        )

    def stray(text: str) -> str:
        return text + random.choice(("", "", " ;", " .")) if len(text) > 25 else f" {text}  "

    def wide(text: str) -> str:
        return (
            text
            if random.random() < 0.7 or text.isdecimal()
            else "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in text)
        )

    changes: dict[str, Callable[[str], str]] = {
        "clean": lambda text: text,
        "decomposed": lambda text: unicodedata.normalize("NFD", text),
        "invisible": invisible,
        "torn": torn,
        "stray": stray,
        "wide digits": wide,
    }
    return changes[kind]
